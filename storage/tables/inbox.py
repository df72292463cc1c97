"""Updates that wait for their answers."""

from sqlalchemy import BigInteger, Column, Integer, Table

from storage.columns import CleanText, UtcTime
from storage.tables.metadata import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", CleanText, nullable=False),
    Column("payload", CleanText, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reason", CleanText),  # null: never failed
    Column("received_at", UtcTime, nullable=False),
    Column("meant", BigInteger),  # null: what it takes away, if anything, is not found yet
    Column("draft", BigInteger),  # null: no message shows how far its answer is
)
