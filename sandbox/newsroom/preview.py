"""What a messenger shows under a link to one of the newsroom's pages: looked up, not fetched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from sandbox.newsroom.article import Article
from sandbox.newsroom.channel import article_of_post
from sandbox.newsroom.feeds import picture_address
from sandbox.newsroom.outlet import Outlet
from sandbox.newsroom.profile import Profile

_PAGE = re.compile(r"/news/(?P<slug>[^/]+)/?(?:(?P<id>[^/]+)\.html)?")
_POST = re.compile(r"/(?P<slug>[^/]+)/(?P<id>\d+)")


@dataclass(frozen=True)
class Preview:
    """A page in short: its own address, the outlet's name, title and lead, and a picture's address or None."""

    url: str
    site: str
    title: str
    description: str
    image: str | None


def preview(url: str, outlets: Mapping[str, Outlet]) -> Preview | None:
    """The page at an absolute address on loopback, whatever its port and query; None for any other."""
    base, path = _split(url)
    found = _PAGE.fullmatch(path) or _POST.fullmatch(path)
    outlet = outlets.get(found["slug"]) if found and base else None
    if found is None or outlet is None:
        return None
    if found["id"] is None:
        return _of_home(outlet.profile, base)
    article = article_of_post(outlet, found["id"]) if found.re is _POST else outlet.article(found["id"])
    return _of_article(article, outlet.profile, base) if article else None


def _split(url: str) -> tuple[str, str]:
    """The server's address, empty unless it is on loopback, and the path."""
    try:
        parts = urlsplit(url)
        on_loopback = parts.scheme in ("http", "https") and _is_loopback(parts.hostname or "")
    except ValueError:
        return "", ""
    return f"{parts.scheme}://{parts.netloc}" if on_loopback else "", parts.path


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _of_home(profile: Profile, base: str) -> Preview:
    return Preview(base + profile.home_path, profile.name, profile.name, profile.tagline, None)


def _of_article(article: Article, profile: Profile, base: str) -> Preview:
    image = picture_address(article, profile, base)
    return Preview(base + article.path, profile.name, article.title, article.lead, image)
