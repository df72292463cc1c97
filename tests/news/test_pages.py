"""Which article pages a poll asks for, what it learns of them, and what an admin's word changes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise

import pytest

from news.article import Article
from news.decide import Fresh
from news.extract import PageText
from news.feed import Entry, Feed
from news.fetch import Limits, open_fetcher
from news.hosts import Hosts
from news.pages import adds, needs_page
from news.worth import PATIENCE, PageRule, Worth
from sandbox.newsroom.behaviour import Behaviour, Fails, Hangs, Serves
from tests.news.given import NOW, entry
from tests.news.world import World

EMPTY = Serves(b"<html><body></body></html>", "text/html")
BODY = (
    "Рейки покладуть уздовж набережної, а зупинки збудують біля пристані, ринку та бібліотеки.",
    "Роботи почнуться в березні й триватимуть до осені, а рух автобусів на цей час змінять.",
)
LEAD = "Міська рада погодила новий маршрут трамвая, який з’єднає порт із вокзалом уже навесні наступного року."
BARE = entry(description="")


def fresh(said: Entry, *, owed: bool = True) -> Fresh:
    return Fresh(said, ("key",), "print", NOW, owed=owed, dated=True)


def test_a_page_is_needed_where_people_wait_for_an_entry_without_a_summary() -> None:
    assert needs_page(fresh(BARE))
    assert not needs_page(fresh(BARE, owed=False))
    assert not needs_page(fresh(entry(description="Пором знову ходить уночі.")))
    assert not needs_page(fresh(replace(BARE, link=None)))
    assert not needs_page(fresh(replace(BARE, whole=True)))


def test_an_admin_may_want_the_pages_of_all_that_people_wait_for_or_of_nothing() -> None:
    told = entry(description="Пором знову ходить уночі.")
    assert needs_page(fresh(told), PageRule.ALWAYS)
    assert not needs_page(fresh(told, owed=False), PageRule.ALWAYS)
    assert not needs_page(fresh(replace(told, whole=True)), PageRule.ALWAYS)
    assert not needs_page(fresh(BARE), PageRule.NEVER)


@pytest.mark.parametrize(
    ("said", "page", "more"),
    [
        (BARE, PageText(), False),
        (BARE, PageText(title="Title one", text="Title one"), False),
        (BARE, PageText(lead=LEAD), True),
        (BARE, PageText(image="https://outlet.example/one.jpg"), True),
        (entry(description=LEAD, image="/one.jpg"), PageText(lead=LEAD, text=LEAD, image="/two.jpg"), False),
        (entry(description=LEAD), PageText(lead=LEAD, text=f"{LEAD} Фото з архіву."), False),
        (entry(description=LEAD), PageText(text=LEAD * 3), True),
    ],
)
def test_a_page_is_good_for_what_the_feed_left_out(said: Entry, page: PageText, more: bool) -> None:
    assert adds(fresh(said), page) is more


async def tells(here: World, slug: str, number: int = 1, **later: float) -> int:
    """The outlet publishes, and is polled three hours later; gives how many of its pages were asked for."""
    before = here.newsroom.outlet(slug).page_requests
    for _ in range(number):
        place = here.newsroom.outlet(slug).published
        here.newsroom.publish(slug, title=f"Трамвай номер {place}", lead=LEAD, body=BODY)
    assert await here.poll(**(later or {"hours": 3})) == number
    return here.newsroom.outlet(slug).page_requests - before


async def known(here: World, slug: str) -> Feed:
    feed = await here.store.feeds.find(here.feed_url(slug))
    assert feed is not None
    return feed


async def newest(here: World, slug: str) -> Article:
    [article] = await here.store.articles.latest((await known(here, slug)).id, 1)
    return article


async def rule(here: World, slug: str, rule: PageRule) -> None:
    ruled = await here.store.feeds.rule_pages((await known(here, slug)).id, rule)
    assert ruled is not None
    assert ruled.page_rule is rule


@asynccontextmanager
async def impatient(here: World) -> AsyncIterator[World]:
    """The same world, where a page may take a twentieth of a second."""
    limits = Limits(seconds=2, page_seconds=0.05)
    async with open_fetcher(user_agent="test", private_networks=True, hosts=Hosts(pause=0), limits=limits) as fetcher:
        yield replace(here, desk=replace(here.desk, fetcher=fetcher))


async def test_pages_that_give_what_the_feed_leaves_out_are_fetched_every_time(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    assert [await tells(here, "misto", 2) for _ in range(PATIENCE + 2)] == [2] * (PATIENCE + 2)
    worth = (await known(here, "misto")).page_worth
    assert worth == Worth((True,) * 2 * (PATIENCE + 2))


async def test_what_one_check_brings_is_read_whole(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    assert await tells(here, "misto", 3 * PATIENCE + 1) == 3 * PATIENCE + 1


@pytest.mark.parametrize("trouble", [EMPTY, Fails(503), Fails(404)], ids=["empty", "failing", "missing"])
async def test_pages_that_give_nothing_are_tried_ever_more_rarely_and_again_once_they_mend(
    here: World, trouble: Behaviour
) -> None:
    await here.follow(here.feed_url("misto"))
    here.newsroom.outlet("misto").pages_behave(trouble)
    asked = [await tells(here, "misto") for _ in range(33)]
    assert set(asked) == {0, 1}
    checks = [check for check, number in enumerate(asked) if number]
    waits = [later - earlier for earlier, later in pairwise(checks)]
    assert waits[:PATIENCE] == [1] * PATIENCE
    assert waits == sorted(waits)
    assert waits[-1] == 8
    here.newsroom.outlet("misto").recovers()
    until_noticed = [await tells(here, "misto") for _ in range(8)]
    assert sum(until_noticed) >= 1
    assert await tells(here, "misto", 9) == 9
    assert "маршрут трамвая" in (await newest(here, "misto")).summary


async def test_pages_that_hang_are_tried_no_more_than_those_that_fail(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    here.newsroom.outlet("misto").pages_behave(Hangs())
    tried = []
    async with impatient(here) as hurried:
        for _ in range(5):
            await tells(hurried, "misto", 3)
            worth = (await known(here, "misto")).page_worth
            tried.append(len(worth.told) if worth else 0)
    assert tried == [3, 4, 5, 6, 6]


async def test_a_page_that_is_late_is_done_without_and_teaches_nothing(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("news.pages.PAGES_SECONDS", 0.05)
    await here.follow(here.feed_url("misto"))
    here.newsroom.outlet("misto").pages_behave(Hangs())
    await tells(here, "misto", 3)
    assert (await newest(here, "misto")).summary == ""
    assert (await known(here, "misto")).page_worth is None


async def test_a_page_that_would_take_minutes_to_read_is_done_without(here: World) -> None:
    attributes = b" ".join(b"a%d=x" % number for number in range(250_000))
    await here.follow(here.feed_url("misto"))
    here.newsroom.outlet("misto").pages_behave(Serves(b"<html><body><p " + attributes + b">One</p>", "text/html"))
    assert await tells(here, "misto") == 1
    assert (await newest(here, "misto")).summary == ""
    here.newsroom.outlet("misto").recovers()
    assert await tells(here, "misto") == 1
    assert "маршрут трамвая" in (await newest(here, "misto")).summary


async def test_of_many_articles_at_once_no_more_pages_are_asked_for_than_may_fail(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    here.newsroom.outlet("misto").pages_behave(Fails(503))
    assert await tells(here, "misto", 12) == PATIENCE
    assert await tells(here, "misto", 12) == 1
    here.newsroom.outlet("misto").recovers()
    assert await tells(here, "misto", 12) == 12


async def test_a_publisher_that_asks_to_be_left_alone_is(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    here.newsroom.outlet("misto").pages_behave(Fails(429, retry_after=5 * 3600))
    assert [await tells(here, "misto") for _ in range(4)] == [1, 0, 1, 0]


async def test_a_feed_that_gives_summaries_has_no_page_fetched(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    assert [await tells(here, "bereg", 2) for _ in range(3)] == [0, 0, 0]
    assert (await known(here, "bereg")).page_worth is None


async def test_always_fetches_the_page_of_what_the_feed_tells_of_too(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    await rule(here, "bereg", PageRule.ALWAYS)
    assert await tells(here, "bereg", 6) == 6
    assert BODY[-1] in (await newest(here, "bereg")).text
    assert (await known(here, "bereg")).page_worth == Worth((True,) * 6)


async def test_always_goes_on_where_pages_give_nothing(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    await rule(here, "misto", PageRule.ALWAYS)
    here.newsroom.outlet("misto").pages_behave(Fails(503))
    assert [await tells(here, "misto", PATIENCE) for _ in range(3)] == [PATIENCE] * 3


async def test_never_fetches_none_until_it_is_left_to_the_bot_again(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    await rule(here, "misto", PageRule.NEVER)
    assert [await tells(here, "misto") for _ in range(3)] == [0, 0, 0]
    await rule(here, "misto", PageRule.AUTO)
    assert await tells(here, "misto") == 1


async def test_a_channel_says_all_there_is_whatever_an_admin_wants(here: World) -> None:
    followed = await here.follow("@bereg")
    await here.store.feeds.rule_pages(followed.feed.id, PageRule.ALWAYS)
    asked = here.newsroom.outlet("bereg").page_requests
    here.newsroom.publish("bereg", title="Трамвай до порту", lead=LEAD)
    assert await here.poll(hours=3) == 1
    # The channel's own page is one.
    assert here.newsroom.outlet("bereg").page_requests == asked + 1
