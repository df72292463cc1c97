"""The table of owed sends: `news.ports.Outbox` on the database."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, literal, null, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Delivery, Kind, Outcome, Urgency
from storage.claims import claimable, next_due, ripen
from storage.database import Database
from storage.insert import insert_new
from storage.lock import Lock, serialise
from storage.settling import give_back, settle
from storage.tables import CLAIMED, OWED, broadcasts, chats, deliveries
from storage.taking import take
from storage.terms import USUAL, Terms
from storage.together import Together
from storage.whole import whole

_AT_ONCE = 500
_RUN_OUT = (
    select(deliveries.c.id)
    .where(deliveries.c.status == CLAIMED, deliveries.c.claimed_until <= bindparam("now"))
    .limit(1)
)
# What came of a delivery, or nothing where it begins.
Mark = tuple[Delivery, Outcome | None, datetime]


class SqlOutbox:
    """Deliveries claimed, begun, settled, given back; and broadcasts."""

    def __init__(self, database: Database, terms: Terms = USUAL) -> None:
        self._database = database
        self._terms = terms
        self._marks = Together(self._mark, name=_id_of, weight=_one, most=_AT_ONCE)

    @whole
    async def claim(self, *, now: datetime, until: datetime, limit: int, spare: Collection[int] = ()) -> list[Delivery]:
        """Take owed deliveries in order of urgency, then age; per chat at most one, and its first."""
        async with self._database.writing() as connection:
            # Two claimers at once could else each take a delivery of the same chat.
            await serialise(connection, Lock.CLAIM)
            if await connection.scalar(_RUN_OUT, {"now": now}):
                await give_back(connection, deliveries.c.claimed_until <= now, now, self._terms)
            await ripen(connection, now)
            ids = await claimable(connection, now, frozenset(spare), limit)
            return await take(connection, ids, now, until, self._terms) if ids else []

    async def begin(self, delivery: Delivery, *, now: datetime) -> bool:
        """Mark a claimed delivery as on the wire; False where it is not wanted any more. Written with others' marks."""
        return await self._marks.do((delivery, None, now))

    async def settle(self, delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
        """Write down what came of an attempt, with what came of others (see `storage.settling`)."""
        await self._marks.do((delivery, outcome, now))

    async def _mark(self, marks: Sequence[Mark]) -> Sequence[bool]:
        """Beginnings and ends together: what there is to write down is written in one go."""
        ended = [(one, outcome, now) for one, outcome, now in marks if outcome is not None]
        begun = [(one.id, now) for one, outcome, now in marks if outcome is None]
        async with self._database.writing() as connection:
            if ended:
                await settle(connection, ended, self._terms)
            there = await _begin(connection, begun) if begun else set()
        return [outcome is not None or one.id in there for one, outcome, _ in marks]

    @whole
    async def release(self, given_back: Collection[Delivery] | None = None, *, now: datetime) -> None:
        """Give claims back: these, or all. What was on the wire is in doubt."""
        mine = true() if given_back is None else deliveries.c.id.in_([one.id for one in given_back])
        async with self._database.writing() as connection:
            await give_back(connection, mine, now, self._terms)

    async def next_due(self, *, now: datetime, spare: Collection[int] = ()) -> datetime | None:
        """When the next delivery may go, a claimed one at its lease's end; None when nothing is owed."""
        async with self._database.reading() as connection:
            return await next_due(connection, now, frozenset(spare))

    @whole
    async def owe_broadcast(self, text: str, *, key: str, author: int, now: datetime) -> int:
        """Owe a text to every reachable chat, once each whatever its topics; returns to how many.

        The same `key` again owes nothing new and gives the same number: whoever asks twice (a double press, a
        repeated update) sends once.
        """
        async with self._database.writing() as connection:
            row = {"key": key, "text": text, "author": author, "created_at": now}
            made = insert_new(connection, broadcasts).values(row).returning(broadcasts.c.id)
            broadcast_id: int | None = (await connection.execute(made)).scalar_one_or_none()
            if broadcast_id is None:
                return await _owed_before(connection, key)
            return await _owe_all(connection, broadcast_id, now)


async def _begin(connection: AsyncConnection, begun: Sequence[tuple[int, datetime]]) -> set[int]:
    asked = {"ids": [id_ for id_, _ in begun], "now": max(now for _, now in begun)}
    return set(await connection.scalars(_BEGIN, asked))


_BEGIN = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)), deliveries.c.status == CLAIMED)
    .values(begun_at=bindparam("now"))
    .returning(deliveries.c.id)
)


async def _owed_before(connection: AsyncConnection, key: str) -> int:
    of_key = and_(deliveries.c.kind == Kind.BROADCAST, broadcasts.c.key == key)
    query = select(func.count()).select_from(deliveries).join(broadcasts, broadcasts.c.id == deliveries.c.subject)
    return int(await connection.scalar(query.where(of_key)) or 0)


def _id_of(mark: Mark) -> int:
    return mark[0].id


def _one(_: object) -> int:
    return 1


async def _owe_all(connection: AsyncConnection, broadcast_id: int, now: datetime) -> int:
    reachable = (
        select(
            func.min(chats.c.id),
            literal(Kind.BROADCAST, deliveries.c.kind.type),
            literal(broadcast_id),
            literal(int(Urgency.BROADCAST)),
            OWED,
            literal(now, deliveries.c.not_before.type),
            literal(now, deliveries.c.created_at.type),
        )
        .where(chats.c.suspended_at.is_(null()))
        .group_by(chats.c.platform, chats.c.chat_id)
    )
    columns = ["chat_id", "kind", "subject", "urgency", "status", "not_before", "created_at"]
    # The broadcast is new, so nobody has it.
    statement = insert(deliveries).from_select(columns, reachable, include_defaults=False)
    options: dict[str, Any] = {"preserve_rowcount": True}
    return (await connection.execute(statement, execution_options=options)).rowcount
