"""/top: the stories that most outlets report now."""

from datetime import timedelta

from handlers.message import Answer, Message, Question
from handlers.number import number_of
from handlers.render import numbered, outlets, row
from handlers.services import Services
from handlers.speech import speech_for

HOURS, MOST_HOURS = 24, 24 * 7
SHOWN = 10


async def top(question: Question, services: Services) -> Answer:
    """The stories of the last hours, a day if none are named."""
    speech, now = speech_for(question.chat), services.now()
    typed = question.text.split()
    # What stands behind the number is taken for "hours".
    hours = number_of(typed[0]) if typed else HOURS
    if hours is None or not 1 <= hours <= MOST_HOURS:
        return Answer(Message(speech.say("How many hours back? Send /top and a number from 1 to 168: /top 12")))
    found = await services.articles.top(since=now - timedelta(hours=hours), limit=SHOWN, viewer=question.chat.id)
    if not found:
        return Answer(Message(speech.count("No news for {number} hour.", "No news for {number} hours.", hours)))
    head = speech.count(
        "🔥 <b>The stories most outlets tell</b> · {number} hour",
        "🔥 <b>The stories most outlets tell</b> · {number} hours",
        hours,
    )
    # The first report stands for its story.
    rows = (row(story[0], outlets(story), speech, now=now) for story in found)
    return Answer(Message(f"{head}\n\n{numbered(rows)}"))
