"""/share: a link that proposes a source to whoever opens it, and what such a link carries."""

import re
from urllib.parse import urlencode

from handlers.followed import feed_name
from handlers.message import Answer, Message, Question
from handlers.named import feed_named, feed_replied_to
from handlers.number import number_of
from handlers.picker import followed_things, picked, picker
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from news.channel import TELEGRAM
from news.chat import Subscription
from news.feed import Feed
from news.secret import showable
from news.short_name import digest
from news.text import shortened

SHARE = "share"
_PAYLOAD = re.compile(r"f([0-9a-f]{32})")


async def share(question: Question, services: Services) -> Answer:
    """The link to the source that is meant: by number, by address, by the push replied to; or ask which."""
    typed = question.text.strip()
    followed = await services.chats.subscriptions(question.chat.id)
    if typed:
        feed = await feed_named(typed, followed, services.desk)
    elif question.heard.replied_to is not None:
        feed = await _of_message(followed, question, services)
    else:
        return Answer(_which(followed, question))
    return Answer(_shared(feed, services, speech_for(question.chat)) if feed else _unknown(typed, question))


async def choose(question: Question, services: Services) -> Answer:
    """The link to the source whose button was pressed, or another page."""
    followed = await services.chats.subscriptions(question.chat.id)
    pick, speech = picked(question.text), speech_for(question.chat)
    if not pick.thing:
        return Answer(_which(followed, question, pick.page), edit=True)
    feed = next((one.feed for one in followed if one.feed.id == number_of(pick.thing)), None)
    if feed is None:
        return Answer(toast=speech.plainly("You do not follow this any more."))
    return Answer(_shared(feed, services, speech), edit=True)


def payload_of(feed: Feed) -> str:
    """What the link to a feed carries: at most 64 of Telegram's letters, which nobody comes upon by counting."""
    return f"f{digest(feed.url)}"


def mark_in(payload: str) -> str | None:
    """The digest of the address of the feed that a link's payload names, None for any other."""
    found = _PAYLOAD.fullmatch(payload)
    return found[1] if found else None


def link_to(feed: Feed, bot: str) -> str:
    """The link that proposes a public feed in the private chat with the bot of this name."""
    return f"{TELEGRAM}/{bot}?start={payload_of(feed)}"


def _shared(feed: Feed, services: Services, speech: Speech) -> Message:
    name = feed_name(feed)
    if feed.private:
        return Message(speech.say("<b>{name}</b> is private, so there is no link to it.", name=name))
    link = link_to(feed, services.username())
    to_send = f"{TELEGRAM}/share/url?{urlencode({'url': link, 'text': name})}"
    return Message(
        speech.say(
            "<b>{name}</b>: whoever opens this link can follow it with me.\n\n"
            '{link}\n\n<a href="{to_send}">Send it to somebody</a>',
            name=name,
            link=link,
            to_send=Html(to_send.replace("&", "&amp;")),
        )
    )


def _which(followed: list[Subscription], question: Question, page: int = 0) -> Message:
    """Private ones aren't offered."""
    speech = speech_for(question.chat)
    things = [thing for one, thing in zip(followed, followed_things(followed), strict=True) if not one.feed.private]
    if not things:
        return Message(speech.say("You follow nothing that could be shared. Send /share and the address of a site."))
    return picker(speech.say("Which source do you want to share?"), SHARE, things, page)


async def _of_message(followed: list[Subscription], question: Question, services: Services) -> Feed | None:
    feed_id = await feed_replied_to(question, services.articles)
    if feed_id is None:
        return None
    mine = next((one.feed for one in followed if one.feed.id == feed_id), None)
    return mine or await services.desk.feeds.public(feed_id)


def _unknown(typed: str, question: Question) -> Message:
    speech = speech_for(question.chat)
    if not typed:
        return Message(speech.say("That message is of no source. Send /share alone to choose from the list."))
    text = shortened(showable(" ".join(typed.split())), 60)
    return Message(speech.say("I know no source “{text}”. See /list for the numbers.", text=text))
