"""An outlet's Telegram channel as Telegram shows it on the web (t.me/s/name): what the outlet published, as posts."""

from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from sandbox.newsroom.article import Article
from sandbox.newsroom.feeds import picture_address
from sandbox.newsroom.outlet import Outlet

_READ_ON = {"uk": "Читати на сайті", "en": "Read on our site"}
_CREATED = """<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message service_message js-widget_message" data-post="{0}/1">
<div class="tgme_widget_message_text js-message_text" dir="auto">Channel created</div></div></div>
"""


def channel_page(outlet: Outlet, base: str) -> str:
    """The newest posts of the outlet's channel, oldest first; `base` is where Telegram's links lead."""
    posts = (_post(article, outlet, base) for article in reversed(outlet.newest))
    return _template("channel.html").substitute(
        name=escape(outlet.profile.name),
        tagline=escape(outlet.profile.tagline),
        slug=outlet.slug,
        base=base,
        posts=_CREATED.format(outlet.slug) + "".join(posts),
    )


def landing_page(name: str) -> str:
    """What Telegram shows of a name under which it shows no posts."""
    title = f'<div class="tgme_page_title"><span dir="auto">@{escape(name)}</span></div>'
    say = f"If you have <strong>Telegram</strong>, you can contact @{escape(name)} right away."
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:site_name" content="Telegram"></head>'
        f'<body><div class="tgme_page">{title}<div class="tgme_page_description">{say}</div></div></body></html>'
    )


def article_of_post(outlet: Outlet, number: str) -> Article | None:
    """The article that a post of the outlet's channel tells of, None for any other number."""
    return next((one for one in outlet.articles if str(_number(one)) == number), None)


def _number(article: Article) -> int:
    """The number of the article's post; the first post tells that there is a channel."""
    return int(article.id) + 1


def _post(article: Article, outlet: Outlet, base: str) -> str:
    number = _number(article)
    return _template("channel_post.html").substitute(
        slug=outlet.slug,
        number=number,
        base=base,
        name=escape(outlet.profile.name),
        photo=_photo(picture_address(article, outlet.profile, base)),
        text=_text(article, outlet, base),
        views=number * 37,
        edited="edited &nbsp;" if article.id in outlet.corrected else "",
        time=article.published.isoformat(timespec="seconds"),
        clock=article.published.strftime("%H:%M"),
    )


def _text(article: Article, outlet: Outlet, base: str) -> str:
    """Headline, lead and a link, with the line breaks and the markup that channels use."""
    link = f'<a href="{escape(article.address(base))}" target="_blank" rel="noopener">'
    parts = [f"<b>{escape(article.title)}</b>", escape(article.lead), f"{link}{_READ_ON[outlet.profile.language]}</a>"]
    return "<br/><br/>".join(filter(None, parts))


def _photo(address: str | None) -> str:
    if not address:
        return ""
    style = f"width:800px;background-image:url('{escape(address)}')"
    return f'<a class="tgme_widget_message_photo_wrap" style="{style}"></a>\n'


@cache
def _template(name: str) -> Template:
    return Template(files(__package__).joinpath(name).read_text(encoding="utf-8"))
