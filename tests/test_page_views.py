"""The page as a person uses it, in a real browser: by mouse, touch and keyboard, and with what models lack."""

import base64
import io
import re

import numpy as np
import pytest
from browser import shown, until
from factories import atlas_bytes, bare_folder, model_folder
from PIL import Image

from vae_explorer.page import joined, packing
from vae_explorer.space.space import Space

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
TABS = ("Map", "Plane", "Path", "Your digit")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return written(tmp_path_factory.mktemp("page"), Space.open())


@pytest.fixture
def page(chromium, path):
    with shown(chromium, path) as opened:
        yield opened


def written(folder, space, **options):
    path = folder / "latent.html"
    path.write_text(joined.page(packing.packed(space, **options), "A page"), "utf-8")
    return path


def z(page):
    return page.evaluate("explorer.z")


def rested(page):
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def pixels(page):
    rested(page)
    return page.evaluate("document.querySelector('.digit > canvas').toDataURL()")


def test_a_slider_is_dragged_and_that_is_one_step_of_undo(page):
    box, before = page.get_by_role("slider", name="z2", exact=True).bounding_box(), pixels(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    assert z(page)[2] == pytest.approx(1.8, abs=0.2) and np.count_nonzero(z(page)) == 1 and pixels(page) != before
    page.get_by_role("button", name="Undo").click()
    assert not any(z(page)) and pixels(page) == before and page.get_by_role("button", name="Undo").is_disabled()
    page.keyboard.press("Control+Shift+z")
    assert z(page)[2] > 1


def test_keys_move_a_slider_as_in_the_window(page):
    page.get_by_role("slider", name="z1", exact=True).focus()
    found = []
    for key in ("ArrowRight", "Shift+ArrowLeft", "PageUp", "Home"):
        page.keyboard.press(key)
        found.append(z(page)[1])
    assert found == pytest.approx([0.1, 0.09, 1.09, 0])


def test_touch_moves_a_slider_and_nothing_is_wider_than_a_phone(chromium, path):
    with shown(chromium, path, **PHONE) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        slider = page.get_by_role("slider", name="z0", exact=True)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
        assert z(page)[0] == pytest.approx(-1.5, abs=0.2)
        digit, height = page.locator(".digit > canvas").bounding_box(), 640
        assert digit["y"] >= 0 and digit["y"] + digit["height"] <= height  # it is in sight while sliders are moved


def test_a_finger_that_scrolls_from_a_slider_on_moves_no_slider(chromium, path):
    with shown(chromium, path, **PHONE) as page:
        slider = page.get_by_role("slider", name="z3", exact=True)
        slider.scroll_into_view_if_needed()
        box, hand = slider.bounding_box(), page.context.new_cdp_session(page)
        x, y, down = box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2, page.evaluate("scrollY")
        hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for k in range(1, 12):
            hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 12 * k}]})
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        rested(page)
        assert page.evaluate("scrollY") > down + 60 and not any(z(page))
        assert page.get_by_role("button", name="Undo").is_disabled()


def test_a_tile_of_a_strip_is_a_place_to_go(page):
    page.locator(".strip").nth(3).click(position={"x": 2, "y": 5})
    assert z(page)[3] == -3


def test_all_that_can_be_used_is_reached_by_tab(page):
    wanted = page.evaluate(
        "[...document.querySelectorAll('button, input, select, summary, [tabindex]')]"
        ".filter((each) => each.checkVisibility() && !each.disabled).length"
    )
    seen = set()
    for _ in range(2 * wanted):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    body = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.body)")
    assert len(seen - {body, -1}) == wanted > 25


def test_the_place_is_a_link(page):
    page.get_by_role("button", name="7", exact=True).click()
    there, address = z(page), page.url
    assert "#z=" in address
    page.get_by_role("button", name="Reset").click()
    page.evaluate("address => location.replace(address)", address)
    until(page, "explorer.z.some((value) => value)")
    assert z(page) == pytest.approx(there, abs=1e-4)


@pytest.mark.parametrize("link", ["#z=", "#z=1,2", "#z=1,2,3,4,5,x", "#z=1e9,0,0,0,0,0", "#z=NaN,0,0,0,0,0", "#%00<b>"])
def test_a_link_to_no_place_is_told_and_changes_nothing(page, link):
    page.evaluate("link => { location.hash = link }", link)
    rested(page)
    assert not any(z(page))
    assert ("no place of this model" in page.locator(".status").inner_text()) == link.startswith("#z")


