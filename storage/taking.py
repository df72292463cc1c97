"""Deliveries taken: what each becomes, the claim of it and of what it carries, and all that is needed to send it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, RowMapping, and_, bindparam, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.article import Article
from news.delivery import Delivery, Form, Kind, Urgency
from news.mishap import Mishap
from news.parcel import also
from storage import gathering
from storage.columns import UtcTime
from storage.gathering import gather_owed, gathered_of, owe_what_is_left
from storage.looks import EVERY, OUTLET, SUBSCRIBED
from storage.mishaps import mishaps_of
from storage.parcels import decide, join_told
from storage.rows import (
    ARTICLE,
    CHAT,
    CHATS,
    NOTICE,
    OVERRIDES,
    article_of,
    as_wanted,
    called,
    chat_of,
    columns_of,
    notice_of,
    overrides_of,
    told_of,
)
from storage.tables import (
    CLAIMED,
    DROPPED,
    GATHERED,
    OWED,
    SETTLED,
    articles,
    broadcasts,
    chats,
    deliveries,
    feeds,
    notices,
    subscriptions,
)
from storage.terms import Terms

_FORMS = {
    Kind.ARTICLE: Form.PUSH,
    Kind.NOTICE: Form.NOTICE,
    Kind.BROADCAST: Form.BROADCAST,
    Kind.EDIT: Form.EDIT,
    Kind.DIGEST: Form.DIGEST,
    Kind.MISHAP: Form.MISHAP,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery to be claimed: the form it takes, and the further deliveries that go along."""

    id: int
    form: Form
    carries: tuple[int, ...] = ()


async def take(
    connection: AsyncConnection, ids: Sequence[int], now: datetime, until: datetime, terms: Terms
) -> list[Delivery]:
    """Claim these deliveries, at most one of a chat, and what goes along with them.

    What turns out not to be sent (it joins a message, is old, or there is nothing left of it) is settled instead.
    """
    owed = list(await connection.execute(_OWED, {"ids": ids}))
    stale = {row.chat_id for row in owed if row.kind is Kind.ARTICLE and row.created_at < now - terms.fresh_for}
    for chat_id in stale:
        await gather_owed(connection, chat_id, now, now, before=now - terms.fresh_for)
    taken = [
        *await _reports(connection, [r.id for r in owed if r.kind is Kind.ARTICLE and r.chat_id not in stale], now),
        *[one for row in owed if row.kind is Kind.DIGEST for one in await _digest(connection, row, now)],
        *[Taken(row.id, _FORMS[row.kind]) for row in owed if row.kind not in (Kind.ARTICLE, Kind.DIGEST)],
    ]
    claimed = await _claim(connection, taken, now, until)
    loaded = await _load(connection, [one for one in taken if one.id in claimed])
    # What a delivery was to carry may be deleted before it could go.
    await _end(connection, [one.id for one in loaded if not _is_whole(one)], "deleted", now)
    return sorted(filter(_is_whole, loaded), key=lambda one: (one.urgency, one.id))


# Made once, as to make a statement takes longer than to execute it.
_THESE = deliveries.c.id.in_(bindparam("ids", expanding=True))
_OWED = select(deliveries.c.id, deliveries.c.chat_id, deliveries.c.kind, deliveries.c.created_at).where(_THESE)


