"""What came of an attempt, written down; what it says about the chat is written down with it."""

from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address
from news.delivery import InDoubt, Moved, Outcome, Refused, Retry, Sent, Unreachable
from storage.moving import move
from storage.suspension import same_chat, suspend
from storage.tables import CLAIMED, DROPPED, OWED, PARKED, SETTLED, chats, deliveries


async def settle(connection: AsyncConnection, delivery_id: int, outcome: Outcome, now: datetime) -> None:
    """End the claim by the outcome. A delivery no longer claimed (dropped meanwhile) can only be sent."""
    match outcome:
        case Sent():
            await _sent(connection, delivery_id, outcome, now)
        case Retry():
            await _owe_again(connection, delivery_id, outcome.at, outcome.reason)
            if outcome.whole_chat:
                await _leave_alone(connection, delivery_id, outcome.at)
        case InDoubt():
            await _owe_again(connection, delivery_id, outcome.at, outcome.reason, in_doubt=True)
        case Moved():
            await _move(connection, delivery_id, outcome.to, now)
        case Unreachable():
            await _end(connection, delivery_id, DROPPED, outcome.reason, now)
            await _suspend(connection, delivery_id, outcome.reason, now)
        case Refused():
            await _end(connection, delivery_id, PARKED, outcome.reason, now)
        case _:
            assert_never(outcome)


async def _sent(connection: AsyncConnection, delivery_id: int, sent: Sent, now: datetime) -> None:
    values = {"status": SETTLED, "message_id": sent.message_id, "claimed_until": None, "settled_at": now}
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, deliveries.c.status != SETTLED)
        .values(attempts=deliveries.c.attempts + 1, in_doubt=False, **values)
    )


async def _owe_again(
    connection: AsyncConnection, delivery_id: int, at: datetime, reason: str, *, in_doubt: bool = False
) -> None:
    values: dict[str, Any] = {"status": OWED, "not_before": at, "reason": reason}
    if in_doubt:
        values["in_doubt"] = True
    await _change_claimed(connection, delivery_id, attempts=deliveries.c.attempts + 1, **values)


async def _end(connection: AsyncConnection, delivery_id: int, status: object, reason: str, now: datetime) -> None:
    attempts = deliveries.c.attempts + 1
    await _change_claimed(connection, delivery_id, status=status, reason=reason, settled_at=now, attempts=attempts)


async def _change_claimed(connection: AsyncConnection, delivery_id: int, **values: Any) -> None:
    mine = (deliveries.c.id == delivery_id, deliveries.c.status == CLAIMED)
    await connection.execute(update(deliveries).where(*mine).values(claimed_until=None, **values))


async def _leave_alone(connection: AsyncConnection, delivery_id: int, until: datetime) -> None:
    """The platform's limits count per chat, so all of its topics wait."""
    address = await _address(connection, delivery_id)
    if address is not None:
        await connection.execute(update(chats).where(same_chat(address)).values(not_before=until))


async def _move(connection: AsyncConnection, delivery_id: int, to: Address, now: datetime) -> None:
    address = await _address(connection, delivery_id)
    await _change_claimed(connection, delivery_id, status=OWED, not_before=now)
    if address is not None:
        await move(connection, address, to)


async def _suspend(connection: AsyncConnection, delivery_id: int, reason: str, now: datetime) -> None:
    address = await _address(connection, delivery_id)
    if address is not None:
        await suspend(connection, address, reason, now)


async def _address(connection: AsyncConnection, delivery_id: int) -> Address | None:
    query = select(chats.c.platform, chats.c.chat_id, chats.c.topic).join_from(deliveries, chats)
    row = (await connection.execute(query.where(deliveries.c.id == delivery_id))).one_or_none()
    return None if row is None else Address(row.platform, row.chat_id, row.topic)
