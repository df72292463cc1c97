"""Many keys asked for at once, each a feed's id and a digest.

They are a table that `identities` is joined to, each looked up by the primary key. As a list of pairs they would be all
the same to PostgreSQL, but SQLite goes through the whole of `identities` for `(feed_id, digest) IN (VALUES …)`: half a
second with two million keys, for whatever is asked.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, Text, and_, bindparam, func
from sqlalchemy.dialects.postgresql import ARRAY

from storage.tables import identities

Key = tuple[int, str]


def joined_to_asked(dialect: str) -> FromClause:
    """What is known under the keys that a statement is given by `asked`."""
    if dialect == "sqlite":
        pairs = func.json_each(bindparam("pairs", type_=Text)).table_valued("value", name="asked")
        feed_id, digest = (func.json_extract(pairs.c.value, place) for place in ("$[0]", "$[1]"))
        return pairs.join(identities, _is(feed_id, digest))
    feeds = bindparam("feeds", type_=ARRAY(BigInteger))
    digests = bindparam("digests", type_=ARRAY(Text))
    asked = func.unnest(feeds, digests).table_valued("feed_id", "digest", name="asked").render_derived()
    return asked.join(identities, _is(asked.c.feed_id, asked.c.digest))


def asked(dialect: str, keys: Sequence[Key]) -> dict[str, Any]:
    """The parameters of such a statement."""
    if dialect == "sqlite":
        return {"pairs": json.dumps(keys)}
    return {"feeds": [feed_id for feed_id, _ in keys], "digests": [digest for _, digest in keys]}


def _is(feed_id: ColumnElement[Any], digest: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(identities.c.feed_id == feed_id, identities.c.digest == digest)
