"""Home and article pages, with the clutter that real news sites put around an article."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from sandbox.newsroom.article import Article
from sandbox.newsroom.feeds import CONTENT_TYPES, picture_address
from sandbox.newsroom.outlet import Outlet
from sandbox.newsroom.picture import HEIGHT, WIDTH
from sandbox.newsroom.profile import Profile

_WORDS: Mapping[str, Mapping[str, str]] = {
    "uk": {
        "read_also": "Читайте також",
        "share": "Поділитися",
        "subscribe": "Підписуйтесь на нас у Telegram",
        "newest": "Останні новини",
        "all": "Усі новини",
        "rights": "Усі права застережено. Передрук лише з посиланням на першоджерело.",
        "cookies": "Цей сайт використовує файли cookie, щоб працювати краще.",
        "feed": "RSS-стрічка",
    },
    "en": {
        "read_also": "Read also",
        "share": "Share this",
        "subscribe": "Follow us on Telegram",
        "newest": "Latest news",
        "all": "All news",
        "rights": "All rights reserved. Reprints must name the source.",
        "cookies": "This site uses cookies to work better.",
        "feed": "RSS feed",
    },
}


def home_page(outlet: Outlet, base: str) -> str:
    """The front page: the latest headlines, and the feed, named in its head or by a button."""
    profile, words = outlet.profile, _WORDS[outlet.profile.language]
    button = f'<a class="rss" href="{profile.feed_path}">{words["feed"]}</a>' if profile.feed_button else ""
    return _page("home.html").substitute(
        _frame(profile, base),
        headlines="".join(_headline(article, base) for article in outlet.newest),
        feed_button=button,
    )


def article_page(article: Article, outlet: Outlet, base: str) -> str:
    """The page of one article: its text once, and much around it twice."""
    others = [other for other in outlet.newest if other.id != article.id][:5]
    picture = picture_address(article, outlet.profile, base)
    return _page("article.html").substitute(
        _frame(outlet.profile, base),
        title=escape(article.title),
        lead=escape(article.lead),
        url=escape(article.address(base)),
        time=article.published.isoformat(timespec="seconds"),
        clock=_clock(article.published),
        paragraphs="\n".join(f"<p>{escape(text)}</p>" for text in (article.lead, *article.body) if text),
        related=_read_also(others, outlet.profile, base),
        picture_meta=_picture_meta(picture),
        figure=_figure(picture),
        json_ld=_json_ld(article, outlet.profile, base),
    )


def _frame(profile: Profile, base: str) -> dict[str, str]:
    """What every page of the outlet repeats."""
    words = {name: escape(text) for name, text in _WORDS[profile.language].items()}
    return words | {
        "language": profile.language,
        "name": escape(profile.name),
        "tagline": escape(profile.tagline),
        "slug": profile.slug,
        "home": profile.home_path,
        "charset": profile.charset,
        "feed_link": _feed_link(profile, base),
        "menu": "".join(f'<li><a href="{profile.home_path}">{escape(word)}</a></li>' for word in profile.menu),
    }


def _feed_link(profile: Profile, base: str) -> str:
    if not profile.feed_in_head:
        return ""
    kind, name = CONTENT_TYPES[profile.feed], escape(profile.name)
    return f'<link rel="alternate" type="{kind}" title="{name}" href="{base}{profile.feed_path}">'


def _picture_meta(picture: str | None) -> str:
    if not picture:
        return ""
    facts = {"og:image": picture, "og:image:width": WIDTH, "og:image:height": HEIGHT, "twitter:image": picture}
    return "\n".join(f'<meta property="{name}" content="{escape(str(fact))}">' for name, fact in facts.items())


def _figure(picture: str | None) -> str:
    image = f'<img src="{escape(picture)}" width="{WIDTH}" height="{HEIGHT}" alt="">' if picture else ""
    return image and f"<figure>{image}</figure>"


def _headline(article: Article, base: str) -> str:
    title, link = escape(article.title), escape(article.address(base))
    return f'<li><time>{_clock(article.published)}</time> <a href="{link}">{title}</a></li>\n'


def _read_also(articles: Iterable[Article], profile: Profile, base: str) -> str:
    """Each title twice, as a picture's caption and as a link: sites do that."""
    return "\n".join(_teaser(article, profile, base) for article in articles)


def _teaser(article: Article, profile: Profile, base: str) -> str:
    title, link = escape(article.title), escape(article.address(base))
    picture = f'<img src="{article.picture_path}" alt="" loading="lazy">' if profile.pictures else ""
    thumb = f'<a class="thumb" href="{link}" title="{title}">{picture}<span>{title}</span></a>'
    return f'<li>{thumb} <a href="{link}">{title}</a></li>'


def _json_ld(article: Article, profile: Profile, base: str) -> str:
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        "datePublished": article.published.isoformat(timespec="seconds"),
        "inLanguage": profile.language,
        "mainEntityOfPage": article.address(base),
        "publisher": {"@type": "Organization", "name": profile.name},
    }
    picture = picture_address(article, profile, base)
    shown = {"image": {"@type": "ImageObject", "url": picture, "width": WIDTH, "height": HEIGHT}} if picture else {}
    # "<" would let a title close the script element, and a script knows no character references.
    return json.dumps(data | shown, ensure_ascii=profile.charset != "utf-8").replace("<", "\\u003c")


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M")


@cache
def _page(name: str) -> Template:
    return Template(files(__package__).joinpath(name).read_text(encoding="utf-8"))
