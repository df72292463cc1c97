"""/sub: follow a site, a feed or a channel; where a page names several feeds, the one whose button is pressed."""

from handlers.followed import feed_name
from handlers.in_private import in_private
from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.render import headline
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.trouble import why
from news.address import host_of, shown
from news.discover import NamedFeed
from news.errors import BadAddress, BadChannel, Lasting, SeveralFeeds
from news.follow import Followed, follow
from news.secret import address_to_show, is_secret, showable
from news.text import shortened

CHOICE = "pick"
LONGEST_LABEL = 60


async def sub(question: Question, services: Services) -> Answer:
    """Check the feed at once, follow it, and show what it wrote last; or ask which one."""
    typed, speech = question.text.strip(), speech_for(question.chat)
    if not typed:
        return Answer(Message(speech.say("Which source? Send /sub and its address: /sub example.com")))
    if question.chat.kind != "private" and is_secret(typed):
        told = speech.say("Send such an address to me in private: here everybody can read it.")
        return in_private(told, question, services)
    return Answer(await follow_at(typed, question, services))


async def choose(question: Question, services: Services) -> Answer:
    """Follow the feed whose button was pressed. The choice stays: somebody may want another one too."""
    address = await _chosen(question, services)
    if address is None:
        toast = speech_for(question.chat).plainly("This choice is too old. Send the address again.")
        return Answer(toast=toast)
    return Answer(await follow_at(address, question, services))


async def follow_at(typed: str, question: Question, services: Services) -> Message:
    """Follow what is at an address, and say so, or why not; or ask which of its feeds."""
    speech = speech_for(question.chat)
    try:
        followed = await follow(services.desk, services.chats, services.doorman, question.chat, typed)
    except SeveralFeeds as several:
        return await which_feed(several.feeds, question, services)
    except (BadAddress, Lasting) as error:
        return Message(why_not(error, typed, speech))
    services.wake_schedule()
    services.wake_courier()
    return Message(_told(followed, speech, services))


def why_not(error: BadAddress | Lasting, typed: str, speech: Speech) -> Html:
    """Why what a person typed can't be followed, and what to do."""
    if isinstance(error, BadAddress):
        return _not_an_address(typed, error, speech)
    return why(error.problem, address_to_show(typed), speech, private=is_secret(typed))


def _not_an_address(typed: str, error: BadAddress, speech: Speech) -> Html:
    text = shortened(showable(" ".join(typed.split())), 60)
    if isinstance(error, BadChannel):
        return speech.say(
            "“{text}” is not a public Telegram channel. Send its name or its link: @name or t.me/name.", text=text
        )
    return speech.say(
        "“{text}” is not the address of a site. Send one that begins with https://, or a name such as example.com.",
        text=text,
    )


def _welcome(name: str, private: bool, speech: Speech) -> Html:
    if private:
        return speech.say(
            "You now follow <b>{name}</b>; others neither see nor find it. Its address is kept apart: your message "
            "with it may be deleted.",
            name=name,
        )
    return speech.say("You now follow <b>{name}</b>. New articles will come here.", name=name)


async def which_feed(feeds: tuple[NamedFeed, ...], question: Question, services: Services) -> Message:
    """The choice: a button a feed, and a note of their addresses, too long for buttons."""
    speech = speech_for(question.chat)
    addresses = "\n".join(feed.url for feed in feeds)
    note = await services.articles.remember(question.chat.id, addresses, now=services.now())
    buttons = tuple((Button(label, f"{CHOICE}:{note}:{place}"),) for place, label in enumerate(_labels(feeds)))
    asked = speech.say("<b>{host}</b> has several feeds. Which one?", host=host_of(feeds[0].url))
    return Message(asked, buttons=buttons)


def _labels(feeds: tuple[NamedFeed, ...]) -> list[str]:
    """Their titles; the addresses where titles don't tell them apart."""
    titles = [feed.title for feed in feeds]
    told_apart = all(titles) and len(set(titles)) == len(titles)
    return [shortened(feed.title if told_apart else shown(feed.url), LONGEST_LABEL) for feed in feeds]


async def _chosen(question: Question, services: Services) -> str | None:
    """The address that a pressed button stands for, None for one that is kept no longer."""
    note, place = (number_of(part) for part in question.text.partition(":")[::2])
    text = await services.articles.recall(question.chat.id, note) if note else None
    addresses = text.splitlines() if text else []
    return addresses[place] if place is not None and 0 <= place < len(addresses) else None


def _told(followed: Followed, speech: Speech, services: Services) -> Html:
    feed = followed.feed
    name = feed_name(feed)
    if feed.problem:
        when = speech.moment(feed.next_check_at, now=services.now())
        trouble = why(feed.problem, feed.url, speech, private=feed.private)
        promise = speech.say("You follow it; it will be tried again at {when}.", when=when)
        return Html(f"{trouble} {promise}")
    if followed.already:
        return speech.say("You already follow <b>{name}</b>.", name=name)
    told = _welcome(name, feed.private, speech)
    titles = "\n".join(f"• {headline(article)}" for article in followed.latest)
    last = speech.say("Latest:")
    return Html(f"{told}\n\n{last}\n{titles}" if titles else told)
