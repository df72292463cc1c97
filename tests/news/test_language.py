"""Headlines are short, and still in one language or another."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.language import LANGUAGES, detect

# Written for this test, the same news in each language, so that no topic gives one away.
SAMPLE: dict[str, dict[str, list[str]]] = json.loads(Path(__file__).with_name("languages.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Київ готується до зими", "uk"),
        ("Трамп прибув до Токіо", "uk"),
        ("Президент підписав указ про бюджет", "uk"),
        ("Это было вчера", "ru"),
        ("Путин прибыл в Пекин", "ru"),
        ("Apple представила новый iPhone 17 Pro Max", "ru"),
        ("Fed cuts interest rates again", "en"),
        ("Storm hits the coast of Poland", "en"),
        ("Sejm przyjął nową ustawę", "pl"),
        ("Der Bundestag stimmt über das Gesetz ab", "de"),
        ("Le gouvernement présente son budget", "fr"),
        ("Los precios suben en España", "es"),
        ("Il governo approva la manovra", "it"),
        ("Vláda schválila státní rozpočet", "cs"),
        ("Guvernul a adoptat bugetul de stat", "ro"),
        ("Meclis yeni bütçeyi görüşüyor", "tr"),
    ],
)
def test_a_headline_tells_its_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(("length", "bar"), [("headlines", 0.99), ("paragraphs", 1.0)])
def test_most_headlines_and_all_paragraphs_tell_their_language(length: str, bar: float) -> None:
    told = [detect(text) == language for language, texts in SAMPLE.items() for text in texts[length]]
    assert set(SAMPLE) == set(LANGUAGES)
    assert sum(told) >= bar * len(told)


def test_a_headline_in_capitals_tells_its_language_too() -> None:
    assert detect("GOVERNMENT APPROVES DRAFT BUDGET FOR NEXT YEAR") == "en"


@pytest.mark.parametrize("text", ["", "12345", "ab", "😀 😀", "日本語のニュース記事です"])
def test_too_little_tells_none(text: str) -> None:
    assert detect(text) is None


def test_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(detect, ["The government presented a budget"] * 8)) == {"en"}


@given(st.text())
def test_any_text_gives_a_known_code_or_none(text: str) -> None:
    assert detect(text) in {*LANGUAGES, None}