async def _reports(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> list[Taken]:
    if not ids:
        return []
    decided = await decide(connection, ids, now)
    await _end(connection, decided.gone, "deleted", now)
    return [
        Taken(id_, Form.LIST if id_ in decided.lists else Form.PUSH, carries)
        for id_, carries in decided.carries.items()
    ]


async def _digest(connection: AsyncConnection, row: Row[*tuple[Any, ...]], now: datetime) -> list[Taken]:
    """What is gathered for the chat by now: a digest, a push where it is one story, nothing where nothing is left."""
    due = select(deliveries.c.id, articles.c.story_id, EVERY.label("every"))
    due = due.join_from(deliveries, articles, articles.c.id == deliveries.c.subject)
    due = due.join(chats, chats.c.id == deliveries.c.chat_id).outerjoin(subscriptions, SUBSCRIBED)
    due = due.where(gathered_of(row.chat_id), deliveries.c.not_before <= now).order_by(deliveries.c.id.desc())
    gathered = list((await connection.execute(due.limit(gathering.MOST_IN_DIGEST))).all())[::-1]
    told = await join_told(connection, [one.id for one in gathered if not one.every], now)
    left = [one for one in gathered if one.id not in told]
    ids = tuple(one.id for one in left)
    if len({(one.every, one.id if one.every else one.story_id) for one in left}) > 1:
        return [Taken(row.id, Form.DIGEST, ids)]
    await _end(connection, [row.id], "one story" if left else "nothing left", now)
    # On PostgreSQL something may have been gathered while this digest was still owed, and asked for none of its own.
    others = deliveries.c.id.not_in(ids)
    await owe_what_is_left(connection, row.chat_id, now, others)
    return [Taken(ids[0], Form.PUSH, ids[1:])] if left else []


async def _claim(connection: AsyncConnection, taken: Sequence[Taken], now: datetime, until: datetime) -> set[int]:
    """Claim them; gives the ids of those that were. On PostgreSQL somebody may have dropped one meanwhile."""
    asked = {"ids": [one.id for one in taken], "until": until}
    claimed = set(await connection.scalars(_CLAIM, asked))
    changes = [one.id for one in taken if one.form is Form.EDIT and one.id in claimed]
    if changes:  # see `storage.changing`
        await connection.execute(update(deliveries).where(deliveries.c.id.in_(changes)).values(created_at=now))
    carried = [{"its_id": id_, "head": one.id} for one in taken if one.id in claimed for id_ in one.carries]
    if carried:
        await connection.execute(_CLAIM_ALONG, [one | {"until": until} for one in carried])
    return claimed


_CLAIMED: dict[str, Any] = {
    "status": CLAIMED,
    "claimed_until": bindparam("until", type_=UtcTime),
    "begun_at": null(),
}
_THERE = deliveries.c.status.in_((OWED, GATHERED))
_CLAIM = update(deliveries).where(_THESE, _THERE).values(_CLAIMED).returning(deliveries.c.id)
_CLAIM_ALONG = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("its_id"), _THERE)
    .values(_CLAIMED | {"carrier": bindparam("head")})
)


# --- All that is needed to send them ---


async def _load(connection: AsyncConnection, taken: Sequence[Taken]) -> list[Delivery]:
    if not taken:
        return []
    forms, ids = {one.id: one.form for one in taken}, [one.id for one in taken]
    rows = (await connection.execute(_HEADS, {"ids": ids})).mappings()
    known = dict[int, Article]()  # many have the same
    plain = [_delivery_of(row, forms[row[_C.id]], known) for row in rows]
    carrying = {one.id: one.carries for one in taken if one.carries}
    told = await _articles(connection, [id_ for ids in carrying.values() for id_ in ids]) if carrying else {}
    along = [_with_others(one, carrying.get(one.id, ()), told) for one in plain]
    changes = {one.id: one for one in along if one.form is Form.EDIT}
    changed = await _changes(connection, changes) if changes else {}
    befell = await _befell(connection, [one.id for one in along if one.form is Form.MISHAP])
    return [replace(one, mishap=befell[one.id]) if one.id in befell else changed.get(one.id, one) for one in along]


async def _befell(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Mishap]:
    return await mishaps_of(connection, ids) if ids else {}


_is_article = and_(deliveries.c.kind == Kind.ARTICLE, articles.c.id == deliveries.c.subject)
_is_broadcast = and_(deliveries.c.kind == Kind.BROADCAST, broadcasts.c.id == deliveries.c.subject)
_is_notice = and_(deliveries.c.kind == Kind.NOTICE, notices.c.id == deliveries.c.subject)
_HEADS = (
    select(deliveries.c.id, deliveries.c.attempts, deliveries.c.reason, deliveries.c.created_at, deliveries.c.urgency)
    .add_columns(*CHAT, *ARTICLE, *OVERRIDES, broadcasts.c.text, *NOTICE)
    .select_from(
        deliveries.join(CHATS, chats.c.id == deliveries.c.chat_id)
        .outerjoin(articles, _is_article)
        .outerjoin(feeds, feeds.c.id == articles.c.feed_id)
        .outerjoin(subscriptions, SUBSCRIBED)
        .outerjoin(broadcasts, _is_broadcast)
        .outerjoin(notices, _is_notice)
        .outerjoin(told_of, told_of.c.id == notices.c.feed_id)
    )
    .where(_THESE)
)
_C, _ARTICLE_ID, _TEXT, _NOTICE_ID = columns_of(deliveries), articles.c.id, broadcasts.c.text, notices.c.id


