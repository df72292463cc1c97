"""/summary: how much is told under a headline that is pushed to this chat."""

from dataclasses import replace

from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import Speech, sentence, speech_for
from news.chat import Chat
from news.look import LENGTHS
from news.summary import USUAL_LENGTH

SUMMARY = "sum"
# At most so many characters.
LABELS = dict(zip(LENGTHS, (sentence("Off"), sentence("Short"), sentence("Usual"), sentence("Long")), strict=True))
# What may be typed, besides the number.
WORDS = {
    "off": 0,
    "no": 0,
    "ні": 0,
    "без": 0,
    "short": 150,
    "коротко": 150,
    "короткий": 150,
    "usual": USUAL_LENGTH,
    "звичайно": USUAL_LENGTH,
    "звичайний": USUAL_LENGTH,
    "long": 600,
    "довго": 600,
    "довгий": 600,
} | {str(length): length for length in LABELS}


async def summary(question: Question, services: Services) -> Answer:
    """Take the length that was typed, if any, and tell how things stand."""
    typed = question.text.strip().casefold()
    if not typed:
        return Answer(_told(question.chat))
    length = WORDS.get(typed)
    if length is None:
        return Answer(Message(speech_for(question.chat).say("How long? Send /summary off, short, usual or long.")))
    return Answer(_told(await _set(question.chat, length, services)))


async def choose(question: Question, services: Services) -> Answer:
    """Take the length of the button that was pressed."""
    length = WORDS.get(question.text)
    chat = question.chat if length is None else await _set(question.chat, length, services)
    return Answer(_told(chat), edit=True)


async def _set(chat: Chat, length: int, services: Services) -> Chat:
    await services.chats.set_summary(chat.id, length)
    return replace(chat, look=replace(chat.look, summary_length=length))


def _told(chat: Chat) -> Message:
    speech, length = speech_for(chat), chat.look.summary_length
    state = (
        speech.say("Under a headline I tell the news in at most {number} characters.", number=length)
        if length
        else speech.say("I send headlines alone, without a summary.")
    )
    off, short, usual, long = _buttons(length, speech)
    # All four in a row are cut on a phone.
    return Message(state, buttons=((off, short), (usual, long)))


def _buttons(chosen: int, speech: Speech) -> list[Button]:
    return [
        Button(f"{'✓ ' if length == chosen else ''}{speech.plainly(label)}", f"{SUMMARY}:{length}")
        for length, label in LABELS.items()
    ]
