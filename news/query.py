"""What a person searches for, read from whatever they typed.

    words            all of them, in any form            "a phrase"   «these words, in this order»
    -word  -"phrase" without                             title:word   in the title
    source:name      an outlet's name or its site        lang:uk      in a language
    since:3d  since:2026-11-01  until:…                  sort:new     the newest first

Nothing is an error: what can't be read as an operator is read as words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from news.lemmas import sought_in
from news.pattern import Pattern, phrase_pattern, word_patterns
from news.span import end_of, start_of
from news.text import shortened
from news.typed import Item, cleaned, items

T = TypeVar("T")
MAX_TERMS = 12
"""So many words and phrases of each kind are looked for."""
MAX_SHOWN = 100
MAX_READ = 1_000
"""So many characters of a query are read."""

# What people take for the code of a language.
_MEANT = {"ua": "uk", "cz": "cs", "gb": "en", "us": "en", "укр": "uk", "рос": "ru", "анг": "en"}
_ORDERS = {"new": True, "newest": True, "нові": True, "новые": True, "best": False, "кращі": False, "лучшие": False}


@dataclass(frozen=True, slots=True)
class Query:
    """A search: `text` to show to people, `asked` to be read again.

    An article is wanted if it has every one of `words` (in the title or in the text) and of `titled` (in the title),
    none of `without`, is of one of `sources` and in one of `languages` where some are named, and was published at
    `since` or later and before `until`.
    """

    text: str = ""
    asked: str = ""
    words: tuple[Pattern, ...] = ()
    titled: tuple[Pattern, ...] = ()
    without: tuple[Pattern, ...] = ()
    sources: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    newest: bool = False

    @property
    def wants(self) -> tuple[Pattern, ...]:
        """What stands in every article that is found."""
        return self.words + self.titled

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for, so that there is nothing to find."""
        named = self.wants or self.without or self.sources or self.languages
        return not (named or self.since or self.until)


def parse_query(text: str, *, now: datetime, zone: tzinfo = UTC) -> Query:
    """Any text as a query, in which days are those of the zone. Never raises."""
    clean = cleaned(text[:MAX_READ])
    typed = list(items(clean))
    told = {item: found for item in typed if (found := _facts(item, now, zone)) is not None}
    facts = list(told.values())
    languages = frozenset(value for name, value in facts if name == "lang" and isinstance(value, str))
    read = sought_in(languages)
    rest = [item for item in typed if item not in told]
    return Query(
        shortened(clean, MAX_SHOWN),
        clean,
        words=_patterns((item for item in rest if not item.minus and item.name != "title"), read),
        titled=_patterns((item for item in rest if not item.minus and item.name == "title"), read),
        without=_patterns((item for item in rest if item.minus), read),
        sources=tuple(dict.fromkeys(value for name, value in facts if name == "source" and isinstance(value, str))),
        languages=languages,
        since=max((at for name, at in facts if name == "since" and isinstance(at, datetime)), default=None),
        until=min((at for name, at in facts if name == "until" and isinstance(at, datetime)), default=None),
        newest=next((bool(value) for name, value in reversed(facts) if name == "sort"), False),
    )


def is_source(name: str, *, title: str, host: str) -> bool:
    """Whether a query's `source:name` means the feed with this title on this host."""
    wanted = name.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    site = host.casefold().rpartition("@")[2].removeprefix("www.")
    is_site = site == wanted or site.endswith(f".{wanted}") or wanted in site.split(".")[:-1]
    return bool(_plainly(wanted)) and (is_site or _plainly(wanted) in _plainly(title))


def plain_words(asked: str) -> list[str]:
    """The words of a query that stand there as they are: no phrases, no operators."""
    plain = (item for item in items(asked) if not (item.quoted or item.minus) and item.value == item.whole)
    return [item.value for item in plain if not item.value.endswith(":")]


def once_each(found: Iterable[T], name: Callable[[T], object]) -> Iterator[T]:
    """The first of all that go by one name; what goes by none stays."""
    seen = set()
    for one in found:
        if (known_as := name(one)) not in seen:
            yield one
        if known_as:
            seen.add(known_as)


def _plainly(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


# --- Reading ---


def _facts(item: Item, now: datetime, zone: tzinfo) -> tuple[str, object] | None:
    """What an operator says of the articles' dates, sources and languages; None for what is words."""
    read = None if item.minus else _READERS.get(item.name)
    value = read(item.value.strip(), now, zone) if read else None
    return None if value is None else (item.name, value)


def _source(value: str, _now: datetime, _zone: tzinfo) -> str | None:
    return value if _plainly(value) else None


def _language(value: str, _now: datetime, _zone: tzinfo) -> str | None:
    code = re.split(r"[-_]", value.lower())[0]
    code = _MEANT.get(code, code)
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None


def _order(value: str, _now: datetime, _zone: tzinfo) -> bool | None:
    return _ORDERS.get(value.lower())


_READERS: Mapping[str, Callable[[str, datetime, tzinfo], object]] = {
    "source": _source,
    "lang": _language,
    "since": start_of,
    "until": end_of,
    "sort": _order,
}


def _patterns(typed: Iterable[Item], languages: tuple[str, ...]) -> tuple[Pattern, ...]:
    """What the items want, at most `MAX_TERMS`."""
    found: dict[Pattern, None] = {}
    for item in typed:
        if len(found) >= MAX_TERMS:
            break
        if item.quoted or item.minus:
            patterns = [phrase_pattern(item.said, languages)]
        else:
            patterns = word_patterns(item.said, languages)
        found.update(dict.fromkeys(filter(None, patterns)))
    return tuple(found)[:MAX_TERMS]
