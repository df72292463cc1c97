"""What a page says of its article: title, lead, picture, date.

JSON-LD and meta elements are asked first, then microdata, then what stands on the page.
Everything is read from a parsed tree that a stranger wrote; what isn't said, or is nonsense, is empty or None.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from news.address import absolute_link
from news.linked_data import linked_data
from news.text import headline, letters, plain, visible
from news.written_date import read_date, tells_the_hour

# An lxml element, which has no types of its own.
Tree = Any

_MAX_SAID = 1_000
_MAX_ADDRESS = 2048
_MAX_CLASS = 200

_META_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_META_LEADS = ("og:description", "description", "twitter:description", "dc.description")
_META_IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_META_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "og:datepublished", "og:pubdate"),
    *("pubdate", "publishdate", "dc.date", "dcterms.created", "sailthru.date", "date"),
)
_LEAD_CLASS = re.compile(
    r"(?:^|[-_ ])(?:lead|lede|standfirst|sub-?(?:title|head|heading|line)|dek|perex|anons?|annotation|intro|summary)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(r"date|time|publi[sc]|posted|about|meta|info", re.IGNORECASE)
# What an outlet shows where it has no picture: the name says so.
_STAND_IN = re.compile(
    r"(?:^|[-_])(?:default|placeholder|no-?(?:image|photo|pic))(?:[-_.]|$)|^(?:blank|spacer)\.", re.I
)
_FURNITURE = re.compile(
    r"logo|icon|avatar|sprite|pixel|banner|button|btn|flag|share|emoji|badge|counter|\.svg|\.gif|^data:|-\d{2,3}x\d{2,3}\.",
    re.I,
)
_SITE_BREAK = re.compile(r"\s+[|–—»·-]\s+(?=[^|–—»·]*$)")
_NEAR = 60


@dataclass(frozen=True)
class Facts:
    """What the page says of its article; `titles` are all the ways in which it says the title."""

    title: str = ""
    titles: tuple[str, ...] = ()
    lead: str = ""
    body: str = ""
    image: str | None = None
    published: datetime | None = None
    canonical: str | None = None


@dataclass(frozen=True)
class _Page:
    """A page's own words: its JSON-LD on the article and on the page, its meta elements by name, its headings."""

    tree: Tree
    url: str
    article: Mapping[str, object]
    page: Mapping[str, object]
    meta: Mapping[str, str]
    headings: tuple[str, ...]

    def said(self, key: str, names: tuple[str, ...] = ()) -> Iterator[str]:
        """What JSON-LD says of the article, then what the named meta elements say; empty ones left out."""
        stated = self.article.get(key)
        said = [stated if isinstance(stated, str) else "", *(self.meta.get(name, "") for name in names)]
        return (one for one in said if one.strip())


def read_facts(tree: Tree, url: str) -> Facts:
    """What the page fetched from `url` says of its article."""
    article, about_page = linked_data(tree)
    page = _Page(tree, url, article, about_page, _meta(tree), _headings(tree))
    return Facts(
        title=_title(page),
        titles=tuple(map(headline, [*page.said("headline", _META_TITLES), *page.headings])),
        lead=_lead(page),
        body=next(page.said("articleBody"), ""),
        image=_image(page),
        published=_published(page),
        canonical=_canonical(page),
    )


# --- The head ---


