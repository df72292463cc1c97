"""What was told lately is read at start, so that stories go on."""

from news.reading import LEAD, StoryText
from storage.articles import TOLD_AT_ONCE
from storage.store import Store
from tests.storage.given import Given, after, article


async def titles(store: Store, limit: int, since: float = 0) -> list[str]:
    """The titles told, in their order."""
    return [one.text.title async for some in store.articles.told(since=after(since), limit=limit) for one in some]


async def test_the_newest_are_told_oldest_first(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, *(article(str(n), title=str(n), published_at=after(n)) for n in (3, 1, 4, 2)))
    assert await titles(store, 9) == ["1", "2", "3", "4"]
    assert await titles(store, 2) == ["3", "4"]
    assert await titles(store, 9, since=2) == ["3", "4"]
    assert await titles(store, 9, since=4) == []


async def test_it_is_told_as_it_was_read(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    long, brief = article("long", text="a" * 2 * LEAD, story_id=7), article("brief", text="", published_at=after(1))
    await given.published(feed, long, brief)
    [[first, second]] = [some async for some in store.articles.told(since=after(-1), limit=9)]
    assert (first.story_id, first.published) == (7, long.published_at)
    assert first.text == StoryText(long.title, "a" * LEAD, "uk")
    assert second.text == StoryText(brief.title, brief.summary, "uk")


async def test_what_is_more_than_is_read_at_once_is_told_too(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    many = range(1, TOLD_AT_ONCE + 2)
    await given.published(feed, *(article(str(n), title=str(n), published_at=after(n)) for n in many))
    assert await titles(store, 9999) == [str(n) for n in many]
