"""Articles got back, and searches remembered."""

from news.relate import Candidate
from storage.store import Store
from tests.storage.given import NOW, Given, after, article


async def test_articles_come_in_the_order_asked_for_without_the_unknown(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/"), article("one"), article("two"))
    assert [one.id for one in await store.articles.get([2, 404, 1])] == [2, 1]
    assert await store.articles.get([]) == []


async def test_an_article_comes_back_as_it_was_saved(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    saved = article("one", image="https://a.example/i", language=None, link=None, found_at=after(3))
    await given.published(feed, saved)
    [back] = await store.articles.get([1])
    assert (back.feed_id, back.outlet) == (feed.id, feed.title)
    assert (back.title, back.summary, back.text) == (saved.title, saved.summary, saved.text)
    assert (back.link, back.image, back.language) == (None, saved.image, None)
    assert (back.published_at, back.found_at) == (NOW, after(3))


async def test_the_latest_articles_of_a_feed_come_newest_first(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(await given.feed("https://b.example/"), article("elsewhere", published_at=after(99)))
    moments = {"b": 2, "d": 4, "a": 1, "c": 2}
    await given.published(feed, *(article(key, published_at=after(s)) for key, s in moments.items()))
    titles = [one.title for one in await store.articles.latest(feed.id, 3)]
    assert titles == ["Title d", "Title c", "Title b"]


async def test_the_newest_of_all_feeds_come_newest_first(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/"), article("1", published_at=after(1)), article("2"))
    await given.published(await given.feed("https://b.example/"), article("3", published_at=after(9)), article("4"))
    assert await store.articles.newest(10) == [3, 1, 4, 2]
    assert await store.articles.newest(2) == [3, 1]


async def test_a_candidate_has_the_words_of_its_article(given: Given, store: Store) -> None:
    saved = article("one", title_lemmas=("рада", "бюджет"), text_lemmas=())
    await given.published(await given.feed("https://a.example/"), saved)
    assert await store.articles.candidate(1) == Candidate(1, ("рада", "бюджет"), (), NOW, "Title one")
    assert await store.articles.candidate(404) is None


async def test_the_same_search_of_a_chat_keeps_its_id(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    first = await store.articles.remember(chat.id, "бюджет " * 700, now=NOW)
    assert await store.articles.remember(chat.id, "бюджет " * 700, now=after(5)) == first
    assert await store.articles.remember(chat.id, "інше", now=NOW) != first
    assert await store.articles.remember(other.id, "бюджет " * 700, now=NOW) != first


async def test_a_search_is_recalled_only_by_its_own_chat(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    search_id = await store.articles.remember(chat.id, "бюджет", now=NOW)
    assert await store.articles.recall(chat.id, search_id) == "бюджет"
    assert await store.articles.recall(other.id, search_id) is None
    assert await store.articles.recall(chat.id, 404) is None
