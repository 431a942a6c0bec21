"""What the column tells of q(z|x): z = mu + sigma·eps to play with, the ledger in nats, and log p(x) on demand."""

from functools import partial
from threading import Event

import numpy as np
import pytest
from factories import atlas_bytes, vivid_folder
from test_gui_answers import parts, show, texts
from test_gui_picture import draw, ink

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.errors import Cancelled
from vae_explorer.gui.looks.coordinates import format_value
from vae_explorer.gui.views.answers.ledger import nats
from vae_explorer.gui.views.answers.table import SEEN
from vae_explorer.session import subject
from vae_explorer.settings import Settings
from vae_explorer.space import ledger, likelihood, refining
from vae_explorer.space.likelihood import Estimate
from vae_explorer.space.posterior import Posterior
from vae_explorer.space.refining import Refined

TRICK = Settings(motion=False, unfolded=("trick",))
LEDGER = Settings(motion=False, unfolded=("ledger",))


def posterior(opened):
    return opened.session.subject(opened.session.state).posterior


def table(opened):
    """The columns of the table as they stand there."""
    shown = parts(opened)["trick"].body.table
    return [str(shown.canvas.itemcget(item, "text")).split("\n") for item in (shown._names, *shown._texts)]


def ask(opened, name):
    press(opened, parts(opened)["trick"].body.buttons.buttons[name])


def press(opened, button):
    """Click a button of the column, which scrolls to what has the keys."""
    button.focus_set()
    opened.hand.pump()
    opened.hand.click(button)


# --------------------------------------------------------------------------------------------- z = mu + sigma · eps


@pytest.mark.parametrize("drawn", [False, True], ids=["decoded", "drawn"])
def test_mu_sigma_eps_and_z_stand_there_for_each_dimension(window, drawn):
    opened = window(6, TRICK)
    if drawn:
        draw(opened)
    opened.session.commit(z=(0.3, -0.2, 0.1, 1.0, -1.0, 0.0))
    opened.hand.pump()
    q, z = posterior(opened), opened.z
    assert table(opened) == [
        [f"z{dim}" for dim in range(6)],
        [format_value(each) for each in q.mu],
        [f"{each:.2f}" for each in q.std],
        [format_value(each) for each in q.eps(z)],
        [format_value(each) for each in z],
    ]
    part = parts(opened)["trick"]
    assert part.headline == f"{q.distance(z):.2f} σ"
    assert ("your digit" if drawn else "what is decoded here") in part.body.far.cget("text")
    assert "draws lie 1.3–3.5" in part.body.far.cget("text"), "as wide as for six dimensions"


def test_another_eps_is_drawn_by_the_session_and_the_posterior_of_a_drawing_stays(window):
    opened = window(6, TRICK)
    draw(opened)
    q, eps = posterior(opened), np.random.default_rng([0, 1]).standard_normal((3, 6))
    for row in eps:
        ask(opened, "eps")
        np.testing.assert_allclose(opened.z, q.mu + q.std * row)
        assert posterior(opened) is q and opened.session.state.encoded
    opened.hand.key("ctrl+z")
    np.testing.assert_allclose(opened.z, q.at(eps[1]))


def test_back_to_mu_goes_there_once(window):
    opened = window(6, TRICK)
    draw(opened)
    mu = opened.z
    button = parts(opened)["trick"].body.buttons.buttons["mu"]
    assert button.instate(["disabled"])
    opened.session.commit(z=(0.0,) * 6)
    opened.hand.pump()
    ask(opened, "mu")
    assert opened.z == mu and button.instate(["disabled"]) and opened.session.state.encoded


def better(q, won=1.5):
    """A posterior that is told from another."""
    return Refined(Posterior(q.mu + 0.25, q.logvar - 1), won, 0.1)