def test_a_drawing_is_encoded_while_it_is_drawn_and_gone_back_to(page):
    page.get_by_role("tab", name="Your digit").click()
    box = page.get_by_role("application", name=re.compile("Pad")).bounding_box()
    places = [
        (box["x"] + x / 28 * box["width"], box["y"] + y / 28 * box["height"]) for x, y in ((8, 7), (20, 8), (13, 22))
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()
    drawn = z(page)
    assert page.locator(".bar b").first.inner_text() == "7" and page.get_by_text("yours", exact=True).is_visible()
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Back to yours").click()
    assert z(page) == pytest.approx(drawn)
    page.get_by_role("button", name="Clear").click()
    rested(page)
    assert not page.get_by_text("yours", exact=True).is_visible()


def test_keys_draw_too(page):
    page.get_by_role("tab", name="Your digit").click()
    page.get_by_role("application", name=re.compile("Pad")).focus()
    for key in ("ArrowUp", "ArrowUp", "Space", *["ArrowDown"] * 6, "Space"):
        page.keyboard.press(key)
    rested(page)
    assert any(z(page)) and page.locator(".bar b").first.inner_text() == "1"


def test_arrows_go_from_tab_to_tab(page):
    page.get_by_role("tab", name="Map").focus()
    for key, name in (
        ("ArrowRight", "Plane"),
        ("ArrowLeft", "Map"),
        ("ArrowLeft", "Your digit"),
        ("ArrowRight", "Map"),
    ):
        page.keyboard.press(key)
        assert page.get_by_role("tab", selected=True).inner_text() == name
        assert page.get_by_role("tabpanel", name=name).count() == 1


@pytest.mark.parametrize("name", ["Map", "Plane"])
def test_a_click_and_the_arrows_move_on_a_plane(page, name):
    page.get_by_role("tab", name=name).click()
    place = page.get_by_role("application", name=re.compile(name))
    place.click(position={"x": 40, "y": 40})
    there = z(page)
    assert any(there)
    page.keyboard.press("ArrowRight")
    assert np.linalg.norm(np.subtract(z(page), there)) == pytest.approx(0.1, abs=1e-3)


def test_a_way_is_scrubbed_from_one_end_to_the_other(page):
    page.get_by_role("tab", name="Path").click()
    scrub = page.get_by_role("slider", name="Along the way")
    scrub.focus()
    for key, label in (("End", 9), ("Home", 4)):
        page.keyboard.press(key)
        mean = page.evaluate("label => explorer.atlas.classes[label].mean", label)
        assert z(page) == pytest.approx(mean, abs=1e-3)


def test_a_bookmark_is_kept_renamed_gone_to_and_removed(page):
    page.get_by_role("button", name="3", exact=True).click()
    there = z(page)
    page.get_by_role("button", name="Bookmark this place").click()
    page.get_by_label("Name of the bookmark").fill("<b>mine</b>")
    page.keyboard.press("Enter")
    page.reload()
    until(page, "globalThis.explorer")
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Go to <b>mine</b>").click()
    assert z(page) == pytest.approx(there)
    page.get_by_role("button", name="Remove <b>mine</b>").click()
    assert page.get_by_label("Name of the bookmark").count() == 0


def test_what_is_remembered_may_be_anything(chromium, path):
    with shown(chromium, path) as page:
        page.get_by_role("button", name="Bookmark this place").click()
        (key,) = page.evaluate("Object.keys(localStorage)")
        no_numbers = '[{"name": "a", "z": ["1", null, [], true, "-1", 0]}]'
        for text in ("{", "[null]", '[{"name": 1}]', '[{"name": "a", "z": [1, 2]}]', no_numbers):
            page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
            page.reload()
            until(page, "globalThis.explorer")
            assert page.get_by_label("Name of the bookmark").count() == 0


def test_a_page_shows_the_bookmarks_it_came_with_whatever_another_page_of_the_model_remembers(chromium, tmp_path):
    context = chromium.new_context()
    page = context.new_page()
    for marks in ([], [("mine", (1.0,) * 6)]):
        page.goto(written(tmp_path, Space.open(), bookmarks=marks).as_uri())
        until(page, "globalThis.explorer")
        assert page.get_by_label("Name of the bookmark").count() == len(marks)
        page.get_by_role("button", name="Bookmark this place").click()
    context.close()


@pytest.mark.parametrize(("text", "shown"), [("abc", "+0.00"), ("", "+0.00"), ("99", "+10.00"), ("−1,5", "−1.50")])
def test_what_is_typed_becomes_where_z_is(page, text, shown):
    entry = page.get_by_label("z0, typed")
    entry.fill(text)
    page.keyboard.press("Enter")
    assert entry.input_value() == shown


def test_the_pen_goes_on_after_its_stroke_was_undone(page):
    page.get_by_role("tab", name="Your digit").click()
    page.get_by_role("application", name=re.compile("Pad")).focus()
    for key in ("Space", "ArrowDown", "Space", "Space", "ArrowDown", "Control+z", "Control+z", "ArrowDown"):
        page.keyboard.press(key)
    rested(page)
    assert any(z(page)) and page.get_by_text("yours", exact=True).is_visible()


def test_a_way_that_is_played_gives_way_to_the_hand(page):
    page.get_by_role("tab", name="Path").click()
    page.get_by_role("button", name="Play").click()
    until(page, "explorer.z.some((value) => value)")
    page.get_by_role("button", name="0", exact=True).click()
    rested(page)
    assert page.get_by_role("button", name="Play").is_visible()
    assert z(page) == pytest.approx(page.evaluate("explorer.atlas.classes[0].mean"), abs=1e-6)
    page.get_by_role("button", name="Undo").click()
    assert not any(z(page))


def test_escape_ends_a_way_that_is_played_where_it_is(page):
    page.get_by_role("tab", name="Path").click()
    page.get_by_role("button", name="Play").click()
    until(page, "explorer.z.some((value) => value)")
    page.keyboard.press("Escape")
    before = z(page)
    rested(page)
    assert page.get_by_role("button", name="Play").is_visible() and z(page) == before
    assert page.get_by_role("button", name="Undo").is_enabled()


def test_what_is_said_goes_with_the_next_move_even_where_no_address_can_be_kept(page):
    page.evaluate("location.hash = '#z=1'")
    until(page, "document.querySelector('.status').textContent")
    page.evaluate(
        "history.replaceState = () => { throw new Error('too often') }; explorer.onmove = () => (globalThis.heard = 1)"
    )
    page.get_by_role("button", name="3", exact=True).click()
    assert page.evaluate("heard") == 1 and page.locator(".status").inner_text() == ""


@pytest.mark.parametrize("width", [360, 720, 1000, 1280])
def test_the_picture_stays_in_sight_beside_many_sliders(chromium, tmp_path, width):
    space = Space.open(model_folder(tmp_path / "m", 20, atlas=None))
    with shown(chromium, written(tmp_path, space), viewport={"width": width, "height": 640}) as page:
        page.get_by_role("slider", name="z19", exact=True).scroll_into_view_if_needed()
        box = page.locator(".digit > canvas").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 640


def test_both_themes_follow_the_system_and_the_choice(chromium, path):
    ground = "getComputedStyle(document.body).backgroundColor"
    found = []
    for theme in ("light", "dark"):
        with shown(chromium, path, color_scheme=theme) as page:
            found.append(page.evaluate(ground))
            page.get_by_label("Colours of the page").select_option({"light": "dark", "dark": "light"}[theme])
            found.append(page.evaluate(ground))
    assert found[0] == found[3] != found[1] == found[2]


def test_a_reader_of_the_screen_is_told_what_is_seen(page):
    page.get_by_role("button", name="7", exact=True).click()
    rested(page)
    assert re.match(
        r"Digit: looks like 7, .*as a place usual", page.locator(".digit > canvas").get_attribute("aria-label")
    )
    assert "looks like 7" in page.get_by_role("slider", name="z0", exact=True).get_attribute("aria-valuetext")
    assert "looks like 7" in page.locator(".aloud").inner_text()


def test_it_says_how_many_pictures_its_answers_are_by(page):
    page.get_by_text("About", exact=True).click()
    assert "Map and answers are by 5,000 encoded digits." in page.get_by_role("group").inner_text()


def test_names_in_a_page_are_text(chromium, tmp_path):
    hostile = "</script><img src=x onerror=alert(1)>"
    space = Space.open()
    path = written(tmp_path, space, bookmarks=[(hostile, (0.0,) * 6)], names={0: hostile}, title=hostile)
    with shown(chromium, path) as page:
        assert page.locator("h1").inner_text() == hostile and page.locator("img").count() == 0
        assert page.get_by_role("slider", name=hostile, exact=True).count() == 1


@pytest.mark.parametrize("has", ["all", "no atlas", "no encoder"])
@pytest.mark.parametrize("latent_dim", [1, 2, 20])
def test_any_number_of_dimensions_with_what_a_model_has(chromium, tmp_path, latent_dim, has):
    if has == "no encoder":
        folder = bare_folder(tmp_path / "model", latent_dim)
    else:
        folder = model_folder(tmp_path / "model", latent_dim, atlas=atlas_bytes(latent_dim) if has == "all" else None)
    with shown(chromium, written(tmp_path, Space.open(folder))) as page:
        assert page.get_by_role("slider", name=re.compile("^z[0-9]+$")).count() == latent_dim
        assert ("not known" in page.locator(".middle").inner_text()) == (has != "all")
        names = page.get_by_role("tab").all_inner_texts()
        planes = ["Map"] * (has == "all" and latent_dim > 1) + ["Plane"] * (latent_dim > 1)
        assert names == [*planes, "Path", "Your digit"]
        for name in names:
            page.get_by_role("tab", name=name).click()
            rested(page)
        assert ("Nothing can be drawn" in page.get_by_role("tabpanel").inner_text()) == (has == "no encoder")


OLD = "delete globalThis.DecompressionStream", "DecompressionStream = class { constructor() { throw new TypeError() } }"


@pytest.mark.parametrize("old", OLD)
def test_a_browser_that_is_too_old_is_told(chromium, path, old):
    context = chromium.new_context()
    context.add_init_script(old)
    page = context.new_page()
    page.goto(path.as_uri())
    page.get_by_text("too old for this page").wait_for()
    context.close()


# ------------------------------------------------------------------------------------------- where two things meet


def pad(page):
    """The pad, and what gives places on it, by pixels of a digit."""
    page.get_by_role("tab", name="Your digit").click()
    area = page.get_by_role("application", name=re.compile("Pad"))
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    return area, lambda x, y: (box["x"] + x / 28 * box["width"], box["y"] + y / 28 * box["height"])


def stroke(page, at, *points):
    page.mouse.move(*at(*points[0]))
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*at(*point), steps=3)


