"""Related is the same event or its background, and otherwise nothing."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from news.lemmas import lemmas
from news.relate import Candidate, anchor_terms, related
from sandbox.newsroom.profile import OUTLETS
from sandbox.newsroom.stories import events

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def candidate(id: int, title: str, text: str, language: str = "uk") -> Candidate:
    return Candidate(
        id, tuple(lemmas(title, language)), tuple(lemmas(text, language)), NOW - timedelta(minutes=id), title
    )


FERRY = candidate(1, "Відкрили нічний пором до Порт-Ембера", "Нічний пором вийшов у перший рейс із двомастами людьми.")
AGAIN = candidate(2, "Перший рейс нічного порома", "Двісті пасажирів вирушили нічним поромом із пристані.")
TRAM = candidate(3, "Рада проклала трамвай на Липову", "Депутати погодили нову лінію та вагони.")
BREAD = candidate(4, "Пекарня спекла найдовший калач", "Тридцять метрів тіста місила вся вулиця.")
STAR = candidate(5, "Школярі відкрили зорю", "Учні гуртка помітили зміну блиску з даху школи.")


def test_the_same_event_is_related_and_four_strangers_are_not() -> None:
    assert related(FERRY, [FERRY, AGAIN, TRAM, BREAD, STAR]) == [2]
    assert related(BREAD, [FERRY, AGAIN, TRAM, STAR]) == []


def test_neither_itself_nor_its_twin_is_related() -> None:
    twin = candidate(9, FERRY.title.upper() + "!", "Нічний пором вийшов у перший рейс.")
    assert related(FERRY, [FERRY, twin]) == []


def test_a_headline_is_named_once() -> None:
    copy = candidate(8, AGAIN.title, "Двісті пасажирів вирушили нічним поромом із пристані.")
    assert related(FERRY, [AGAIN, copy, TRAM, BREAD]) == [2]


def test_no_more_than_asked_for_are_named() -> None:
    others = [candidate(10 + n, f"Нічний пором: день {n}", "Нічний пором вийшов у рейс.") for n in range(6)]
    assert len(related(FERRY, others)) == 5
    assert len(related(FERRY, others, limit=2)) == 2


def test_nothing_to_choose_from_is_nothing_related() -> None:
    assert related(FERRY, []) == []


def test_anchors_are_the_telling_terms() -> None:
    anchors = anchor_terms(FERRY)
    assert {"нічний", "пором", "ембер"} <= set(anchors)
    assert len(anchor_terms(FERRY, limit=3)) == 3
    assert "у" not in anchors
    assert "до" not in anchors


def as_told(language: str, *, in_full: bool) -> dict[Candidate, str]:
    """The newsroom's stories in a language with their events: with their pages' text, or as a feed tells them."""
    speakers = {outlet.slug for outlet in OUTLETS if outlet.language == language}
    told = [(event.name, t) for event in events() for slug, t in event.tellings.items() if slug in speakers]
    return {
        candidate(n, t.title, " ".join((t.lead, *t.body)) if in_full else t.lead, language): name
        for n, (name, t) in enumerate(told)
    }


def lonely(stories: dict[Candidate, str], others: int) -> list[str]:
    """The titles that find no other report of their event among all of those and so many other stories."""
    titles = []
    for story, event in stories.items():
        siblings = [one for one, name in stories.items() if name == event and one != story]
        strangers = [one for one, name in stories.items() if name != event][:others]
        found = related(story, [story, *siblings, *strangers])
        if siblings and not {one.id for one in siblings} & set(found):
            titles.append(story.title)
    return titles


@pytest.mark.parametrize("in_full", [True, False], ids=["page", "feed"])
@pytest.mark.parametrize("language", ["uk", "en"])
def test_in_the_newsroom_every_report_finds_another_of_its_event(language: str, in_full: bool) -> None:
    stories = as_told(language, in_full=in_full)
    assert lonely(stories, others=len(stories)) == []
    # In a demo's first minutes there is little else, and words that reports share are no rarity.
    assert lonely(stories, others=6) == []


def test_in_the_newsroom_the_nearest_is_mostly_of_the_same_event() -> None:
    told = [(event.name, telling) for event in events() for telling in event.tellings.values()]
    articles = [
        candidate(n, telling.title, f"{telling.lead} {' '.join(telling.body)}", "uk" if "і" in telling.lead else "en")
        for n, (_, telling) in enumerate(told)
    ]
    found = [(told[article.id][0], told[id][0]) for article in articles for id in related(article, articles)]
    outcomes: dict[bool, int] = defaultdict(int)
    for own, other in found:
        outcomes[own == other] += 1
    assert outcomes[True] >= 120
    assert outcomes[False] * 10 <= outcomes[True]
