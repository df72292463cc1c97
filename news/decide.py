"""What a check of a feed means: pure decisions, nothing touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from news.article import Known, Renamed
from news.errors import FeedError, Gone, Passing
from news.feed import Entry, Feed, ParsedFeed
from news.fetch import Fetched, NotModified
from news.habits import Habits, appearances, learn
from news.identity import entry_keys, fingerprint, without_repeats
from news.pace import Bounds, after_failure, after_success
from news.worth import Tried, worth_after

OLD = timedelta(days=3)
# Dates before the first feeds are programs' zero times, and say nothing.
FIRST_YEAR = 1990
# A feed's newest entries, that is; what is longer is an archive, and nobody waits for it.
MOST_ENTRIES = 500
# That a tombstone is still needed is written down once in so long.
SHOWN_AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry to be saved: `owed` says whether the feed's followers are to be sent it, `dated` whether `published`
    is a date of the feed's own, not the moment it was found."""

    entry: Entry
    keys: tuple[str, ...]
    fingerprint: str
    published: datetime
    owed: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry known before that says something else now."""

    article_id: int
    entry: Fresh


@dataclass(frozen=True, slots=True)
class Decision:
    """What is new, oldest first, what has changed, and what goes by a new name and says the same; `shown` are keys of
    tombstones that the feed shows still, of which that was not known lately."""

    new: tuple[Fresh, ...] = ()
    changed: tuple[Changed, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    shown: tuple[str, ...] = ()


def decide_update(feed: Feed, parsed: ParsedFeed, known: Mapping[str, Known], *, now: datetime) -> Decision:
    """Sort a feed's entries into new, changed and seen; `known` is what storage has under their keys.

    On first contact nothing is owed, nor is an entry that appears with a date more than three days old.
    """
    fresh, changed, renamed, shown = [], [], [], list[str]()
    for candidate in candidates(parsed, now=now, first_contact=feed.contacted_at is None):
        match = next((known[key] for key in candidate.keys if key in known), None)
        shown += [key for key in candidate.keys if key in known and _is_long_gone(known[key], now)]
        if match is None:
            fresh.append(candidate)
        elif match.article_id is not None and match.fingerprint != candidate.fingerprint:
            changed.append(Changed(match.article_id, candidate))
        elif not known.keys() >= set(candidate.keys):
            renamed.append(Renamed(match.article_id, candidate.keys))
    return Decision(tuple(fresh), tuple(changed), tuple(renamed), tuple(shown))


def _is_long_gone(known: Known, now: datetime) -> bool:
    return known.gone_at is not None and known.gone_at <= now - SHOWN_AGAIN


def candidates(parsed: ParsedFeed, *, now: datetime, first_contact: bool) -> list[Fresh]:
    """A feed's newest entries once each, oldest first; among equal dates the lower in the feed is the older."""
    keys = entry_keys(parsed.entries)
    found = [
        _candidate(parsed.entries[position], keys[position], now, first_contact) for position in without_repeats(keys)
    ]
    found.reverse()
    found.sort(key=lambda candidate: candidate.published)
    return found[-MOST_ENTRIES:]


def _candidate(entry: Entry, keys: tuple[str, ...], now: datetime, first_contact: bool) -> Fresh:
    dated = entry.published is not None and entry.published.year >= FIRST_YEAR and entry.published <= now
    published = entry.published if dated and entry.published else now
    owed = not first_contact and now - published <= OLD
    return Fresh(entry, keys, fingerprint(entry), published, owed, dated)


def feed_after_success(
    feed: Feed,
    answer: Fetched | NotModified,
    parsed: ParsedFeed | None,
    *,
    new: Sequence[Fresh],
    pages: Sequence[Tried] = (),
    bounds: Bounds,
    now: datetime,
) -> Feed:
    """The feed's state after a good answer, in which these entries were new, and these pages were tried for them;
    `parsed` is None where nothing had changed."""
    told = _told(feed, answer, parsed) if isinstance(answer, Fetched) and parsed else {}
    known = replace(
        feed,
        **_moved(feed, answer),
        **told,
        checked_at=now,
        succeeded_at=now,
        contacted_at=feed.contacted_at or now,
        news_at=now if new or feed.contacted_at is None or feed.news_at is None else feed.news_at,
        failures=0,
        problem=None,
        failing_since=None,
        stopped=False,
        habits=_learnt(feed, new, now),
        page_worth=worth_after(feed.page_worth, pages, now=now),
    )
    return replace(known, next_check_at=after_success(known, bounds, now=now, fresh_for=answer.fresh_for))


def _learnt(feed: Feed, new: Sequence[Fresh], now: datetime) -> Habits:
    """What was new says when the feed publishes; old entries that turn up after first contact don't."""
    told = new if feed.contacted_at is None else [fresh for fresh in new if fresh.owed]
    dates = [fresh.published if fresh.dated else None for fresh in told]
    return learn(feed.habits, appearances(dates, since=feed.succeeded_at, now=now), now=now)


def _moved(feed: Feed, answer: Fetched | NotModified) -> dict[str, Any]:
    """A permanent move is adopted when it leads to a valid feed twice in a row."""
    if answer.moved_to is not None and answer.moved_to == feed.moved_to:
        return {"url": answer.moved_to, "moved_to": None}
    return {"moved_to": answer.moved_to}


def _told(feed: Feed, answer: Fetched, parsed: ParsedFeed) -> dict[str, Any]:
    """What the feed says of itself."""
    return {
        "title": parsed.title or feed.title,
        "link": parsed.link or feed.link,
        "validators": answer.validators,
        "ttl": parsed.ttl,
        "skip_hours": parsed.skip_hours,
        "skip_days": parsed.skip_days,
    }


def feed_after_failure(feed: Feed, error: FeedError, *, bounds: Bounds, now: datetime) -> Feed:
    """The feed's state after trouble: backed off, or stopped where the publisher said it is gone."""
    retry_after = error.retry_after if isinstance(error, Passing) else None
    return replace(
        feed,
        next_check_at=after_failure(feed, bounds, now=now, retry_after=retry_after),
        checked_at=now,
        failures=feed.failures + 1,
        problem=error.problem,
        failing_since=feed.failing_since or now,
        moved_to=None,
        stopped=isinstance(error, Gone),
    )
