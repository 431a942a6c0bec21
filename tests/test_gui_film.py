"""The film of README: what the hand does to the window is seen in it."""

import pytest
from PIL import Image

from docs import film


def test_what_the_hand_does_to_the_window_is_filmed(window, tmp_path):
    opened = window(6)
    seen = film.Film(opened.app)
    film.slide(seen, 1, (1.5,))
    assert opened.z[1] == pytest.approx(1.5, abs=0.1)
    opened.app.show_tab("yours")
    seen.shoot()
    film.draw(seen, film.SEVEN)
    assert len(opened.session.state.drawing.strokes) == len(film.SEVEN)
    seen.save(tmp_path / "film.gif")
    with Image.open(tmp_path / "film.gif") as gif:
        assert gif.n_frames > 10 and gif.width == opened.root.winfo_width()


def test_a_button_is_found_by_its_text_where_it_is_seen(window):
    opened = window(6)
    seen = film.Film(opened.app)
    opened.app.show_tab("yours")
    seen.shoot()
    film.draw(seen, film.SEVEN)
    seen.click(film.button(opened.root, "Clear"))
    assert opened.session.state.drawing.empty