def test_refining_takes_the_better_posterior_as_one_step_of_undo_and_says_what_it_won(window, monkeypatch):
    monkeypatch.setattr(refining, "refine", lambda _codec, _x, q, *_: better(q))
    opened = window(6, TRICK)
    draw(opened)
    before, q = opened.session.state, posterior(opened)
    ask(opened, "refine")
    opened.hand.until(lambda: opened.session.state.refined)
    np.testing.assert_array_equal(opened.z, q.mu + 0.25)
    np.testing.assert_array_equal(posterior(opened).logvar, q.logvar - 1)
    opened.hand.pump()
    won = "Refining has won 1.5 ± 0.10 nats"
    assert opened.said == won and won in [*texts(parts(opened)["trick"].body.widget)]
    assert "refined already" in opened.app.desk.actions["refine"].why_not(opened.session)
    opened.hand.key("ctrl+z")
    assert opened.session.state == before and posterior(opened).logvar[0] == q.logvar[0]
    assert not parts(opened)["trick"].body.won.winfo_ismapped()
    opened.hand.key("ctrl+shift+z")
    opened.hand.until(parts(opened)["trick"].body.won.winfo_ismapped)


def slowly(_codec, _x, q, cancelled, progress):
    """Refines until it is told to stop, or until the picture is another."""
    progress(0.5)
    while not cancelled():
        if slowly.done:
            return better(q)
    raise Cancelled


@pytest.fixture
def refining_slowly(monkeypatch):
    slowly.done = False
    monkeypatch.setattr(refining, "refine", slowly)


@pytest.mark.usefixtures("refining_slowly")
def test_refining_shows_how_far_it_is_and_escape_stops_it(window):
    opened = window(6, TRICK)
    draw(opened)
    before = opened.session.state
    ask(opened, "refine")
    job = opened.app.work.current("answer")
    opened.hand.until(lambda: job.progress == 0.5)
    opened.hand.key("Escape")
    assert job.cancelled() and not opened.app.work.running and opened.session.state == before


@pytest.mark.usefixtures("refining_slowly")
def test_what_was_refined_for_another_drawing_is_not_taken(window):
    opened = window(6, TRICK)
    draw(opened)
    ask(opened, "refine")
    draw(opened, ink().T.copy())
    slowly.done = True
    opened.hand.until(lambda: not opened.app.work.running)
    assert opened.session.state.refined is None and "has changed since" in opened.said


def test_only_a_drawing_is_refined_and_the_button_says_so(window):
    opened = window(6, TRICK)
    button = show(opened, "trick").buttons.buttons["refine"]
    assert button.instate(["disabled"]) and "your own digit" in opened.tooltip(button)
    draw(opened)
    assert not button.instate(["disabled"])


@pytest.mark.parametrize(("latent_dim", "rows"), [(1, 1), (2, 2), (20, SEEN), (256, SEEN)])
def test_the_table_has_as_many_rows_as_dimensions_up_to_some_and_then_scrolls(window, latent_dim, rows):
    opened = window(latent_dim, TRICK)
    assert table(opened)[0] == [f"z{dim}" for dim in range(rows)]
    body = show(opened, "trick")
    if latent_dim > SEEN:
        body.table.canvas.focus_set()
        opened.hand.key("End")
        assert table(opened)[0][-1] == f"z{latent_dim - 1}"
        assert table(opened)[1][-1] == format_value(posterior(opened).mu[-1])
        opened.hand.key("Home", "Down")
        assert table(opened)[0][0] == "z1"
        column = opened.app.workspace.picture.answers.widget._canvas.yview()
        canvas = body.table.canvas
        opened.hand.do("mousemove", canvas.winfo_rootx() + 20, canvas.winfo_rooty() + 20, "click", 5)
        assert table(opened)[0][0] == "z3" and opened.app.workspace.picture.answers.widget._canvas.yview() == column


def test_each_column_of_the_table_is_explained(window):
    opened = window(6, TRICK)
    canvas = show(opened, "trick").table.canvas
    assert opened.tooltip(canvas).startswith("mu, the middle")
    opened.hand.move(canvas.winfo_rootx() + canvas.winfo_width() - 6, canvas.winfo_rooty() + 6)
    opened.hand.until(lambda: "tooltip" in opened.root.children)
    [label] = opened.root.children["tooltip"].children.values()
    assert label.cget("text").startswith("z = mu + sigma")


# -------------------------------------------------------------------------------------------------------- recon + kl


