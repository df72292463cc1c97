"""What is no command: an address is followed, anything else gets a hint, in private only."""

from handlers.message import SILENCE, Answer, Message, Question
from handlers.services import Services
from handlers.speech import speech_for
from handlers.sub import sub
from news.errors import BadAddress
from news.secret import address_to_show


async def words(question: Question, services: Services) -> Answer:
    """Words without a command: the address of a site means that it is to be followed."""
    if question.chat.kind != "private":
        return SILENCE
    try:
        address_to_show(question.text)
    except BadAddress:
        speech = speech_for(question.chat)
        return Answer(
            Message(speech.say("Send the address of a site to follow it, or /search and words. All commands: /help"))
        )
    return await sub(question, services)


async def command(question: Question, services: Services) -> Answer:
    """A command that doesn't exist."""
    if question.chat.kind != "private":
        return SILENCE
    return Answer(Message(speech_for(question.chat).say("There is no such command. All commands: /help")))


async def button(question: Question, services: Services) -> Answer:
    """A button of a former version, or none of ours."""
    return Answer(toast=speech_for(question.chat).plainly("This button no longer works."))
