"""What a chat follows, in a word or two lines, and what is said where it doesn't."""

from html import escape

from handlers.message import Message
from handlers.speech import Html, Speech
from handlers.trouble import why
from news.address import shown
from news.chat import Subscription
from news.feed import Feed
from news.secret import showable
from news.text import shortened

# So many rows with their headings fit into one message, whatever is in them.
PER_PAGE = 6
LONGEST_TITLE, LONGEST_NAME, LONGEST_ADDRESS = 100, 200, 120


def name_of(subscription: Subscription) -> str:
    """What its feed is called here, else its address; at most a line long."""
    return shortened(subscription.title or shown(subscription.feed.url), LONGEST_TITLE)


def feed_name(feed: Feed) -> str:
    """What a feed calls itself, else its address; at most some lines long."""
    return shortened(feed.title or shown(feed.url), LONGEST_NAME)


def not_followed(named: str, speech: Speech) -> Message:
    """That the chat follows nothing by this name, as somebody typed it."""
    text = shortened(showable(" ".join(named.split())), 60)
    return Message(speech.say("You do not follow “{text}”. See /list for the numbers.", text=text))


def nothing_followed(speech: Speech) -> Message:
    """That the chat follows nothing at all."""
    return Message(speech.say("You follow nothing yet. Send /sub and the address of a site."))


def row(number: int, subscription: Subscription, speech: Speech) -> Html:
    """Its number, title and address, and what is wrong, if anything is."""
    feed = subscription.feed
    lines = [
        f"{number}. <b>{escape(name_of(subscription), quote=False)}</b>",
        f"   {escape(shortened(shown(feed.url), LONGEST_ADDRESS), quote=False)}",
    ]
    if feed.problem:
        lines.append(f"   ⚠️ {why(feed.problem, feed.url, speech, private=feed.private)}")
    return Html("\n".join(lines))
