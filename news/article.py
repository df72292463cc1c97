"""An article: an entry once saved."""

import secrets
from dataclasses import dataclass
from datetime import datetime

_CHANCE_BITS = 22


@dataclass(frozen=True, slots=True)
class Article:
    """A saved article as a reader sees it; `outlet` is the title of its feed, `text` plain text, a paragraph a line.

    `from_page`: that text is, or may be, the article page's, and not what the feed itself carries.
    """

    id: int
    feed_id: int
    story_id: int
    outlet: str
    title: str
    summary: str
    text: str
    link: str | None
    image: str | None
    language: str | None
    published_at: datetime
    found_at: datetime
    from_page: bool = False


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article about to be saved.

    `keys` are all the names by which the feed may call it again (see `news.identity`), `fingerprint` tells
    whether its content has changed, `story_id` is None where it opens a story of its own, and `owed` says
    whether the feed's followers are to be sent it. `from_page`: its text is that of its page, not the feed's own.
    """

    keys: tuple[str, ...]
    fingerprint: str
    title: str
    summary: str
    text: str
    link: str | None
    image: str | None
    author: str | None
    language: str | None
    published_at: datetime
    found_at: datetime
    title_lemmas: tuple[str, ...]
    text_lemmas: tuple[str, ...]
    story_id: int | None = None
    owed: bool = True
    from_page: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """New content of an article known before; `keys` may hold names it had not yet."""

    article_id: int
    article: NewArticle


@dataclass(frozen=True, slots=True)
class Renamed:
    """Further keys of an entry known before, so that it is known step by step; `article_id` is None for a tombstone."""

    article_id: int | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the storage knows of an entry by one of its keys; `article_id` is None for a tombstone, and `gone_at` when
    its article went or the feed was last known to show it still (None: lately)."""

    article_id: int | None
    fingerprint: str
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """That a chat saved an article, and when."""

    article_id: int
    saved_at: datetime


def new_story_id(now: datetime) -> int:
    """An id for a story that opens now, which nobody else has: the milliseconds since 1970, then 22 bits of chance.

    So reports that are under way at the same time can be of one story, whichever of them is saved first.
    """
    return int(now.timestamp() * 1000) << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
