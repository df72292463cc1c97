"""The gallery shows every picture of a message there is, and each in both languages."""

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
SHOWN = re.compile(r"\(pictures/messages/([\w.-]+)\)")


def test_every_picture_of_a_message_is_shown_and_every_one_shown_is_there() -> None:
    shown = SHOWN.findall((DOCS / "gallery.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(file.name for file in (DOCS / "pictures" / "messages").iterdir())


def test_every_message_is_shown_in_both_languages() -> None:
    rows = [line for line in (DOCS / "gallery.md").read_text(encoding="utf-8").splitlines() if "pictures/" in line]
    assert len(rows) > 50
    for row in rows:
        first, second = SHOWN.findall(row)
        assert first.removesuffix(".uk.png") == second.removesuffix(".en.png")