@pytest.mark.parametrize("drawn", [False, True], ids=["decoded", "drawn"])
def test_both_terms_and_each_dimension_stand_there_in_nats(window, drawn):
    opened = window(6, LEDGER)
    if drawn:
        draw(opened)
    about, space = opened.session.subject(opened.session.state), opened.session.space
    found = ledger.of(space.codec, about.x, about.posterior, space.atlas)
    part = parts(opened)["ledger"]
    assert [(each.name, each.number) for each in part.body.terms._shown] == [
        ("recon", nats(found.recon)), ("kl", nats(found.kl.sum())),
    ]  # fmt: skip
    assert [(each.name, each.number) for each in part.body.dims._shown] == [
        (f"z{dim}", nats(value)) for dim, value in enumerate(found.kl)
    ]
    assert part.headline == f"{nats(found.loss)} nats"
    assert part.body.rank.cget("text") == f"{found.percentile:.0f} of 100 encoded digits cost less"


def test_of_many_dimensions_those_that_tell_most_have_a_bar_and_the_rest_one_together(window):
    opened = window(20, LEDGER)
    shown = parts(opened)["ledger"].body.dims._shown
    dims = sorted(opened.session.space.atlas.dims_by_kl[:7])
    assert [each.name for each in shown] == [*(f"z{dim}" for dim in dims), "13 more"]
    kl = posterior(opened).kl
    assert shown[-1].number == nats(kl.sum() - kl[dims].sum())


def test_one_dimension_has_no_bars_of_dimensions(window):
    opened = window(1, LEDGER)
    assert "kl of each dimension" not in [*texts(parts(opened)["ledger"].body.widget)]


def test_every_number_of_the_ledger_is_explained(window):
    opened = window(6, LEDGER)
    body = show(opened, "ledger")
    assert "squared error" in opened.tooltip(body.terms.widget)
    assert "z0 tells about this picture" in opened.tooltip(body.dims.widget)
    show(opened, "nearest")
    assert "pays less" in opened.tooltip(body.rank) and "importance sampling" in opened.tooltip(body.likelihood.ask)


def test_a_model_of_black_and_white_pictures_is_told_of_as_one(window, tmp_path):
    folder = vivid_folder(tmp_path, 6, atlas_bytes(6), likelihood="bernoulli")
    opened = window(settings=LEDGER, weights=folder)
    draw(opened)
    body = show(opened, "ledger")
    assert "log of the probability of the picture in black and white" in opened.tooltip(body.terms.widget)
    assert body.terms._shown[0].number == nats(ledger_of(opened).recon) and ledger_of(opened).constant == 0
    show(opened, "nearest")
    assert "the log of the probability that" in opened.tooltip(body.likelihood.ask)
    assert body.likelihood._explain().endswith("nats: −(recon + kl)")


def ledger_of(opened):
    about = opened.session.subject(opened.session.state)
    return ledger.of(opened.session.space.codec, about.x, about.posterior)


def counted(asked, _codec, x, q, k, generator, _cancelled, progress):
    """Stands for an estimate, and notes what was asked."""
    asked.append((np.asarray(x), q, k, generator.random()))
    progress(1.0)
    return Estimate(-530.25, 0.125, k, k / 4)


def test_log_p_is_estimated_on_demand_with_its_standard_error_and_kept(window, monkeypatch):
    asked = []
    monkeypatch.setattr(likelihood, "log_likelihood", partial(counted, asked))
    opened = window(6, LEDGER)
    draw(opened)
    show(opened, "nearest")
    row = parts(opened)["ledger"].body.likelihood
    assert not row.answer.winfo_ismapped()
    press(opened, row.ask)
    opened.hand.until(row.answer.winfo_ismapped)
    assert row.answer.cget("text") == "log p(x) = −530.2 ± 0.12 nats"
    assert "the elbo" in row._explain()
    [(x, q, k, chance)] = asked
    assert q is posterior(opened) and k == 1000 and np.array_equal(x, opened.session.subject(opened.session.state).x)
    drawn = opened.session.state
    opened.app.go((0.0,) * 6)
    opened.hand.pump()
    assert not row.answer.winfo_ismapped(), "it was of another picture"
    opened.session.undo()
    opened.hand.until(row.answer.winfo_ismapped)
    assert opened.session.state == drawn and len(asked) == 1
    row.ask.invoke()
    opened.hand.until(lambda: len(asked) == 2 and not opened.app.work.running)
    assert asked[1][3] == chance, "the same question has the same answer"