def ink(page):
    """Which pixels of the pad are white, by its red channel: what it says there is grey, and its pen blue."""
    rested(page)
    shown = page.get_by_role("application", name=re.compile("Pad")).evaluate("(pad) => pad.toDataURL()")
    with Image.open(io.BytesIO(base64.b64decode(shown.partition(",")[2]))) as picture:
        return np.asarray(picture.convert("RGB"))[..., 0] > 200


def test_two_pages_of_a_model_do_not_forget_each_others_bookmarks(chromium, path):
    with shown(chromium, path) as one:
        other = one.context.new_page()
        other.goto(path.as_uri())
        until(other, "globalThis.explorer")
        one.get_by_role("button", name="Bookmark this place").click()
        other.get_by_role("button", name="7", exact=True).click()
        one.reload()
        until(one, "globalThis.explorer")
        assert one.get_by_label("Name of the bookmark").count() == 1


def test_what_moves_is_a_step_of_its_own_when_it_is_undone(page):
    page.get_by_role("button", name="3", exact=True).click()
    three = z(page)
    page.get_by_role("tab", name="Path").click()
    page.get_by_role("button", name="Play").click()
    until(page, f"explorer.z[0] !== {three[0]}")
    page.keyboard.press("Control+z")
    assert z(page) == pytest.approx(three) and page.get_by_role("button", name="Play").is_visible()
    page.keyboard.press("Control+y")
    assert z(page) != pytest.approx(three), "the place that was played to is not lost"


