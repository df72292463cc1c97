"""Rows into records: the only place where a column meets a field of the news."""

from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import RowMapping, Table

from news.address import host_of
from news.article import Article, NewArticle
from news.chat import Address, Chat
from news.errors import Problem
from news.feed import Feed, Validators
from news.hours import Timetable, read
from news.identity import page_key
from news.look import AS_THE_CHAT, Look, Overrides, laid_over
from news.notice import Event, Notice
from news.short_name import digest
from news.worth import PageRule
from storage.tables import articles, chats, feeds, notices, subscriptions, timetables, wishes

# What `article_of` reads. The lemmas are left out: they are long, and no reader sees them.
ARTICLE = (
    *(column for column in articles.c if column.name not in {"title_lemmas", "text_lemmas", "author"}),
    feeds.c.title,
)
# The same without the outlet, of an article that is only named: its summary and text stay where they are.
NAMED = tuple(column for column in ARTICLE[:-1] if column.name not in {"summary", "text"})
# The feed that a notice tells of; beside it in a row may stand the feed of an article.
told_of = feeds.alias("told_of")
NOTICE = (*notices.c, told_of.c.title, told_of.c.url, told_of.c.private)
# What `chat_of` reads, and where it stands.
CHAT = (*chats.c, timetables.c.text, wishes.c.text)
CHATS = chats.outerjoin(timetables).outerjoin(wishes)
# What `overrides_of` reads.
OVERRIDES = tuple(
    subscriptions.c[name]
    for name in (
        *("summary_length", "pictures", "preview", "silent", "every_report", "hashtags"),
        *("at_once", "title", "tags"),
    )
)


def columns_of(table: Table) -> SimpleNamespace:
    """A table's columns by name: to ask the table for one takes ten times as long as to read it from a row."""
    return SimpleNamespace(**{column.name: column for column in table.c})


_OF_FEEDS, _OF_ARTICLES, _OF_CHATS = columns_of(feeds), columns_of(articles), columns_of(chats)
_OF_SUBSCRIPTIONS = columns_of(subscriptions)
_OUTLET, _HOURS, _URGENT = feeds.c.title, timetables.c.text, wishes.c.text
_read_hours = lru_cache(maxsize=1_000)(read)


def feed_of(row: RowMapping) -> Feed:
    """The feed in a row of `feeds`, beside which others may stand."""
    c = _OF_FEEDS
    return Feed(
        id=row[c.id],
        url=row[c.url],
        title=row[c.title],
        next_check_at=row[c.next_check_at],
        link=row[c.link],
        validators=Validators(row[c.etag], row[c.last_modified]),
        checked_at=row[c.checked_at],
        succeeded_at=row[c.succeeded_at],
        contacted_at=row[c.contacted_at],
        news_at=row[c.news_at],
        failures=row[c.failures],
        problem=None if row[c.problem] is None else Problem(row[c.problem]),
        failing_since=row[c.failing_since],
        moved_to=row[c.moved_to],
        stopped=row[c.stopped],
        ttl=row[c.ttl],
        skip_hours=row[c.skip_hours],
        skip_days=row[c.skip_days],
        habits=row[c.habits],
        private=row[c.private],
        page_rule=PageRule(row[c.page_rule]),
        page_worth=row[c.page_worth],
    )


def feed_values(feed: Feed) -> dict[str, Any]:
    """The columns of a feed that a check may change."""
    return {
        "url": feed.url,
        "title": feed.title,
        "next_check_at": feed.next_check_at,
        "link": feed.link,
        "etag": feed.validators.etag,
        "last_modified": feed.validators.last_modified,
        "checked_at": feed.checked_at,
        "succeeded_at": feed.succeeded_at,
        "contacted_at": feed.contacted_at,
        "news_at": feed.news_at,
        "failures": feed.failures,
        "problem": feed.problem and feed.problem.value,
        "failing_since": feed.failing_since,
        "moved_to": feed.moved_to,
        "stopped": feed.stopped,
        "ttl": feed.ttl,
        "skip_hours": feed.skip_hours,
        "skip_days": feed.skip_days,
        "habits": feed.habits,
        "page_worth": feed.page_worth,
        "host": host_of(feed.url),
    }


