"""/rights: who may change things in a group, and what the others are told."""

from dataclasses import replace

from handlers.administrators import Need
from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import Html, sentence, speech_for
from news.chat import Chat
from news.secret import is_secret

RIGHTS = "rights"
_ALL, _ADMINS = "all", "admins"
_REFUSALS = {
    Need.CHANGER: sentence("Only administrators of the group can change this."),
    Need.ADMINISTRATOR: sentence("Only administrators of the group can do this."),
}


# What may be typed after the command.
WORDS = {
    "all": True,
    "everybody": True,
    "admins": False,
    "administrators": False,
    "всі": True,
    "усі": True,
    "адміни": False,
    "адміністратори": False,
}


async def rights(question: Question, services: Services) -> Answer:
    """Tell who may, and take an administrator's word on it, if there is one."""
    if question.chat.kind == "private":
        speech = speech_for(question.chat)
        return Answer(Message(speech.say("This is for groups. What you set here, nobody else can change.")))
    typed = question.text.strip().casefold()
    if not typed:
        return Answer(_told(question.chat))
    if typed not in WORDS:
        return Answer(Message(speech_for(question.chat).say("Who may? Send /rights all or /rights admins.")))
    return await _set(WORDS[typed], question, services)


async def choose(question: Question, services: Services) -> Answer:
    """Let all members change things, or administrators alone, as the button says."""
    return replace(await _set(question.text == _ALL, question, services), edit=True)


def refusal(question: Question, need: Need) -> Answer:
    """What is said to whoever may not: over the chat to a press, in it to a command."""
    speech = speech_for(question.chat)
    if question.heard.press_id:
        return Answer(toast=speech.plainly(_REFUSALS[need]))
    refused = speech.say(_REFUSALS[need])
    if is_secret(question.text):
        seen = speech.say(
            "Everybody here can read the address that you sent: delete the message. Send me such an address in private."
        )
        return Answer(Message(Html(f"{refused} {seen}")))
    return Answer(Message(refused))


async def _set(wanted: bool, question: Question, services: Services) -> Answer:
    """The menus say who may do what, too."""
    await services.chats.set_open(question.chat.id, wanted)
    chat = replace(question.chat, open_to_all=wanted)
    return Answer(_told(chat), menu=True, chat=chat)


def _told(chat: Chat) -> Message:
    speech = speech_for(chat)
    if chat.open_to_all:
        state = speech.say("Every member can add and remove sources here and change the settings.")
        button = Button(speech.plainly("Administrators only"), f"{RIGHTS}:{_ADMINS}")
    else:
        state = speech.say(
            "Only administrators can add and remove sources here and change the settings. Everybody can search and ask."
        )
        button = Button(speech.plainly("Let everybody"), f"{RIGHTS}:{_ALL}")
    return Message(state, buttons=((button,),))
