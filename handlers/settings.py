"""/settings: how news comes to this chat, and what of that is otherwise for one of its sources.

A button carries the feed (none: the chat), the name of what is wanted and the wish: `set:12:pictures:off`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers.followed import not_followed
from handlers.message import Answer, Message, Question
from handlers.named import feed_named, feed_replied_to
from handlers.number import number_of
from handlers.services import Services
from handlers.settings_page import AT_ONCE, LENGTH, OFF, ON, RESET, SWITCHES, page_of_chat, page_of_subscription
from handlers.speech import speech_for
from news.chat import Chat, Subscription
from news.hashtags import hashtags
from news.look import AS_THE_CHAT, LENGTHS, LONGEST_TITLE, MOST_TAGS, USUAL_LOOK, Overrides, override
from news.text import headline, shortened

# A number or an address, and a name or hashtags behind it; without either they stand in reply to a push.
_TYPED = re.compile(
    r"(?P<name>.*?)(?:(?:^|\s)(?P<what>title|name|назва|tags|теги)(?:\s(?P<said>.*))?)?", re.IGNORECASE | re.DOTALL
)
_TAGS = ("tags", "теги")
# A wish that was read: its name, and what is wanted.
Wish = tuple[str, int | bool]


async def settings(question: Question, services: Services) -> Answer:
    """Show the chat's, or those of the source that is named or whose push this replies to; take what was typed."""
    typed = _TYPED.fullmatch(question.text.strip())
    assert typed is not None, "anything may be a name"
    followed = await services.chats.subscriptions(question.chat.id)
    name = typed["name"].strip()
    feed_id = await _meant(name, followed, question, services)
    mine = _find(followed, feed_id)
    if mine is not None:
        if typed["what"]:
            wanted = _named_so(mine.overrides, typed["what"].casefold(), typed["said"] or "")
            mine = await _set(question.chat, mine, wanted, services)
        return Answer(_page(mine, followed, question.chat))
    if question.text.strip():
        return Answer(_not_followed(name, question.chat))
    return Answer(page_of_chat(question.chat))


async def press(question: Question, services: Services) -> Answer:
    """Take the wish of the button that was pressed; one without a wish opens the settings in a message of their own."""
    feed, _, wish = question.text.partition(":")
    if not feed:
        chat = await _wish_of_chat(question.chat, wish, services)
        return Answer(page_of_chat(chat), edit=bool(wish))
    followed = await services.chats.subscriptions(question.chat.id)
    mine = _find(followed, number_of(feed))
    if mine is None:
        return Answer(toast=speech_for(question.chat).plainly("You no longer follow this source."))
    mine = await _wish_of_subscription(question.chat, mine, wish, services)
    return Answer(_page(mine, followed, question.chat), edit=bool(wish))


async def _wish_of_chat(chat: Chat, text: str, services: Services) -> Chat:
    wish = _read(text)
    if text != RESET and (wish is None or wish[0] == AT_ONCE):
        return chat
    wanted: dict[str, Any] = {wish[0]: wish[1]} if wish else {}
    look = replace(chat.look, **wanted) if wanted else USUAL_LOOK
    await services.chats.set_look(chat.id, look)
    return replace(chat, look=look)


async def _wish_of_subscription(chat: Chat, mine: Subscription, text: str, services: Services) -> Subscription:
    if text == RESET:
        return await _set(chat, mine, AS_THE_CHAT, services)
    match _read(text):
        case (name, bool(value)) if name == AT_ONCE:
            return await _set(chat, mine, replace(mine.overrides, at_once=value), services)
        case (name, value):
            return await _set(chat, mine, override(chat.look, mine.overrides, name, value), services)
    return mine


def _read(text: str) -> Wish | None:
    """What a button wants; None where it makes no sense."""
    name, _, value = text.partition(":")
    if name == LENGTH and number_of(value) in LENGTHS:
        return name, int(value)
    if name in (*SWITCHES, AT_ONCE) and value in (ON, OFF):
        return name, value == ON
    return None


async def _set(chat: Chat, mine: Subscription, wanted: Overrides, services: Services) -> Subscription:
    await services.chats.set_overrides(chat.id, mine.feed.id, wanted)
    return replace(mine, overrides=wanted)


def _named_so(overrides: Overrides, what: str, said: str) -> Overrides:
    """With another name, or with other hashtags, which then are wanted; none where nothing is said."""
    if what in _TAGS:
        tags = hashtags(said, MOST_TAGS)
        return replace(overrides, tags=tags, hashtags=True if tags else overrides.hashtags)
    return replace(overrides, title=shortened(headline(said), LONGEST_TITLE))


async def _meant(name: str, followed: Sequence[Subscription], question: Question, services: Services) -> int | None:
    """The id of the feed that is named, or that all of the message replied to is of."""
    if name:
        feed = await feed_named(name, followed, services.desk)
        return feed.id if feed else None
    return await feed_replied_to(question, services.articles)


def _find(followed: Sequence[Subscription], feed_id: int | None) -> Subscription | None:
    return next((one for one in followed if one.feed.id == feed_id), None)


def _page(mine: Subscription, followed: Sequence[Subscription], chat: Chat) -> Message:
    number = next(number for number, one in enumerate(followed, 1) if one.id == mine.id)
    return page_of_subscription(mine, number, chat)


def _not_followed(name: str, chat: Chat) -> Message:
    speech = speech_for(chat)
    if not name:
        return Message(speech.say("Which one? Send /settings and its number in /list."))
    return not_followed(name, speech)
