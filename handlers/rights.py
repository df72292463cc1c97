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


async def rights(question: Question, services: Services) -> Answer:
    """Tell who may."""
    if question.chat.kind == "private":
        speech = speech_for(question.chat)
        return Answer(Message(speech.say("This is for groups. What you set here, nobody else can change.")))
    return Answer(_told(question.chat))


async def choose(question: Question, services: Services) -> Answer:
    """Let all members change things, or administrators alone, as the button says."""
    wanted = question.text == _ALL
    await services.chats.set_open(question.chat.id, wanted)
    return Answer(_told(replace(question.chat, open_to_all=wanted)), edit=True)


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


def _told(chat: Chat) -> Message:
    speech = speech_for(chat)
    if chat.open_to_all:
        state = speech.say("Every member can add and remove sources here and change the settings.")
        button = Button(speech.plainly("Administrators only"), f"{RIGHTS}:{_ADMINS}")
    else:
        state = speech.say(
            "Only administrators can add and remove sources here and change the settings. Everybody can search and ask."
        )
        button = Button(speech.plainly("Let every member"), f"{RIGHTS}:{_ALL}")
    return Message(state, buttons=((button,),))