def test_a_stroke_that_is_undone_while_it_is_drawn_takes_no_other_along(page):
    _, at = pad(page)
    stroke(page, at, (5, 5), (5, 20))
    page.mouse.up()
    before = ink(page)
    stroke(page, at, (22, 5), (22, 12))
    page.keyboard.press("Control+z")
    assert (ink(page) != before).mean() < 0.001, "but for the pen"
    page.mouse.move(*at(22, 20), steps=3)
    page.mouse.up()
    after = ink(page)
    assert after[before].all() and not after[:, 120:330].any(), "no line from one stroke to the other"


def test_the_pen_is_lifted_where_one_leaves_the_pad_and_does_not_leave_it_itself(page):
    area, _ = pad(page)
    area.focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    assert page.get_by_role("button", name="Undo").is_enabled()
    page.get_by_role("button", name="Clear").click()
    area.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert not ink(page).any(), "the pen is up"
    for key in (*["ArrowLeft"] * 3, "Space"):
        page.keyboard.press(key)
    assert ink(page)[:, 16 * 24 :].any(), "it stayed at the edge, and three pixels before that it draws"


def test_a_long_scribble_is_a_drawing_still(page):
    far = [[[2, 2], [26, 26]][k % 2] for k in range(4000)]
    assert page.evaluate("(points) => explorer.prepare([{ points }]).length", far) == 784


