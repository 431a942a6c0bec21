"""From a handle to z: what is asked for is reached, what is held is kept, and what gave way is said."""

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, made_up, vivid_folder

import vae_explorer as vx
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.measures import measure
from vae_explorer.space.solve import HELD, SETTLED, Solver
from vae_explorer.space.space import Space

SLANT, WIDTH, HEIGHT, THICKNESS, MASS = range(5)


@pytest.fixture(scope="module")
def space():
    """The model that ships."""
    return Space.open()


@pytest.fixture(scope="module")
def digits(space):
    """Some encoded digits that are wide and stand about upright, so that there is room to either side: (8, D)."""
    slant, width, *_ = space.ranges.measured.T
    return space.atlas.mu[(width > 8) & (abs(slant) < 10)].astype(float)[::200][:8]


def factors(space, z):
    return measure(space.codec.decode(z))[0]


def test_a_lean_is_reached_and_the_rest_is_kept(space, digits):
    for z in digits:
        solver = Solver(space, z)
        for change in (-10, 10):
            after = factors(space, solver.to({"slant": solver.factors[SLANT] + change}, steps=SETTLED))
            moved = (after - solver.factors) / space.ranges.sd
            assert after[SLANT] - solver.factors[SLANT] == pytest.approx(change, abs=1)
            assert (abs(moved[[WIDTH, HEIGHT, THICKNESS]]) < 0.3).all()


def drawn_apart(space, a, b):
    """The rms between the pictures at two points, of pixels in [-1, 1]."""
    drawn = space.codec.decode([a, b])
    return np.sqrt(((drawn[0] - drawn[1]) ** 2).mean())


def test_the_way_of_the_hand_hardly_shows_and_going_back_leads_back(space, digits):
    apart = []
    for z in digits:
        solver = Solver(space, z)
        begun = solver.factors[SLANT]
        small = large = solver.z
        for share in np.linspace(0, 1, 31):
            small = solver.to({"slant": begun + 10 * share}, small)
        for share in (0.5, 1, 1, 1):
            large = solver.to({"slant": begun + 10 * share}, large)
        apart.append(drawn_apart(space, small, large))
        for share in (*np.linspace(1, 0, 31), 0, 0):
            small = solver.to({"slant": begun + 10 * share}, small)
        assert drawn_apart(space, small, solver.z) < 0.05
        assert np.allclose(solver.to({"slant": begun}, steps=SETTLED), solver.z)  # once the hand rests
    assert np.median(apart) < 0.02


def test_where_nothing_is_asked_and_where_all_is_as_asked_nothing_moves(space, digits):
    solver = Solver(space, digits[0])
    assert np.allclose(solver.to({}), digits[0])
    assert np.allclose(solver.to(dict(zip(FACTORS, solver.factors, strict=True))), digits[0])


def test_many_goals_at_once_are_as_one_at_a_time(space, digits):
    solver = Solver(space, digits[1])
    goals = np.full((7, len(FACTORS)), np.nan)
    goals[:, WIDTH] = solver.factors[WIDTH] + np.linspace(-2, 2, 7)
    one_by_one = [solver.to({"width": goal}, steps=SETTLED) for goal in goals[:, WIDTH]]
    assert np.allclose(solver.all_to(goals), one_by_one, atol=1e-3)


def test_a_dimension_that_is_held_does_not_move(space, digits):
    solver = Solver(space, digits[2], HELD | {"z1", "z4"})
    found = solver.to({"slant": solver.factors[SLANT] + 8}, steps=SETTLED)
    assert found[[1, 4]].tolist() == digits[2][[1, 4]].tolist() and np.abs(found - digits[2]).max() > 0.1
    assert not solver.directions()[:, [1, 4]].any() and solver.directions().any()


def test_a_class_that_is_held_stays_the_likeliest(space):
    for z in space.atlas.mu[::250].astype(float):
        own = space.classes.log(z)[0].argmax()
        for held in (HELD | {"class"}, frozenset({"class"})):
            solver = Solver(space, z, held)
            for change in (-4, 4):
                found = solver.to({"width": solver.factors[WIDTH] + change}, steps=SETTLED)
                assert space.classes.log(found)[0].argmax() == own


