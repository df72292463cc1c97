"""/export: what the chat follows, as an OPML file for any reader."""

import asyncio

from handlers.followed import nothing_followed
from handlers.message import Answer, Attachment, Message, Question
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from news.address import shown
from news.chat import Subscription
from news.opml import Outline, write_opml
from news.secret import typed

_NAME = "feeds.opml"
_TITLE = "Visnyk"


async def export(question: Question, services: Services) -> Answer:
    """Send the file. Where others are, private feeds are left out."""
    speech, alone = speech_for(question.chat), question.chat.kind == "private"
    followed = await services.chats.subscriptions(question.chat.id)
    told = [one for one in followed if alone or not one.feed.private]
    filters = await services.chats.filters(question.chat.id)
    outlines = [outline for one in told if (outline := await _outline(one, filters.get(one.feed.id, ""), services))]
    if not outlines:
        return Answer(nothing_followed(speech))
    content = await asyncio.to_thread(write_opml, _TITLE, outlines)
    secret = any(one.feed.private for one in told)
    return Answer(Message(_told(len(outlines), secret, speech), document=Attachment(_NAME, content)))


async def _outline(one: Subscription, words: str, services: Services) -> Outline | None:
    """The feed as the file names it; None for a private one that nobody can open any more."""
    feed = one.feed
    address, title, site = feed.url, one.title or shown(feed.url), feed.link or ""
    if feed.private:
        secret = await services.desk.feeds.secret(feed.id)
        if secret is None:
            return None
        address = typed(secret)
    return Outline(title, address, site, one.overrides, words)


def _told(number: int, secret: bool, speech: Speech) -> Html:
    told = speech.count(
        "{number} source. Any reader of feeds opens this file; here /import does.",
        "{number} sources. Any reader of feeds opens this file; here /import does.",
        number,
    )
    if not secret:
        return told
    beware = speech.say("Whoever has it can open your private feeds as well: their addresses are in it.")
    return Html(f"{told} {beware}")
