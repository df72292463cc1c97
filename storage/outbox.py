"""The table of owed sends: `news.ports.Outbox` on the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, func, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Delivery, Kind, Outcome, Urgency
from storage import claims
from storage.database import Database
from storage.insert import insert_new
from storage.lock import Lock, serialise
from storage.rows import ARTICLE, NOTICE, article_of, chat_of, notice_of, told_of
from storage.settling import settle
from storage.tables import CLAIMED, DROPPED, OWED, articles, broadcasts, chats, deliveries, feeds, notices
from storage.whole import whole

_DELIVERY = (deliveries.c.id, deliveries.c.kind, deliveries.c.attempts, deliveries.c.created_at)


class SqlOutbox:
    """Deliveries claimed, settled, given back; and broadcasts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @whole
    async def claim(self, *, now: datetime, until: datetime, limit: int, spare: Collection[int] = ()) -> list[Delivery]:
        """Take owed deliveries in order of urgency, then age; per chat at most one, and its first."""
        async with self._database.writing() as connection:
            # Two claimers at once could else each take a delivery of the same chat.
            await serialise(connection, Lock.CLAIM)
            await _end_leases(connection, now)
            ids = await claims.claimable(connection, now, frozenset(spare), limit)
            if not ids:
                return []
            # Asked again: on PostgreSQL somebody may have dropped one of them in between.
            mine = update(deliveries).where(deliveries.c.id.in_(ids), deliveries.c.status == OWED)
            claimed = mine.values(status=CLAIMED, claimed_until=until).returning(deliveries.c.id)
            loaded = await _load(connection, list(await connection.scalars(claimed)))
            await _drop(connection, [one.id for one in loaded if not _is_whole(one)], now)
            return [one for one in loaded if _is_whole(one)]

    @whole
    async def settle(self, delivery_id: int, outcome: Outcome, *, now: datetime) -> None:
        """Write down what came of an attempt; the claim ends with it (see `storage.settling`)."""
        async with self._database.writing() as connection:
            await settle(connection, delivery_id, outcome, now)

    @whole
    async def release(self, delivery_ids: Collection[int] | None = None) -> None:
        """Give claims back untried: these, or all."""
        claimed = update(deliveries).where(deliveries.c.status == CLAIMED)
        if delivery_ids is not None:
            claimed = claimed.where(deliveries.c.id.in_(delivery_ids))
        async with self._database.writing() as connection:
            await connection.execute(claimed.values(status=OWED, claimed_until=None))

    async def next_due(self, *, spare: Collection[int] = ()) -> datetime | None:
        """When the next delivery may go, a claimed one at its lease's end; None when nothing is owed."""
        async with self._database.reading() as connection:
            return await claims.next_due(connection, spare)

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


async def _owed_before(connection: AsyncConnection, key: str) -> int:
    of_key = and_(deliveries.c.kind == Kind.BROADCAST.value, broadcasts.c.key == key)
    query = select(func.count()).select_from(deliveries).join(broadcasts, broadcasts.c.id == deliveries.c.subject)
    return int(await connection.scalar(query.where(of_key)) or 0)


async def _end_leases(connection: AsyncConnection, now: datetime) -> None:
    """Who held a claim to its end is gone, and nobody knows how far it came."""
    over = and_(deliveries.c.status == CLAIMED, deliveries.c.claimed_until <= now)
    back = {"status": OWED, "claimed_until": None, "in_doubt": True}
    await connection.execute(update(deliveries).where(over).values(back))


async def _load(connection: AsyncConnection, ids: Collection[int]) -> list[Delivery]:
    is_article = and_(deliveries.c.kind == Kind.ARTICLE.value, articles.c.id == deliveries.c.subject)
    is_broadcast = and_(deliveries.c.kind == Kind.BROADCAST.value, broadcasts.c.id == deliveries.c.subject)
    is_notice = and_(deliveries.c.kind == Kind.NOTICE.value, notices.c.id == deliveries.c.subject)
    query = (
        select(*_DELIVERY, *chats.c, *ARTICLE, broadcasts.c.text)
        .add_columns(*NOTICE)
        .select_from(
            deliveries.join(chats)
            .outerjoin(articles, is_article)
            .outerjoin(feeds, feeds.c.id == articles.c.feed_id)
            .outerjoin(broadcasts, is_broadcast)
            .outerjoin(notices, is_notice)
            .outerjoin(told_of, told_of.c.id == notices.c.feed_id)
        )
        .where(deliveries.c.id.in_(ids))
        .order_by(deliveries.c.urgency, deliveries.c.id)
    )
    return [_delivery_of(row) for row in (await connection.execute(query)).mappings()]


def _is_whole(delivery: Delivery) -> bool:
    return bool(delivery.article or delivery.notice or delivery.text)


async def _drop(connection: AsyncConnection, ids: Collection[int], now: datetime) -> None:
    """What a delivery was to carry may be deleted before it could go."""
    if ids:
        dropped = {"status": DROPPED, "reason": "deleted", "claimed_until": None, "settled_at": now}
        await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(dropped))


def _delivery_of(row: RowMapping) -> Delivery:
    return Delivery(
        id=row[deliveries.c.id],
        chat=chat_of(row),
        kind=Kind(row[deliveries.c.kind]),
        article=None if row[articles.c.id] is None else article_of(row),
        text=row[broadcasts.c.text] or "",
        attempts=row[deliveries.c.attempts],
        notice=None if row[notices.c.id] is None else notice_of(row),
        owed_at=row[deliveries.c.created_at],
    )


async def _owe_all(connection: AsyncConnection, broadcast_id: int, now: datetime) -> int:
    reachable = (
        select(
            func.min(chats.c.id),
            literal(Kind.BROADCAST.value),
            literal(broadcast_id),
            literal(int(Urgency.BROADCAST)),
            OWED,
            literal(now, deliveries.c.not_before.type),
            literal(now, deliveries.c.created_at.type),
        )
        .where(chats.c.suspended_at.is_(null()))
        .group_by(chats.c.platform, chats.c.chat_id)
        .order_by(func.min(chats.c.id))
    )
    columns = ["chat_id", "kind", "subject", "urgency", "status", "not_before", "created_at"]
    statement = insert_new(connection, deliveries).from_select(columns, reachable, include_defaults=False)
    options: dict[str, Any] = {"preserve_rowcount": True}
    return (await connection.execute(statement, execution_options=options)).rowcount
