"""/reports: whether of each story one report is pushed to this chat, or every one."""

from dataclasses import replace

from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import sentence, speech_for
from news.chat import Chat

REPORTS = "reports"
LABELS = {False: sentence("Each story once"), True: sentence("Every report")}
_PRESSES = {"once": False, "every": True}
# What may be typed, besides what a button carries.
WORDS = _PRESSES | {"one": False, "раз": False, "один": False, "all": True, "усі": True, "всі": True, "кожен": True}


async def reports(question: Question, services: Services) -> Answer:
    """Take what was typed, if anything, and tell how things stand."""
    typed = question.text.strip().casefold()
    if not typed:
        return Answer(_told(question.chat))
    if typed not in WORDS:
        return Answer(Message(speech_for(question.chat).say("Once or every? Send /reports once or /reports every.")))
    return Answer(_told(await _set(question.chat, WORDS[typed], services)))


async def choose(question: Question, services: Services) -> Answer:
    """Take the wish of the button that was pressed."""
    wish = _PRESSES.get(question.text)
    chat = question.chat if wish is None else await _set(question.chat, wish, services)
    return Answer(_told(chat), edit=True)


async def _set(chat: Chat, every: bool, services: Services) -> Chat:
    await services.chats.set_every_report(chat.id, every)
    return replace(chat, look=replace(chat.look, every_report=every))


def _told(chat: Chat) -> Message:
    speech = speech_for(chat)
    state = (
        speech.say("Of each story I send every report.")
        if chat.look.every_report
        else speech.say(
            "Of each story I send the first report. Who else tells of it is written into that message, without a sound."
        )
    )
    buttons = (
        Button(f"{'✓ ' if wish == chat.look.every_report else ''}{speech.plainly(LABELS[wish])}", f"{REPORTS}:{name}")
        for name, wish in _PRESSES.items()
    )
    return Message(state, buttons=(tuple(buttons),))
