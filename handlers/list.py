"""/list: what a chat follows, and how it is doing."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from handlers.followed import nothing_followed
from handlers.forum import forum_list
from handlers.measure import first_fitting
from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.render import headline, pager
from handlers.services import Services
from handlers.settings_page import SETTINGS
from handlers.speech import Html, Speech, speech_for
from handlers.trouble import why
from news.address import shown
from news.chat import Subscription
from news.errors import Problem
from news.feed import Feed
from news.state import State, state_of
from news.text import shortened

LIST = "list"
PER_PAGE = 6
# Names, addresses and headlines in a row, in characters; of signs that count twice few have room.
LONGEST = (120, 80, 40)


async def list_(question: Question, services: Services) -> Answer:
    """The first page of the list."""
    return Answer(await _page(question, services, 0))


async def leaf(question: Question, services: Services) -> Answer:
    """Another page, in place of the one whose button was pressed."""
    return Answer(await _page(question, services, number_of(question.text) or 0), edit=True)


async def _page(question: Question, services: Services, number: int) -> Message:
    if topic_by_topic := await forum_list(question, services, number, LIST):
        return topic_by_topic
    followed = await services.chats.subscriptions(question.chat.id)
    return listed(followed, number, speech_for(question.chat), now=services.now())


def listed(followed: Sequence[Subscription], number: int, speech: Speech, *, now: datetime) -> Message:
    """A page of what is followed, the last one for a number beyond; names are cut to one length where they have no
    room."""
    if not followed:
        return nothing_followed(speech)
    pages = -(-len(followed) // PER_PAGE)
    number = min(number, pages - 1)
    head = speech.count("<b>{number} source</b>", "<b>{number} sources</b>", len(followed))
    hint = speech.say("A number opens the source's settings. To stop following one, send /unsub and its number.")
    buttons = (_openers(followed, number), *pager(LIST, number, pages))
    html = (f"{head}\n\n{_rows(followed, number, speech, now, longest)}\n\n{hint}" for longest in LONGEST)
    return Message(first_fitting(html), buttons=buttons)


def _openers(followed: Sequence[Subscription], page: int) -> tuple[Button, ...]:
    """A button for each row of a page, with its number."""
    first = page * PER_PAGE
    shown_here = enumerate(followed[first : first + PER_PAGE], first + 1)
    return tuple(Button(str(number), f"{SETTINGS}:{one.feed.id}") for number, one in shown_here)


def _rows(followed: Sequence[Subscription], page: int, speech: Speech, now: datetime, longest: int) -> str:
    first = page * PER_PAGE
    shown_here = followed[first : first + PER_PAGE]
    return "\n".join(
        f"{number}. {_row(subscription, speech, now, longest)}"
        for number, subscription in enumerate(shown_here, first + 1)
    )


def _row(subscription: Subscription, speech: Speech, now: datetime, longest: int) -> Html:
    """Title, address, the newest article, when it was read and will be, and what is wrong."""
    feed, newest = subscription.feed, subscription.newest
    address = shown(feed.url)
    title = escape(shortened(subscription.title or address, longest), quote=False)
    seen_by_all = escape(shortened(address, longest), quote=False)
    lines = [f"<b>{title}</b>", f"   {_privately(seen_by_all, speech) if feed.private else seen_by_all}"]
    if newest:
        age = speech.ago(newest.published_at, now=now)
        lines.append(f"   {headline(newest, longest)}, {age}")
    lines.append(f"   {_state(feed, newest.published_at if newest else None, speech, now)}")
    return Html("\n".join(lines))


def _state(feed: Feed, newest: datetime | None, speech: Speech, now: datetime) -> Html:
    """How it is doing, in words."""
    if feed.problem:
        return _trouble(feed, feed.problem, speech, now)
    health = _health(feed, speech, now)
    match state_of(feed, newest, now=now):
        case State.FRESH:
            return speech.say("Fresh. {health}", health=health)
        case State.QUIET if newest:
            return speech.say("Quiet since {when}. {health}", when=speech.moment(newest, now=now), health=health)
    return health


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
    """What went wrong and since when, when it last went well, and when it is tried again."""
    reason = why(problem, feed.url, speech, private=feed.private)
    failing = speech.say("Failing since {when}.", when=speech.moment(feed.failing_since or now, now=now))
    return Html(f"⚠️ {reason} {failing} {_last_read(feed, speech, now)} {_next_try(feed, speech, now)}")


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
