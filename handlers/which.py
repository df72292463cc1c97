"""Which of several: what is asked in reply to a message that tells of many articles."""

from handlers.burst import BURST, burst
from handlers.digest_page import View, digest
from handlers.message import Answer, Question
from handlers.services import Services
from handlers.speech import speech_for


async def which(aim: str, question: Question, services: Services) -> Answer | None:
    """The question of which article of the message replied to is meant, with a button for each that leads to what is
    RELATED to it, to its STORY, to MUTE it or to LESS of it; None where that message tells of one alone, or of none."""
    heard, speech = question.heard, speech_for(question.chat)
    if question.text or heard.replied_to is None:
        return None
    found = await services.articles.carried(question.chat.address, heard.replied_to)
    if not found:
        return None
    if heard.replied_press.startswith(f"{BURST}:"):
        return Answer(burst(found, speech, aim=aim, origin=heard.replied_to))
    view = View(aim=aim, origin=heard.replied_to)
    return Answer(digest(found, view, speech, told=question.chat.look.summary_length > 0))
