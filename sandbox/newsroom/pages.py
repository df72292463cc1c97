"""Home and article pages, with the clutter that real news sites put around an article."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from sandbox.newsroom.article import Article
from sandbox.newsroom.feeds import CONTENT_TYPES
from sandbox.newsroom.outlet import Outlet
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
    """The front page: the latest headlines, and the feed named in its head."""
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
    return _page("article.html").substitute(
        _frame(outlet.profile, base),
        title=escape(article.title),
        lead=escape(article.lead),
        url=escape(article.address(base)),
        time=article.published.isoformat(timespec="seconds"),
        clock=_clock(article.published),
        paragraphs="\n".join(f"<p>{escape(text)}</p>" for text in (article.lead, *article.body) if text),
        related=_read_also(others, base),
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
        "feed_url": base + profile.feed_path,
        "feed_type": CONTENT_TYPES[profile.feed],
        "menu": "".join(f'<li><a href="{profile.home_path}">{escape(word)}</a></li>' for word in profile.menu),
    }


def _headline(article: Article, base: str) -> str:
    title, link = escape(article.title), escape(article.address(base))
    return f'<li><time>{_clock(article.published)}</time> <a href="{link}">{title}</a></li>\n'


def _read_also(articles: Iterable[Article], base: str) -> str:
    """Each title twice, as a picture's caption and as a link: sites do that."""
    return "\n".join(_teaser(escape(one.title), escape(one.address(base))) for one in articles)


def _teaser(title: str, link: str) -> str:
    picture = f'<a class="thumb" href="{link}" title="{title}"><span>{title}</span></a>'
    return f'<li>{picture} <a href="{link}">{title}</a></li>'


def _json_ld(article: Article, profile: Profile, base: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        "datePublished": article.published.isoformat(timespec="seconds"),
        "inLanguage": profile.language,
        "mainEntityOfPage": article.address(base),
        "publisher": {"@type": "Organization", "name": profile.name},
    }
    # "<" would let a title close the script element.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M")


@cache
def _page(name: str) -> Template:
    return Template(files(__package__).joinpath(name).read_text(encoding="utf-8"))
