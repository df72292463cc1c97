"""What an article's page says: title, lead, text, picture, date. The page is a stranger's and may be anything."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import trafilatura
from justext import get_stoplist
from trafilatura import external

from news.charset import page_text
from news.clearing import article_lines, clear, link_texts
from news.language import LANGUAGES, detect
from news.page_facts import Facts, read_facts
from news.text import letters, plain
from news.written_date import read_date

# An lxml element, which has no types of its own.
_Tree = Any

MAX_PAGE = 3_000_000
MAX_TEXT = 100_000
_MAX_LEAD = 500
# Beyond this the extractor's cost is no longer in proportion to what a reader gains.
_MAX_ELEMENTS = 20_000
# In a deep tree the cost grows with the depth too. Pages are some thirty elements deep, or their tags are unclosed.
_DEEP = 100
_MAX_DEEP_ELEMENTS = 2_000
# Its second opinion goes through an element's attributes time and again, and lets no other thread run meanwhile.
_MAX_ATTRIBUTES = 200
# Beyond this it does without a second opinion on the text, whose cost grows with the square of the paragraphs.
_MANY_ELEMENTS = 5_000
# What the extractor finds when it finds nothing.
_TOO_LITTLE = 200

_JUSTEXT_NAMES = (
    *("Ukrainian", "Russian", "English", "Polish", "German", "French", "Spanish", "Italian", "Czech", "Romanian"),
    "Turkish",
)
_INLINE = ("a", "b", "em", "font", "i", "span", "strong")


@dataclass(frozen=True)
class PageText:
    """An article as read from its page; what the page doesn't say is empty or None."""

    title: str = ""
    lead: str = ""
    text: str = ""
    image: str | None = None
    published: datetime | None = None
    language: str | None = None
    canonical: str | None = None


def extract_article(html: bytes | str, *, url: str) -> PageText:
    """The article on a page fetched from `url`, which relative addresses are resolved against.

    The title stands once. So does a lead that the page sets as a block of its own; one that is only the article's
    first paragraph stays in the text too. Menus, share words and related articles are left out as far as they can be
    told. `published` is aware. Never raises: garbage gives an empty `PageText`. At most `MAX_PAGE` bytes or
    characters are read.
    """
    tree = _parsed(html[:MAX_PAGE])
    if tree is None:
        return PageText()
    facts = read_facts(tree, url)
    lines = _lines(tree, url, facts)
    lead = _lead(facts, lines, tree)
    text = "\n".join(_without_lead(lines, lead, tree))
    return PageText(
        title=facts.title,
        lead=lead,
        text=text,
        image=facts.image,
        published=facts.published,
        language=detect(f"{facts.title}\n{text or lead}") or _declared_language(tree),
        canonical=facts.canonical,
    )


# --- The page ---


def _parsed(html: bytes | str) -> _Tree | None:
    try:
        return trafilatura.load_html(html if isinstance(html, str) else page_text(html))
    except Exception:
        # The parsers beneath raise errors of many libraries; all say that this is no page.
        return None


def _declared_language(tree: _Tree) -> str | None:
    code = (tree.get("lang") or "")[:2].lower()
    return code if code in LANGUAGES else None


# --- The text ---


def _lines(tree: _Tree, url: str, facts: Facts) -> list[str]:
    """The article's lines, the title not among them."""
    links = link_texts(tree)
    clear(tree)
    text = _extracted(tree, url)
    if len(text) < _TOO_LITTLE and len(facts.body) > len(text):
        text = plain(facts.body)
    titles = {letters(title) for title in (facts.title, *facts.titles)}
    lines = [line for line in article_lines(text[:MAX_TEXT], links) if letters(line) not in titles]
    return lines[1:] if lines and _is_dateline(lines[0], facts.published) else lines


def _extracted(tree: _Tree, url: str) -> str:
    size, is_deep = tree.xpath("count(.//*)"), tree.xpath(f"boolean({'/*' * _DEEP})")
    if size > (_MAX_DEEP_ELEMENTS if is_deep else _MAX_ELEMENTS) or tree.xpath(f"boolean(.//@*[{_MAX_ATTRIBUTES}])"):
        return ""
    return _main_text(tree, url, fast=size > _MANY_ELEMENTS)


def _main_text(tree: _Tree, url: str, *, fast: bool) -> str:
    _know_common_words()
    try:
        document = trafilatura.bare_extraction(tree, url=url, fast=fast, favor_precision=True, include_comments=False)
    except Exception:
        # A page is a stranger's, and so are the hundred ways in which a tree can surprise the extractor.
        return ""
    return str(getattr(document, "text", None) or "")


def _know_common_words() -> None:
    """Let the second opinion go by the common words of our languages; of all its hundred they would take 55 MB."""
    if not external.JT_STOPLIST:
        words = {word for name in _JUSTEXT_NAMES for word in get_stoplist(name)}
        external.JT_STOPLIST = tuple(sorted(words))  # type: ignore[assignment]


def _is_dateline(line: str, published: datetime | None) -> bool:
    date = read_date(line) if published and len(line) < 60 else None
    return date is not None and published is not None and abs((date - published).days) <= 1


# --- The lead ---


def _lead(facts: Facts, lines: list[str], tree: _Tree) -> str:
    """The lead as the page states it, unless it is the title; of a silent page the opening line, if it stands twice."""
    if facts.lead or not lines or len(lines[0]) > _MAX_LEAD:
        return "" if letters(facts.lead) == letters(facts.title) else facts.lead
    return lines[0] if _is_said_twice(tree, lines[0]) else ""


def _without_lead(lines: list[str], lead: str, tree: _Tree) -> list[str]:
    """The lines without the lead, unless it is the first paragraph and stands nowhere else."""
    place = next((place for place, line in enumerate(lines[:3]) if lead and letters(line) == letters(lead)), None)
    if place is None:
        return lines
    rest = [line for line in lines if letters(line) != letters(lead)]
    return rest if _is_said_twice(tree, lead) or _stands_apart(tree, lines[place], rest[place:]) else lines


def _is_said_twice(tree: _Tree, lead: str) -> bool:
    return letters(str(tree.text_content())).count(letters(lead)) > 1


def _stands_apart(tree: _Tree, lead: str, paragraphs: list[str]) -> bool:
    """Whether the lead is set in a place that none of the next paragraphs is set in."""
    place = _place(tree, lead)
    return place is not None and place not in [_place(tree, paragraph) for paragraph in paragraphs[:3]]


def _place(tree: _Tree, line: str) -> tuple[str, str] | None:
    """Tag and class of what holds the block that says this line; None if it isn't found."""
    said = letters(line)
    for element in tree.iter():
        if (element.text or "").strip()[:20] == line[:20] and _says(element, line, said):
            return _holder(element)
    return None


def _says(element: _Tree, line: str, said: str) -> bool:
    """Whether an element says this line and nothing else; what is much longer is not looked at."""
    text = str(element.text_content())
    return len(text) < 2 * len(line) + _MAX_LEAD and said == letters(text)


def _holder(element: _Tree) -> tuple[str, str] | None:
    holder = next(element.iterancestors(), None)
    while holder is not None and element.tag in _INLINE:
        element, holder = holder, holder.getparent()
    return None if holder is None else (str(holder.tag), holder.get("class") or "")
