"""Private feeds: fetched with their secret, shared by none but those who know it."""

from news.decide import feed_after_failure
from news.desk import Desk
from news.errors import NotAFeed, Passing
from news.feed import Feed
from news.fetch import Fetched, NotModified
from news.poll import fetch_secretly, read, save_answer
from news.secret import Secret


async def contact(desk: Desk, secret: Secret) -> Feed:
    """The feed that a secret opens, its entries saved at first contact. Raises Lasting; then nothing was written.

    It has to be the feed itself: pages are not searched for feeds behind a password. One that fails in a way that
    may mend is kept all the same.
    """
    known = await desk.feeds.find(secret.name)
    if known and known.contacted_at and not known.stopped:
        return known
    try:
        answer = await fetch_secretly(desk.fetcher, secret, errand=desk.errand)
    except Passing as error:
        return await _keep_trying(desk, secret, error)
    if isinstance(answer, NotModified):
        raise NotAFeed("not modified")
    return await _save_contact(desk, secret, answer)


async def _keep_trying(desk: Desk, secret: Secret, error: Passing) -> Feed:
    feed = await desk.feeds.open_private(secret, now=desk.clock())
    failed = feed_after_failure(feed, error, bounds=desk.bounds, now=desk.clock())
    await desk.feeds.save_check(failed)
    return failed


async def _save_contact(desk: Desk, secret: Secret, answer: Fetched) -> Feed:
    parsed = await read(answer)
    feed = await desk.feeds.open_private(secret, now=desk.clock())
    await save_answer(desk, feed, answer, parsed)
    return await desk.feeds.find(secret.name) or feed
