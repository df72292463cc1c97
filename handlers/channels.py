"""Channels, managed from the private chat: /channels, and /sub, /list and /unsub with a channel's name first."""

import asyncio
from collections.abc import Awaitable, Callable
from html import escape

from handlers.about_channel import settings_button
from handlers.followed import PER_PAGE, feed_name, name_of, row
from handlers.hear import PLATFORM
from handlers.in_private import TO_CHANNELS, in_private
from handlers.managed import NAME, Managed, managed, managed_by_id, parted
from handlers.message import SILENCE, Answer, Button, Message, Question
from handlers.named import feed_named
from handlers.number import number_of
from handlers.once import found_once
from handlers.render import pager
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.trouble import why
from news.address import host_of
from news.chat import Chat
from news.errors import BadAddress, Lasting, SeveralFeeds
from news.follow import Followed, follow
from news.secret import WORDS, address_to_show, is_secret, showable
from news.text import shortened

Handler = Callable[[Question, Services], Awaitable[Answer]]

CHANNEL = "chan"
# Telegram is asked about so many channels for one /channels, and of a page's feeds so many are named for a choice.
MOST_ASKED, MOST_NAMED = 20, 10
LONGEST_LABEL = 60


def of_a_channel(command: str, text: str) -> Handler | None:
    """Who answers a command that names a channel first; None for one that doesn't, or means the channel's posts."""
    first, rest = parted(text)
    if not NAME.fullmatch(first):
        return None
    if command == "list":
        return list_
    # "/sub @name" and "/sub @name private" follow that channel, "/unsub @name" ends it.
    about_it = command in ("sub", "unsub") and rest and rest.casefold() not in WORDS
    return {"sub": sub, "unsub": unsub}[command] if about_it else None


async def channels(question: Question, services: Services) -> Answer:
    """The channels that both manage, of those that the bot knows; and how to come to another one."""
    speech = speech_for(question.chat)
    if question.chat.kind != "private":
        told = speech.say("Channels are managed in my private chat: send /channels there.")
        return in_private(told, question, services, TO_CHANNELS)
    known = await services.chats.channels(PLATFORM, person=question.heard.user_id, most=MOST_ASKED)
    both = await asyncio.gather(*(_is_both(channel, question, services) for channel in known))
    theirs = [channel for channel, is_both in zip(known, both, strict=True) if is_both]
    hint = speech.say(
        "To let news come to a channel: make me an administrator there who may post, then send\n"
        "/sub <i>@channel address</i>"
    )
    if not theirs:
        return Answer(Message(hint, pick_channel=speech.plainly("Choose a channel")))
    buttons = tuple((_open(channel),) for channel in theirs)
    head = speech.say("<b>Your channels</b>")
    return Answer(Message(Html(f"{head}\n\n{hint}"), buttons=buttons))


async def _is_both(channel: Chat, question: Question, services: Services) -> bool:
    there, administrators = channel.address.chat_id, services.administrators
    return await administrators.may_we_post(there) and await administrators.may_post(there, question.heard.user_id)


async def press(question: Question, services: Services) -> Answer:
    """A page of what a channel follows; with a feed behind it, without that feed."""
    speech = speech_for(question.chat)
    chat_id, page, feed_id = (number_of(part) for part in [*question.text.split(":"), "", ""][:3])
    found = await managed_by_id(chat_id, question, services) if chat_id and question.chat.kind == "private" else None
    if found is None:
        return Answer(toast=speech.plainly("This button no longer works."))
    if not isinstance(found, Managed):
        return Answer(Message(found), edit=True)
    if feed_id:
        await services.chats.unfollow(found.chat.id, feed_id)
    return Answer(await _page(found, page or 0, services), edit=True)


async def picked(question: Question, services: Services) -> Answer:
    """What the channel follows that was chosen by the button for it."""
    return await list_(question, services) if question.chat.kind == "private" else SILENCE


async def list_(question: Question, services: Services) -> Answer:
    """What a channel follows."""
    found = await managed(parted(question.text)[0], question, services)
    return Answer(await _page(found, 0, services) if isinstance(found, Managed) else Message(found))


async def unsub(question: Question, services: Services) -> Answer:
    """End a channel's subscription, by its number or by an address."""
    name, typed = parted(question.text)
    found = await managed(name, question, services)
    if not isinstance(found, Managed):
        return Answer(Message(found))
    speech = speech_for(question.chat)
    followed = await services.chats.subscriptions(found.chat.id)

    async def find() -> int | None:
        named = await feed_named(typed, followed, services.desk)
        return named.id if named else None

    feed_id = await found_once(question, services, find)
    feed = next((one.feed for one in followed if one.feed.id == feed_id), None)
    if feed is None or not await services.chats.unfollow(found.chat.id, feed.id):
        text = shortened(showable(" ".join(typed.split())), 60)
        return Answer(
            Message(
                speech.say("The channel does not follow “{text}”. Its list: /list {channel}", text=text, channel=name)
            )
        )
    ended = feed_name(feed)
    told = speech.say("<b>{title}</b> no longer follows <b>{name}</b>.", title=found.chat.title, name=ended)
    return Answer(Message(told))


