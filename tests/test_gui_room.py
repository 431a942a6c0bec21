"""Where the window stands on its screen, and what gives way where there is too little room."""

import pytest

from vae_explorer.gui import room
from vae_explorer.gui.room import LEAST, READABLE, USUAL, WHOLE, Area, Frame

BARE = Frame(0, 0, 0, 0)
FRAMED = Frame(4, 57, 4, 4)  # a title bar and a menu


@pytest.mark.parametrize(
    ("area", "frame", "expected"),
    [
        (Area(0, 0, 1366, 768), BARE, (0, 0, 1366, 768)),
        (Area(0, 0, 1366, 768), FRAMED, (4, 57, 1358, 707)),
        (Area(70, 27, 1296, 741), FRAMED, (74, 84, 1288, 680)),
        (Area(0, 0, 5, 40), FRAMED, (4, 57, 1, 1)),
    ],
    ids=["bare", "title and menu", "panels", "no room at all"],
)
def test_what_stands_around_a_window_and_panels_take_their_part_of_the_screen(area, frame, expected):
    assert room.inner(area, frame) == expected


@pytest.mark.parametrize(
    ("wanted", "space", "expected"),
    [
        (1.0, (1920, 1080), 1.0),
        (1.0, WHOLE, 1.0),
        (1.0, (1024, 600), 1.0),
        (1.0, (1024, 540), 0.9),
        (1.0, (864, 600), 0.9),
        (2.0, (1180, 760), 1180 / 960),
        (2.0, (1920, 1200), 2.0),
        (1.0, (768, 480), READABLE),
        (1.0, (767, 480), 1.0),
        (2.0, LEAST, 1.0),
        (0.5, (480, 300), 0.5),
        (0.5, (300, 200), 0.5),
    ],
)
def test_the_scale_gives_way_where_all_has_its_place_then_and_can_be_read(wanted, space, expected):
    assert room.scale_for(wanted, space) == pytest.approx(expected)


@pytest.mark.parametrize("width", [320, 640, 800, 960, 1024, 1366, 3840])
@pytest.mark.parametrize("height", [240, 480, 600, 768, 2160])
@pytest.mark.parametrize("wanted", [0.5, 1.0, 1.5, 2.0, 4.0])
def test_a_scale_is_never_raised_nor_lowered_for_nothing(width, height, wanted):
    scale = room.scale_for(wanted, (width, height))
    whole = room.fits((int(WHOLE[0] * scale), int(WHOLE[1] * scale)), (width, height))
    assert scale == wanted or (READABLE <= scale < wanted and whole) or (scale == 1 < wanted and not whole)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((100, 100, 800, 500), (100, 100)),
        ((300, 100, 800, 500), (204, 100)),
        ((0, 300, 800, 500), (4, 207)),
        ((0, 0, 800, 500), (4, 57)),
        ((-50, -50, 2000, 2000), (4, 57)),
        ((500, 500, 1000, 650), (4, 57)),
    ],
    ids=["inside", "too far right", "too far down", "under the title", "larger than all", "as large as all"],
)
def test_a_window_is_moved_no_more_than_needed_and_its_title_stays_in_sight(place, expected):
    moved = room.moved(Area(*place), Area(4, 57, 1000, 650))
    assert moved[:2] == expected and moved[2:] == place[2:]


def test_sizes_are_scaled_and_cut_to_the_room_for_them():
    assert room.scaled(USUAL, 1.5) == (1770, 1140)
    assert room.within((1770, 1140), (1366, 2000)) == (1366, 1140)
    assert room.fits((3, 4), (3, 4)) and not room.fits((4, 4), (3, 4)) and not room.fits((3, 5), (3, 4))


def test_the_sizes_are_in_their_order():
    assert room.fits(LEAST, WHOLE) and room.fits(WHOLE, USUAL)
