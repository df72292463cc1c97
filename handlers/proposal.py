"""How a feed is proposed to be followed: pure. The look is docs/messages.md's."""

from collections.abc import Iterator
from html import escape

from handlers.followed import feed_name
from handlers.message import Button, Message
from handlers.render import linked
from handlers.settings_page import SETTINGS
from handlers.speech import Html, Speech
from handlers.trouble import why
from news.address import shown
from news.feed import Feed
from news.preview import Preview
from news.text import shortened

FOLLOW, NOT_NOW = "follow", "no"
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_HEADLINE = 200, 120, 160


def proposal(seen: Preview, note: int, speech: Speech) -> Message:
    """A feed with its newest headlines, and the question whether to follow it; `note` holds its address.

    The newest article makes the preview, and with it the picture.
    """
    follow = Button(speech.plainly("➕ Follow"), f"{FOLLOW}:{note}")
    not_now = Button(speech.plainly("Not now"), f"{FOLLOW}:{NOT_NOW}")
    html = Html("\n\n".join(filter(None, _paragraphs(seen, speech))))
    return Message(html, buttons=((follow, not_now),), preview=seen.latest[0].link if seen.latest else None)


def followed_already(feed: Feed, speech: Speech) -> Message:
    """That there is nothing to propose, and where the settings are."""
    told = speech.say("You already follow <b>{name}</b>.", name=feed_name(feed))
    return Message(told, buttons=((settings_button(feed, speech),),))


def settings_button(feed: Feed, speech: Speech) -> Button:
    """The button that opens the settings of the chat's subscription to a feed."""
    return Button(speech.plainly("⚙️ Settings"), f"{SETTINGS}:{feed.id}")


def _paragraphs(seen: Preview, speech: Speech) -> Iterator[Html]:
    if seen.latest or not seen.problem:
        yield _head(seen, speech)
        yield _latest(seen)
    if seen.problem:
        yield why(seen.problem, seen.address, speech)
        yield speech.say("Follow it all the same? It will be tried again.")
    else:
        yield speech.say("Follow it?")


def _head(seen: Preview, speech: Speech) -> Html:
    address = shortened(shown(seen.address), LONGEST_ADDRESS)
    name, where = escape(shortened(seen.title or address, LONGEST_NAME), quote=False), escape(address, quote=False)
    often = f"\n{_frequency(seen.a_day, speech)}" if seen.a_day else ""
    return Html(f"<b>{name}</b>\n{where}{often}")


def _latest(seen: Preview) -> Html:
    return Html("\n".join(f"• {linked(shortened(one.title, LONGEST_HEADLINE), one.link)}" for one in seen.latest))


def _frequency(a_day: float, speech: Speech) -> Html:
    """How often it writes, in the shortest span in which it usually does."""
    if (number := round(a_day)) >= 1:
        return speech.count("about {number} article a day", "about {number} articles a day", number)
    if (number := round(a_day * 7)) >= 1:
        return speech.count("about {number} article a week", "about {number} articles a week", number)
    number = max(round(a_day * 30), 1)
    return speech.count("about {number} article a month", "about {number} articles a month", number)
