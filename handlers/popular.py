"""Popular here: what most chats of this bot follow, and what its operator proposes, to be looked at first."""

from dataclasses import replace
from hashlib import blake2s

from handlers.followed import feed_name
from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.picker import picked, picker
from handlers.preview import propose, propose_feed
from handlers.services import Services
from handlers.speech import Speech, speech_for
from news.favourites import MOST as COUNTED
from news.opml import Outline, Section

POPULAR, CATALOGUE, SECTION = "pop", "cat", "sec"
MOST = 40


async def popular(question: Question, services: Services) -> Answer:
    """What most other chats follow; a source whose button is pressed is shown in a message of its own."""
    pick, speech = picked(question.text), speech_for(question.chat)
    if pick.thing:
        return await _proposed(number_of(pick.thing), question, services)
    own = {one.feed.id for one in await services.chats.subscriptions(question.chat.id)}
    found = await services.favourites.beside(own, now=services.now(), limit=MOST)
    edit = bool(question.text)
    if not found:
        return Answer(_sections(services.catalogue, speech), edit=edit)
    asked = speech.say("🔥 <b>What most follow here</b>\nPress a source to look at it.")
    things = [(f"{feed_name(one.feed)} · {one.chats}", str(one.feed.id)) for one in found]
    message = picker(asked, POPULAR, things, pick.page)
    more = Button(speech.plainly("📚 Catalogue"), f"{CATALOGUE}:page:0")
    return Answer(_with(message, more) if services.catalogue else message, edit=edit)


async def _proposed(feed_id: int | None, question: Question, services: Services) -> Answer:
    """A source of those that most follow: what others follow by themselves nobody finds out by its number."""
    among = await services.favourites.beside((), now=services.now(), limit=COUNTED)
    feed = next((one.feed for one in among if one.feed.id == feed_id), None)
    if feed is None:
        return Answer(toast=speech_for(question.chat).plainly("This source is no longer kept."))
    return Answer(await propose_feed(feed, question, services))


async def catalogue(question: Question, services: Services) -> Answer:
    """The operator's sections, or what is in the one whose button was pressed."""
    pick, speech = picked(question.text), speech_for(question.chat)
    if pick.thing:
        return _entries(f"{pick.thing}:page:0", speech, services)
    return Answer(_sections(services.catalogue, speech, pick.page), edit=True)


async def section(question: Question, services: Services) -> Answer:
    """A page of a section; a source whose button is pressed is shown in a message of its own."""
    place, _, rest = question.text.partition(":")
    thing, found = picked(rest).thing, _section(place, services)
    if not thing:
        return _entries(question.text, speech_for(question.chat), services)
    entry = next((one for one in found.outlines if _mark(one) == thing), None) if found else None
    if entry is None:
        return _changed(speech_for(question.chat))
    return await propose(entry.address, question, services)


def _sections(sections: tuple[Section, ...], speech: Speech, page: int = 0) -> Message:
    if not sections:
        return Message(speech.say("There is nothing to propose yet. Send the address of a site to follow it."))
    asked = speech.say("📚 <b>Catalogue</b>\nWhat are you interested in?")
    things = [(f"{_title(one, speech)} · {len(one.outlines)}", str(place)) for place, one in enumerate(sections)]
    return picker(asked, CATALOGUE, things, page)


def _entries(text: str, speech: Speech, services: Services) -> Answer:
    place, _, rest = text.partition(":")
    found = _section(place, services)
    if found is None:
        return _changed(speech)
    asked = speech.say("📚 <b>{title}</b>\nPress a source to look at it.", title=_title(found, speech))
    things = [(one.title or one.address, _mark(one)) for one in found.outlines]
    back = Button(speech.plainly("📚 Catalogue"), f"{CATALOGUE}:page:0")
    return Answer(_with(picker(asked, f"{SECTION}:{place}", things, picked(rest).page), back), edit=True)


def _section(place: str, services: Services) -> Section | None:
    number = number_of(place)
    return services.catalogue[number] if number is not None and number < len(services.catalogue) else None


def _title(one: Section, speech: Speech) -> str:
    return one.title or speech.plainly("Others")


def _mark(outline: Outline) -> str:
    """What a button carries of an entry: its place may be another's after the file has changed."""
    return blake2s(outline.address.encode(), digest_size=8).hexdigest()


def _changed(speech: Speech) -> Answer:
    return Answer(toast=speech.plainly("The catalogue has changed. Open it anew with /start."))


def _with(message: Message, button: Button) -> Message:
    return replace(message, buttons=(*message.buttons, (button,)))
