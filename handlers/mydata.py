"""/mydata: all that is kept about a chat, as a file that people and programs read."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from handlers.message import Answer, Attachment, Message, Question
from handlers.services import Services
from handlers.speech import speech_for
from news.kept import Kept, Plain

_NAME = "visnyk-{day}.json"


async def mydata(question: Question, services: Services) -> Answer:
    """Send the file; in a group only administrators get it there."""
    now = services.now()
    kept = await services.chats.kept(question.chat.address)
    content = await asyncio.to_thread(as_json, kept, now)
    told = speech_for(question.chat).say(
        "All that is kept about this chat, as it is now. What it means: /privacy. To remove it: /forget."
    )
    return Answer(Message(told, document=Attachment(_NAME.format(day=now.date()), content)))


def as_json(kept: Kept, now: datetime) -> bytes:
    """The file: UTF-8, moments in ISO 8601, what says nothing left out."""
    told = {kind: [dict(_told(row)) for row in rows] for kind, rows in kept.items()}
    return json.dumps({"made_at": now.isoformat(), **told}, ensure_ascii=False, indent=2).encode()


def _told(row: Mapping[str, Plain]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if value is None:
            continue
        if isinstance(value, datetime):
            yield name, value.isoformat()
        elif name == "payload":
            # An update, as Telegram gave it.
            yield name, json.loads(str(value))
        else:
            yield name, value
