"""/import, and a file sent in private: every feed of an OPML file is followed."""

import asyncio
from collections.abc import Sequence

from handlers.download import NotDownloaded
from handlers.imported import report
from handlers.message import SILENCE, Answer, Document, Message, Question
from handlers.services import Services
from handlers.speech import Html, speech_for
from news.bulk import Tried, follow_all
from news.errors import NotOpml
from news.opml import Outline, read_opml
from news.text import shortened

LARGEST_MEGABYTES = 3
MOST_FEEDS = 2000
# A step is shown as an edited message, and a group bears twenty of those a minute.
SHORTEST_STEP, MOST_STEPS = 20, 20
KINDS = frozenset(["opml", "xml"])


async def import_(question: Question, services: Services) -> Answer:
    """Follow the feeds of the file that the command stands under, or replies to."""
    document = question.heard.document or question.heard.replied_document
    if document is None:
        hint = speech_for(question.chat).say(
            "Send the OPML file that your former reader exported; in a group, send /import in reply to it."
        )
        return Answer(Message(hint))
    return Answer(Message(await _take_over(document, question, services)))


async def receive(question: Question, services: Services) -> Answer:
    """A file without a command: taken in private if it may be OPML."""
    document = question.heard.document
    if document is None or question.chat.kind != "private":
        return SILENCE
    if not may_be_opml(document):
        hint = speech_for(question.chat).say(
            "Of files only OPML is read: the list of feeds that another reader exports."
        )
        return Answer(Message(hint))
    return Answer(Message(await _take_over(document, question, services)))


def may_be_opml(document: Document) -> bool:
    """Whether name or content type say OPML, or XML at least."""
    extension = document.name.lower().rpartition(".")[2]
    subtype = document.content_type.lower().rpartition("/")[2]
    return bool(KINDS & {extension, subtype.removeprefix("x-").removesuffix("+xml")})


async def _take_over(document: Document, question: Question, services: Services) -> Html:
    speech = speech_for(question.chat)
    if document.size > LARGEST_MEGABYTES * 1_000_000:
        return speech.say("The file is too large: at most {most} MB.", most=LARGEST_MEGABYTES)
    try:
        body = await services.download(document)
        outlines = await asyncio.to_thread(read_opml, body)
    except NotDownloaded:
        return speech.say("The file could not be fetched from Telegram. Send it again, please.")
    except NotOpml:
        return speech.say("This is not an OPML file. Your former reader can export one.")
    if not outlines:
        return speech.say("The file names no feeds.")
    tried = await _follow(outlines[:MOST_FEEDS], _name(document), question, services)
    return report(_name(document), tried, speech, left_out=len(outlines) - len(tried))


async def _follow(outlines: Sequence[Outline], name: str, question: Question, services: Services) -> list[Tried]:
    speech, all_of_them = speech_for(question.chat), len(outlines)
    step = max(SHORTEST_STEP, all_of_them // MOST_STEPS)

    async def show(done: int) -> None:
        if done % step == 0 and done < all_of_them:
            told = speech.say("Reading <b>{name}</b>: {done} of {all}.", name=name, done=done, all=all_of_them)
            await question.progress(Message(told))

    await show(0)
    since = question.heard.received_at or services.now()
    tried = await follow_all(
        services.desk, services.chats, services.doorman, question.chat, outlines, since=since, done=show
    )
    services.wake_schedule()
    services.wake_courier()
    return tried


def _name(document: Document) -> str:
    return shortened(document.name or "OPML", 60)
