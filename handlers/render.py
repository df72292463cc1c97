"""How news look in a chat: pure. The look is docs/messages.md's."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from itertools import islice, repeat

from handlers.measure import LONGEST_TEXT, first_fitting, units, within, without_markup
from handlers.message import Button, Card, Message
from handlers.speech import Html, Speech
from news.address import host_of
from news.article import Article
from news.snippet import Piece
from news.text import shortened

RELATED, STORY = "rel", "story"
READ, SAVE, MORE, MUTE, LESS = "read", "save", "more", "mute", "less"
# What a button carries besides the article's number where it is one of several, so that its message is no article's.
ONE_OF_SEVERAL = "one"
LONGEST_OUTLET = 80
# Whoever reports the same is named in passing.
LONGEST_AMONG_OUTLETS, OUTLETS_NAMED = 40, 5
# A row of more buttons than these doesn't fit on a phone.
BUTTONS_IN_A_ROW = 8
# In bytes; some links are pages long, and a message has room for so much.
LONGEST_LINK = 4_000
# Pushed alone a headline has the room it wants (`news.text` cuts it), under a picture perhaps less; among others it
# takes less.
LONGEST_ALONE, LONGEST_IN_LIST = (300, 160), 160
# A card's description has three lines or so.
LONGEST_ON_CARD = 120


def push(
    article: Article,
    speech: Speech,
    *,
    now: datetime,
    summary: str | None = None,
    also: Sequence[str] = (),
    most: int = LONGEST_TEXT,
    tags: Sequence[str] = (),
) -> Message:
    """An article as it is pushed: headline as a bold link, outlet and time, summary (the article's own where none is
    given), outlets that report the same, hashtags, buttons. In at most so many units: first the summary gives way."""
    when = speech.moment(article.published_at, now=now)
    foot = speech.say("also: {outlets}", outlets=_some(also, OUTLETS_NAMED, LONGEST_AMONG_OUTLETS)) if also else ""
    foot = _paragraphs(foot, " ".join(f"#{tag}" for tag in dict.fromkeys(tags) if tag))
    room = most - units(without_markup(f"\n\n{foot}\n\n"))
    heads = (f"<b>{headline(article, limit)}</b>\n{outlet(article)} · {when}" for limit in LONGEST_ALONE)
    head = first_fitting(heads, room)
    told = within(article.summary if summary is None else summary, room - units(without_markup(head)))
    html = _paragraphs(head, escape(told, quote=False), foot)
    return Message(html, buttons=push_buttons(article, speech), preview=article.link)


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


def headline(article: Article, limit: int = LONGEST_IN_LIST, longest_link: int = LONGEST_LINK) -> Html:
    """The headline in at most `limit` characters, a link where the article has one of at most so many bytes."""
    return linked(_title(article, limit), article.link, longest_link)


def linked(text: str, address: str | None, longest_link: int = LONGEST_LINK) -> Html:
    """A text, a link where there is an address of at most so many bytes."""
    title, link = escape(text, quote=False), escape(address or "")
    is_link = link and len(link.encode("utf-8", "replace")) <= longest_link
    return Html(f'<a href="{link}">{title}</a>' if is_link else title)


def outlet(article: Article) -> Html:
    """The outlet's name, of a length for one line; the host of the article where the feed has no title."""
    return Html(escape(_outlet(article), quote=False))


def outlets(story: Sequence[Article], most: int = 3, *, longest: int = LONGEST_OUTLET) -> Html:
    """Who tells a story, each once, in the order in which they did: «iPress, Суспільне +2»."""
    return _some(dict.fromkeys(map(_outlet, story)), most, longest)


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


def push_buttons(article: Article, speech: Speech) -> tuple[tuple[Button, ...], ...]:
    """What stands under a push; `handlers.more` lists what is behind the last of them."""
    read = Button(speech.plainly("📖 Read"), f"{READ}:{article.id}")
    more = Button("⋯", f"{MORE}:{article.id}")
    return ((read, related_button(article, speech)), (save_button(article, speech), more))


def save_button(article: Article, speech: Speech) -> Button:
    """The button that keeps the article for whoever presses it."""
    return Button(speech.plainly("🔖 Save"), f"{SAVE}:{article.id}")


def related_button(article: Article, speech: Speech) -> Button:
    """The button that asks for articles about the same thing."""
    return Button(speech.plainly("🔗 Related"), f"{RELATED}:{article.id}")


def choices(articles: Sequence[Article], aim: str = RELATED, *, first: int = 1) -> tuple[tuple[Button, ...], ...]:
    """A button for each of several articles, with its number in the message: what is RELATED to it, its STORY, MUTE."""
    buttons = [
        Button(str(number), f"{aim}:{article.id}:{ONE_OF_SEVERAL}") for number, article in enumerate(articles, first)
    ]
    rows = -(-len(buttons) // BUTTONS_IN_A_ROW)
    in_each = -(-len(buttons) // max(rows, 1))
    return tuple(tuple(buttons[row * in_each : (row + 1) * in_each]) for row in range(rows))


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


def _paragraphs(*parts: str) -> Html:
    return Html("\n\n".join(filter(None, parts)))


def _some(names: Collection[str], most: int, longest: int) -> Html:
    """The first of these names, and how many more there are."""
    named = (escape(shortened(name, longest), quote=False) for name in islice(names, most))
    more = f" +{len(names) - most}" if len(names) > most else ""
    return Html(", ".join(named) + more)


def _title(article: Article, limit: int) -> str:
    return shortened(article.title or article.link or "…", limit)


def _outlet(article: Article) -> str:
    return shortened(article.outlet or host_of(article.link or "").rpartition("@")[2], LONGEST_OUTLET)
