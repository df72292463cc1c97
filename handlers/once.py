"""What a command takes away is found once: a number is another's when what it meant is gone, and a command whose answer
was interrupted is answered again."""

from collections.abc import Awaitable, Callable

from handlers.message import Question
from handlers.services import Services


async def found_once(question: Question, services: Services, find: Callable[[], Awaitable[int | None]]) -> int | None:
    """The id that `find` gives; the one that it gave at the first try, if this is another."""
    known = question.heard.meant
    if known is not None:
        return known
    found = await find()
    if found is not None:
        await services.inbox.means(question.heard.update_id, found)
    return found
