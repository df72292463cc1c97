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
    TextClause,
    and_,
    bindparam,
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

from storage.columns import UtcTime
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
    await _sort(connection, _NO_SORT)
    asked: dict[str, object] = {"now": now, "spare": list(spare)}
    walk, step = _WALK, 2 * limit + _AT_LEAST
    met, ids = set[int](), list[int]()
    while len(ids) < limit:
        owed = [Owed(*row) for row in await connection.execute(walk, asked | {"step": step})]
        ids += first_of_each_chat(owed, met)
        if len(owed) < step:
            break
        walk, step = _WALK_ON, step * _LONGER
        asked |= {"urgency": owed[-1].urgency, "id": owed[-1].id}
    await _sort(connection, _SORT)
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
    ids = list(await connection.scalars(_RIPE, {"now": now}))
    if ids:
        await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(status=OWED))


async def next_due(connection: AsyncConnection, now: datetime, spare: Collection[int]) -> datetime | None:
    """When the first delivery of any chat may go, a claim ends, or a moment comes that is waited for; None when nothing
    is owed."""
    if await claimable(connection, now, spare, 1):
        return now
    asked = {"now": now, "spare": list(spare)}
    times = [await connection.scalar(query, asked) for query in _EARLIEST]
    return min((time for time in times if time is not None), default=None)


async def _sort(connection: AsyncConnection, whether: TextClause) -> None:
    """Whether PostgreSQL may sort: the walk is to keep to its index, and what comes after it is not to take one for
    the order alone."""
    if connection.dialect.name == "postgresql":
        await connection.execute(whether)


# --- The statements, each made once: to make them takes longer than to execute them ---

_NOW = bindparam("now", type_=UtcTime)
_FREE = chats.c.chat_id.not_in(bindparam("spare", expanding=True))
_NO_SORT, _SORT = text("SET LOCAL enable_sort = off"), text("SET LOCAL enable_sort = on")
_RIPE = (
    select(deliveries.c.id)
    .where(deliveries.c.status == WAITING, deliveries.c.not_before <= _NOW)
    .order_by(deliveries.c.not_before, deliveries.c.id)
    .limit(_RIPEN)
)
_UNDER_WAY = select(deliveries.c.chat_id).where(deliveries.c.status == CLAIMED)
_WALK = (
    select(deliveries.c.id, deliveries.c.urgency, deliveries.c.chat_id, deliveries.c.not_before <= _NOW)
    .join_from(deliveries, chats, chats.c.id == deliveries.c.chat_id)
    .where(deliveries.c.status == OWED, _FREE, deliveries.c.chat_id.not_in(_UNDER_WAY))
    .where(or_(chats.c.not_before.is_(null()), chats.c.not_before <= _NOW))
    .where(or_(chats.c.paused_until.is_(null()), chats.c.paused_until <= _NOW))
    .order_by(deliveries.c.urgency, deliveries.c.id)
    .limit(bindparam("step"))
)
_BEHIND = tuple_(deliveries.c.urgency, deliveries.c.id) > tuple_(bindparam("urgency"), bindparam("id"))
_WALK_ON = _WALK.where(_BEHIND)

# The moments at which something may change, each the first entry of an index.
_TRIED = and_(deliveries.c.status == OWED, deliveries.c.attempts > literal_column("0"))
_AGAIN = case((chats.c.not_before > deliveries.c.not_before, chats.c.not_before), else_=deliveries.c.not_before)
_EARLIEST = (
    select(func.min(deliveries.c.not_before)).where(deliveries.c.status == WAITING),
    select(func.min(deliveries.c.claimed_until)).where(deliveries.c.status == CLAIMED),
    select(func.min(_AGAIN))
    .join_from(deliveries, chats, chats.c.id == deliveries.c.chat_id)
    .where(_TRIED, deliveries.c.not_before > _NOW, _FREE),
    # Whether that chat is owed anything is not asked for: to look then is cheaper than to know.
    select(func.min(chats.c.not_before)).where(
        chats.c.not_before > _NOW, _FREE, exists(select(1).where(deliveries.c.status == OWED))
    ),
)
