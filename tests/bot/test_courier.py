"""Crowds on the way out: full groups, groups that move, readers who are gone or are to be left alone."""

import re
from collections import Counter
from pathlib import Path

import pytest

from sandbox.telegram import Fault, Topic
from tests.bot.line import Line, open_line
from tests.storage.given import Given, article

GROUP, MOVED = -5, -1005


def numbers(line: Line, chat_id: int) -> list[int]:
    """Which news came to a chat, in order, singly or in lists."""
    return [int(found) for message in line.said(chat_id) for found in re.findall(r"News (\d+)", message.text)]


async def publish(given: Given, urls: list[str], posts: int) -> None:
    """So many news, by these feeds in turn."""
    feeds = [await given.feed(url) for url in urls]
    for number in range(posts):
        news = article(f"{number}", title=f"News {number}", summary="", text="")
        await given.published(feeds[number % len(feeds)], news)


@pytest.mark.parametrize("feeds", [1, 12])
async def test_sixty_posts_to_one_group_all_arrive_in_order(tmp_path: Path, feeds: int) -> None:
    """By one feed five come singly, the others in lists; by twelve all come singly, twenty in Telegram's minute."""
    urls = [f"https://{number}.example/" for number in range(feeds)]
    async with open_line(tmp_path) as line:
        line.telegram.group(GROUP)
        group = await line.given.chat(GROUP)
        for url in urls:
            await line.given.feed(url, group)
        await publish(line.given, urls, 60)
        async with line.courier():
            await line.over()
        assert numbers(line, GROUP) == list(range(60))
        assert len(line.said(GROUP)) == (7 if feeds == 1 else 60)
        assert line.telegram.refused == 0


async def test_a_migrated_group_loses_none_of_three_posts_at_once(tmp_path: Path) -> None:
    urls = [f"https://{number}.example/" for number in range(3)]
    async with open_line(tmp_path) as line:
        line.telegram.group(GROUP, type="group", members=[7])
        group = await line.given.chat(GROUP)
        for url in urls:
            await line.given.feed(url, group)
        line.telegram.add_fault(Fault("migrated", chat=GROUP, to=MOVED))
        await publish(line.given, urls, 3)
        async with line.courier():
            await line.over()
        assert (numbers(line, GROUP), numbers(line, MOVED)) == ([], [0, 1, 2])


async def test_three_topics_that_move_at_once_lose_nothing(tmp_path: Path) -> None:
    async with open_line(tmp_path) as line:
        line.telegram.group(GROUP, members=[7], topics=[Topic(number, f"Topic {number}") for number in (2, 3, 4)])
        topics = [await line.given.chat(GROUP, topic) for topic in (2, 3, 4)]
        await line.given.feed("https://a.example/", *topics)
        line.telegram.add_fault(Fault("migrated", chat=GROUP, to=MOVED))
        # All three are on the wire before the first hears of the move.
        hold = line.telegram.holds.add("arrived", chat=GROUP)
        await publish(line.given, ["https://a.example/"], 2)
        async with line.courier():
            await hold.catches(3)
            hold.let_go()
            await line.over()
        came = Counter((message.thread, message.text.splitlines()[0]) for message in line.said(MOVED))
        assert len(came) == 6
        assert set(came.values()) == {1}
        assert {thread for thread, _ in came} == {2, 3, 4}


async def test_a_reader_who_blocked_the_bot_is_tried_once(tmp_path: Path) -> None:
    async with open_line(tmp_path) as line:
        line.telegram.user(7, started=True).blocks_bot()
        await line.given.feed("https://a.example/", await line.given.chat(7))
        await publish(line.given, ["https://a.example/"], 3)
        async with line.courier():
            await line.over()
            await line.given.published(await line.given.feed("https://a.example/"), article("later"))
            await line.over()
        assert [call.status for call in line.telegram.calls] == [403]


async def test_forty_readers_to_be_left_alone_keep_nothing_from_the_others(tmp_path: Path) -> None:
    """All of the others' news arrive while the forty are left alone, and theirs after that."""
    held, others = range(1000, 1040), range(2000, 2020)
    async with open_line(tmp_path) as line:
        for chat in (*held, *others):
            line.telegram.user(chat, started=True)
        for chat in held:
            line.telegram.add_fault(Fault("flood", chat=chat, times=1, retry_after=2))
        await line.given.feed("https://a.example/", *[await line.given.chat(chat) for chat in (*held, *others)])
        await publish(line.given, ["https://a.example/"], 2)
        async with line.courier():
            await line.over()
        assert {tuple(numbers(line, chat)) for chat in (*held, *others)} == {(0, 1)}
        order = [message.chat_id for message in line.telegram.sent]
        assert set(order[: 2 * len(others)]) == set(others)
