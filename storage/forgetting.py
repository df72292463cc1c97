"""A chat forgotten: in one transaction all that is kept about it goes.

Updates that came after its wish stay: whatever is written from then on begins anew. What is on the wire at that moment
may still arrive; its outcome finds no row and changes nothing.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, String, Table, case, cast, delete, literal, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address
from storage.belongings import belongings, owner, waiting_of
from storage.dormancy import followed_by, forsaken, hold, put_to_sleep
from storage.lock import Lock, serialise
from storage.suspension import same_chat
from storage.tables import broadcasts, chats, feeds, inbox, metadata, timetables, wishes

# Tables of texts that chats share, each text in them once.
_SHARED = (timetables, wishes)


async def forget(connection: AsyncConnection, address: Address, before: int) -> None:
    """Let no row refer to this chat or any topic of it, but for updates from the one with the id `before` on."""
    await serialise(connection, Lock.MOVE)
    await connection.execute(delete(inbox).where(waiting_of(address), inbox.c.update_id < before))
    await _unsign(connection, address)
    mine = select(chats.c.id).where(same_chat(address)).order_by(chats.c.id).with_for_update()
    ids = list(await connection.scalars(mine))
    followed = await followed_by(connection, ids)
    # A check of one that is being saved at this moment may owe something to the chat: it comes before this, or after.
    await hold(connection, followed)
    shared = [(table, await _used(connection, table, ids)) for table in _SHARED]
    for table in (*belongings(), chats):
        await connection.execute(delete(table).where(owner(table).in_(ids)))
    await put_to_sleep(connection, followed)
    await connection.execute(delete(feeds).where(feeds.c.id.in_(followed), forsaken()))
    for table, used in shared:
        await _drop_unused(connection, table, used)


async def _unsign(connection: AsyncConnection, address: Address) -> None:
    """A broadcast is still owed to others, but nobody is to know who made it, and where; nor who let us in there."""
    c, mine = broadcasts.c, broadcasts.c.author == address.chat_id
    made_here = c.key.startswith(f"{address.chat_id}:")
    nobodys = {"author": case((mine, 0), else_=c.author), "key": literal("forgotten ") + cast(c.id, String)}
    await connection.execute(update(broadcasts).where(or_(mine, made_here)).values(nobodys))
    let_in_by_them = chats.c.platform == address.platform, chats.c.added_by == address.chat_id
    await connection.execute(update(chats).where(*let_in_by_them).values(added_by=None))


async def _used(connection: AsyncConnection, shared: Table, chat_ids: Collection[int]) -> set[int]:
    """The texts that these chats have."""
    used: set[int] = set()
    for column in _referring(shared):
        if column.table is chats or column.table in belongings():
            own = owner(column.table).in_(chat_ids)
            used |= set(await connection.scalars(select(column).where(own, column.is_not(None))))
    return used


async def _drop_unused(connection: AsyncConnection, shared: Table, ids: Collection[int]) -> None:
    """Drop those of these texts that nobody else has."""
    elsewhere = [select(1).where(column == shared.c.id).exists() for column in _referring(shared)]
    await connection.execute(delete(shared).where(shared.c.id.in_(ids), not_(or_(*elsewhere))))


def _referring(shared: Table) -> Iterator[Column[Any]]:
    for table in metadata.sorted_tables:
        yield from (column for column in table.c if any(key.column.table is shared for key in column.foreign_keys))
