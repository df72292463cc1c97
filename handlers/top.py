"""/top: the stories that most outlets report now.

A button carries the hours and the page, and what they tell is looked for anew: it works after a restart.
"""

from datetime import timedelta

from handlers.message import Answer, Message, Question
from handlers.number import number_of
from handlers.render import numbered, outlets, pager, row
from handlers.services import Services
from handlers.speech import speech_for

TOP = "top"
HOURS, MOST_HOURS = 24, 24 * 7
PER_PAGE, MOST = 10, 30


async def top(question: Question, services: Services) -> Answer:
    """The stories of the last hours, a day if none are named."""
    typed = question.text.split()
    # What stands behind the number is taken for "hours".
    return Answer(await _page(number_of(typed[0]) if typed else HOURS, 0, question, services))


async def leaf(question: Question, services: Services) -> Answer:
    """Another page, in place of the one whose button was pressed."""
    hours, page = (number_of(part) for part in question.text.partition(":")[::2])
    return Answer(await _page(hours, page or 0, question, services), edit=True)


async def _page(hours: int | None, page: int, question: Question, services: Services) -> Message:
    speech, now = speech_for(question.chat), services.now()
    if hours is None or not 1 <= hours <= MOST_HOURS:
        return Message(speech.say("How many hours back? Send /top and a number from 1 to 168: /top 12"))
    found = await services.articles.top(since=now - timedelta(hours=hours), limit=MOST, viewer=question.chat.id)
    if not found:
        return Message(speech.count("No news for {number} hour.", "No news for {number} hours.", hours))
    pages = -(-len(found) // PER_PAGE)
    page = min(page, pages - 1)
    first = page * PER_PAGE
    head = speech.count(
        "🔥 <b>The stories most outlets tell</b> · {number} hour",
        "🔥 <b>The stories most outlets tell</b> · {number} hours",
        hours,
    )
    # The first report stands for its story.
    rows = (row(story[0], outlets(story), speech, now=now) for story in found[first : first + PER_PAGE])
    return Message(f"{head}\n\n{numbered(rows, first=first + 1)}", buttons=pager(f"{TOP}:{hours}", page, pages))