def _delivery_of(row: RowMapping, form: Form, known: dict[int, Article]) -> Delivery:
    article_id, overrides = row[_ARTICLE_ID], overrides_of(row)
    if article_id is not None and article_id not in known:
        known[article_id] = article_of(row)
    article = known.get(article_id)
    return Delivery(
        id=row[_C.id],
        chat=as_wanted(chat_of(row), overrides),
        form=form,
        article=article and called(article, overrides.title),
        text=row[_TEXT] or "",
        attempts=row[_C.attempts],
        reason=row[_C.reason],
        notice=None if row[_NOTICE_ID] is None else notice_of(row),
        owed_at=row[_C.created_at],
        urgency=Urgency(row[_C.urgency]),
    )


async def _articles(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Article]:
    """The articles of these deliveries."""
    query = select(deliveries.c.id.label("delivery"), *ARTICLE, subscriptions.c.title)
    query = query.join_from(deliveries, articles, _is_article).join(feeds, feeds.c.id == articles.c.feed_id)
    rows = await connection.execute(query.outerjoin(subscriptions, SUBSCRIBED).where(deliveries.c.id.in_(ids)))
    return {row["delivery"]: called(article_of(row), row[subscriptions.c.title]) for row in rows.mappings()}


def _with_others(delivery: Delivery, carries: tuple[int, ...], told: Mapping[int, Article]) -> Delivery:
    """The delivery with what it carries; of that, what was deleted meanwhile is not told."""
    others = tuple(told[id_] for id_ in carries if id_ in told)
    if delivery.form is Form.PUSH:
        outlets = also(delivery.article.outlet, [one.outlet for one in others]) if delivery.article else ()
        return replace(delivery, carries=carries, also=outlets)
    first = (delivery.article,) if delivery.article else ()
    return replace(delivery, carries=carries, articles=(*first, *others), article=None)


async def _changes(connection: AsyncConnection, changes: Mapping[int, Delivery]) -> dict[int, Delivery]:
    """Changes with the message that each changes: its article, and by now also told by."""
    message = deliveries.c.message_id, deliveries.c.pictured
    query = select(_EDIT.c.id.label("edit"), deliveries.c.id.label("lead"), *message, *ARTICLE, *OVERRIDES)
    query = query.select_from(_EDIT).join(deliveries, deliveries.c.id == _EDIT.c.subject)
    query = query.join(articles, _is_article).join(feeds, feeds.c.id == articles.c.feed_id)
    query = query.outerjoin(subscriptions, SUBSCRIBED)
    # What was under way when the change was asked for may have become a part of a list, or nothing.
    sent = deliveries.c.status == SETTLED, deliveries.c.carrier.is_(null())
    rows = list((await connection.execute(query.where(_EDIT.c.id.in_(changes), *sent))).mappings())
    others = await _outlets(connection, [row["lead"] for row in rows])
    return {row["edit"]: _change_of(changes[row["edit"]], row, others) for row in rows}


_EDIT = deliveries.alias("edit")


async def _outlets(connection: AsyncConnection, leads: Sequence[int]) -> dict[int, list[str]]:
    """Who else reports, by the delivery whose message tells of it, in the order in which they did."""
    query = select(deliveries.c.carrier, OUTLET).join_from(deliveries, articles, _is_article)
    query = query.join(feeds, feeds.c.id == articles.c.feed_id).outerjoin(subscriptions, SUBSCRIBED)
    query = query.where(deliveries.c.carrier.in_(leads))
    found: dict[int, list[str]] = {}
    for lead, outlet in await connection.execute(query.order_by(deliveries.c.id)):
        found.setdefault(lead, []).append(outlet)
    return found


def _change_of(delivery: Delivery, row: RowMapping, others: Mapping[int, Sequence[str]]) -> Delivery:
    overrides = overrides_of(row)
    article, chat = called(article_of(row), overrides.title), as_wanted(delivery.chat, overrides)
    outlets = also(article.outlet, others.get(row["lead"], ()))
    there = {"message_id": row[deliveries.c.message_id], "pictured": row[deliveries.c.pictured]}
    return replace(delivery, chat=chat, article=article, articles=(), also=outlets, owed_at=None, **there)


def _is_whole(delivery: Delivery) -> bool:
    return bool(delivery.article or delivery.notice or delivery.text or delivery.articles or delivery.mishap)


async def _end(connection: AsyncConnection, ids: Collection[int], reason: str, now: datetime) -> None:
    """What there is nothing to send of any more."""
    if ids:
        dropped = {"status": DROPPED, "reason": reason, "claimed_until": None, "settled_at": now}
        await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(dropped))
