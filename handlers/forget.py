"""/forget: all that is kept about a chat goes, after asking."""

from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import Html, speech_for

FORGET = "forget"
_YES = "yes"


async def forget(question: Question, services: Services) -> Answer:
    """Say what would go, and ask."""
    speech = speech_for(question.chat)
    yes = Button(speech.plainly("Forget everything"), f"{FORGET}:{_YES}")
    no = Button(speech.plainly("Cancel"), f"{FORGET}:no")
    return Answer(Message(_question(question), buttons=((yes,), (no,))))


async def confirm(question: Question, services: Services) -> Answer:
    """Forget, or leave all as it is. Whoever is heard was met for that: this goes as well."""
    speech, chat, before = speech_for(question.chat), question.chat.address, question.heard.update_id
    if question.text != _YES:
        return Answer(Message(speech.say("All stays as it is.")), edit=True)
    services.drop_waiting(chat, before)
    await services.chats.forget(chat, before=before)
    return Answer(
        Message(
            speech.say(
                "Done: nothing is kept about this chat any more, and no news comes here. What stands above only you "
                "can delete. Whatever is written to me from now on begins anew, as with /start."
            )
        ),
        edit=True,
    )


def _question(question: Question) -> Html:
    speech = speech_for(question.chat)
    told = speech.say(
        "<b>Forget this chat?</b> What it follows, its settings and hours, its urgent and watched words, "
        "what it saved and muted, what it was sent and looked for, what still waits for it: all of that goes at once, "
        "and can't be brought back. /mydata sends it as a file before."
    )
    if question.chat.kind == "private":
        return told
    group = speech.say("That is so for the whole group, with all its topics.")
    return Html(f"{told}\n\n{group}")