def choose(row, draws):
    row.draws.set(draws)
    row.draws.event_generate("<<ComboboxSelected>>")


def test_of_few_draws_it_is_said_that_the_error_cannot_be_believed(window, monkeypatch):
    asked = []
    monkeypatch.setattr(likelihood, "log_likelihood", partial(counted, asked))
    opened = window(6, LEDGER)
    row = parts(opened)["ledger"].body.likelihood
    choose(row, "100 draws")
    row.ask.invoke()
    opened.hand.until(row.answer.winfo_manager)
    assert asked[0][2] == 100 and "less sure" in row.answer.cget("text")
    choose(row, "1,000 draws")
    assert not row.answer.winfo_manager(), "nothing is known of as many draws"


def test_an_estimate_that_fails_is_told_and_one_goes_on_while_something_else_is_asked(window, monkeypatch, errors):
    opened = window(6, LEDGER)
    row, go_on = parts(opened)["ledger"].body.likelihood, Event()

    def fail(*_given):
        go_on.wait(10)
        raise MemoryError("too many draws")

    monkeypatch.setattr(likelihood, "log_likelihood", fail)
    row.ask.invoke()
    ask_change = next(each for name, each in opened.app.desk.actions.items() if name.startswith("change-"))
    opened.app.run(ask_change)
    opened.hand.until(lambda: opened.app.work.current("answer") is None)
    go_on.set()
    opened.hand.until(lambda: not opened.app.work.running)
    assert "was not estimated: MemoryError: too many draws" in opened.said
    assert "too many draws" in errors.take()[0]


def test_an_estimate_that_comes_when_its_part_is_folded_is_kept(window, monkeypatch):
    asked = []
    monkeypatch.setattr(likelihood, "log_likelihood", partial(counted, asked))
    opened = window(6, LEDGER)
    parts(opened)["ledger"].body.likelihood.ask.invoke()
    parts(opened)["ledger"].head.invoke()
    opened.hand.until(lambda: not opened.app.work.running)
    parts(opened)["ledger"].head.invoke()
    opened.hand.until(parts(opened)["ledger"].body.likelihood.answer.winfo_manager)


def test_what_is_asked_of_a_model_that_is_closed_is_not_told_of_the_next(window, monkeypatch, model):
    monkeypatch.setattr(refining, "refine", lambda _codec, _x, q, *_: better(q))
    opened = window(6, TRICK)
    draw(opened)
    opened.app.asking.refine()
    opened.app.documents.open(model(6))
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.pump()
    assert opened.app.session.state.refined is None and opened.app.session is not opened.session


def test_a_drawing_of_which_the_session_knows_has_what_the_column_tells(window):
    opened = window(6, TRICK)
    drawing = Drawing.of(ink())
    opened.session.commit(**subject.drawn(opened.session.space, drawing))
    opened.hand.pump()
    assert parts(opened)["trick"].headline == "0.00 σ"


def test_all_searches_do_what_the_column_says_of_them(window):
    opened = window(6, Settings(motion=False, unfolded=("trick", "ledger")))
    draw(opened)
    session, q = opened.session, posterior(opened)
    opened.app.run(opened.app.desk.actions["refine"])
    opened.hand.until(lambda: session.state.refined)
    assert posterior(opened) is not q and opened.said.startswith("Refining has won ")
    row = parts(opened)["ledger"].body.likelihood
    row.ask.invoke()
    opened.hand.until(row.answer.winfo_manager)
    bound = ledger.of(session.space.codec, session.subject(session.state).x, posterior(opened)).elbo
    estimate = next(iter(row._found.values()))
    assert estimate.k == 1000 and estimate.nats > bound - 5 * estimate.standard_error - 1
    [shares] = session.space.classes.shares(opened.z)
    other = int(shares.argsort()[-2])
    opened.app.run(opened.app.desk.actions[f"change-{other}"])
    opened.hand.until(lambda: session.state.path.end)
    assert session.space.classes.shares(session.state.path.end.z)[0].argmax() == other
