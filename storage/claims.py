"""Which deliveries may go now, and when the next may.

A chat's deliveries leave in the order of urgency, then age: only its first may go, and one that must wait holds
back the rest. Passed over is a chat that the platform asked us to leave alone, one that has paused, and one with a
delivery under way. What waits for its moment (digests, changes) is not owed until then and holds up nobody.

What may go is found by a walk through the index of all that is owed, in its order: the first delivery met of a
chat is the chat's first. A single statement could say the same, but the planner of PostgreSQL knows nothing true
about a queue, as what was owed when it last looked is sent by now: it took two minutes where the walk takes 0.1 s.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import CLAIMED, OWED, WAITING, chats, deliveries

# The first step is a few deliveries longer than what is asked for, each further one several times the last.
_AT_LEAST = 20
_LONGER = 4
# So many digests and changes become owed at a time, more than leave meanwhile.
_RIPEN = 1_000


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery met on the walk: `may` it go, if it is its chat's first?"""

    id: int
    urgency: int
    chat_id: int
    may: bool


async def claimable(connection: AsyncConnection, now: datetime, spare: Collection[int], limit: int) -> list[int]:
    """The ids of the deliveries to go now, most urgent first; `spare` are platform chat ids to pass over."""
    await _keep_to_the_index(connection)
    query = walk = _owed_to_open_chats(now, spare)
    step = 2 * limit + _AT_LEAST
    met: set[int] = set()
    ids: list[int] = []
    while len(ids) < limit:
        owed = [Owed(*row) for row in await connection.execute(walk.limit(step))]
        ids += first_of_each_chat(owed, met)
        if len(owed) < step:
            break
        walk, step = query.where(_behind(owed[-1])), step * _LONGER
    return ids[:limit]


def first_of_each_chat(owed: Iterable[Owed], met: set[int]) -> list[int]:
    """Of each chat not `met` before, the first delivery, if it may go; the chats are met from then on."""
    ids = []
    for one in owed:
        if one.chat_id not in met:
            met.add(one.chat_id)
            if one.may:
                ids.append(one.id)
    return ids


async def ripen(connection: AsyncConnection, now: datetime) -> None:
    """Owe what has waited for its moment, some at a time."""
    ripe = select(deliveries.c.id).where(deliveries.c.status == WAITING, deliveries.c.not_before <= now)
    ripe = ripe.order_by(deliveries.c.not_before, deliveries.c.id).limit(_RIPEN)
    ids = list(await connection.scalars(ripe))
    if ids:
        await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(status=OWED))


async def next_due(connection: AsyncConnection, now: datetime, spare: Collection[int]) -> datetime | None:
    """When the first delivery of any chat may go, a claim ends, or a moment comes that is waited for; None when nothing
    is owed."""
    if await claimable(connection, now, spare, 1):
        return now
    times = [await connection.scalar(query) for query in _earliest(now, spare)]
    return min((time for time in times if time is not None), default=None)


async def _keep_to_the_index(connection: AsyncConnection) -> None:
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET LOCAL enable_sort = off"))


def _owed_to_open_chats(now: datetime, spare: Collection[int]) -> Select[int, int, int, bool]:
    open_ = or_(chats.c.not_before.is_(null()), chats.c.not_before <= now)
    at_work = or_(chats.c.paused_until.is_(null()), chats.c.paused_until <= now)
    return (
        select(deliveries.c.id, deliveries.c.urgency, deliveries.c.chat_id, deliveries.c.not_before <= now)
        .join_from(deliveries, chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.status == OWED, open_, at_work, chats.c.chat_id.not_in(spare))
        .where(deliveries.c.chat_id.not_in(_under_way()))
        .order_by(deliveries.c.urgency, deliveries.c.id)
    )


def _behind(last: Owed) -> ColumnElement[bool]:
    return tuple_(deliveries.c.urgency, deliveries.c.id) > tuple_(last.urgency, last.id)


def _under_way() -> Select[int]:
    return select(deliveries.c.chat_id).where(deliveries.c.status == CLAIMED)


_TRIED = and_(deliveries.c.status == OWED, deliveries.c.attempts > literal_column("0"))


def _earliest(now: datetime, spare: Collection[int]) -> list[Select[datetime]]:
    """The moments at which something may change: each the first entry of an index."""
    c, free = deliveries.c, chats.c.chat_id.not_in(spare)
    again = case((chats.c.not_before > c.not_before, chats.c.not_before), else_=c.not_before)
    owed = exists(select(1).where(c.chat_id == chats.c.id, c.status == OWED))
    return [
        select(func.min(c.not_before)).where(c.status == WAITING),
        select(func.min(c.claimed_until)).where(c.status == CLAIMED),
        select(func.min(again)).join(chats, chats.c.id == c.chat_id).where(_TRIED, c.not_before > now, free),
        select(func.min(chats.c.not_before)).where(chats.c.not_before > now, free, owed),
    ]