def test_the_directions_tell_what_a_small_step_does(space, digits):
    solver = Solver(space, digits[3])
    ways = solver.directions()
    for k, name in enumerate(FACTORS):
        if name not in HELD:
            continue
        step = 0.02 * space.ranges.sd[k]
        moved = (factors(space, solver.z + step * ways[k]) - solver.factors) / space.ranges.sd
        assert moved[k] == pytest.approx(0.02, rel=0.4)
        assert all(abs(moved[j]) < 0.01 for j, other in enumerate(FACTORS) if other in HELD - {name})


def test_what_gave_way_is_said_in_numbers(space, digits):
    solved = vx.solve(space, digits[0], {"height": +9})
    assert solved.gave_way[0].startswith(f"Height is at MNIST’s limit of {solved.reached['height']:.1f} px")
    assert solved.wanted == {"height": pytest.approx(solved.before["height"] + 9)}
    assert solved.reached == pytest.approx(dict(zip(FACTORS, factors(space, solved.z), strict=True)))
    assert vx.solve(space, digits[0], {"slant": +5}).gave_way == ()


def test_a_codec_is_asked_as_a_space_is_and_gives_the_same(space, digits):
    assert vx.solve(space.codec, digits[0], {"slant": 3}) == vx.solve(space, digits[0], {"slant": 3}, set(HELD))


@pytest.mark.parametrize(
    ("z", "changes", "held", "told"),
    [
        ([0] * 6, {"colour": 1}, HELD, "there is no factor 'colour'; there are: slant, width"),
        ([0] * 6, {"slant": float("nan")}, HELD, "the slant cannot be nan"),
        ([0] * 6, {"slant": float("inf")}, HELD, "the slant cannot be inf"),
        ([0] * 6, {"slant": 1}, {"z6"}, "'z6' cannot be held; what can: slant"),
        ([0] * 5, {"slant": 1}, HELD, "z has 5 values"),
        ([float("nan")] * 6, {"slant": 1}, HELD, "must lie between"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(space, z, changes, held, told):
    with pytest.raises(ValueError, match=told):
        vx.solve(space, z, changes, frozenset(held))


@pytest.mark.parametrize("latent_dim", [1, 2, 20, 256])
def test_any_number_of_dimensions_and_no_atlas_will_do(tmp_path, latent_dim):
    vivid = Space.open(vivid_folder(tmp_path / "vivid", latent_dim, atlas_bytes(latent_dim)))
    bare = Space.open(bare_folder(tmp_path / "bare", latent_dim))
    for each in (vivid, bare):
        solved = vx.solve(each, [0.5] * latent_dim, {"slant": 2}, HELD | {"class"})
        assert len(solved.z) == latent_dim and np.isfinite(solved.z).all()
        assert np.isfinite(Solver(each, solved.z).directions()).all()
        assert any("Nothing keeps it near the data" in sentence for sentence in solved.gave_way) == (each is bare)


def test_pictures_of_other_sizes_are_solved_and_those_in_colour_refused():
    solved = vx.solve(made_up(), [0.1] * 3, {"width": 1})
    assert np.isfinite(solved.z).all() and not any("MNIST" in sentence for sentence in solved.gave_way)
    with pytest.raises(ValueError, match="this model has no handles: its pictures are in colour"):
        vx.solve(made_up((3, 16, 16)), [0.1] * 3, {"width": 1})


def test_a_blank_picture_stays_finite(space, monkeypatch):
    monkeypatch.setattr(Solver, "measured", lambda _solver, points: np.zeros((len(points), len(FACTORS))))
    solver = Solver(space, [0.0] * 6)
    assert solver.to({"mass": 50.0}).tolist() == [0] * 6 and not solver.directions().any()


def test_what_is_not_kept_for_want_of_an_atlas_is_said(bare):
    solved = vx.solve(Space.open(bare), np.zeros(6), {"slant": 5}, {"width", "class"})
    assert [each for each in solved.gave_way if "there is no atlas.npz" in each] == [
        "Nothing keeps it near the data: there is no atlas.npz.",
        "Nothing keeps the class: there is no atlas.npz.",
    ]
