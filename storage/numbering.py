"""Numbers for rows that are still to be written.

Many rows are written in one go, but in which order an engine then numbers them, or tells the numbers, is nowhere
promised; asked for row by row, each costs SQLite two ways to its thread and back. So the numbers are taken before.
"""

from sqlalchemy import Integer, Table, Text, bindparam, column, func, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

# Where SQLite keeps the highest number that each AUTOINCREMENT table ever gave; without a row for a table never used.
_GIVEN = table("sqlite_sequence", column("name"), column("seq"))


async def take_numbers(connection: AsyncConnection, of: Table, how_many: int) -> list[int]:
    """So many ids for rows of this table, ascending, that no other row has, had or will get.

    On SQLite that holds only until the end of a transaction that writes, and once in it: insert the rows next.
    """
    if connection.dialect.name == "sqlite":
        highest = await connection.scalar(_HIGHEST, {"of": of.name}) or 0
        return list(range(highest + 1, highest + 1 + how_many))
    return sorted(await connection.scalars(_DRAWN, {"of": of.name, "how_many": how_many}))


_HIGHEST = select(_GIVEN.c.seq).where(_GIVEN.c.name == bindparam("of"))
_DRAWN = select(func.nextval(func.pg_get_serial_sequence(bindparam("of", type_=Text), "id"))).select_from(
    func.generate_series(1, bindparam("how_many", type_=Integer))
)
