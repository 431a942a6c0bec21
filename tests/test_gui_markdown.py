"""Markdown of model cards as blocks and styles; and that no card takes long."""

import random

import pytest
from factories import ROOT

from vae_explorer.gui.panels.markdown import blocks, spans

CARD = """---
license: mit
---
# A *card*

One line
and the next, **bold** with `code`.

- first
  goes on
- second

1. one
2. two

| file | what |
| --- | ---: |
| `a.pt` | a \\| b |

> quoted

```sh
# no heading
  kept   as it is
```
Set apart
---
"""


def plain(block):
    return "\n".join("\t".join("".join(text for text, _ in cell) for cell in row) for row in block.rows)


def test_a_card_is_told_in_blocks_and_its_head_for_programs_is_left_out():
    assert [(each.kind, plain(each)) for each in blocks(CARD)] == [
        ("heading", "A card"),
        ("text", "One line and the next, bold with code."),
        ("item", "• first goes on"),
        ("item", "• second"),
        ("item", "1. one"),
        ("item", "2. two"),
        ("table", "file\twhat\na.pt\ta | b"),
        ("text", "quoted"),
        ("code", "# no heading\n  kept   as it is"),
        ("text", "Set apart"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b** c", [("a ", ""), ("b", "bold"), (" c", "")]),
        ("*a* and _b_ and __c__", [("a", "italic"), (" and ", ""), ("b", "italic"), (" and ", ""), ("c", "bold")]),
        ("`**a**`", [("**a**", "code")]),
        ("snake_case_name 2 * 3 * 4", [("snake_case_name 2 * 3 * 4", "")]),
        ("[here](weights/README.md)", [("here", "")]),
        ("[here](https://x.org/a)", [("here (https://x.org/a)", "")]),
        ("![what is seen](a.png)", [("what is seen", "")]),
        (r"\*a\* \[x", [("*", ""), ("a", ""), ("*", ""), (" ", ""), ("[", ""), ("x", "")]),
        ("**never closed `nor this [x](", [("**never closed `nor this [x](", "")]),
        ("", []),
    ],
)
def test_the_styles_within_a_line(text, expected):
    assert spans(text) == expected


def test_the_cards_and_the_readme_of_this_project_leave_no_mark():
    for path in (ROOT / "README.md", ROOT / "weights" / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"):
        found = [*blocks(path.read_text("utf-8"))]
        assert {"heading", "text"} <= {each.kind for each in found}
        left = "\n".join(
            text for each in found for row in each.rows for cell in row for text, style in cell if style != "code"
        )
        assert not [mark for mark in ("`", "**", "](", "---", "```") if mark in left], path


def looked_at(text):
    """How many characters of a text the patterns look at: by how many calls into them a reading takes."""
    return sum(len(cell) for each in blocks(text) for row in each.rows for cell in row)


def test_no_card_however_strange_takes_more_than_one_look_at_each_mark():
    """A reading that went through the rest at each mark would not end here within the hour."""
    draw, parts = (
        random.Random(0),
        [*"*_`[]()!|#>-\\ \n\tx1.", "```", "---\n", "](", "| --- |", "**", "# ", "a `", "_a "],
    )
    strange = [f"{head}{part * (65_536 // len(part))}b" for part in parts for head in ("", "# ", "| ")]
    strange += ["".join(draw.choices(parts, k=40_000)) for _ in range(10)]
    assert all(looked_at(text) <= 2 * len(text) for text in strange)
