"""Candidates from the search index, the same on both engines."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from news.pattern import Pattern
from news.query import Query
from storage.store import Store
from tests.storage.given import Given, after, article, telegram


def words(*groups: set[str]) -> tuple[Pattern, ...]:
    return tuple(frozenset((term,) for term in group) for group in groups)


def phrase(*sequences: str) -> Pattern:
    return frozenset(tuple(sequence.split()) for sequence in sequences)


async def looked_up(store: Store, query: Query, limit: int = 10, **scope: Any) -> list[int]:
    return [hit.id for hit in await store.articles.matches(query, limit=limit, **scope)]


def months_ago(number: int) -> datetime:
    return after(-number * 30 * 24 * 60 * 60)


async def found(store: Store, *groups: set[str], limit: int = 10) -> list[int]:
    return await looked_up(store, Query(words=words(*groups)), limit)


async def test_an_article_matches_by_a_term_of_every_group_in_title_or_text(given: Given, store: Store) -> None:
    await given.published(
        await given.feed("https://a.example/"),
        article("1", title_lemmas=("рада", "бюджет"), text_lemmas=("гривня",)),
        article("2", title_lemmas=("рада",), text_lemmas=("мова",)),
        article("3", title_lemmas=("мова",), text_lemmas=("гривня", "бюджет")),
    )
    assert await found(store, {"бюджет", "кошторис"}) == [3, 1]
    assert await found(store, {"бюджет"}, {"рада", "парламент"}) == [1]
    assert await found(store, {"бюджет"}, {"кенгуру"}) == []


async def test_a_hit_has_its_words_its_story_and_its_moment(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    saved = article("1", title_lemmas=("рада", "бюджет"), text_lemmas=("гривня", "мова"), published_at=after(7))
    await given.published(feed, replace(saved, story_id=5))
    query = Query(words=words({"мова"}))
    [hit] = await store.articles.matches(query, limit=5, viewer=1)
    told = (hit.id, hit.story_id, hit.title, hit.text, hit.published, hit.own)
    assert told == (1, 5, "рада бюджет", "гривня мова", after(7), True)
    [hit] = await store.articles.matches(query, limit=5)
    assert not hit.own


async def test_the_newest_come_first_whenever_they_were_saved(given: Given, store: Store) -> None:
    moments = {"1": 20, "2": 40, "3": 10, "4": 40, "5": -2e9}
    await given.published(
        await given.feed("https://a.example/"),
        *(article(key, title_lemmas=("рада",), published_at=after(s)) for key, s in moments.items()),
    )
    assert await found(store, {"рада"}) == [4, 2, 1, 3, 5]
    assert await found(store, {"рада"}, limit=3) == [4, 2, 1]
    similar = await store.articles.similar(["рада", "інше"], limit=2)
    assert [one.id for one in similar] == [4, 2]


async def test_a_match_in_the_title_is_found_however_many_newer_texts_match(given: Given, store: Store) -> None:
    old = article("title", title_lemmas=("рада",), text_lemmas=("щось",))
    texts = [article(f"{n}", text_lemmas=("рада",), published_at=after(n)) for n in range(1, 6)]
    await given.published(await given.feed("https://a.example/"), old, *texts)
    assert await found(store, {"рада"}, limit=2) == [6, 5, 1]


async def test_what_is_rare_is_found_however_long_ago_it_was(given: Given, store: Store) -> None:
    years = range(701, 741)
    common = [article(f"{n}", text_lemmas=("щодня", "птах"), published_at=after(-n)) for n in range(700)]
    rare = [article(f"rare {n}", title_lemmas=("рідкісний", "птах"), published_at=months_ago(n - 700)) for n in years]
    feed = await given.feed("https://a.example/")
    await given.published(feed, *common, *rare)
    many = {f"слово{n}" for n in range(100)}
    for asked in (words({"рідкісний"}), words({"рідкісний"}, {"птах"}), (phrase("рідкісний птах"),)):
        assert await looked_up(store, Query(words=asked), limit=60) == list(years)
        assert await looked_up(store, Query(words=asked, sources=("a.example",)), limit=60) == list(years)
        assert await looked_up(store, Query(words=asked), limit=3) == [701, 702, 703]
        dated = Query(words=asked, since=months_ago(20), until=months_ago(10))
        assert await looked_up(store, dated, limit=60) == list(range(711, 721))
    assert await found(store, {"рідкісний", *many}, limit=60) == list(years)
    assert await found(store, many, limit=60) == []


async def test_a_phrase_is_its_words_one_after_the_other(given: Given, store: Store) -> None:
    await given.published(
        await given.feed("https://a.example/"),
        article("1", title_lemmas=("рада", "міністр"), text_lemmas=("вчора",)),
        article("2", title_lemmas=("міністр", "рада"), text_lemmas=("рада", "новий", "міністр")),
        article("3", title_lemmas=("голова", "рада"), text_lemmas=("міністр", "їхати")),
        article("4", title_lemmas=("вчора",), text_lemmas=("у", "рада", "урядовий", "уряд", "міністр")),
    )
    assert await looked_up(store, Query(words=(phrase("рада міністр"),))) == [1]
    assert await looked_up(store, Query(words=(phrase("рада міністр", "рада урядовий уряд міністр"),))) == [4, 1]
    assert await looked_up(store, Query(words=(phrase("рада міністр"), *words({"вчора"})))) == [1]
    assert await looked_up(store, Query(titled=(phrase("міністр рада"),))) == [2]
    assert await looked_up(store, Query(titled=(phrase("рада міністр їхати"),))) == []


async def test_words_of_the_title_are_those_of_the_title(given: Given, store: Store) -> None:
    await given.published(
        await given.feed("https://a.example/"),
        article("1", title_lemmas=("рада",), text_lemmas=("бюджет",)),
        article("2", title_lemmas=("бюджет",), text_lemmas=("рада",)),
    )
    assert await looked_up(store, Query(titled=words({"рада"}))) == [1]
    assert await looked_up(store, Query(titled=words({"рада"}), words=words({"бюджет"}))) == [1]


async def test_what_is_not_wanted_is_left_out(given: Given, store: Store) -> None:
    await given.published(
        await given.feed("https://a.example/"),
        article("1", title_lemmas=("рада",), text_lemmas=("бюджет", "спорт")),
        article("2", title_lemmas=("рада", "спорт"), text_lemmas=("кіно",)),
        article("3", title_lemmas=("рада",), text_lemmas=("спорт", "бюджет")),
    )
    assert await looked_up(store, Query(words=words({"рада"}), without=words({"кіно"}))) == [3, 1]
    assert await looked_up(store, Query(words=words({"рада"}), without=(phrase("бюджет спорт"),))) == [3, 2]
    assert await looked_up(store, Query(without=words({"бюджет"}))) == [2]
    assert await looked_up(store, Query(words=words({"рада"}), without=words({"("}))) == [3, 2, 1]


async def test_dates_languages_and_sources_narrow_the_search(given: Given, store: Store) -> None:
    first, second = await given.feed("https://press.example/"), await given.feed("https://news.gazeta.example/rss")
    for feed, moments in ((first, (1, 2)), (second, (3, 4))):
        for n in moments:
            saved = article(f"{n}", title_lemmas=("рада",), published_at=after(n), language="uk" if n % 2 else "en")
            await given.published(feed, saved)
    rada = words({"рада"})

    def dated(since: datetime | None, until: datetime | None) -> Query:
        return Query(words=rada, since=since, until=until)

    assert await looked_up(store, dated(after(2), None)) == [4, 3, 2]
    assert await looked_up(store, dated(None, after(3))) == [2, 1]
    assert await looked_up(store, dated(after(2), after(3))) == [2]
    for found_words in (rada, ()):
        assert await looked_up(store, Query(words=found_words, languages=frozenset({"uk"}))) == [3, 1]
        assert await looked_up(store, Query(words=found_words, sources=("gazeta.example",))) == [4, 3]
        assert await looked_up(store, Query(words=found_words, sources=("PRESS", "gazeta"))) == [4, 3, 2, 1]
        assert await looked_up(store, Query(words=found_words, sources=("nobody",))) == []
    assert await looked_up(store, Query(since=after(4))) == [4]


async def test_a_chat_may_search_its_own_feeds_alone(given: Given, store: Store) -> None:
    reader = await given.chat(1)
    await given.published(await given.feed("https://a.example/", reader), article("1", title_lemmas=("рада",)))
    await given.published(await given.feed("https://b.example/"), article("2", title_lemmas=("рада",)))
    query = Query(words=words({"рада"}))
    assert await looked_up(store, query, viewer=reader.id) == [2, 1]
    assert await looked_up(store, query, viewer=reader.id, mine=True) == [1]
    assert await looked_up(store, replace(query, sources=("b.example",)), viewer=reader.id, mine=True) == []
    assert await looked_up(store, query, viewer=(await given.chat(2)).id, mine=True) == []
    assert await looked_up(store, query, mine=True) == []


async def test_articles_of_feeds_that_became_one_are_found_by_the_other(given: Given, store: Store) -> None:
    reader = await given.chat(1)
    old, new = await given.feed("https://old.example/", reader), await given.feed("https://new.example/")
    await given.published(old, article("1", title_lemmas=("рада",)))
    moved = replace(old, url="https://new.example/")
    await store.feeds.save_check(moved)
    query = Query(words=words({"рада"}))
    assert await looked_up(store, replace(query, sources=("old.example",))) == []
    assert await looked_up(store, replace(query, sources=("new.example",))) == [1]
    assert await looked_up(store, query, viewer=reader.id, mine=True) == [1]
    assert new.id != old.id


async def test_similar_articles_are_published_after_a_moment(given: Given, store: Store) -> None:
    await given.published(
        await given.feed("https://a.example/"),
        *(article(f"{n}", title_lemmas=("рада",), published_at=after(n)) for n in (1, 2, 3)),
    )
    assert [one.id for one in await store.articles.similar(["рада"], since=after(1), limit=9)] == [3, 2]


async def test_a_correction_is_found_by_its_new_words_and_no_longer_by_the_old(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("1", title_lemmas=("старий",), text_lemmas=("спільний",)))
    changed = article("1", title_lemmas=("новий",), text_lemmas=("спільний",), language="en")
    await given.corrected(feed, 1, changed)
    assert await found(store, {"старий"}) == []
    assert await found(store, {"новий"}) == [1]
    assert await found(store, {"спільний"}) == [1]
    assert await looked_up(store, Query(titled=words({"старий"}))) == []
    assert await looked_up(store, Query(titled=words({"новий"}), languages=frozenset({"en"}))) == [1]


async def test_a_feed_that_goes_takes_its_words_along(given: Given, store: Store) -> None:
    other = await given.feed("https://b.example/")
    await given.published(other, article("1", title_lemmas=("рада",)))
    await store.chats.suspend(telegram(1), reason="blocked", now=after(0))
    assert await found(store, {"рада"}) == [1]


@pytest.mark.parametrize("term", ["п\u02bcять", "2027", "g7", "їжак", "ёлка", "naïve", "東京", "ε"])
async def test_a_term_is_one_word_with_all_its_marks(given: Given, store: Store, term: str) -> None:
    await given.published(await given.feed("https://a.example/"), article("1", text_lemmas=("перед", term, "потім")))
    assert await found(store, {term}) == [1]
    assert await looked_up(store, Query(words=(phrase(f"перед {term} потім"),))) == [1]


async def test_letters_that_differ_by_a_mark_are_different(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/"), article("1", text_lemmas=("їжак", "пять")))
    assert await found(store, {"іжак"}) == []
    assert await found(store, {"п\u02bcять"}) == []


@pytest.mark.parametrize(
    "term",
    [
        '"',
        "(",
        "NEAR(",
        "'; DROP TABLE articles",
        "*",
        "OR",
        "title:рада",
        "^рада",
        "ра*",
        "\0",
        "\ud800",
        "{",
        "%",
        "",
        "\ue000" + "1",
        "\ue001рада",
    ],
)
async def test_a_term_is_never_taken_for_an_operator(given: Given, store: Store, term: str) -> None:
    await given.published(await given.feed("https://a.example/"), article("1", title_lemmas=("рада",)))
    assert await found(store, {term}) == []
    assert await found(store, {term}, {"рада"}) == []
    assert await found(store, {term, "рада"}) == [1]
    assert await looked_up(store, Query(words=(frozenset({("рада", term)}),))) == []
    assert await looked_up(store, Query(languages=frozenset({term}))) == []
    assert len(await store.articles.similar([term], limit=5)) == 0


async def test_nothing_asked_finds_nothing(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/"), article("1"))
    assert await found(store) == []
    assert await found(store, set()) == []
    assert await store.articles.similar([], limit=5) == []


async def test_many_terms_are_asked_for_at_once(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/"), article("1", title_lemmas=("слово1",)))
    terms = [f"слово{n}" for n in range(2000)]
    assert [one.id for one in await store.articles.similar(terms, limit=5)] == [1]
    assert await found(store, *({term, "слово1"} for term in terms[:200])) == [1]
