"""A dry run as it is told."""

import pytest

from handlers.dry_run import MOST_TRIED, DryRun
from handlers.filters import LONGEST_HEADLINES
from handlers.measure import fits
from handlers.speech import speech
from news.relate import Candidate
from tests.news.given import NOW

SPEECH = speech("uk", "UTC")


def run(titles: list[str], passed: list[bool]) -> DryRun:
    return DryRun([Candidate(n, (), (), NOW, title) for n, title in enumerate(titles)], passed)


def test_it_says_how_many_would_have_come_and_which() -> None:
    tried = run(["Вибори", "<b>Футбол</b> & інше"], [True, False])
    assert tried.told(SPEECH, longest=100) == (
        "З останніх новин (2) надійшла б 1:\n✓ Вибори\n– &lt;b&gt;Футбол&lt;/b&gt; &amp; інше"
    )
    assert tried.missed(SPEECH) == "З останніх новин (2) не надійшла б 1."


def test_of_a_feed_without_articles_there_is_nothing_to_try() -> None:
    assert "ще не збережено" in run([], []).told(SPEECH, longest=100)


@pytest.mark.parametrize("sign", ["🔥", "&", "я", "<"])
def test_the_longest_headlines_fit_beside_the_longest_filter(sign: str) -> None:
    tried = run([sign * 300] * MOST_TRIED, [False] * MOST_TRIED)
    assert fits("я" * 1000 + tried.told(SPEECH, longest=LONGEST_HEADLINES[-1]))
