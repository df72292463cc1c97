"""What followers are told of a feed once: what happened, and what to do."""

from handlers.message import Message
from handlers.speech import Speech, sentence
from handlers.trouble import why
from news.address import host_of, shown
from news.notice import Event, Notice
from news.text import shortened

LONGEST_NAME = 200
TOLD = {
    Event.GONE: sentence(
        "The publisher has closed the feed <b>{name}</b> for good: nothing more will come from it. If {host} has "
        "another one, send me its address. To take this one off: /unsub and its number in /list."
    ),
    Event.FAILING: sentence(
        "The feed <b>{name}</b> could not be read for a week. {why} I go on trying. If it has a new address, send it "
        "to me. To take this one off: /unsub and its number in /list."
    ),
}


def notice(told: Notice, speech: Speech) -> Message:
    """The message for one event in the life of a feed."""
    name = shortened(told.outlet or shown(told.url), LONGEST_NAME)
    reason = why(told.problem, told.url, speech, private=told.private)
    return Message(speech.say(TOLD[told.event], name=name, host=host_of(told.url), why=reason))
