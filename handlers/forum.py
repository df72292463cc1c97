"""What a forum follows, topic by topic, as its General is told."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from handlers.followed import PER_PAGE, row
from handlers.message import Message, Question
from handlers.mishap import topic_named
from handlers.render import pager
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from news.chat import Chat, Subscription


class _Entry(NamedTuple):
    """Something followed; `number` is the one that /unsub of its topic knows it by."""

    topic: Chat
    number: int
    subscription: Subscription


async def forum_list(question: Question, services: Services, page: int, button: str) -> Message | None:
    """A page of all that is followed in the chat and its topics; None where that is the chat alone, or one topic.

    `button` is the name of those that leaf.
    """
    chat = question.chat
    topics = [] if chat.kind == "private" or chat.address.topic else await services.chats.topics(chat.address)
    if not topics:
        return None
    entries = [entry for place in (chat, *topics) for entry in await _entries(place, services)]
    pages = -(-len(entries) // PER_PAGE)
    page = min(page, pages - 1)
    speech = speech_for(chat)
    head = speech.count("<b>{number} source in this forum</b>", "<b>{number} sources in this forum</b>", len(entries))
    hint = speech.say("To stop following one, send /unsub and its number, in the topic where it comes.")
    told = _by_topic(entries[page * PER_PAGE : (page + 1) * PER_PAGE], speech)
    return Message(f"{head}\n\n{told}\n\n{hint}", buttons=pager(button, page, pages))


async def _entries(place: Chat, services: Services) -> list[_Entry]:
    followed = await services.chats.subscriptions(place.id)
    return [_Entry(place, number, subscription) for number, subscription in enumerate(followed, 1)]


def _by_topic(entries: Sequence[_Entry], speech: Speech) -> Html:
    parts = []
    for place, those in groupby(entries, key=lambda entry: entry.topic):
        rows = [row(entry.number, entry.subscription, speech) for entry in those]
        parts.append("\n".join([_heading(place, speech), *rows]))
    return Html("\n\n".join(parts))


def _heading(place: Chat, speech: Speech) -> Html:
    if not place.address.topic:
        return speech.say("<b>Here</b>")
    return speech.say("<b>Topic {topic}</b>", topic=topic_named(place.address.topic, place.topic_title, speech))
