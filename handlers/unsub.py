"""/unsub: stop following, by number from /list or by address."""

from collections.abc import Sequence

from handlers.message import Answer, Message, Question
from handlers.number import number_of
from handlers.services import Services
from handlers.speech import speech_for
from news.address import read_addresses, shown
from news.chat import Subscription
from news.desk import Desk
from news.errors import BadAddress
from news.feed import Feed
from news.follow import known_by
from news.secret import read_secret, showable
from news.text import shortened


async def unsub(question: Question, services: Services) -> Answer:
    """End the subscription that the number or address names."""
    speech = speech_for(question.chat)
    typed = question.text.strip()
    if not typed:
        return Answer(Message(speech.say("Which one? Send /unsub and its number in /list.")))
    followed = await services.chats.subscriptions(question.chat.id)
    chosen = await _chosen(typed, followed, services.desk)
    if chosen is None or not await services.chats.unfollow(question.chat.id, chosen.feed.id):
        text = shortened(showable(" ".join(typed.split())), 60)
        return Answer(Message(speech.say("You do not follow “{text}”. See /list for the numbers.", text=text)))
    name = shortened(chosen.feed.title or shown(chosen.feed.url), 200)
    return Answer(Message(speech.say("You no longer follow <b>{name}</b>.", name=name)))


async def _chosen(typed: str, followed: Sequence[Subscription], desk: Desk) -> Subscription | None:
    number = number_of(typed)
    if number is not None:
        return followed[number - 1] if 0 < number <= len(followed) else None
    try:
        found = await _known_as(typed, desk)
    except BadAddress:
        return None
    ids = {feed.id for feed in found if feed}
    return next((subscription for subscription in followed if subscription.feed.id in ids), None)


async def _known_as(typed: str, desk: Desk) -> list[Feed | None]:
    secret = read_secret(typed)
    if secret:
        return [await desk.feeds.find(secret.name)]
    return [await known_by(desk, address) for address in read_addresses(typed)]
