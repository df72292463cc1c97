"""Feeds as text: RSS 2.0 and Atom. Pure functions of what the outlet has published."""

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from sandbox.newsroom.article import Article
from sandbox.newsroom.outlet import Outlet
from sandbox.newsroom.profile import Profile

CONTENT_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


def feed(outlet: Outlet, base: str) -> str:
    """The outlet's feed as it is now; `base` is the server's address without a closing slash."""
    return _FORMATS[outlet.profile.feed](outlet, base)


def tracked(link: str, edition: int) -> str:
    """The link with tracking parameters, which differ from one edition of the feed to the next."""
    marks = urlencode({"utm_source": "rss", "utm_medium": "feed", "utm_campaign": f"edition-{edition}"})
    return f"{link}{'&' if '?' in link else '?'}{marks}"


def _rss(outlet: Outlet, base: str) -> str:
    profile = outlet.profile
    items = "".join(_item(article, _link(article, outlet, base), profile) for article in outlet.newest)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
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


def _item(article: Article, link: str, profile: Profile) -> str:
    description = f"<p>{escape(article.lead)}</p>" if profile.summaries and article.lead else ""
    return f"""<item>
<title>{escape(article.title)}</title>
<link>{escape(link)}</link>
<guid isPermaLink="false">{escape(article.guid)}</guid>
<pubDate>{_rfc_822(article.published)}</pubDate>
<description>{escape(description)}</description>
</item>
"""


def _atom(outlet: Outlet, base: str) -> str:
    profile = outlet.profile
    entries = "".join(_entry(article, _link(article, outlet, base), profile) for article in outlet.newest)
    return f"""<?xml version="1.0" encoding="utf-8"?>
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


def _entry(article: Article, link: str, profile: Profile) -> str:
    moment = article.published.isoformat(timespec="seconds")
    return f"""<entry>
<id>{escape(article.guid)}</id>
<title>{escape(article.title)}</title>
<link rel="alternate" type="text/html" href={quoteattr(link)}/>
<published>{moment}</published>
<updated>{moment}</updated>
<summary>{escape(article.lead) if profile.summaries else ""}</summary>
</entry>
"""


def _link(article: Article, outlet: Outlet, base: str) -> str:
    link = article.address(base)
    return tracked(link, outlet.published) if outlet.profile.tracking else link


def _rfc_822(moment: datetime) -> str:
    return format_datetime(moment)


_FORMATS: dict[str, Callable[[Outlet, str], str]] = {"rss": _rss, "atom": _atom}
