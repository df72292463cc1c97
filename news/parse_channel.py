"""A public Telegram channel, read from its preview on the web: pure.

A page has the newest twenty posts, oldest first. Of each its text counts, the first line as headline; how often it
was seen and what it answers to does not. An edited post says something else, and so has another fingerprint.
"""

import re
from datetime import UTC, datetime
from html import escape
from typing import Any

from lxml import etree

from news.address import absolute_link
from news.errors import NoPreview
from news.feed import Entry, ParsedFeed
from news.text import headline, plain, sentences

# An lxml element, which has no types of its own.
_Element = Any

_OPENING = 100_000
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_TELEGRAMS = re.compile(rb"""class=["'](?:[^"']*\s)?tgme_(?:page|channel_info|widget_message)[\s"']""")
_OF_CLASS = etree.XPath("descendant-or-self::*[contains(concat(' ', normalize-space(@class), ' '), $token)]")

_POST_TOKEN = "tgme_widget_message"
_TEXT = "js-message_text"
# What speaks for a post without a text.
_STAND_INS = ("tgme_widget_message_poll_question", "tgme_widget_message_document_title", "link_preview_title")
_PICTURES = (
    "tgme_widget_message_photo_wrap",
    "tgme_widget_message_video_thumb",
    "tgme_widget_message_roundvideo_thumb",
)
_PREVIEWED = ("link_preview_image", "link_preview_right_image")
_AUTHORS = ("tgme_widget_message_forwarded_from_name", "tgme_widget_message_from_author")
_BACKGROUND = re.compile(r"background-image:\s*url\(\s*['\"]?([^'\")]+)")

_POST = re.compile(r"[\w-]+/\d+")
_WORD = re.compile(r"\w")
_ONLY_A_LINK = re.compile(r"https?://\S+")
_KEPT_TAGS = frozenset(["b", "strong", "i", "em", "u", "s", "del", "code", "pre", "blockquote"])
_SILENT_TAGS = frozenset(["script", "style"])
# A line longer than the one is a paragraph; its sentences open it up to the other.
_LONGEST_LINE, _LEAST_OPENING = 140, 30


def looks_like_channel(body: bytes) -> bool:
    """Whether a body is a page of Telegram's about a channel, or about whoever has that name."""
    return bool(_HTML.match(body) and _TELEGRAMS.search(body[:_OPENING]))


def parse_channel(body: bytes, *, url: str) -> ParsedFeed:
    """Read a channel's preview; raises NoPreview for a page without one, where Telegram sends us instead."""
    page = etree.fromstring(body, etree.HTMLParser(encoding="utf-8"))
    title = _title_of(page)
    posts = [post for post in _all(page, _POST_TOKEN) if not _is_inside_another(post)]
    if not (posts or _all(page, "tgme_channel_info")):
        raise NoPreview(url)
    entries = [entry for post in reversed(posts) if (entry := _entry(post, title, url))]
    return ParsedFeed(title, _link_of(page, url), tuple(entries))


def _is_inside_another(post: _Element) -> bool:
    """Whether a post stands in a post, as on no page of Telegram's: each would repeat what those in it say."""
    return any(_POST_TOKEN in (holder.get("class") or "").split() for holder in post.iterancestors())


def _title_of(page: _Element) -> str:
    said = page.xpath("string(//meta[@property='og:title']/@content)") or _words(page, "tgme_channel_info_header_title")
    return headline(escape(said))


def _link_of(page: _Element, url: str) -> str | None:
    named = _first(page, "tgme_channel_info_header_username")
    return None if named is None else absolute_link(named.xpath("string(.//a/@href)"), url)


def _entry(post: _Element, channel: str, url: str) -> Entry | None:
    """One post; None for one that tells what happened in the channel, or shows nothing of itself."""
    name = post.get("data-post", "")
    text, image = _said(post, url), _image(post, url)
    title = _headline(plain(text), _words(post, "link_preview_title"))
    if not _POST.fullmatch(name) or "service_message" in post.get("class", "") or not (title or image):
        return None
    return Entry(
        guid=name,
        title=title or headline(escape(f"🖼 {channel}")),
        link=absolute_link(_date_link(post) or f"/{name}", url),
        description=text,
        published=_moment(post.xpath("string(.//time/@datetime)")),
        image=image,
        author=headline(escape(_words(post, *_AUTHORS))) or None,
        whole=True,
    )


def _said(post: _Element, url: str) -> str:
    """The text of a post as plain HTML, or what stands in for one."""
    text = _first(post, _TEXT)
    return escape(_words(post, *_STAND_INS)) if text is None else _html(text, url)


def _html(element: _Element, url: str) -> str:
    """What is in an element with the little markup that is worth keeping."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        parts += [_tagged(child, url), escape(child.tail or "", quote=False)]
    return "".join(parts)


def _tagged(element: _Element, url: str) -> str:
    """An element and what is in it; an emoji, drawn as a picture, becomes itself again."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _SILENT_TAGS:
        return ""
    if tag == "br":
        return "<br>"
    inner = _html(element, url)
    if tag == "a" and (link := absolute_link(element.get("href"), url)):
        return f'<a href="{escape(link)}">{inner}</a>'
    if "emoji" in element.get("class", ""):
        return escape("".join(element.itertext()), quote=False)
    return f"<{tag}>{inner}</{tag}>" if tag in _KEPT_TAGS else inner


def _headline(text: str, previewed: str) -> str:
    """The first line with a word in it, or the beginning of a paragraph; a bare link goes by its page's title."""
    line = next((line for line in text.splitlines() if _WORD.search(line)), "")
    if previewed and _ONLY_A_LINK.fullmatch(line.strip()):
        line = previewed
    return headline(escape(line if len(line) <= _LONGEST_LINE else _beginning(line)))


def _beginning(paragraph: str) -> str:
    told = ""
    for sentence in sentences(paragraph):
        told = f"{told} {sentence}".lstrip()
        if len(told) >= _LEAST_OPENING:
            break
    return told


def _image(post: _Element, url: str) -> str | None:
    """The first picture, of the post itself or else of the page it links to."""
    drawn = (element for token in (*_PICTURES, *_PREVIEWED) for element in _all(post, token))
    found = (_BACKGROUND.search(element.get("style", "")) for element in drawn)
    return next((link for picture in found if picture and (link := absolute_link(picture[1], url))), None)


def _date_link(post: _Element) -> str:
    date = _first(post, "tgme_widget_message_date")
    return "" if date is None else date.get("href", "")


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _words(element: _Element, *tokens: str) -> str:
    """The text of the first element of any of these classes that has one."""
    texts = ("".join(one.itertext()).strip() for token in tokens for one in _all(element, token))
    return next(filter(None, texts), "")


def _first(element: _Element, token: str) -> _Element:
    return next(iter(_all(element, token)), None)


def _all(element: _Element, token: str) -> list[_Element]:
    found: list[_Element] = _OF_CLASS(element, token=f" {token} ")
    return found
