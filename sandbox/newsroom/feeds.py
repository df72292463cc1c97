"""Feeds: RSS 2.0, Atom and JSON Feed. Pure functions of what the outlet has published."""

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from sandbox.newsroom.article import Article
from sandbox.newsroom.outlet import Outlet
from sandbox.newsroom.profile import Profile

CONTENT_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
MEDIA = "http://search.yahoo.com/mrss/"


def feed(outlet: Outlet, base: str) -> bytes:
    """The outlet's feed as it is now, in its charset; `base` is the server's address without a closing slash."""
    return encoded(_FORMATS[outlet.profile.feed](outlet, base), outlet.profile)


def encoded(text: str, profile: Profile) -> bytes:
    """The text in the outlet's charset, with character references for what that has no place for."""
    return text.encode(profile.charset, "xmlcharrefreplace")


def tracked(link: str, edition: int) -> str:
    """The link with tracking parameters, which differ from one edition of the feed to the next."""
    marks = urlencode({"utm_source": "rss", "utm_medium": "feed", "utm_campaign": f"edition-{edition}"})
    return f"{link}{'&' if '?' in link else '?'}{marks}"


def picture_address(article: Article, profile: Profile, base: str) -> str | None:
    """The absolute address of the article's picture; None where the outlet shows none."""
    return base + article.picture_path if profile.pictures else None


def _rss(outlet: Outlet, base: str) -> str:
    profile = outlet.profile
    items = "".join(_item(article, outlet, base) for article in outlet.newest)
    return f"""<?xml version="1.0" encoding="{profile.charset}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="{MEDIA}">
<channel>
<title>{escape(profile.name)}</title>
<link>{escape(base + profile.home_path)}</link>
<atom:link rel="self" type="application/rss+xml" href={quoteattr(base + profile.feed_path)}/>
<description>{escape(profile.tagline)}</description>
<language>{profile.language}</language>
<lastBuildDate>{_rfc_822(outlet.changed)}</lastBuildDate>
{items}</channel>
</rss>
"""


def _item(article: Article, outlet: Outlet, base: str) -> str:
    description = f"<p>{escape(article.lead)}</p>" if outlet.profile.summaries and article.lead else ""
    picture = picture_address(article, outlet.profile, base)
    media = f'<media:content medium="image" type="image/jpeg" url={quoteattr(picture)}/>\n' if picture else ""
    return f"""<item>
<title>{escape(article.title)}</title>
<link>{escape(_link(article, outlet, base))}</link>
<guid isPermaLink="false">{escape(article.guid)}</guid>
<pubDate>{_rfc_822(article.published)}</pubDate>
<description>{escape(description)}</description>
{media}</item>
"""


def _atom(outlet: Outlet, base: str) -> str:
    profile = outlet.profile
    entries = "".join(_entry(article, outlet, base) for article in outlet.newest)
    return f"""<?xml version="1.0" encoding="{profile.charset}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{profile.language}">
<id>tag:{profile.slug}.example,2026:feed</id>
<title>{escape(profile.name)}</title>
<subtitle>{escape(profile.tagline)}</subtitle>
<link rel="alternate" type="text/html" href={quoteattr(base + profile.home_path)}/>
<link rel="self" type="application/atom+xml" href={quoteattr(base + profile.feed_path)}/>
<updated>{outlet.changed.isoformat(timespec="seconds")}</updated>
<author><name>{escape(profile.name)}</name></author>
{entries}</feed>
"""


def _entry(article: Article, outlet: Outlet, base: str) -> str:
    moment = article.published.isoformat(timespec="seconds")
    picture = picture_address(article, outlet.profile, base)
    enclosure = f'<link rel="enclosure" type="image/jpeg" href={quoteattr(picture)}/>\n' if picture else ""
    return f"""<entry>
<id>{escape(article.guid)}</id>
<title>{escape(article.title)}</title>
<link rel="alternate" type="text/html" href={quoteattr(_link(article, outlet, base))}/>
{enclosure}<published>{moment}</published>
<updated>{moment}</updated>
<summary>{escape(article.lead) if outlet.profile.summaries else ""}</summary>
</entry>
"""


def _json(outlet: Outlet, base: str) -> str:
    profile = outlet.profile
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": profile.name,
            "description": profile.tagline,
            "language": profile.language,
            "home_page_url": base + profile.home_path,
            "feed_url": base + profile.feed_path,
            "authors": [{"name": profile.name, "url": base + profile.home_path}],
            "items": [_record(article, outlet, base) for article in outlet.newest],
        },
        ensure_ascii=False,
        indent=1,
    )


def _record(article: Article, outlet: Outlet, base: str) -> dict[str, str]:
    record = {
        "id": article.guid,
        "url": _link(article, outlet, base),
        "title": article.title,
        "content_html": "".join(f"<p>{escape(text)}</p>" for text in (article.lead, *article.body) if text),
        "date_published": article.published.isoformat(timespec="seconds"),
    }
    summary = {"summary": article.lead} if outlet.profile.summaries and article.lead else {}
    picture = picture_address(article, outlet.profile, base)
    return record | summary | ({"image": picture} if picture else {})


def _link(article: Article, outlet: Outlet, base: str) -> str:
    link = article.address(base)
    return tracked(link, outlet.published) if outlet.profile.tracking else link


def _rfc_822(moment: datetime) -> str:
    return format_datetime(moment)


_FORMATS: dict[str, Callable[[Outlet, str], str]] = {"rss": _rss, "atom": _atom, "json": _json}
