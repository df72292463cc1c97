"""/broadcast, for admins: one text to every chat, through the outbox, after asking."""

from html import escape

from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.services import Services
from handlers.speech import speech_for

BROADCAST = "cast"
# What Telegram takes in one message is 4096 UTF-16 units; the question around the text needs some of them.
LONGEST = 3500


async def broadcast(question: Question, services: Services) -> Answer:
    """Show the text as it will be sent, and ask."""
    speech = speech_for(question.chat)
    text = question.text.strip()
    if not text:
        return Answer(Message(speech.say("What should be said? Send /broadcast and the text.")))
    if len(text.encode("utf-16-le")) // 2 > LONGEST:
        return Answer(Message(speech.say("The text is too long: at most {most} characters.", most=LONGEST)))
    kept = await services.articles.remember(question.chat.id, text, now=services.now())
    seen = await services.keeper.overview(now=services.now())
    reached = seen.chats - seen.suspended
    head = speech.count("Send this to {number} chat?", "Send this to {number} chats?", reached)
    yes = Button(speech.plainly("Send"), f"{BROADCAST}:{kept}")
    no = Button(speech.plainly("Cancel"), f"{BROADCAST}:no")
    return Answer(Message(f"{head}\n\n{escape(text, quote=False)}", buttons=((yes, no),)))


async def confirm(question: Question, services: Services) -> Answer:
    """Owe it to every chat, or leave it; pressing twice sends once."""
    speech = speech_for(question.chat)
    if question.text == "no":
        return Answer(Message(speech.say("Not sent.")), edit=True)
    text = await services.articles.recall(question.chat.id, number_of(question.text) or 0)
    if text is None:
        return Answer(toast=speech.plainly("This text is no longer kept. Send /broadcast again."))
    author = question.heard.user_id
    key = f"{question.chat.address.chat_id}:{question.heard.message_id}"
    owed = await services.outbox.owe_broadcast(text, key=key, author=author, now=services.now())
    services.wake_courier()
    told = speech.count("On its way to {number} chat.", "On its way to {number} chats.", owed)
    return Answer(Message(f"{told}\n\n{escape(text, quote=False)}"), edit=True)
