"""/unsub: stop following, by number from /list or by address."""

from handlers.message import Answer, Message, Question
from handlers.named import feed_named
from handlers.services import Services
from handlers.speech import speech_for
from news.address import shown
from news.secret import showable
from news.text import shortened


async def unsub(question: Question, services: Services) -> Answer:
    """End the subscription that the number or address names."""
    speech = speech_for(question.chat)
    typed = question.text.strip()
    if not typed:
        return Answer(Message(speech.say("Which one? Send /unsub and its number in /list.")))
    followed = await services.chats.subscriptions(question.chat.id)
    feed = await feed_named(typed, followed, services.desk)
    if feed is None or not await services.chats.unfollow(question.chat.id, feed.id):
        text = shortened(showable(" ".join(typed.split())), 60)
        return Answer(Message(speech.say("You do not follow “{text}”. See /list for the numbers.", text=text)))
    name = shortened(feed.title or shown(feed.url), 200)
    return Answer(Message(speech.say("You no longer follow <b>{name}</b>.", name=name)))
