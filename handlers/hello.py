"""What is said in a group that let the bot in."""

from handlers.message import Answer, Message, Question
from handlers.services import Services
from handlers.speech import speech_for


async def hello(question: Question, services: Services) -> Answer:
    """Say what to do; in a group that had the bot before, that all is as it was."""
    speech = speech_for(question.chat)
    followed = await services.chats.subscriptions(question.chat.id)
    if followed:
        back = speech.count(
            "Visnyk is back; it follows {number} source here, as before: /list",
            "Visnyk is back; it follows {number} sources here, as before: /list",
            len(followed),
        )
        return Answer(Message(back), menu=True)
    return Answer(
        Message(
            speech.say(
                "Visnyk follows the news and sends it here.\n\n"
                "/sub <i>address</i> – follow a site, a feed or a public channel; administrators can\n"
                "/search <i>words</i>, /top – find and read; everybody can\n"
                "/rights – let everybody change things\n"
                "/help – all commands"
            )
        ),
        menu=True,
    )
