"""What is found stands in a sensible order."""

from datetime import UTC, datetime, timedelta

from news.lemmas import lemmas
from news.query import Query, parse_query
from news.rank import Found, Hit, rank

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def hit(id: int, title: str, text: str = "", hours: float = 0, story: int = 0, page: str | None = None) -> Hit:
    titled, told = (" ".join(lemmas(part, "uk")) for part in (title, text))
    return Hit(id, story or id, titled, told, NOW - timedelta(hours=hours), page)


def query(text: str) -> Query:
    return parse_query(text, now=NOW)


def order(text: str, *hits: Hit) -> list[int]:
    return [found.id for found in rank(query(text), hits, now=NOW)]


FILLER = " вчора відбулося засідання комісії міської громади щодо доріг"


def test_the_title_counts_more_than_the_text() -> None:
    assert order("бюджет", hit(1, "Засідання", "бюджет" + FILLER), hit(2, "Бюджет міста", FILLER)) == [2, 1]


def test_what_says_it_more_often_or_in_fewer_words_goes_first() -> None:
    once, twice = hit(1, "Засідання", "бюджет" + FILLER), hit(2, "Засідання", "бюджет бюджету" + FILLER)
    long = hit(3, "Засідання", "бюджет" + 5 * FILLER)
    assert order("бюджет", long, once, twice) == [2, 1, 3]


def test_a_telling_word_counts_more_than_a_common_one() -> None:
    common = hit(1, "Засідання", "і і і жираф" + FILLER)
    telling = hit(2, "Засідання", "і жираф жирафа" + FILLER)
    others = [hit(n, "Засідання", "і і і і жираф" + FILLER) for n in range(3, 9)]
    assert order("жираф і", common, telling, *others)[0] == 2


def test_a_phrase_counts_as_often_as_it_stands_whole() -> None:
    once = hit(1, "Засідання", "рада міністрів" + FILLER + " міністри рада")
    twice = hit(2, "Засідання", "рада міністрів" + FILLER + " ради міністрів", hours=1)
    assert order('"рада міністрів"', once, twice) == [2, 1]


def test_of_equals_the_newer_goes_first_then_the_later_saved() -> None:
    old, new, twin = hit(1, "Бюджет", hours=2), hit(2, "Бюджет", hours=1), hit(3, "Бюджет", hours=1)
    assert order("бюджету", old, new, twin) == [3, 2, 1]


def test_news_of_today_go_before_a_better_match_of_last_month() -> None:
    assert order("бюджет", hit(1, "Бюджет", "бюджет", hours=720), hit(2, "Засідання", "бюджет" + FILLER)) == [2, 1]


def test_a_date_to_come_buys_no_first_place() -> None:
    future, later = hit(1, "Бюджет", hours=-48), hit(2, "Бюджет", hours=0)
    assert order("бюджет", future, later) == [2, 1]
    assert order("бюджет sort:new", future, later) == [2, 1]


def test_newest_first_where_that_is_asked_for() -> None:
    assert order("бюджет sort:new", hit(1, "Бюджет", hours=2), hit(2, "Інше", "бюджет" + FILLER, hours=1)) == [2, 1]


def test_a_story_stands_once_with_its_other_reports() -> None:
    hits = [
        hit(1, "Бюджет", story=7),
        hit(2, "Бюджет подано", "бюджет", story=7, hours=1),
        hit(3, "Бюджет родини", story=8),
        hit(4, "Новини", "бюджет" + FILLER, story=7),
    ]
    first, second = rank(query("бюджет"), hits, now=NOW)
    assert (first.id, first.others[-1], len(first.others)) == (2, 4, 2)
    assert second == Found(3)


def test_twins_are_one_report() -> None:
    twins = [hit(1, "Бюджет", page="p"), hit(2, "Бюджет", page="p", hours=1), hit(3, "Інше", "бюджет", page="p")]
    assert [(one.id, one.others) for one in rank(query("бюджет"), twins, now=NOW)] == [(1, ()), (3, ())]


def test_a_query_without_words_is_in_the_order_of_dates() -> None:
    assert order("lang:uk", hit(1, "Бюджет", hours=2), hit(2, "Інше", hours=1)) == [2, 1]
    assert order("бюджет") == []
