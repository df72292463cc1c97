"""What an administrator is told in private of a place that the bot may not write to any more, and a chat of a topic of
its that is no more."""

from handlers.message import Message
from handlers.speech import Html, Speech
from news.mishap import Blow, Mishap
from news.text import shortened

LONGEST_TITLE = 100


def mishap(told: Mishap, speech: Speech) -> Message:
    """What happened, and what to do."""
    return Message(_silenced(told, speech) if told.blow is Blow.SILENCED else _topic_left(told, speech))


def topic_named(number: int, title: str, speech: Speech) -> Html:
    """A topic as it is called, else by its number."""
    if title:
        return speech.say("“{name}”", name=speech.within_quotes(shortened(title, LONGEST_TITLE)))
    return speech.say("number {number}", number=number)


def _silenced(told: Mishap, speech: Speech) -> Html:
    name = speech.within_quotes(shortened(told.title, LONGEST_TITLE))
    if told.kind == "channel":
        return speech.say(
            "I can no longer post in the channel “{name}”, so its news has stopped. Make me an administrator who may "
            "post, and it goes on; what it follows is kept for 30 days.",
            name=name or "…",
        )
    return speech.say(
        "I can no longer write in the group “{name}”, so its news has stopped. Let me write there again, or make me "
        "an administrator, and send /list there: it goes on. What it follows is kept for 30 days.",
        name=name or "…",
    )


def _topic_left(told: Mishap, speech: Speech) -> Html:
    return speech.say(
        "The topic {topic} is closed or gone. What it followed now comes here: /list",
        topic=topic_named(told.topic, told.topic_title, speech),
    )
