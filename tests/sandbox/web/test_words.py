"""The page's sentences: all of them, in both languages."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from sandbox.telegram.faults import KINDS

WEB = files("sandbox.web")
KEY = re.compile(r"^ {2}(\w+):|, (\w+): (?=[\"(\[])", re.MULTILINE)
NAMED = (re.compile(r"\bt\(\"(\w+)\""), re.compile(r"data-(?:word|label|placeholder)=\"(\w+)\""))
MEANING = re.compile(r'^ {2}"([^"]+)": "(\w+)",$', re.MULTILINE)


def words(language: str) -> set[str]:
    text = (WEB / f"words.{language}.js").read_text(encoding="utf-8").partition("= {")[2]
    return {first or other for first, other in KEY.findall(text)}


def uses() -> Iterator[tuple[str, str]]:
    for file in WEB.iterdir():
        if file.name.endswith((".js", ".html")):
            text = file.read_text(encoding="utf-8")
            yield from ((file.name, word) for pattern in NAMED for word in pattern.findall(text))


def test_both_languages_have_the_same_words() -> None:
    assert words("uk") == words("en")
    assert len(words("uk")) > 100


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_word_that_is_used_is_there(language: str) -> None:
    assert {(file, word) for file, word in uses() if word not in words(language)} == set()


def test_every_fault_and_every_trouble_has_a_name() -> None:
    troubles = {"down", "slow", "hangs", "gone", "moved", "limited"}
    assert {f"fault_{kind}" for kind in KINDS} | {f"trouble_{trouble}" for trouble in troubles} <= words("uk")


def test_neither_language_holds_a_word_of_the_other() -> None:
    english = (WEB / "words.en.js").read_text(encoding="utf-8")
    foreign = set(re.findall(r"[а-яіїєґ’]+", english, re.IGNORECASE)) - {"’"}
    # The button that leads to the other language speaks that one.
    assert foreign == {"Перейти", "на", "українську", "Українська"}


def test_every_refusal_with_a_meaning_is_one_of_the_sandboxs() -> None:
    known = MEANING.findall((WEB / "refusals.js").read_text(encoding="utf-8"))
    code = "".join(path.read_text(encoding="utf-8") for path in Path(str(files("sandbox.telegram"))).rglob("*.py"))
    assert len(known) > 10
    assert [part for part, _ in known if part not in code] == []
    assert {word for _, word in known} <= words("uk")
