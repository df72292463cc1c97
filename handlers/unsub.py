"""/unsub: stop following, by number, by address, in reply to a push, or by a button; /unsub_all: all of it."""

from handlers.followed import feed_name, not_followed, nothing_followed
from handlers.message import Answer, Button, Message, Question
from handlers.named import feed_named, feed_replied_to
from handlers.number import number_of
from handlers.once import found_once
from handlers.picker import followed_things, picked, picker
from handlers.services import Services
from handlers.speech import speech_for
from news.chat import Subscription
from news.feed import Feed

UNSUB, UNSUB_ALL = "unsub", "unsuball"
_KEEP = "no"


async def unsub(question: Question, services: Services) -> Answer:
    """End the subscription that is meant, or ask which."""
    typed = question.text.strip()
    followed = await services.chats.subscriptions(question.chat.id)
    if not typed and question.heard.replied_to is None:
        return Answer(_which(followed, question))
    feed = await _meant(typed, followed, question, services)
    if feed is None or not await services.chats.unfollow(question.chat.id, feed.id):
        return Answer(_not_followed(typed, question))
    return Answer(_ended(feed, question))


async def choose(question: Question, services: Services) -> Answer:
    """End the subscription whose button was pressed, or show another page. Only the chat's own are looked at."""
    followed = await services.chats.subscriptions(question.chat.id)
    pick = picked(question.text)
    if not pick.thing:
        return Answer(_which(followed, question, pick.page), edit=True)
    feed = next((one.feed for one in followed if one.feed.id == number_of(pick.thing)), None)
    if feed is None or not await services.chats.unfollow(question.chat.id, feed.id):
        return Answer(toast=speech_for(question.chat).plainly("You do not follow this any more."))
    return Answer(_ended(feed, question), edit=True)


async def unsub_all(question: Question, services: Services) -> Answer:
    """Say how much would go, and ask."""
    return Answer(await _asked(question, services))


async def confirm(question: Question, services: Services) -> Answer:
    """Stop following all that was asked about; where that is another number by now, or another chat's, ask anew."""
    speech = speech_for(question.chat)
    if question.text == _KEEP:
        return Answer(Message(speech.say("All stays as it is.")), edit=True)
    followed = await services.chats.subscriptions(question.chat.id)
    if question.text != _bond(question, len(followed)):
        return Answer(await _asked(question, services), edit=True)
    number = await services.chats.unfollow_all(question.chat.id)
    told = speech.count(
        "You no longer follow anything: it was {number} source.",
        "You no longer follow anything: it was {number} sources.",
        number,
    )
    return Answer(Message(told), edit=True)


async def _meant(typed: str, followed: list[Subscription], question: Question, services: Services) -> Feed | None:
    """The feed that the number or address names; else that of the message replied to."""

    async def find() -> int | None:
        if not typed:
            return await feed_replied_to(question, services.articles)
        feed = await feed_named(typed, followed, services.desk)
        return feed.id if feed else None

    feed_id = await found_once(question, services, find)
    return next((one.feed for one in followed if one.feed.id == feed_id), None)


async def _asked(question: Question, services: Services) -> Message:
    speech = speech_for(question.chat)
    followed = await services.chats.subscriptions(question.chat.id)
    if not followed:
        return nothing_followed(speech)
    asked = speech.count(
        "Stop following {number} source? /export gives the list as a file before.",
        "Stop following all {number} sources? /export gives the list as a file before.",
        len(followed),
    )
    yes = Button(speech.plainly("Stop following all"), f"{UNSUB_ALL}:{_bond(question, len(followed))}")
    no = Button(speech.plainly("Cancel"), f"{UNSUB_ALL}:{_KEEP}")
    return Message(asked, buttons=((yes,), (no,)))


def _bond(question: Question, number: int) -> str:
    """What ties a confirmation to the chat and to how much was asked about."""
    return f"{question.chat.id}:{number}"


def _which(followed: list[Subscription], question: Question, page: int = 0) -> Message:
    speech = speech_for(question.chat)
    if not followed:
        return nothing_followed(speech)
    return picker(speech.say("What do you want to stop following?"), UNSUB, followed_things(followed), page)


def _ended(feed: Feed, question: Question) -> Message:
    return Message(speech_for(question.chat).say("You no longer follow <b>{name}</b>.", name=feed_name(feed)))


def _not_followed(typed: str, question: Question) -> Message:
    speech = speech_for(question.chat)
    if question.heard.meant is not None:
        return Message(speech.say("You do not follow this any more."))
    if not typed:
        return Message(
            speech.say("That message is of no source that you follow. Send /unsub alone to choose from the list.")
        )
    return not_followed(typed, speech)
