"""What nobody on the internet can do to us, each attempt a test: the real poll over HTTP, against the newsroom.

After each the other feeds are served as ever, the trouble is written down in the words of ours, and nothing is half
saved.
"""

from news.errors import Problem
from tests.news.world import World


async def one_round(here: World) -> Problem | None:
    """What is told of the villain's feed after a round in which nothing was saved but the decent outlet's news."""
    before = await here.feed("bereg")
    kept = here.rows_of(before)
    here.newsroom.publish("harbour", title="Decent news")
    await here.poll()
    assert await here.owed() == ["Decent news"]
    told = await here.feed("bereg")
    assert here.rows_of(before) == kept
    assert told.validators == before.validators
    assert told.next_check_at > here.clock()
    return told.problem


async def saved(here: World, body: bytes, content_type: str = "application/rss+xml") -> list[str]:
    """The titles that a first contact with this body saves, newest first, beside a decent outlet."""
    here.newsroom.outlet("bereg").serves(body, content_type)
    followed = await here.follow(here.feed_url("bereg"))
    await here.follow(here.feed_url("harbour"))
    here.newsroom.publish_next("harbour")
    assert await here.poll() == 1
    assert (await here.feed("bereg")).problem is None
    return [article.title for article in await here.store.articles.latest(followed.feed.id, 1000)]


def rss(items: str, before: str = "") -> bytes:
    return f"{before}<rss version='2.0'><channel><title>Outlet</title>{items}</channel></rss>".encode()