def test_another_way_is_a_step_and_a_place_of_the_address(page):
    page.get_by_role("tab", name="Path").click()
    page.get_by_role("slider", name="Along the way").fill("0.5")
    page.get_by_label("Arc").check()
    there = z(page)
    assert "z=" in page.evaluate("location.hash")
    page.reload()
    until(page, "globalThis.explorer")
    assert z(page) == pytest.approx(there, abs=1e-3)


def test_a_way_begins_where_its_box_says_after_a_bookmark_was_renamed(page):
    page.get_by_role("button", name="1", exact=True).click()
    page.get_by_role("button", name="Bookmark this place").click()
    page.get_by_role("tab", name="Path").click()
    page.get_by_label("From").select_option(label="place 1")
    page.get_by_label("Name of the bookmark").fill("mine")
    page.keyboard.press("Enter")
    rested(page)
    said = page.get_by_label("From").evaluate("(box) => box.selectedOptions[0].textContent")
    page.get_by_role("slider", name="Along the way").focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert said == "mine"
    assert z(page) == pytest.approx(page.evaluate("explorer.atlas.classes[1].mean"), abs=1e-3)


def test_a_click_that_ends_the_typing_of_a_name_is_one_and_no_two_places_are_called_alike(page):
    for label in (1, 7):
        page.get_by_role("button", name=str(label), exact=True).click()
        page.get_by_role("button", name="Bookmark this place").click()
    page.get_by_label("Name of the bookmark").first.fill("one")
    page.get_by_role("button", name="Go to place 1").click()
    assert z(page) == pytest.approx(page.evaluate("explorer.atlas.classes[1].mean"))
    page.get_by_role("button", name="Remove one").click()
    page.get_by_role("button", name="Bookmark this place").click()
    names = [each.input_value() for each in page.get_by_label("Name of the bookmark").all()]
    assert names == ["place 2", "place 1"]


def test_a_program_hears_of_every_move_and_of_nothing_else(page):
    page.evaluate("globalThis.heard = []; explorer.onmove = (z) => heard.push(z); try { explorer.z = [1] } catch {}")
    page.get_by_role("button", name="Bookmark this place").click()
    assert page.evaluate("heard") == []
    page.get_by_role("button", name="3", exact=True).click()
    assert page.evaluate("heard") == [page.evaluate("explorer.atlas.classes[3].mean")]


def test_an_entry_shows_where_z_is_when_it_is_left(page):
    page.get_by_label("z0, typed").focus()
    page.evaluate("explorer.z = [2, 0, 0, 0, 0, 0]")
    page.keyboard.press("Tab")
    assert page.get_by_label("z0, typed").input_value() == "+2.00"


def test_a_key_that_is_held_on_the_map_is_one_step_and_those_of_the_browser_stay_its_own(page):
    area = page.get_by_role("application", name=re.compile("Map"))
    area.focus()
    for _ in range(5):
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")
    there = z(page)
    page.keyboard.press("Alt+ArrowDown")
    assert z(page) == there
    page.get_by_role("button", name="Undo").click()
    assert not any(z(page))


def test_the_focus_is_never_hidden_under_the_picture(chromium, path):
    with shown(chromium, path, viewport={"width": 400, "height": 640}) as page:
        page.get_by_role("button", name="Bookmark this place").focus()
        low = page.locator(".middle").evaluate("(box) => box.getBoundingClientRect().height")
        for _ in range(30):
            page.keyboard.press("Shift+Tab")
            outside = "!document.activeElement.closest('.middle') && document.activeElement.closest('main')"
            if page.evaluate(outside):
                assert page.evaluate("document.activeElement.getBoundingClientRect().bottom") > low


def test_a_finger_on_a_pad_that_is_seen_in_part_draws_where_it_is(chromium, path):
    with shown(chromium, path, **PHONE) as page:
        page.get_by_role("tab", name="Your digit").click()
        area = page.get_by_role("application", name=re.compile("Pad"))
        area.evaluate("(pad) => scrollTo(0, pad.getBoundingClientRect().top + scrollY - 560)")
        before = area.bounding_box()
        page.touchscreen.tap(before["x"] + before["width"] / 2, before["y"] + 40)
        assert area.bounding_box()["y"] == before["y"], "nothing scrolls"
        rows = ink(page).any(1).nonzero()[0]
        assert abs(rows.mean() / 448 * before["height"] - 40) < 6


