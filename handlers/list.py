"""/list: what a chat follows, and how it is doing."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from handlers.forum import forum_list
from handlers.message import Answer, Message, Question
from handlers.number import number_of
from handlers.render import headline, pager
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.trouble import why
from news.address import shown
from news.chat import Subscription
from news.errors import Problem
from news.feed import Feed
from news.text import shortened

LIST = "list"
# So many rows of the longest titles, addresses and troubles fit into one message.
PER_PAGE = 6


async def list_(question: Question, services: Services) -> Answer:
    """The first page of the list."""
    return Answer(await _page(question, services, 0))


async def leaf(question: Question, services: Services) -> Answer:
    """Another page, in place of the one whose button was pressed."""
    return Answer(await _page(question, services, number_of(question.text) or 0), edit=True)


async def _page(question: Question, services: Services, number: int) -> Message:
    if topic_by_topic := await forum_list(question, services, number, LIST):
        return topic_by_topic
    speech = speech_for(question.chat)
    followed = await services.chats.subscriptions(question.chat.id)
    if not followed:
        return Message(speech.say("You follow nothing yet. Send /sub and the address of a site."))
    pages = -(-len(followed) // PER_PAGE)
    number = min(number, pages - 1)
    head = speech.count("<b>{number} source</b>", "<b>{number} sources</b>", len(followed))
    rows = _rows(followed, number, speech, services)
    hint = speech.say("To stop following one, send /unsub and its number.")
    return Message(f"{head}\n\n{rows}\n\n{hint}", buttons=pager(LIST, number, pages))


def _rows(followed: Sequence[Subscription], page: int, speech: Speech, services: Services) -> str:
    first = page * PER_PAGE
    shown_here = followed[first : first + PER_PAGE]
    return "\n".join(
        f"{number}. {_row(subscription, speech, services)}" for number, subscription in enumerate(shown_here, first + 1)
    )


def _row(subscription: Subscription, speech: Speech, services: Services) -> Html:
    """Title, address, the newest article, when it was read and will be, and what is wrong."""
    feed, newest, now = subscription.feed, subscription.newest, services.now()
    address = shown(feed.url)
    title = escape(shortened(feed.title or address, 100), quote=False)
    seen_by_all = escape(shortened(address, 120), quote=False)
    lines = [f"<b>{title}</b>", f"   {_privately(seen_by_all, speech) if feed.private else seen_by_all}"]
    if newest:
        age = speech.ago(newest.published_at, now=now)
        lines.append(f"   {headline(newest, 100)}, {age}")
    lines.append(f"   {_trouble(feed, feed.problem, speech, now) if feed.problem else _health(feed, speech, now)}")
    return Html("\n".join(lines))


def _privately(address: str, speech: Speech) -> Html:
    return speech.say("{address} · private", address=Html(address))


def _health(feed: Feed, speech: Speech, now: datetime) -> Html:
    if feed.succeeded_at is None:
        return speech.say("Not read yet.")
    ago = speech.ago(feed.succeeded_at, now=now)
    # After a rest of the whole service the checks that fell into it are made up for one after the other.
    if feed.next_check_at <= now:
        return speech.say("Read {ago}; next time soon.", ago=ago)
    return speech.say("Read {ago}; next time at {when}.", ago=ago, when=speech.moment(feed.next_check_at, now=now))


def _trouble(feed: Feed, problem: Problem, speech: Speech, now: datetime) -> Html:
    """What went wrong, when it last went well, and when it is tried again."""
    reason = why(problem, feed.url, speech, private=feed.private)
    return Html(f"⚠️ {reason} {_last_read(feed, speech, now)} {_next_try(feed, speech, now)}")


def _last_read(feed: Feed, speech: Speech, now: datetime) -> Html:
    if feed.succeeded_at is None:
        return speech.say("Not read yet.")
    return speech.say("Last read {ago}.", ago=speech.ago(feed.succeeded_at, now=now))


def _next_try(feed: Feed, speech: Speech, now: datetime) -> Html:
    if feed.stopped:
        return speech.say("It is not tried again, unless you send its address anew.")
    if feed.next_check_at <= now:
        return speech.say("Next try soon.")
    return speech.say("Next try at {when}.", when=speech.moment(feed.next_check_at, now=now))
