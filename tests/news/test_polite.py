"""What publishers may rely on, each promise a test: the real poll over HTTP, against the newsroom."""

import asyncio
import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.version import user_agent
from news.errors import Problem
from news.fetch import Fetcher, open_fetcher
from news.hosts import Hosts
from news.notice import Event
from news.pace import LONGEST_BACK_OFF, MOST_SCATTER
from tests.news.world import SHORT, World, world


async def served_with(here: World, *, channel: str) -> None:
    """Follow a feed that has this in its channel."""
    body = f"<rss version='2.0'><channel><title>Outlet</title>{channel}</channel></rss>"
    here.newsroom.outlet("bereg").serves(body.encode())
    await here.follow(here.feed_url("bereg"))


async def wait(here: World) -> timedelta:
    """How long the feed is left alone from now on."""
    return (await here.feed("bereg")).next_check_at - here.clock()


def paths(here: World) -> list[str]:
    """What the newsroom was asked for, in order."""
    return [visit.path for visit in here.newsroom.visits]


def last_headers(here: World) -> Mapping[str, str]:
    return here.newsroom.visits[-1].headers


async def test_both_validators_are_sent_together_as_they_were_given(here: World) -> None:
    known = (await here.follow(here.feed_url("bereg"))).feed.validators
    await here.poll()
    assert known.etag is not None
    assert known.last_modified is not None
    assert last_headers(here)["If-None-Match"] == known.etag
    assert last_headers(here)["If-Modified-Since"] == known.last_modified


async def test_a_feed_not_modified_costs_one_answer_without_a_body_and_writes_no_row(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    rows, visits = here.rows(), len(here.newsroom.visits)
    await here.poll()
    assert here.newsroom.outlet("misto").not_modified == 1
    assert (here.rows(), len(here.newsroom.visits)) == (rows, visits + 1)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "identity"])
async def test_compression_is_asked_for_as_far_as_it_is_understood(here: World, coding: str) -> None:
    here.newsroom.outlet("bereg").encodes(coding)
    followed = await here.follow(here.feed_url("bereg"))
    assert len(followed.latest) == 3
    assert last_headers(here)["Accept-Encoding"] == "gzip, deflate"


