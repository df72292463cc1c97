"""What is kept no longer, but for articles (see `storage.retention`), and in portions of how many rows it goes.

A portion of any of these holds SQLite's writer for some milliseconds.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Table, and_, not_, select

from storage.dormancy import forsaken
from storage.pruning import Outdated
from storage.tables import (
    GATHERED,
    OWED,
    articles,
    broadcasts,
    chats,
    deliveries,
    feeds,
    mishaps,
    mutes,
    notes,
    notices,
    stories,
    subscriptions,
    timetables,
    watches,
    wishes,
)

KEPT_FOR = timedelta(days=30)
FORGOTTEN_AFTER = timedelta(days=1)
# Rows in a portion. An article takes all its words out of the index, a chat or a feed whatever it had.
DELIVERIES = 500
ARTICLES = 25
CHATS = 10
TOMBSTONES = 500
OTHERS = 500


def outdated_first(now: datetime) -> list[Outdated]:
    """Deliveries go before their chats, and articles before their feeds, so that these take little with them."""
    before = now - KEPT_FOR
    # Somebody may be about to follow a feed that was just made.
    forgotten = and_(forsaken(), feeds.c.next_check_at < now - FORGOTTEN_AFTER)
    theirs = articles.c.feed_id.in_(select(feeds.c.id).where(forgotten))
    return [
        Outdated("deliveries", deliveries, deliveries.c.settled_at < before, deliveries.c.settled_at, DELIVERIES),
        *(Outdated("deliveries", deliveries, _is_lost(status), deliveries.c.id, DELIVERIES) for status in _UNSETTLED),
        Outdated("chats", chats, chats.c.suspended_at < before, chats.c.suspended_at, CHATS),
        Outdated("articles", articles, theirs, articles.c.feed_id, ARTICLES),
        Outdated("feeds", feeds, and_(forgotten, not_(_is_in(articles, articles.c.feed_id, feeds))), feeds.c.id, CHATS),
    ]


def outdated_then(now: datetime) -> list[Outdated]:
    """What nothing refers to any more."""
    before = now - KEPT_FOR
    # One that told something lately may still be joined.
    untold = and_(stories.c.newest_at < before, _is_untold(stories.c.id))
    return [
        # A merged story goes before that which it is now: whoever takes a report for its own has to find the other.
        Outdated("stories", stories, and_(untold, _is_untold(stories.c.merged_into)), stories.c.merged_into, OTHERS),
        Outdated("stories", stories, and_(untold, _is_alone()), stories.c.id, OTHERS),
        # Who is still owed one that is so old needs it no more.
        Outdated("mishaps", mishaps, mishaps.c.created_at < before - KEPT_FOR, mishaps.c.id, OTHERS),
        Outdated("notices", notices, notices.c.created_at < before - KEPT_FOR, notices.c.id, OTHERS),
        Outdated("broadcasts", broadcasts, broadcasts.c.created_at < before - KEPT_FOR, broadcasts.c.id, OTHERS),
        Outdated("notes", notes, notes.c.asked_at < before, notes.c.asked_at, OTHERS),
        Outdated("mutes", mutes, mutes.c.until <= now, mutes.c.until, OTHERS),
        Outdated("timetables", timetables, _is_unused(timetables, chats.c.timetable_id), timetables.c.id, OTHERS),
        Outdated("wishes", wishes, _is_unused(wishes, *_WISHING), wishes.c.id, OTHERS),
    ]


_WISHING = (chats.c.urgent_id, subscriptions.c.filter_id, watches.c.wish_id)


# What is settled goes by its age.
_UNSETTLED = (OWED, GATHERED)


def _is_lost(status: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether its chat is gone: on PostgreSQL an article may have been owed to it at the very moment it went."""
    there = select(chats.c.id).where(chats.c.id == deliveries.c.chat_id).correlate(deliveries)
    return and_(deliveries.c.status == status, ~there.exists())


def _is_in(table: FromClause, column: Column[int], of: Table) -> ColumnElement[bool]:
    return select(table.c.id).where(column == of.c.id).correlate(of).exists()


def _is_unused(table: Table, *columns: Column[int]) -> ColumnElement[bool]:
    return and_(*(~_is_in(column.table, column, table) for column in columns))


def _is_untold(which: Column[Any]) -> ColumnElement[bool]:
    """Whether the story by this id, the row's own or that which it was merged into, has no reports."""
    told = select(articles.c.id).where(articles.c.story_id == which).correlate(stories)
    return and_(which.is_not(None), ~told.exists())


def _is_alone() -> ColumnElement[bool]:
    """Whether a story was never merged: conditions that must all hold, as of others no planner makes a join."""
    others = stories.alias("others")
    merged = select(others.c.id).where(others.c.merged_into == stories.c.id).correlate(stories)
    return and_(stories.c.merged_into.is_(None), ~merged.exists())
