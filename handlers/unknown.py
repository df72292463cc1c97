"""What is no command: an address is proposed to be followed, anything else gets a hint, in private only."""

from handlers.message import SILENCE, Answer, Message, Question
from handlers.preview import propose
from handlers.services import Services
from handlers.speech import speech_for
from handlers.sub import sub
from news.errors import BadAddress
from news.secret import address_to_show, is_secret


async def words(question: Question, services: Services) -> Answer:
    """Words without a command: the address of a site means that it may be followed, also one among other words.

    A secret is followed as by /sub: to show it first, it would have to be kept until somebody decides.
    """
    if question.chat.kind != "private":
        return SILENCE
    if is_secret(question.text) and _is_address(question.text):
        return await sub(question, services)
    address = next((one for one in (question.text, question.heard.link) if _is_address(one) and not is_secret(one)), "")
    if address:
        return await propose(address, question, services)
    hint = speech_for(question.chat).say(
        "Send the address of a site to follow it, or /search and words. All commands: /help"
    )
    return Answer(Message(hint))


async def command(question: Question, services: Services) -> Answer:
    """A command that doesn't exist. In a group it may be another bot's, unless it names this one."""
    if question.chat.kind != "private" and not question.heard.addressed:
        return SILENCE
    return Answer(Message(speech_for(question.chat).say("There is no such command. All commands: /help")))


async def button(question: Question, services: Services) -> Answer:
    """A button of a former version, or none of ours."""
    return Answer(toast=speech_for(question.chat).plainly("This button no longer works."))


def _is_address(text: str) -> bool:
    try:
        return bool(address_to_show(text))
    except BadAddress:
        return False