def test_without_an_atlas_a_reader_is_told_the_numbers(chromium, tmp_path):
    with shown(chromium, written(tmp_path, Space.open(bare_folder(tmp_path / "m", 2)), z=(1.5, -2.0))) as page:
        page.get_by_role("button", name="Reset").click()
        assert page.locator(".aloud").inner_text() == "The digit at +0.00, +0.00."


def test_what_was_kept_in_the_same_page_opened_twice_is_kept(chromium, path):
    with shown(chromium, path) as one:
        other = one.context.new_page()
        other.goto(path.as_uri())
        until(other, "globalThis.explorer")
        for page, name in ((one, "first"), (other, "second"), (one, "third")):
            page.get_by_role("button", name="Bookmark this place").click()
            page.get_by_label("Name of the bookmark").last.fill(name)
            page.keyboard.press("Enter")
        one.get_by_role("button", name="Remove first").click()
        one.reload()
        until(one, "globalThis.explorer")
        kept = [each.input_value() for each in one.get_by_label("Name of the bookmark").all()]
        assert sorted(kept) == ["second", "third"]


def test_the_focus_goes_on_to_what_is_beside_a_bookmark_that_is_removed(page):
    for _ in range(3):
        page.get_by_role("button", name="Bookmark this place").click()
    focused = "document.activeElement.title || document.activeElement.textContent"
    for number, then in ((2, "Remove place 3"), (3, "Remove place 1"), (1, "Bookmark this place")):
        page.get_by_role("button", name=f"Remove place {number}").focus()
        page.keyboard.press("Enter")
        assert page.evaluate(focused) == then


def test_the_dimensions_of_a_plane_change_places_where_both_would_be_one(page):
    page.get_by_role("tab", name="Plane").click()
    across, up = page.get_by_label("Across"), page.get_by_label("Up")
    chosen = lambda: (across.input_value(), up.input_value())  # noqa: E731
    across.select_option("2")
    up.select_option("4")
    up.select_option("2")
    assert chosen() == ("4", "2")
    across.select_option("2")
    assert chosen() == ("2", "4")
    across.select_option("principal")
    assert not up.is_visible()
    across.select_option("4")
    assert chosen() == ("4", "2") and up.is_visible()
    before = z(page)
    page.get_by_role("application", name=re.compile("Plane|plane")).focus()
    page.keyboard.press("ArrowUp")
    assert [d for d in range(6) if z(page)[d] != before[d]] == [2]


def test_random_draws_a_place_that_undo_takes_back(page):
    page.get_by_role("button", name="Random").click()
    there = z(page)
    page.get_by_role("button", name="Random").click()
    assert len({*map(tuple, (there, z(page), [0.0] * 6))}) == 3
    page.get_by_role("button", name="Undo").click()
    assert z(page) == there
    page.get_by_role("button", name="Redo").click()
    assert z(page) != there


def test_the_picture_is_saved_as_a_file_of_its_pixels(page):
    page.get_by_role("button", name="3", exact=True).click()
    rested(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save PNG").click()
    assert saved.value.suggested_filename == "latent.png"
    with Image.open(saved.value.path()) as picture:
        levels = np.asarray(picture.convert("L")).astype(int)
    x_hat = np.array(page.evaluate("Array.from(explorer.decode(explorer.z))")).reshape(28, 28)
    assert levels.shape == (560, 560) and abs(levels[10::20, 10::20] - np.rint((x_hat + 1) * 127.5)).max() <= 1


def test_the_keys_of_the_browser_stay_its_own_on_the_pad(page):
    area, _ = pad(page)
    area.evaluate("(pad) => { globalThis.taken = []; pad.onkeydown = (event) => taken.push(event.defaultPrevented) }")
    area.focus()
    for keys in ("ArrowLeft", "Control+ArrowRight"):
        page.keyboard.press(keys)
    assert page.evaluate("taken") == [True, False, False], "an arrow, Control, and an arrow with Control"


def test_an_explorer_that_is_taken_away_hears_nothing_more(page):
    page.get_by_role("button", name="3", exact=True).click()
    there = z(page)
    page.evaluate("explorer.destroy()")
    page.keyboard.press("Control+z")
    page.evaluate("location.hash = '#z=1,1,1,1,1,1'")
    rested(page)
    assert z(page) == there and page.locator(".explorer").count() == 0
