"""Following many feeds at once, as a file of them asks for."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from news.chat import Chat
from news.desk import Desk
from news.errors import BadAddress, Lasting, Problem, SeveralFeeds
from news.follow import Doorman, Followed, follow
from news.opml import Outline
from news.ports import Chats
from news.secret import is_secret, showable

# The limits per host are the fetcher's; this one leaves the line free for others.
AT_ONCE = 8
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one feed: `followed`, or the `problem`; without both its address is none."""

    outline: Outline
    followed: Followed | None = None
    problem: Problem | None = None


async def follow_all(
    desk: Desk,
    chats: Chats,
    doorman: Doorman,
    chat: Chat,
    outlines: Sequence[Outline],
    *,
    done: Callable[[int], Awaitable[None]],
) -> list[Tried]:
    """Try to follow each, as /sub would; one that fails disturbs no other. The results are in the same order.

    `done` is told after each how many are. Doing it again is harmless: what is followed already is only counted.
    """
    room = asyncio.Semaphore(AT_ONCE)
    finished = 0

    async def take(outline: Outline) -> Tried:
        nonlocal finished
        async with room:
            tried = await _try(desk, chats, doorman, chat, outline)
            finished += 1
            await done(finished)
            return tried

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(take(outline)) for outline in outlines]
    return [task.result() for task in tasks]


async def _try(desk: Desk, chats: Chats, doorman: Doorman, chat: Chat, outline: Outline) -> Tried:
    try:
        return Tried(outline, followed=await _follow_first(desk, chats, doorman, chat, outline.address))
    except BadAddress:
        return Tried(outline)
    except Lasting as error:
        return Tried(outline, problem=error.problem)
    except Exception as error:
        # What goes wrong with a secret address might tell it.
        trace = None if is_secret(outline.address) else error
        log.error("feed_not_followed", feed=showable(outline.address), error=type(error).__name__, exc_info=trace)
        return Tried(outline, problem=Problem.OUR_FAULT)


async def _follow_first(desk: Desk, chats: Chats, doorman: Doorman, chat: Chat, address: str) -> Followed:
    """Follow the feed at an address; of several nobody is there to choose, so the first."""
    try:
        return await follow(desk, chats, doorman, chat, address)
    except SeveralFeeds as several:
        return await follow(desk, chats, doorman, chat, several.feeds[0].url)
