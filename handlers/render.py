"""How news look in a chat: pure. The look is docs/messages.md's."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from itertools import repeat

from handlers.message import Button, Card, Message
from handlers.speech import Html, Speech
from news.address import host_of
from news.article import Article
from news.snippet import Piece
from news.text import shortened

RELATED = "rel"
LONGEST_OUTLET = 80
# Pushed alone a headline has the room it wants (`news.text` cuts it); among others it takes less.
LONGEST_ALONE, LONGEST_IN_LIST = 300, 160
# A card's description has three lines or so.
LONGEST_ON_CARD = 120


def push(article: Article, speech: Speech, *, now: datetime, summary: str | None = None) -> Message:
    """An article as it is pushed: headline as a bold link, outlet and time, summary (the article's own where none is
    given), buttons."""
    told = article.summary if summary is None else summary
    head = (
        f"<b>{headline(article, LONGEST_ALONE)}</b>\n{outlet(article)} · {speech.moment(article.published_at, now=now)}"
    )
    html = f"{head}\n\n{escape(told, quote=False)}" if told else head
    return Message(html, buttons=((related_button(article, speech),),), preview=article.link)


def card(article: Article, speech: Speech, *, now: datetime) -> Card:
    """An article among inline results. It becomes the push without buttons: in another chat none of ours works."""
    age = speech.ago(article.published_at, now=now)
    lines = [f"{_outlet(article)} · {age}", shortened(article.summary, LONGEST_ON_CARD)]
    return Card(
        id=str(article.id),
        title=_title(article, LONGEST_IN_LIST),
        description="\n".join(filter(None, lines)),
        link=article.link,
        picture=article.image,
        message=replace(push(article, speech, now=now), buttons=()),
    )


def headline(article: Article, limit: int = LONGEST_IN_LIST) -> Html:
    """The headline in at most `limit` characters, a link where the article has one."""
    title = escape(_title(article, limit), quote=False)
    return Html(f'<a href="{escape(article.link)}">{title}</a>' if article.link else title)


def outlet(article: Article) -> Html:
    """The outlet's name, of a length for one line; the host of the article where the feed has no title."""
    return Html(escape(_outlet(article), quote=False))


def outlets(story: Sequence[Article], most: int = 3) -> Html:
    """Who tells a story, each once, in the order in which they did: «iPress, Суспільне +2»."""
    names = list(dict.fromkeys(map(outlet, story)))
    more = f" +{len(names) - most}" if len(names) > most else ""
    return Html(", ".join(names[:most]) + more)


def row(article: Article, told_by: Html, speech: Speech, *, now: datetime) -> Html:
    """An article in a list: headline, who tells of it, and age."""
    return Html(f"{headline(article)}\n   {told_by}, {speech.ago(article.published_at, now=now)}")


def articles(
    found: Sequence[Article], speech: Speech, *, now: datetime, first: int = 1, notes: Sequence[str] = ()
) -> Html:
    """A numbered list of articles; with a note (markup) to each, where there are any."""
    rows = (row(article, outlet(article), speech, now=now) for article in found)
    told = (f"{one}\n   <i>{note}</i>" if note else one for one, note in zip(rows, notes or repeat(""), strict=False))
    return numbered(told, first=first)


def numbered(rows: Iterable[str], *, first: int = 1) -> Html:
    """Rows of markup as a list."""
    return Html("\n".join(f"{number}. {one}" for number, one in enumerate(rows, first)))


def results(
    found: Sequence[Article],
    others: Sequence[int],
    told: Sequence[Sequence[Piece]],
    speech: Speech,
    *,
    now: datetime,
    first: int = 1,
) -> Html:
    """A numbered list of what a search found: headline, outlet, how many more report it, age, and the sentence."""
    rows = zip(found, others, told, strict=True)
    return numbered((_result(*one, speech, now) for one in rows), first=first)


def _result(article: Article, others: int, told: Sequence[Piece], speech: Speech, now: datetime) -> str:
    name = outlet(article)
    if others:
        name = speech.count("{outlet} and {number} more", "{outlet} and {number} more", others, outlet=name)
    where = row(article, name, speech, now=now)
    return f"{where} – {_quoted(told, speech)}" if told else where


def _quoted(told: Sequence[Piece], speech: Speech) -> Html:
    parts = ((escape(piece.text, quote=False), piece.found) for piece in told)
    marked = "".join(f"<b>{text}</b>" if found else text for text, found in parts)
    return speech.say("“{words}”", words=Html(marked))


def related_button(article: Article, speech: Speech) -> Button:
    """The button that asks for articles about the same thing."""
    return Button(speech.plainly("🔗 Related"), f"{RELATED}:{article.id}")


def pager(name: str, page: int, pages: int, *, behind: str = "") -> tuple[tuple[Button, ...], ...]:
    """Buttons to leaf through pages (counted from 0); none where there is only one.

    Each carries the name, the page's number and what stands `behind`.
    """
    if pages < 2:
        return ()
    back = Button("◀", f"{name}:{page - 1}{behind}") if page else None
    on = Button("▶", f"{name}:{page + 1}{behind}") if page + 1 < pages else None
    here = Button(f"{page + 1}/{pages}", f"{name}:{page}{behind}")
    return (tuple(button for button in (back, here, on) if button),)


def _title(article: Article, limit: int) -> str:
    return shortened(article.title or article.link or "…", limit)


def _outlet(article: Article) -> str:
    return shortened(article.outlet or host_of(article.link or "").rpartition("@")[2], LONGEST_OUTLET)
