"""Stories in the memory: the reports of one, and those that most feeds tell of."""

from news.identity import key_of_page
from news.secret import Secret
from storage.store import Store
from tests.storage.given import Given, after, article


async def test_a_story_is_its_reports_from_the_first_on(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("late", story_id=7, published_at=after(9)), article("first", story_id=7))
    await given.published(feed, article("other"))
    assert [one.title for one in await store.articles.story(7)] == ["Title first", "Title late"]


async def test_top_goes_by_feeds_and_then_by_age(given: Given, store: Store) -> None:
    first, second = await given.feed("https://a.example/"), await given.feed("https://b.example/")
    await given.published(first, article("a", story_id=1, published_at=after(1)), article("b", story_id=2))
    await given.published(first, article("c", story_id=3, published_at=after(2)), article("d", story_id=2))
    await given.published(second, article("e", story_id=2, published_at=after(1)))
    top = await store.articles.top(since=after(-1), limit=9)
    assert [[one.title[-1] for one in story] for story in top] == [["b", "d", "e"], ["c"], ["a"]]
    assert [len(story) for story in await store.articles.top(since=after(0), limit=2)] == [1, 1]
    assert await store.articles.top(since=after(2), limit=9) == []


async def test_private_feeds_count_for_their_followers_alone(given: Given, store: Store) -> None:
    follower = await given.chat(1)
    private = await given.private_feed(Secret("https://a.example/rss?token=hush"), follower)
    link = "https://a.example/one"
    await given.published(private, article("one", story_id=7, link=link, keys=(_key(link),)))
    assert await store.articles.top(since=after(-1), limit=9) == []
    assert await store.articles.story(7) == []
    assert await store.articles.at(link) is None
    assert len(await store.articles.top(since=after(-1), limit=9, viewer=follower.id)) == 1
    assert len(await store.articles.story(7, viewer=follower.id)) == 1
    assert await store.articles.at(link, viewer=follower.id) is not None


async def test_an_article_is_found_by_its_address_however_it_is_spelt(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    link = "https://www.a.example/news/one?id=5"
    await given.published(feed, article("one", keys=("guid:1", _key(link))), article("two"))
    found = await store.articles.at("http://a.example/news/one/?utm_source=x&id=5")
    assert found is not None
    assert found.title == "Title one"
    for other in ("https://a.example/news/two", "https://a.example/", "no address", "http://[", ""):
        assert await store.articles.at(other) is None


def _key(link: str) -> str:
    key = key_of_page(link)
    assert key is not None
    return key
