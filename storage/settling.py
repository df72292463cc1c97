"""What came of attempts, written down; what it says about the chat is written down with it.

What a delivery carries shares its end: told with it, tried again with it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import ColumnElement, and_, bindparam, case, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address
from news.delivery import Delivery, Form, InDoubt, Kind, Moved, Outcome, Refused, Retry, Sent, Unreachable, Void
from storage import gathering
from storage.changing import change_done
from storage.columns import UtcTime
from storage.mishaps import leave_topic, silence, take_back_silence
from storage.moving import move
from storage.suspension import same_chat, suspend
from storage.tables import CLAIMED, DROPPED, GATHERED, OWED, PARKED, SETTLED, chats, deliveries
from storage.terms import Terms

Ended = tuple[Delivery, Outcome, datetime]


async def settle(connection: AsyncConnection, ended: Sequence[Ended], terms: Terms) -> None:
    """End these claims by their outcomes. A delivery no longer claimed (dropped meanwhile) can only be sent."""
    await _hold_chats(connection, ended)
    plain = [one for one in ended if isinstance(one[1], Sent) and one[0].form is not Form.EDIT]
    await _sent(connection, plain)
    for delivery, outcome, now in ended:
        if isinstance(outcome, Sent) and delivery.form is not Form.EDIT:
            continue
        await _settle(connection, delivery, outcome, now, terms)


async def _hold_chats(connection: AsyncConnection, ended: Sequence[Ended]) -> None:
    """Hold the chats that these outcomes say something about before their deliveries, as commands do."""
    told = [
        same_chat(delivery.chat.address)
        for delivery, outcome, _ in ended
        if isinstance(outcome, Moved | Unreachable) or (isinstance(outcome, Retry) and outcome.whole_chat)
    ]
    if told:
        await connection.execute(select(chats.c.id).where(or_(*told)).order_by(chats.c.id).with_for_update())


async def _settle(
    connection: AsyncConnection, delivery: Delivery, outcome: Outcome, now: datetime, terms: Terms
) -> None:
    match outcome:
        case Sent():
            await change_done(connection, delivery.id, now)
        case Retry():
            await _owe_again(connection, delivery, outcome.at, outcome.reason)
            if outcome.whole_chat:
                await _leave_alone(connection, delivery, outcome.at)
        # An edit repeated changes nothing.
        case InDoubt() if terms.repeat or delivery.form is Form.EDIT:
            await _owe_again(connection, delivery, outcome.at, outcome.reason, in_doubt=True)
        case InDoubt():
            await _end(connection, delivery, DROPPED, f"in doubt: {outcome.reason}", now, in_doubt=True)
        case Moved():
            await _owe_again(connection, delivery, now, None)
            await _go_on(connection, delivery.chat.address, outcome.to, now)
        case Unreachable():
            await _end(connection, delivery, DROPPED, outcome.reason, now)
            if outcome.menders is not None:
                await silence(connection, delivery.chat.address, outcome.menders, now)
            await suspend(connection, delivery.chat.address, outcome.reason, now)
        case Refused():
            await _end(connection, delivery, PARKED, outcome.reason, now)
        case Void():
            # What it carries is wanted as before.
            await _give_back_carried(connection, delivery)
            await _end(connection, delivery, DROPPED, outcome.reason, now)
        case _:
            assert_never(outcome)


async def _go_on(connection: AsyncConnection, source: Address, to: Address, now: datetime) -> None:
    """A topic goes on in its chat, or the whole chat under another id."""
    if (source.platform, source.chat_id) == (to.platform, to.chat_id):
        await leave_topic(connection, source, to, now)
    else:
        await move(connection, source, to)


async def _sent(connection: AsyncConnection, ended: Sequence[Ended]) -> None:
    rows, carried = [], []
    for delivery, outcome, now in ended:
        assert isinstance(outcome, Sent)
        # A list's or digest's first stands in it with the others: its message is not of its own.
        several = delivery.form in (Form.LIST, Form.DIGEST)
        row = {"its_id": delivery.id, "message": outcome.message_id, "pictured": outcome.pictured, "now": now}
        rows.append(row | {"head": delivery.id if several else None})
        carried += [{"its_id": id_, "head": delivery.id, "now": now} for id_ in delivery.carries]
    if rows:
        await connection.execute(_SENT, rows)
    if carried:
        await connection.execute(_TOLD, carried)
    await take_back_silence(connection, {one.chat.address for one, _, _ in ended if one.chat.silenced})
    for one, _, now in ended:
        if one.form is Form.DIGEST:
            await connection.execute(update(deliveries).where(deliveries.c.id == one.id).values(subject=-one.id))
            if len(one.carries) >= gathering.MOST_IN_DIGEST:
                await gathering.drop_surplus(connection, one.chat.id, now)
            await gathering.owe_what_is_left(connection, one.chat.id, now)


_OVER: dict[str, Any] = {"status": SETTLED, "claimed_until": None, "begun_at": None, "in_doubt": False}
_SENT = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("its_id"), deliveries.c.status != SETTLED)
    .values(message_id=bindparam("message"), pictured=bindparam("pictured"), carrier=bindparam("head"))
    .values(settled_at=bindparam("now", type_=UtcTime), attempts=deliveries.c.attempts + 1, **_OVER)
)
_TOLD = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("its_id"), deliveries.c.status != SETTLED)
    .values(carrier=bindparam("head"), settled_at=bindparam("now", type_=UtcTime), **_OVER)
)


async def _owe_again(
    connection: AsyncConnection,
    delivery: Delivery,
    at: datetime,
    reason: str | None,
    *,
    in_doubt: bool = False,
) -> None:
    """What it carries may go with another: it is as it was before."""
    values: dict[str, Any] = {"status": OWED, "not_before": at, "reason": reason} | _UNCLAIMED
    if in_doubt:
        values["in_doubt"] = True
    mine = and_(deliveries.c.id == delivery.id, deliveries.c.status == CLAIMED)
    # Counted is what failed in a row for one reason.
    again = deliveries.c.reason == reason
    attempts = case((again, deliveries.c.attempts + 1), else_=1) if reason else literal(0)
    await connection.execute(update(deliveries).where(mine).values(attempts=attempts, carrier=null(), **values))
    await _give_back_carried(connection, delivery)


async def _give_back_carried(connection: AsyncConnection, delivery: Delivery) -> None:
    if delivery.carries:
        status = GATHERED if delivery.form is Form.DIGEST else OWED
        along = update(deliveries).where(_carried_by(delivery)).values(status=status, carrier=null(), **_UNCLAIMED)
        await connection.execute(along)


async def _end(
    connection: AsyncConnection, delivery: Delivery, status: object, reason: str, now: datetime, **more: Any
) -> None:
    values = {"status": status, "reason": reason, "settled_at": now, **_UNCLAIMED, **more}
    mine = or_(and_(deliveries.c.id == delivery.id, deliveries.c.status == CLAIMED), _carried_by(delivery))
    attempts = deliveries.c.attempts + 1
    await connection.execute(update(deliveries).where(mine).values(attempts=attempts, carrier=null(), **values))
    if delivery.form is Form.DIGEST:
        await gathering.owe_what_is_left(connection, delivery.chat.id, now)


_UNCLAIMED: dict[str, Any] = {"claimed_until": None, "begun_at": None}


def _carried_by(delivery: Delivery) -> ColumnElement[bool]:
    return and_(deliveries.c.id.in_(delivery.carries), deliveries.c.status == CLAIMED)


async def give_back(connection: AsyncConnection, which: ColumnElement[bool], now: datetime, terms: Terms) -> None:
    """End claims untried: what was on the wire is in doubt, and dropped where the operator wants that."""
    c, head = deliveries.c, deliveries.alias("head")
    query = select(c.id, c.kind, c.begun_at, head.c.kind.label("of"), head.c.begun_at.label("its_begun_at"))
    query = query.select_from(deliveries.outerjoin(head, head.c.id == c.carrier)).where(c.status == CLAIMED)
    heads = select(c.id).where(c.status == CLAIMED, which).scalar_subquery()
    claimed = list(await connection.execute(query.where(or_(c.id.in_(heads), c.carrier.in_(heads)))))
    for row in claimed:
        on_wire = row.begun_at is not None or row.its_begun_at is not None
        values: dict[str, Any] = {"status": GATHERED if row.of is Kind.DIGEST else OWED, "carrier": null()}
        if on_wire and not terms.repeat and row.kind is not Kind.EDIT:
            values |= {"status": DROPPED, "reason": "in doubt", "settled_at": now}
        if on_wire:
            values["in_doubt"] = True
        await connection.execute(update(deliveries).where(c.id == row.id).values(values | _UNCLAIMED))


async def _leave_alone(connection: AsyncConnection, delivery: Delivery, until: datetime) -> None:
    """The platform's limits count per chat, so all of its topics wait."""
    await connection.execute(update(chats).where(same_chat(delivery.chat.address)).values(not_before=until))