async def test_retry_after_in_seconds_is_waited_for(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").limits_rate(retry_after=5 * 86_400)
    await here.poll()
    assert await wait(here) >= timedelta(days=5)
    assert (await here.feed("bereg")).problem is Problem.TOO_MANY_REQUESTS


async def test_retry_after_as_a_date_is_waited_for(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    date = format_datetime(datetime.now(UTC) + timedelta(days=5, minutes=5), usegmt=True)
    here.newsroom.outlet("bereg").fails_with(503, retry_after=date)
    await here.poll()
    assert await wait(here) >= timedelta(days=5)


async def test_max_age_is_waited_for_also_when_nothing_has_changed(here: World) -> None:
    here.newsroom.outlet("bereg").adds(Cache_Control="public, max-age=3000")
    await here.follow(here.feed_url("bereg"))
    assert await wait(here) >= timedelta(seconds=3000)
    await here.poll()
    assert here.newsroom.outlet("bereg").not_modified == 1
    assert await wait(here) >= timedelta(seconds=3000)


async def test_ttl_is_waited_for(here: World) -> None:
    await served_with(here, channel="<ttl>50</ttl>")
    assert await wait(here) >= timedelta(minutes=50)


async def test_hours_to_skip_are_skipped(here: World) -> None:
    assert here.clock().hour == 12
    await served_with(here, channel="<skipHours><hour>12</hour><hour>13</hour><hour>14</hour></skipHours>")
    assert (await here.feed("bereg")).next_check_at.hour == 15


async def test_days_to_skip_are_skipped(here: World) -> None:
    assert here.clock().strftime("%A") == "Tuesday"
    await served_with(here, channel="<skipDays><day>Tuesday</day><day>Wednesday</day></skipDays>")
    assert (await here.feed("bereg")).next_check_at.strftime("%A") == "Thursday"


async def test_a_feed_that_moved_for_good_is_asked_at_its_new_address_alone(here: World) -> None:
    profile = here.newsroom.outlet("bereg").profile
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").moved_to(profile.new_feed_path)
    for _ in range(3):
        await here.poll()
    assert paths(here)[-3:] == [profile.feed_path, profile.new_feed_path, profile.new_feed_path]


async def test_a_feed_that_moved_for_a_while_is_asked_at_its_own_address(here: World) -> None:
    profile = here.newsroom.outlet("bereg").profile
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").moved_to(profile.new_feed_path, status=302)
    for _ in range(3):
        await here.poll()
    assert paths(here)[-2:] == [profile.feed_path, profile.new_feed_path]


async def test_a_feed_that_moved_to_one_that_is_known_is_not_asked_twice(here: World) -> None:
    profile = here.newsroom.outlet("bereg").profile
    await here.follow(here.feed_url("bereg"))
    await here.follow(here.url + profile.new_feed_path)
    here.newsroom.outlet("bereg").moved_to(profile.new_feed_path)
    for _ in range(2):
        await here.poll()
    before = len(paths(here))
    await here.poll()
    assert paths(here)[before:] == [profile.new_feed_path]


async def test_a_feed_that_is_gone_is_left_alone_and_its_followers_are_told(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").gone()
    await here.poll()
    before = len(paths(here))
    await here.poll(days=400)
    assert len(paths(here)) == before
    assert [notice.event for notice in await here.notices()] == [Event.GONE]


async def test_a_host_has_at_most_two_requests_at_once(here: World) -> None:
    slugs = ["bereg", "misto", "harbour", "surma"]
    for slug in slugs:
        await here.follow(here.feed_url(slug))
        here.newsroom.outlet(slug).hangs()
    asked = [asyncio.create_task(here.newsroom.requested(slug)) for slug in slugs]
    polling = asyncio.create_task(here.poll())
    while sum(task.done() for task in asked) < 2:
        await asyncio.wait([task for task in asked if not task.done()], return_when=asyncio.FIRST_COMPLETED)
    for slug in slugs:
        here.newsroom.outlet(slug).recovers()
    await polling
    assert all(task.done() for task in asked)
    assert max(visit.company for visit in here.newsroom.visits) == 2


def well_behaved(_: str) -> AbstractAsyncContextManager[Fetcher]:
    """As the service opens it, but that it may go to loopback and loses patience sooner."""
    return open_fetcher(user_agent=user_agent(), private_networks=True, hosts=Hosts(), limits=SHORT)


async def test_requests_to_a_host_begin_a_fifth_of_a_second_apart(tmp_path: Path) -> None:
    async with world(tmp_path, well_behaved) as here:
        for slug in ("bereg", "misto", "harbour"):
            await here.follow(here.feed_url(slug))
        clock = asyncio.get_running_loop().time
        began = clock()
        await here.poll()
        assert clock() - began >= 0.4


async def test_a_publisher_can_see_who_asks_and_where_to_read_about_it(tmp_path: Path) -> None:
    async with world(tmp_path, well_behaved) as here:
        here.newsroom.publish_next("misto")
        await here.follow(here.feed_url("misto"))
        here.newsroom.publish_next("misto")
        await here.poll()
        names = {visit.headers["User-Agent"] for visit in here.newsroom.visits}
        assert len(here.newsroom.visits) == 4
        assert re.fullmatch(r"visnyk/[\d.]+ \(\+https://\S+\)", names.pop())
        assert not names


async def test_an_article_page_that_robots_txt_forbids_is_not_fetched_and_its_feed_is(here: World) -> None:
    here.newsroom.robots = "User-agent: *\nDisallow: /news/misto/"
    await here.follow(here.feed_url("misto"))
    here.newsroom.publish("misto", title="Лише заголовок")
    assert await here.poll() == 1
    assert await here.owed() == ["Лише заголовок"]
    assert here.newsroom.outlet("misto").page_requests == 0


async def test_while_robots_txt_cannot_be_had_no_article_page_is_fetched(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    here.newsroom.robots = 503
    here.newsroom.publish("misto", title="Лише заголовок")
    assert await here.poll() == 1
    assert here.newsroom.outlet("misto").page_requests == 0


async def test_robots_txt_is_asked_for_once_and_only_when_a_page_is_wanted(here: World) -> None:
    here.newsroom.robots = "User-agent: other\nDisallow: /"
    await here.follow(here.feed_url("misto"))
    await here.poll()
    assert "/robots.txt" not in paths(here)
    for _ in range(2):
        here.newsroom.publish_next("misto")
        here.newsroom.publish_next("misto")
        await here.poll()
    assert paths(here).count("/robots.txt") == 1
    assert here.newsroom.outlet("misto").page_requests == 4


async def test_first_contact_fetches_no_article_pages(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    assert paths(here) == [here.newsroom.outlet("misto").profile.feed_path]


async def test_feeds_added_together_drift_apart(here: World) -> None:
    for slug in ("bereg", "misto", "harbour"):
        await here.follow(here.feed_url(slug))
    await here.poll()
    moments = [(await here.feed(slug)).next_check_at for slug in ("bereg", "misto", "harbour")]
    assert len(set(moments)) == 3


async def test_a_feed_that_fails_is_asked_half_as_often_each_time_down_to_a_cap(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").fails_with(500)
    here.clock.goes_on(days=1)
    waits = []
    for _ in range(12):
        await here.poll(seconds=0)
        waits.append((await wait(here)).total_seconds())
        here.clock.goes_on(seconds=waits[-1])
    doubled = [earlier * 2 for earlier in waits[:7]]
    assert waits[1:8] == pytest.approx(doubled, rel=0.06)
    assert all(LONGEST_BACK_OFF <= late <= LONGEST_BACK_OFF + MOST_SCATTER for late in waits[9:])


async def test_a_feed_that_nobody_follows_is_not_asked(here: World) -> None:
    chat = await here.chat()
    followed = await here.follow(here.feed_url("bereg"), chat)
    await here.store.chats.unfollow(chat.id, followed.feed.id)
    await here.poll(days=30)
    assert here.newsroom.outlet("bereg").requests == 1