async def sub(question: Question, services: Services) -> Answer:
    """Let a channel follow a source."""
    name, typed = parted(question.text)
    found = await managed(name, question, services)
    if not isinstance(found, Managed):
        return Answer(Message(found))
    speech = speech_for(question.chat)
    if is_secret(typed):
        told = speech.say("An address with a password can be followed in private alone: a channel's news is for all.")
        return Answer(Message(told))
    return Answer(await _follow(found, typed, speech, services))


async def _follow(found: Managed, typed: str, speech: Speech, services: Services) -> Message:
    try:
        followed = await follow(services.desk, services.chats, services.doorman, found.chat, typed)
    except SeveralFeeds as several:
        return Message(_choice(several, found, speech))
    except BadAddress:
        text = shortened(" ".join(typed.split()), 60)
        return Message(speech.say("“{text}” is not the address of a site, nor the name of a channel.", text=text))
    except Lasting as error:
        return Message(why(error.problem, address_to_show(typed), speech))
    services.wake_schedule()
    services.wake_courier()
    return Message(_told(followed, found, speech, services), buttons=((_open(found.chat),),))


def _choice(several: SeveralFeeds, found: Managed, speech: Speech) -> Html:
    addresses = (f"<code>/sub {found.handle} {escape(one.url, quote=False)}</code>" for one in several.feeds)
    asked = speech.say("<b>{host}</b> has several feeds. Send one of these:", host=host_of(several.feeds[0].url))
    shorter = [line for line in addresses if len(line) < 300][:MOST_NAMED]
    return Html("\n\n".join([asked, *shorter]))


def _told(followed: Followed, found: Managed, speech: Speech, services: Services) -> Html:
    feed = followed.feed
    name, title = feed_name(feed), found.chat.title
    if feed.problem:
        when = speech.moment(feed.next_check_at, now=services.now())
        promise = speech.say("<b>{title}</b> follows it; it will be tried again at {when}.", title=title, when=when)
        return Html(f"{why(feed.problem, feed.url, speech)} {promise}")
    if followed.already:
        return speech.say("<b>{title}</b> already follows <b>{name}</b>.", title=title, name=name)
    return speech.say(
        "<b>{title}</b> now follows <b>{name}</b>. New articles will be posted there.", title=title, name=name
    )


async def _page(found: Managed, page: int, services: Services) -> Message:
    """What it follows, with a button to end each."""
    speech, title = speech_for(found.chat), found.chat.title
    followed = await services.chats.subscriptions(found.chat.id)
    hint = speech.say("To add one: /sub {channel} <i>address</i>", channel=found.handle)
    if not followed:
        nothing = speech.say("<b>{title}</b> follows nothing yet.", title=title)
        return Message(Html(f"{nothing} {hint}"))
    pages = -(-len(followed) // PER_PAGE)
    page = min(page, pages - 1)
    here = list(enumerate(followed, 1))[page * PER_PAGE : (page + 1) * PER_PAGE]
    head = speech.count(
        "<b>{title}</b> · {number} source", "<b>{title}</b> · {number} sources", len(followed), title=title
    )
    rows = "\n".join(row(number, subscription, speech) for number, subscription in here)
    endings = tuple(
        (
            Button(f"✕ {shortened(name_of(one), LONGEST_LABEL)}", f"{CHANNEL}:{found.chat.id}:{page}:{one.feed.id}"),
            settings_button(found.chat, "⚙️", one.feed.id),
        )
        for _, one in here
    )
    leaves = pager(f"{CHANNEL}:{found.chat.id}", page, pages)
    opener = settings_button(found.chat, speech.plainly("⚙️ Settings"))
    return Message(Html(f"{head}\n\n{rows}\n\n{hint}"), buttons=(*endings, *leaves, (opener,)))


def greeting(channel: Chat, private: Chat) -> Message:
    """What whoever let the bot into a channel is told in private."""
    told = speech_for(private).say(
        "I am in the channel <b>{title}</b> now. To let news come there, send here\n"
        "/sub <i>@channel address</i>\n\n"
        "/channels – your channels, and what they follow",
        title=channel.title or "…",
    )
    return Message(told, buttons=((_open(channel),),))


def _open(channel: Chat) -> Button:
    return Button(shortened(channel.title or str(channel.address.chat_id), LONGEST_LABEL), f"{CHANNEL}:{channel.id}:0")
