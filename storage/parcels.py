"""What claimed reports become: the facts for `news.parcel`, looked up for all together, and what it decides done.

A report that joins a message is settled here, without a send; a change of that message is owed where it shows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Row, and_, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Kind
from news.parcel import JOINED_FOR, MOST_LISTED, SPAN, Join, List, Parcel, Push, Report, Situation, Told, decide_parcel
from storage.changing import owe_changes
from storage.columns import UtcTime
from storage.looks import EVERY, OUTLET, SUBSCRIBED
from storage.tables import OWED, SETTLED, THEIR_STATUS, articles, chats, deliveries, feeds, subscriptions


@dataclass(frozen=True, slots=True)
class Decided:
    """Of owed reports, those that are sent, each with the further deliveries it carries; which of them are lists; and
    those whose article is deleted."""

    carries: Mapping[int, tuple[int, ...]]
    lists: frozenset[int]
    gone: frozenset[int]


async def decide(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> Decided:
    """Decide what these owed reports become, one of a chat, and settle those that join a message."""
    situations = await _situations(connection, ids, now)
    parcels = {id_: decide_parcel(situation) for id_, situation in situations.items()}
    await _join(connection, {id_: one for id_, one in parcels.items() if isinstance(one, Join)}, now)
    sent = {id_: _carried(id_, one) for id_, one in parcels.items() if not isinstance(one, Join)}
    lists = frozenset(id_ for id_, one in parcels.items() if isinstance(one, List))
    return Decided(sent, lists, frozenset(ids) - situations.keys())


async def join_told(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> set[int]:
    """Settle those of these gathered reports whose story the chat was pushed within a day; gives their ids."""
    if not ids:
        return set()
    rows = _by_head(await connection.execute(_SAME_STORY, {"ids": ids, "since": now - JOINED_FOR}))
    joining = {}
    for id_, some in rows.items():
        told = _told([one for one in some if not one.owed])
        if told and told.changes:
            joining[id_] = Join(told, change=False)
    await _join(connection, joining, now)
    return set(joining)


def _carried(id_: int, parcel: Parcel) -> tuple[int, ...]:
    match parcel:
        case Push():
            return tuple(other.id for other in parcel.others)
        case List():
            return tuple(report.id for report in parcel.reports if report.id != id_)
        case Join():
            return ()


async def _join(connection: AsyncConnection, joining: Mapping[int, Join], now: datetime) -> None:
    if not joining:
        return
    joined = [{"its_id": id_, "carrier": one.told.id, "now": now} for id_, one in joining.items()]
    await connection.execute(_JOIN, joined)
    changes = {one.told.id for one in joining.values() if one.change}
    if changes:
        await owe_changes(connection, changes, now)


_JOIN = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("its_id"))
    .values(status=SETTLED, carrier=bindparam("carrier"), settled_at=bindparam("now"), claimed_until=None)
)


# --- The facts ---


async def _situations(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> dict[int, Situation]:
    asked = {"ids": ids}
    heads = {row.id: row for row in await connection.execute(_HEADS, asked)}
    stories = _by_head(await connection.execute(_SAME_STORY, {**asked, "since": now - JOINED_FOR}))
    crowds = _by_head(await connection.execute(_SAME_FEED, asked))
    busy = [(row.chat_id, row.feed_id) for id_, row in heads.items() if crowds.get(id_)]
    lately = await _lately(connection, busy, now) if busy else {}
    return {
        id_: Situation(
            _report(row),
            same_story=tuple(_report(one) for one in stories.get(id_, ()) if one.owed),
            same_feed=tuple(map(_report, crowds.get(id_, ())[:MOST_LISTED])),
            told=_told([one for one in stories.get(id_, ()) if not one.owed]),
            lately=lately.get((row.chat_id, row.feed_id), 0),
        )
        for id_, row in heads.items()
    }


def _by_head(rows: Iterable[Row[*tuple[object, ...]]]) -> dict[int, list[Row[*tuple[object, ...]]]]:
    found: dict[int, list[Row[*tuple[object, ...]]]] = {}
    for row in rows:
        found.setdefault(row.head, []).append(row)
    return found


def _report(row: Row[*tuple[object, ...]]) -> Report:
    return Report(row.id, row.story_id, row.feed_id, row.outlet, row.every)


def _told(rows: Sequence[Row[*tuple[object, ...]]]) -> Told | None:
    """The newest message that told of the story: a push, or else a list or digest, and whom it names."""
    pushed = next((row for row in reversed(rows) if row.carrier is None), None)
    if pushed is not None:
        named = {row.outlet for row in rows if row.carrier in (None, pushed.id)}
        return Told(pushed.id, frozenset(named), changes=True)
    listed = next((row for row in reversed(rows) if row.in_list), None)
    return None if listed is None else Told(listed.carrier, frozenset(), changes=False)


async def _lately(
    connection: AsyncConnection, busy: Collection[tuple[int, int]], now: datetime
) -> dict[tuple[int, int], int]:
    """How many articles of a feed went singly within the last minute, by chat and feed."""
    asked = {"chats": sorted({chat for chat, _ in busy}), "since": now - SPAN}
    rows = await connection.execute(_LATELY, asked)
    return {(row.chat_id, row.feed_id): row.number for row in rows}


_HEAD, _OF_HEAD = deliveries.alias("head"), articles.alias("of_head")
_LEAD = deliveries.alias("lead")
_THESE: BindParameter[int] = bindparam("ids", expanding=True)
_HEADS = (
    select(deliveries.c.id, deliveries.c.chat_id, articles.c.story_id, articles.c.feed_id)
    .add_columns(OUTLET.label("outlet"), EVERY.label("every"))
    .join_from(deliveries, articles, articles.c.id == deliveries.c.subject)
    .join(feeds, feeds.c.id == articles.c.feed_id)
    .join(chats, chats.c.id == deliveries.c.chat_id)
    .outerjoin(subscriptions, SUBSCRIBED)
    .where(deliveries.c.id.in_(_THESE))
)
_ROW = (
    _HEAD.c.id.label("head"),
    deliveries.c.id,
    articles.c.story_id,
    articles.c.feed_id,
    OUTLET.label("outlet"),
    EVERY.label("every"),
    case((deliveries.c.status == OWED, True), else_=False).label("owed"),
)
_SAME_STORY = (
    select(*_ROW, deliveries.c.carrier, (_LEAD.c.carrier == _LEAD.c.id).label("in_list"))
    .select_from(_HEAD)
    .join(_OF_HEAD, _OF_HEAD.c.id == _HEAD.c.subject)
    .join(articles, and_(articles.c.story_id == _OF_HEAD.c.story_id, articles.c.id != _OF_HEAD.c.id))
    .join(feeds, feeds.c.id == articles.c.feed_id)
    .join(
        deliveries,
        and_(
            deliveries.c.chat_id == _HEAD.c.chat_id,
            deliveries.c.kind == Kind.ARTICLE,
            deliveries.c.subject == articles.c.id,
        ),
    )
    .outerjoin(chats, chats.c.id == deliveries.c.chat_id)
    .outerjoin(subscriptions, SUBSCRIBED)
    .outerjoin(_LEAD, _LEAD.c.id == deliveries.c.carrier)
    .where(
        _HEAD.c.id.in_(_THESE),
        or_(
            THEIR_STATUS == OWED,
            and_(THEIR_STATUS == SETTLED, deliveries.c.settled_at > bindparam("since", type_=UtcTime)),
        ),
    )
    .order_by(deliveries.c.id)
)
_SAME_FEED = (
    select(*_ROW)
    .select_from(_HEAD)
    .join(_OF_HEAD, _OF_HEAD.c.id == _HEAD.c.subject)
    .join(
        deliveries,
        and_(
            deliveries.c.chat_id == _HEAD.c.chat_id,
            THEIR_STATUS == OWED,
            deliveries.c.kind == Kind.ARTICLE,
            # The head is its chat's oldest, so that this passes over all that the chat was ever sent.
            deliveries.c.subject > _HEAD.c.subject,
        ),
    )
    .join(articles, and_(articles.c.id == deliveries.c.subject, articles.c.feed_id == _OF_HEAD.c.feed_id))
    .join(feeds, feeds.c.id == articles.c.feed_id)
    .outerjoin(chats, chats.c.id == deliveries.c.chat_id)
    .outerjoin(subscriptions, SUBSCRIBED)
    .where(_HEAD.c.id.in_(_THESE))
    .order_by(deliveries.c.id)
)
_LATELY = (
    select(deliveries.c.chat_id, articles.c.feed_id, func.count().label("number"))
    .join_from(deliveries, articles, articles.c.id == deliveries.c.subject)
    .where(
        deliveries.c.chat_id.in_(bindparam("chats", expanding=True)),
        deliveries.c.status == SETTLED,
        deliveries.c.kind == Kind.ARTICLE,
        deliveries.c.settled_at > bindparam("since", type_=UtcTime),
        deliveries.c.carrier.is_(None),
    )
    .group_by(deliveries.c.chat_id, articles.c.feed_id)
)