def _meta(tree: Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := element.get("content", "").strip():
            found.setdefault(name.strip().lower(), content)
    return found


# --- Title and lead ---


def _canonical(page: _Page) -> str | None:
    """The page's address as its publisher writes it."""
    for element in page.tree.iter("link"):
        if "canonical" in element.get("rel", "").lower().split():
            return absolute_link(element.get("href"), page.url)
    return None


def _headings(tree: Tree) -> tuple[str, ...]:
    return tuple(text for text in _texts(tree.iter("h1")) if text)


def _texts(elements: Iterator[Tree]) -> list[str]:
    """What the first few of these elements say."""
    return [" ".join(str(element.text_content())[:_MAX_SAID].split()) for element in islice(elements, 10)]


def _title(page: _Page) -> str:
    """The title that two of JSON-LD, meta elements and headings agree on, else the first of them.

    The heading stands for a stated title that adds the site's name to it.
    """
    marked = _texts(page.tree.iterfind(".//h1[@itemprop='headline']"))
    meta = [*islice(page.said("", _META_TITLES), 1)]
    said = [headline(one) for one in (*page.said("headline"), *marked[:1], *meta, *page.headings)]
    said = [next((heading for heading in page.headings if _is_within(heading, one)), one) for one in said if one]
    keys = [letters(one) for one in said]
    agreed = (one for one, key in zip(said, keys, strict=True) if keys.count(key) > 1)
    return headline(next(agreed, None) or next(iter(said), "")) or _window_title(page)


def _is_within(heading: str, title: str) -> bool:
    said, whole = letters(heading), letters(title)
    return len(said) * 3 > len(whole) > len(said) and said in whole


def _window_title(page: _Page) -> str:
    """The window's title, without the site's name behind its last dash or bar."""
    element = page.tree.find(".//title")
    text = str(element.text_content())[:_MAX_SAID].strip() if element is not None else ""
    title, *site = _SITE_BREAK.split(text, maxsplit=1)
    names = [letters(page.meta.get("og:site_name", "")), letters(_host(page.url))]
    named = site and any(letters(site[0]) in name for name in names)
    return headline(title if named or (site and _stands_alone(page.tree, title)) else text)


def _stands_alone(tree: Tree, text: str) -> bool:
    return any((element.text or "").strip() == text for element in tree.iter())


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _lead(page: _Page) -> str:
    said = next(page.said("description", _META_LEADS), "") or _lead_block(page.tree)
    return " ".join(visible(plain(said)).split())[:_MAX_SAID]


def _class(element: Tree) -> str:
    return (element.get("class") or "")[:_MAX_CLASS]


def _lead_block(tree: Tree) -> str:
    """The text of the first block whose class calls it a lead, where it is as long as leads are."""
    for element in tree.iter("p", "div", "h2", "h3", "section", "span"):
        if _LEAD_CLASS.search(_class(element)):
            text = " ".join(str(element.text_content())[:_MAX_SAID].split())
            if 40 <= len(text) < _MAX_SAID:
                return text
    return ""


# --- Picture ---


def _image(page: _Page) -> str | None:
    # The picture for sharing comes in a size fit to show; the one in JSON-LD may be a thumbnail.
    stated = [*page.said("", _META_IMAGES), _address(page.article.get("image"))]
    fit = (address for one in stated if (address := absolute_link(one, page.url)) and not _is_stand_in(address))
    return next(fit, None) or absolute_link(_picture(page.tree), page.url)


def _address(image: object) -> str:
    """The address in a JSON-LD image, which may be a string, an object or a list of either."""
    if isinstance(image, list):
        image = image[0] if image else None
    if isinstance(image, dict):
        image = image.get("url") or image.get("contentUrl")
    return image if isinstance(image, str) else ""


def _is_stand_in(address: str) -> bool:
    return _STAND_IN.search(urlsplit(address).path.rsplit("/", 1)[-1]) is not None


def _picture(tree: Tree) -> str:
    """The first large picture behind the heading, else the first of all, for pages whose head names none."""
    large = (image for images in (_behind_heading(tree), tree.iter("img")) for image in images if _is_large(image))
    image = next(large, None)
    return "" if image is None else str(image.get("data-src") or image.get("src") or "")


def _is_large(image: Tree) -> bool:
    if image.tag != "img":
        return False
    width = re.match(r"\d{1,5}", image.get("width") or "")
    named = " ".join((image.get(name) or "")[:_MAX_ADDRESS] for name in ("src", "data-src", "class"))
    return width is not None and int(width[0]) >= 300 and _FURNITURE.search(named) is None


def _behind_heading(tree: Tree) -> Iterator[Tree]:
    """The elements that follow the first heading in the page's order, all where there is no heading."""
    elements = tree.iter()
    if tree.find(".//h1") is not None:
        elements = iter(list(elements))
        next(element for element in elements if element.tag == "h1")
    return (element for element in elements if isinstance(element.tag, str) and element.tag not in ("script", "style"))


# --- Date ---


def _published(page: _Page) -> datetime | None:
    """The first stated date that tells the hour, else the first stated one, else the one that stands by the heading."""
    stated = [one for one in _stated_dates(page) if read_date(one)]
    precise = [one for one in stated if tells_the_hour(one)]
    return read_date(next(iter(precise or stated), "")) or _seen_date(page.tree)


def _stated_dates(page: _Page) -> Iterator[str]:
    yield from page.said("datePublished", _META_DATES)
    for element in page.tree.xpath(".//*[@itemprop='datePublished'] | .//time[@pubdate]")[:1]:
        yield element.get("content") or element.get("datetime") or str(element.text_content())
    if isinstance(stated := page.page.get("datePublished"), str):
        yield stated


def _seen_date(tree: Tree) -> datetime | None:
    """The first date in a short line near the heading, or in an element that calls itself a date."""
    near = (line for element in islice(_behind_heading(tree), _NEAR) for line in _own_lines(element))
    called = (
        line for element in tree.iter("time", "span", "div", "p") if _is_dated(element) for line in _own_lines(element)
    )
    dates = (read_date(line) for lines in (near, called) for line in lines)
    return next((date for date in dates if date), None)


def _is_dated(element: Tree) -> bool:
    return element.tag == "time" or _DATE_CLASS.search(_class(element)) is not None


def _own_lines(element: Tree) -> Iterator[str]:
    for text in (element.get("datetime"), element.text, element.tail):
        if text and len(text) < 200 and 4 < len(text.strip()) < 80:
            yield text
