"""The feed that a person names: by its number in /list, by its address, or in reply to what it sent."""

from collections.abc import Sequence

from handlers.message import Question
from handlers.number import number_of
from news.address import read_addresses
from news.chat import Subscription
from news.desk import Desk
from news.errors import BadAddress
from news.feed import Feed
from news.find import known_by
from news.ports import Articles
from news.secret import read_secret


async def feed_named(typed: str, followed: Sequence[Subscription], desk: Desk) -> Feed | None:
    """The feed of this number among those that the chat follows, or known by this address, one that the chat follows
    before others; None where there is none."""
    number = number_of(typed)
    if number is not None:
        return followed[number - 1].feed if 0 < number <= len(followed) else None
    try:
        known = await _known_as(typed, desk)
    except BadAddress:
        return None
    ours = {subscription.feed.id for subscription in followed}
    return next((feed for feed in known if feed.id in ours), known[0] if known else None)


async def feed_replied_to(question: Question, articles: Articles) -> int | None:
    """The id of the feed that all news are of in the message that a question replies to."""
    there, told = question.chat.address, question.heard.replied_to
    if told is None:
        return None
    push = await articles.pushed(there, told)
    feeds = {article.feed_id for article in ([push] if push else await articles.carried(there, told))}
    return feeds.pop() if len(feeds) == 1 else None


async def _known_as(typed: str, desk: Desk) -> list[Feed]:
    secret = read_secret(typed)
    if secret:
        found = [await desk.feeds.find(secret.name)]
    else:
        found = [await known_by(desk, address) for address in read_addresses(typed)]
    return [feed for feed in found if feed]
