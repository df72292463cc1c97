"""What an article's page says: title, lead, text, picture, date. The page is a stranger's and may be anything."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura

from news.language import LANGUAGES, detect
from news.text import headline, plain, visible

# An lxml element, which has no types of its own.
_Tree = Any

MAX_PAGE = 3_000_000
MAX_TEXT = 100_000
# Beyond this the extractor's cost is no longer in proportion to what a reader gains.
_MAX_ELEMENTS = 30_000
_MAX_JSON = 300_000
_MAX_LEAD = 1_000

_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*BlogPosting|Report)$")
_META_TITLES = ("og:title", "twitter:title", "dc.title")
_META_LEADS = ("og:description", "description", "twitter:description")
_META_IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_META_DATES = ("article:published_time", "og:article:published_time", "datepublished", "pubdate", "date", "dc.date")
# Shares, invitations and comment counts that stand among paragraphs.
_CLUTTER = re.compile(
    r"(?:читайте|дивіться|смотрите|читай)\s+(?:також|также|ще|ещ[её])|read\s+(?:also|more)|see\s+also|share(?:\s+this)?\b"
    r"|поділитис[яь]|поделиться|підписуйтесь|підписатис[яь]|подпис(?:ывайтесь|аться)|follow\s+us|subscribe|реклама$|"
    r"advertisement$|(?:за темою|по теме|related)\b|\d+\s+(?:comments?|коментар\w*|комментари\w*)$|facebook$|twitter$|"
    r"telegram$|whatsapp$|viber$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PageText:
    """An article as read from its page; what the page doesn't say is empty or None."""

    title: str = ""
    lead: str = ""
    text: str = ""
    image: str | None = None
    published: datetime | None = None
    language: str | None = None


@dataclass(frozen=True)
class _Facts:
    """What the page's head says of the article, by key: JSON-LD first, then the meta elements."""

    said: dict[str, object]
    meta: dict[str, str]

    def first(self, key: str, names: tuple[str, ...]) -> str:
        stated = self.said.get(key)
        candidates = [stated if isinstance(stated, str) else "", *(self.meta.get(name, "") for name in names)]
        return next((candidate for candidate in candidates if candidate.strip()), "")


def extract_article(html: bytes | str, *, url: str) -> PageText:
    """The article on a page fetched from `url`, which relative addresses are resolved against.

    Title and lead stand once and are not repeated in the text; menus, share words and lists of related articles are
    left out as far as they can be told. `published` is aware. Never raises: garbage gives an empty `PageText`. At
    most `MAX_PAGE` bytes or characters are read.
    """
    tree = _parsed(html[:MAX_PAGE])
    if tree is None:
        return PageText()
    facts = _Facts(_linked_data(tree), _meta(tree))
    title = headline(facts.first("headline", _META_TITLES) or _first_heading(tree))
    lead = " ".join(visible(plain(facts.first("description", _META_LEADS))).split())[:_MAX_LEAD]
    text = _body(tree, url, facts, title)
    return PageText(
        title=title,
        lead="" if _same(lead, title) else lead,
        text=_without_opening(text, title, lead),
        image=_image(facts, url),
        published=_moment(facts.first("datePublished", _META_DATES)),
        language=detect(f"{title}\n{text or lead}") or _declared_language(tree),
    )


# --- The page ---


def _parsed(html: bytes | str) -> _Tree | None:
    try:
        return trafilatura.load_html(html)
    except Exception:
        # The parsers beneath raise errors of many libraries; all say that this is no page.
        return None


def _meta(tree: _Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        found.setdefault(name.strip().lower(), element.get("content", ""))
    return found


def _linked_data(tree: _Tree) -> dict[str, object]:
    """The first article that the page's JSON-LD describes; empty if there is none or it can't be read."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        for item in _items(_loaded(script.text_content())):
            if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in _kinds(item)):
                return item
    return {}


def _loaded(text: str) -> object:
    try:
        return json.loads(text[:_MAX_JSON], strict=False)
    except (ValueError, RecursionError):
        return None


def _items(data: object) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD document: itself, those of a list, those under @graph."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()


def _kinds(item: dict[str, object]) -> list[object]:
    kind = item.get("@type")
    return kind if isinstance(kind, list) else [kind]


def _first_heading(tree: _Tree) -> str:
    for path in (".//h1", ".//title"):
        element = tree.find(path)
        if element is not None and (text := str(element.text_content()).strip()):
            return text[:_MAX_LEAD]
    return ""


def _declared_language(tree: _Tree) -> str | None:
    code = (tree.get("lang") or "")[:2].lower()
    return code if code in LANGUAGES else None


# --- The text ---


def _body(tree: _Tree, url: str, facts: _Facts, title: str) -> str:
    text = _extracted(tree, url)
    stated = facts.said.get("articleBody")
    if len(text) < 200 and isinstance(stated, str) and len(stated) > len(text):
        text = plain(stated)
    paragraphs = (" ".join(line.split()) for line in visible(text[:MAX_TEXT]).splitlines())
    return "\n".join(line for line in paragraphs if line and not _is_clutter(line))


def _extracted(tree: _Tree, url: str) -> str:
    if sum(1 for _ in zip(tree.iter(), range(_MAX_ELEMENTS + 1), strict=False)) > _MAX_ELEMENTS:
        return ""
    try:
        document = trafilatura.bare_extraction(
            tree, url=url, favor_precision=True, include_comments=False, include_tables=False
        )
    except Exception:
        # A page is a stranger's, and so are the hundred ways in which a tree can surprise the extractor.
        return ""
    return str(getattr(document, "text", None) or "")


def _is_clutter(line: str) -> bool:
    return len(line) < 250 and _CLUTTER.match(line.lstrip("-–—•>▶→ ")) is not None


def _without_opening(text: str, title: str, lead: str) -> str:
    """The text without first lines that say the title or the lead again."""
    lines = text.split("\n")
    while lines and any(said and _same(lines[0], said) for said in (title, lead)):
        lines = lines[1:]
    return "\n".join(lines)


def _same(first: str, second: str) -> bool:
    return _letters(first) == _letters(second)


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


# --- Picture and date ---


def _image(facts: _Facts, url: str) -> str | None:
    found = _address(facts.said.get("image")) or facts.first("", _META_IMAGES)
    try:
        absolute = urljoin(url, found.strip())
        fit = found and urlsplit(absolute).scheme in ("http", "https") and urlsplit(absolute).hostname
    except ValueError:
        return None
    return absolute if fit and len(absolute) <= 2048 else None


def _address(image: object) -> str:
    """The address in a JSON-LD image, which may be a string, an object or a list of either."""
    if isinstance(image, list):
        image = image[0] if image else None
    if isinstance(image, dict):
        image = image.get("url") or image.get("contentUrl")
    return image if isinstance(image, str) else ""


def _moment(stated: str) -> datetime | None:
    """An ISO 8601 date as an aware moment; one without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(stated.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
