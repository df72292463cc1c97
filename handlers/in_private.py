"""The way from a group to the private chat, for what is nobody else's matter."""

from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import Html, speech_for
from news.channel import TELEGRAM

# What the link may carry for /start.
TO_SAVED, TO_CHANNELS, GREETED = "saved", "channels", "private"


def in_private(told: Html, question: Question, services: Services, payload: str = GREETED) -> Answer:
    """Say so, with a button that opens the private chat and there begins with what the payload names."""
    label = speech_for(question.chat).plainly("Open the private chat")
    way = Button(label, url=f"{TELEGRAM}/{services.username()}?start={payload}")
    return Answer(Message(told, buttons=((way,),)))
