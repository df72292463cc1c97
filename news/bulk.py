"""Following many feeds at once, as a file of them asks for."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from news.chat import Chat
from news.desk import Desk
from news.errors import BadAddress, Lasting, Problem, SeveralFeeds
from news.follow import Doorman, Followed, follow
from news.hosts import Errand
from news.look import AS_THE_CHAT
from news.opml import Outline
from news.ports import Chats
from news.secret import is_secret, showable
from news.wishes import read_wish

# The limits per host are the fetcher's; this one leaves the line free for others. More go no faster, and let them wait.
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
    since: datetime,
    done: Callable[[int], Awaitable[None]],
) -> list[Tried]:
    """Try to follow each, as /sub would; one that fails disturbs no other. The results are in the same order. What is
    wanted otherwise for a feed holds from then on, unless the chat followed it before.

    `done` is told after each how many are. Done again after an interruption, it goes on, and the results are those of
    the whole: what the chat has followed since `since`, when it asked for this, was not followed already. Hosts are
    asked in the polls' turn, so that nobody's /sub waits for a file.
    """
    desk = replace(desk, errand=Errand.POLL)
    before = await chats.followed_before(chat.id, since)
    room = asyncio.Semaphore(AT_ONCE)
    finished = 0

    async def take(outline: Outline) -> Tried:
        nonlocal finished
        async with room:
            tried = await _try(desk, chats, doorman, chat, outline, before)
            finished += 1
            await done(finished)
            return tried

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(take(outline)) for outline in outlines]
    return list(_as_a_whole([task.result() for task in tasks], before))


def _as_a_whole(tried: Sequence[Tried], before: Collection[int]) -> Iterator[Tried]:
    """A feed is new if it was not followed before, and once only, however many addresses of it there are."""
    known = set(before)
    for one in tried:
        if one.followed is None:
            yield one
            continue
        already = one.followed.feed.id in known
        known.add(one.followed.feed.id)
        yield replace(one, followed=replace(one.followed, already=already))


async def _set_up(chats: Chats, chat: Chat, feed_id: int, outline: Outline) -> None:
    """Let what is wanted otherwise for a feed hold for the chat."""
    if outline.overrides != AS_THE_CHAT:
        await chats.set_overrides(chat.id, feed_id, outline.overrides)
    if outline.filter:
        wish = await asyncio.to_thread(read_wish, outline.filter)
        await chats.set_filter(chat.id, feed_id, wish.text or None)


async def _try(
    desk: Desk, chats: Chats, doorman: Doorman, chat: Chat, outline: Outline, before: Collection[int]
) -> Tried:
    try:
        followed = await _follow_first(desk, chats, doorman, chat, outline.address)
        if followed.feed.id not in before:
            await _set_up(chats, chat, followed.feed.id, outline)
        return Tried(outline, followed=followed)
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