def article_of(row: RowMapping, *, named: bool = False) -> Article:
    """The article in a row with the columns of ARTICLE; `named`: with those of NAMED, without summary and text."""
    c = _OF_ARTICLES
    return Article(
        id=row[c.id],
        feed_id=row[c.feed_id],
        story_id=row[c.story_id],
        outlet=row[_OUTLET],
        title=row[c.title],
        summary="" if named else row[c.summary],
        text="" if named else row[c.text],
        link=row[c.link],
        image=row[c.image],
        language=row[c.language],
        published_at=row[c.published_at],
        found_at=row[c.found_at],
        # Where nobody knows it may be the page's.
        from_page=row[c.from_page] is not False,
    )


def content_values(article: NewArticle) -> dict[str, Any]:
    """The columns of an article that a correction may change."""
    return {
        "fingerprint": article.fingerprint,
        "title": article.title,
        "summary": article.summary,
        "text": article.text,
        "link": article.link,
        "page": page_of(article),
        "image": article.image,
        "author": article.author,
        "language": article.language,
        "title_lemmas": article.title_lemmas,
        "text_lemmas": article.text_lemmas,
        "from_page": article.from_page,
    }


def notice_of(row: RowMapping) -> Notice:
    """The notice in a row with the columns of NOTICE."""
    return Notice(
        event=Event(row[notices.c.event]),
        outlet=row[told_of.c.title],
        url=row[told_of.c.url],
        private=row[told_of.c.private],
        problem=Problem(row[notices.c.problem]),
        since=row[notices.c.since],
    )


def page_of(article: NewArticle) -> str | None:
    """What articles of several feeds about the same page have in common."""
    key = page_key(article.keys)
    return None if key is None else digest(key)


def chat_of(row: RowMapping) -> Chat:
    """The chat in a row with the columns of CHAT."""
    c, hours = _OF_CHATS, row[_HOURS]
    return Chat(
        id=row[c.id],
        address=Address(row[c.platform], row[c.chat_id], row[c.topic]),
        kind=row[c.kind],
        language=row[c.language],
        timezone=row[c.timezone],
        suspended_at=row[c.suspended_at],
        look=_look_of(row),
        hours=Timetable(timezone=row[c.timezone]) if hours is None else _read_hours(hours),
        paused_until=row[c.paused_until],
        pause_keeps=row[c.pause_keeps],
        urgent=row[_URGENT] or "",
        open_to_all=row[c.open_to_all],
        title=row[c.title] or "",
        topic_title=row[c.topic_title] or "",
        silenced=row[c.silenced_at] is not None,
    )


def _look_of(row: RowMapping) -> Look:
    c = _OF_CHATS
    return Look(
        summary_length=row[c.summary_length],
        pictures=row[c.pictures],
        preview=row[c.preview],
        silent=row[c.silent],
        every_report=row[c.every_report],
        hashtags=row[c.hashtags],
    )


def overrides_of(row: RowMapping) -> Overrides:
    """What a subscription wants otherwise, in a row with the columns of OVERRIDES; nothing where there is none."""
    c = _OF_SUBSCRIPTIONS
    return Overrides(
        summary_length=row[c.summary_length],
        pictures=row[c.pictures],
        preview=row[c.preview],
        silent=row[c.silent],
        every_report=row[c.every_report],
        hashtags=row[c.hashtags],
        at_once=bool(row[c.at_once]),
        title=row[c.title] or "",
        tags=tuple((row[c.tags] or "").split()),
    )


def as_wanted(chat: Chat, overrides: Overrides) -> Chat:
    """The chat with the look that a subscription has of it."""
    return chat if overrides == AS_THE_CHAT else replace(chat, look=laid_over(chat.look, overrides))


def called(article: Article, title: str | None) -> Article:
    """The article, of the outlet as a chat calls it."""
    return replace(article, outlet=title) if title else article
