"""Articles are put into stories on their way in, and the stories are known again after a restart."""

from dataclasses import replace

import pytest

from news.place import place, recall
from news.reading import StoryText
from news.recent import Recent
from tests.news.test_story import FERRY, FERRY_AGAIN, WHALE
from tests.news.world import World
from tests.storage.given import article


@pytest.fixture
async def followed(here: World) -> World:
    """Two outlets of one town are followed."""
    await here.follow(here.feed_url("bereg"))
    await here.follow(here.feed_url("misto"))
    return here


def publish(here: World, outlet: str, told: StoryText) -> None:
    """An outlet publishes this."""
    here.newsroom.publish(outlet, title=told.title, lead=told.text)


async def stories(here: World, *told: StoryText) -> list[int]:
    """The ids of the stories of articles with these titles."""
    newest = await here.store.articles.get(await here.store.articles.newest(100))
    ids = {one.title: one.story_id for one in newest}
    return [ids[one.title] for one in told]


async def test_reports_of_one_event_that_come_at_once_are_one_story(followed: World) -> None:
    publish(followed, "bereg", FERRY)
    publish(followed, "bereg", WHALE)
    publish(followed, "misto", FERRY_AGAIN)
    assert await followed.poll() == 3
    ferry, again, whale = await stories(followed, FERRY, FERRY_AGAIN, WHALE)
    assert ferry == again != whale


async def test_a_story_goes_on_after_a_restart(followed: World) -> None:
    publish(followed, "bereg", FERRY)
    assert await followed.poll() == 1
    restarted = replace(followed, desk=replace(followed.desk, recent=Recent()))
    await recall(restarted.desk)
    publish(restarted, "misto", FERRY_AGAIN)
    assert await restarted.poll() == 1
    assert len(set(await stories(restarted, FERRY, FERRY_AGAIN))) == 1


async def test_what_a_private_feed_tells_is_in_nobody_elses_story(followed: World) -> None:
    feed = await followed.feed("bereg")
    told = article(title="Пором вийшов у море", text="Перший рейс сезону відбувся.", published_at=followed.clock())
    [private] = await place(followed.desk, replace(feed, private=True), [told])
    [public] = await place(followed.desk, feed, [told])
    assert private.story_id is None
    assert public.story_id is not None


async def test_an_old_article_is_in_no_story_of_today(followed: World) -> None:
    feed = await followed.feed("bereg")
    old = article(published_at=followed.clock(), owed=False)
    followed.clock.goes_on(days=6)
    [placed] = await place(followed.desk, feed, [old])
    assert placed.story_id is None
