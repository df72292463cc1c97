"""From a due feed to saved articles and owed deliveries.

    claim due feeds → fetch (conditionally) → parse → decide → complete → save all in one transaction

Nothing here raises for one feed's trouble: it is written down with that feed and disturbs no other.
"""

import asyncio
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import structlog

from news.address import host_of
from news.aside import read_feed
from news.complete import complete, corrected
from news.condition import condition
from news.decide import Decision, decide_update, feed_after_failure, feed_after_success
from news.desk import Desk
from news.discover import feed_links
from news.errors import FeedError, Missing, NotAFeed, OurFault
from news.feed import Feed, ParsedFeed, Validators
from news.fetch import Fetched, Fetcher, NotModified
from news.hosts import Errand
from news.identity import entry_keys
from news.notice import event_of
from news.secret import Secret
from news.unseen import Items, is_clear, items_of

LEASE = timedelta(seconds=60)
# Two are let in at once (news.hosts); two more may wait at the gate.
PER_HOST = 4
log = structlog.get_logger(__name__)


async def poll_due_feeds(desk: Desk, *, room: int, running: Collection[Feed] = ()) -> "dict[Feed, asyncio.Task[int]]":
    """Claim up to `room` due feeds and start checking them, each in a task of its own.

    Gives the tasks by feed; a task's result is how many deliveries the check owed. Feeds in `running` are still
    being checked by an earlier call and are not started again; nor is a host asked for more while as many of its
    feeds run as may be at it at once, so that no slow host takes the room of the others.
    """
    now = desk.clock()
    at_hosts = Counter(host_of(feed.url) for feed in running)
    full = [host for host, number in at_hosts.items() if number >= PER_HOST]
    claimed = await desk.feeds.claim_due(now=now, until=now + LEASE, limit=room, per_host=PER_HOST, spare=full)
    known = {feed.id for feed in running}
    return {feed: asyncio.create_task(check_feed(desk, feed)) for feed in claimed if feed.id not in known}


async def check_feed(desk: Desk, feed: Feed) -> int:
    """Check one feed and save what came of it; returns how many deliveries are owed."""
    try:
        answer = await _ask(desk, feed)
        items = _items(answer)
        brief = desk.seen.new_in(feed, items) if items else None
        if brief and (decision := await _decide_on_new(desk, feed, brief)):
            return await _save(desk, feed, answer, brief, decision, items)
        current, answer, parsed = await _read_whole(desk, feed, answer)
        return await save_answer(desk, current, answer, parsed)
    except FeedError as error:
        return await _save_failure(desk, feed, error)
    except Exception as error:
        # Whatever it is, this feed has to back off like any that fails, and say so.
        # Of a private feed its message and its trace might tell the secret.
        log.error("feed_not_dealt_with", feed=feed.url, id=feed.id, exc_info=None if feed.private else error)
        return await _save_failure(desk, feed, OurFault(type(error).__name__))


async def _save_failure(desk: Desk, feed: Feed, error: FeedError) -> int:
    now = desk.clock()
    failed = feed_after_failure(feed, error, bounds=desk.bounds, now=now)
    log.info("feed_failed", **condition(failed), detail="" if feed.private else str(error))
    return await desk.feeds.save_check(failed, tell=event_of(failed, now=now))


async def _read_whole(
    desk: Desk, feed: Feed, answer: Fetched | NotModified
) -> tuple[Feed, Fetched | NotModified, ParsedFeed | None]:
    """The feed's answer, read. What turns out to be a page at first contact gives way to the feed it names:
    the page may have failed when somebody asked to follow it."""
    try:
        return feed, answer, await read(answer)
    except NotAFeed:
        if feed.contacted_at is not None or feed.private or isinstance(answer, NotModified):
            raise
        named = replace(feed, url=await _named_by(answer))
    answer = await desk.fetcher.fetch_feed(named.url)
    return named, answer, await read(answer)


async def _ask(desk: Desk, feed: Feed) -> Fetched | NotModified:
    if not feed.private:
        return await desk.fetcher.fetch_feed(feed.url, feed.validators)
    secret = await desk.feeds.secret(feed.id)
    if secret is None:
        raise Missing("nobody follows it any more, and its secret is gone")
    return await fetch_secretly(desk.fetcher, secret, feed.validators)


async def fetch_secretly(
    fetcher: Fetcher, secret: Secret, validators: Validators | None = None, *, errand: Errand = Errand.POLL
) -> Fetched | NotModified:
    """GET a private feed. Where it moved to is followed and not remembered: it might be a secret as well."""
    opened = secret.authorization or None
    answer = await fetcher.fetch_feed(secret.address, validators, errand=errand, authorization=opened)
    return replace(answer, moved_to=None)


async def _named_by(page: Fetched) -> str:
    """The first feed that a page names; raises NotAFeed where it names none."""
    named = await asyncio.to_thread(feed_links, page.body, url=page.url)
    if not named:
        raise NotAFeed("the page names no feed")
    return named[0]


async def read(answer: Fetched | NotModified) -> ParsedFeed | None:
    """The feed in an answer, None where nothing has changed; raises NotAFeed. Keeps the event loop free."""
    if isinstance(answer, NotModified):
        return None
    return await read_feed(answer.body, url=answer.url, content_type=answer.content_type)


async def save_answer(desk: Desk, feed: Feed, answer: Fetched | NotModified, parsed: ParsedFeed | None) -> int:
    """Decide, complete and save what was read whole; returns how many deliveries are owed."""
    decision = await _decide(desk, feed, parsed) if parsed else Decision()
    items = _items(answer)
    is_known = parsed and items and is_clear(parsed.entries, len(items.names))
    return await _save(desk, feed, answer, parsed, decision, items if is_known else None)


async def _save(
    desk: Desk,
    feed: Feed,
    answer: Fetched | NotModified,
    parsed: ParsedFeed | None,
    decision: Decision,
    items: Items | None,
) -> int:
    new, pages = await complete(desk, feed, decision.new)
    corrections = await corrected(decision.changed)
    now = desk.clock()
    state = feed_after_success(feed, answer, parsed, new=decision.new, pages=pages, bounds=desk.bounds, now=now)
    owed = await desk.feeds.save_check(
        state,
        new=[replace(article, found_at=now) for article in new],
        corrections=corrections,
        renamed=decision.renamed,
        shown=decision.shown,
    )
    if items:
        desk.seen.remember(state, items)
    elif parsed is None:
        desk.seen.unchanged(feed, state)
    # Thousands of checks a minute find nothing; what they would say of a feed, /list and the next find do.
    tell = log.info if new or corrections or feed.problem else log.debug
    tell("feed_checked", **condition(state), new=len(new), changed=len(corrections), owed=owed)
    return owed


def _items(answer: Fetched | NotModified) -> Items | None:
    return items_of(answer) if isinstance(answer, Fetched) else None


async def _decide_on_new(desk: Desk, feed: Feed, brief: ParsedFeed) -> Decision | None:
    """What the items mean that were not there the last time; None where one of them is known, by whatever name:
    what that means can only be told from the whole body."""
    keys = {key for names in entry_keys(brief.entries) for key in names}
    if keys and await desk.feeds.known(feed.id, keys):
        return None
    return decide_update(feed, brief, {}, now=desk.clock())


async def _decide(desk: Desk, feed: Feed, parsed: ParsedFeed) -> Decision:
    keys = {key for names in entry_keys(parsed.entries) for key in names}
    known = await desk.feeds.known(feed.id, keys)
    return decide_update(feed, parsed, known, now=desk.clock())
