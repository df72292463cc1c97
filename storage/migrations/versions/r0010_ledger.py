"""Hours, pauses and urgent words of chats; and the ledger anew: what waits, what is gathered, what is on the wire."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TEXT = sa.Text()
# Kinds and urgencies were other values before.
_KIND = "CASE kind WHEN 'article' THEN 1 WHEN 'notice' THEN 2 ELSE 3 END"
_URGENCY = "CASE urgency WHEN 20 THEN 25 WHEN 30 THEN 40 ELSE urgency END"
_SAME = "id, chat_id, subject, status, not_before, claimed_until, attempts, in_doubt, reason, message_id, created_at"
_SETTLED = "CASE WHEN settled_at IS NULL AND status = 'dropped' THEN created_at ELSE settled_at END"
_INDEXES = {
    "owed": (["urgency", "id"], "status = 'owed'"),
    "later": (["not_before"], "status = 'owed' AND attempts > 0"),
    "waiting": (["not_before", "id"], "status = 'waiting'"),
    "gathered": (["chat_id", "not_before"], "status = 'gathered'"),
    "claimed": (["claimed_until", "chat_id"], "status = 'claimed'"),
    "sent": (["chat_id", "message_id"], "status = 'settled'"),
    "carried": (["carrier"], "carrier IS NOT NULL"),
    "over": (["settled_at"], "settled_at IS NOT NULL"),
}
_TRIGGER = {
    "sqlite": (
        "CREATE TRIGGER chats_gone AFTER DELETE ON chats BEGIN DELETE FROM deliveries WHERE chat_id = old.id; END",
    ),
    "postgresql": (
        """CREATE FUNCTION chats_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM deliveries WHERE chat_id = old.id;
    RETURN NULL;
END $$""",
        "CREATE TRIGGER chats_gone AFTER DELETE ON chats FOR EACH ROW EXECUTE FUNCTION chats_gone()",
    ),
}


def upgrade() -> None:
    _hours()
    op.rename_table("deliveries", "deliveries_before")
    _deliveries()
    op.execute(
        f"INSERT INTO deliveries ({_SAME}, kind, urgency, settled_at)"
        f" SELECT {_SAME}, {_KIND}, {_URGENCY}, {_SETTLED} FROM deliveries_before"
    )
    op.drop_table("deliveries_before")
    on_postgres = op.get_bind().dialect.name == "postgresql"
    if on_postgres:
        # The new table numbers its rows by a sequence of its own.
        op.execute("SELECT setval('deliveries_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM deliveries))")
    for statement in _TRIGGER["postgresql" if on_postgres else "sqlite"]:
        op.execute(statement)


def _hours() -> None:
    for name in ("timetables", "wishes"):
        op.create_table(
            name,
            sa.Column("id", ROW_ID, nullable=False),
            sa.Column("text", TEXT, nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
            sa.UniqueConstraint("text", name=f"uq_{name}_text"),
            sqlite_autoincrement=True,
        )
    for name, table in (("timetable_id", "timetables"), ("urgent_id", "wishes")):
        there = sa.ForeignKey(f"{table}.id", name=f"fk_chats_{name}")
        op.add_column("chats", sa.Column(name, ROW_ID, there, nullable=True), inline_references=True)
    op.add_column("chats", sa.Column("paused_until", TIME, nullable=True))
    for name in ("pause_keeps", "every_report"):
        op.add_column("chats", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_chats_left_alone", "chats", ["not_before"])


def _deliveries() -> None:
    # Names of indexes and sequences are the schema's, not the table's.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE deliveries_before RENAME CONSTRAINT pk_deliveries TO pk_deliveries_before")
        op.execute("ALTER TABLE deliveries_before RENAME CONSTRAINT uq_deliveries_chat_id TO uq_deliveries_before")
        op.execute("ALTER SEQUENCE deliveries_id_seq RENAME TO deliveries_before_id_seq")
    for name in ("claimed", "owed", "owed_chat", "sent"):
        op.drop_index(f"ix_deliveries_{name}", "deliveries_before")
    op.create_table(
        "deliveries",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("begun_at", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("in_doubt", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("carrier", sa.BigInteger(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("chat_id", "kind", "subject", name="uq_deliveries_chat_id"),
        sqlite_autoincrement=True,
    )
    for name, (columns, where) in _INDEXES.items():
        condition = sa.text(where)
        op.create_index(
            f"ix_deliveries_{name}", "deliveries", columns, sqlite_where=condition, postgresql_where=condition
        )
