"""What followers are told of a feed, through Telegram."""

import re
import sqlite3
from contextlib import closing

from tests.bot.world import World


async def test_followers_are_told_once_that_a_feed_has_closed(world: World) -> None:
    reader, other = world.telegram.user(7, language_code="uk"), world.telegram.user(8, language_code="en")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    await other.says(f"/sub {world.feed('bereg')}")
    await other.expects("You now follow")
    world.newsroom.outlet("bereg").gone()
    await reader.expects("Видавець закрив стрічку Вільний Берег назавжди")
    told = await other.expects("The publisher has closed the feed Вільний Берег for good")
    assert "/unsub" in told.text
    await reader.says("/list")
    listed = await reader.expects("назавжди прибрав цю стрічку")
    assert "Востаннє прочитано" in listed.text
    assert "Більше не пробую" in listed.text
    assert len(world.telegram.said(8)) == 2


async def test_followers_are_told_once_of_a_feed_that_fails_for_a_week(stage: World) -> None:
    reader = stage.telegram.user(7, language_code="uk")
    async with stage.bot():
        await reader.says(f"/sub {stage.feed('bereg')}")
        await reader.expects("Ви стежите за")
        stage.newsroom.outlet("bereg").fails_with(503)
        while stage.newsroom.outlet("bereg").requests < 3:
            await stage.newsroom.requested("bereg")
    with closing(sqlite3.connect(stage.folder / "visnyk.db")) as connection, connection:
        connection.execute(
            "UPDATE feeds SET failing_since = '2020-01-01 00:00:00.000000', next_check_at = failing_since"
        )
    async with stage.bot():
        told = await reader.expects("не читається вже тиждень")
        assert "На сервері" in told.text
        await stage.newsroom.requested("bereg")
        await reader.says("/list")
        await reader.expects("Востаннє прочитано")
    assert len(stage.telegram.said(7)) == 3


async def test_the_list_says_when_a_healthy_feed_was_read_and_will_be(world: World) -> None:
    reader = world.telegram.user(7, language_code="en")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("You now follow")
    await reader.says("/list")
    listed = await reader.expects("1 source")
    assert "Read " in listed.text
    assert re.search(r" ago; next time (at \d|soon)", listed.text)


async def test_a_check_that_is_overdue_comes_soon(stage: World) -> None:
    reader = stage.telegram.user(7, language_code="en")
    well, ill = stage.newsroom.outlet("bereg"), stage.newsroom.outlet("harbour")
    async with stage.bot():
        for outlet in ("bereg", "harbour"):
            await reader.says(f"/sub {stage.feed(outlet)}")
            await reader.expects("You now follow")
        ill.fails_with(503)
        while ill.requests < 3:
            await stage.newsroom.requested("harbour")
    with closing(sqlite3.connect(stage.folder / "visnyk.db")) as connection, connection:
        connection.execute("UPDATE feeds SET next_check_at = '2020-01-01 00:00:00.000000'")
    well.hangs()
    ill.hangs()
    async with stage.bot():
        await reader.says("/list")
        listed = await reader.expects("2 sources")
        well.recovers()
        ill.recovers()
    assert re.search(r"Read .* ago; next time soon\.", listed.text)
    assert "Next try soon." in listed.text
