"""Candidates from the search index, the same on both engines."""

import pytest

from storage.store import Store
from tests.storage.given import Given, after, article


async def found(store: Store, *groups: set[str], limit: int = 10) -> list[int]:
    return [hit.id for hit in await store.articles.matches([frozenset(group) for group in groups], limit=limit)]


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


async def test_a_hit_has_its_words_and_its_moment(given: Given, store: Store) -> None:
    saved = article("1", title_lemmas=("рада", "бюджет"), text_lemmas=("гривня", "мова"), published_at=after(7))
    await given.published(await given.feed("https://a.example/"), saved)
    [hit] = await store.articles.matches([frozenset({"мова"})], limit=5)
    assert (hit.id, hit.title_lemmas, hit.text_lemmas, hit.published) == (
        1,
        ("рада", "бюджет"),
        ("гривня", "мова"),
        after(7),
    )


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


async def test_similar_articles_are_published_after_a_moment(given: Given, store: Store) -> None:
    await given.published(
        await given.feed("https://a.example/"),
        *(article(f"{n}", title_lemmas=("рада",), published_at=after(n)) for n in (1, 2, 3)),
    )
    assert [one.id for one in await store.articles.similar(["рада"], since=after(1), limit=9)] == [3, 2]


async def test_a_correction_is_found_by_its_new_words_and_no_longer_by_the_old(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("1", title_lemmas=("старий",), text_lemmas=("спільний",)))
    await given.corrected(feed, 1, article("1", title_lemmas=("новий",), text_lemmas=("спільний",)))
    assert await found(store, {"старий"}) == []
    assert await found(store, {"новий"}) == [1]
    assert await found(store, {"спільний"}) == [1]


@pytest.mark.parametrize("term", ["п\u02bcять", "2027", "g7", "їжак", "ёлка", "naïve", "東京", "ε"])
async def test_a_term_is_one_word_with_all_its_marks(given: Given, store: Store, term: str) -> None:
    await given.published(await given.feed("https://a.example/"), article("1", text_lemmas=("перед", term, "потім")))
    assert await found(store, {term}) == [1]


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
    ],
)
async def test_a_term_is_never_taken_for_an_operator(given: Given, store: Store, term: str) -> None:
    await given.published(await given.feed("https://a.example/"), article("1", title_lemmas=("рада",)))
    assert await found(store, {term}) == []
    assert await found(store, {term}, {"рада"}) == []
    assert await found(store, {term, "рада"}) == [1]
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
