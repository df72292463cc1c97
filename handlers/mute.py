"""/mute, in reply to a push or from its ⋯: a story comes no more, for a day, a week or for good. Alone it lists what is
muted, and ends it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.pressed import article_pressed, gone
from handlers.related import about
from handlers.render import MORE, MUTE, ONE_OF_SEVERAL, headline, numbered, outlet, pager, push_buttons
from handlers.services import Services
from handlers.speech import Html, Speech, sentence, speech_for
from handlers.which import which
from news.article import Article
from news.hours import FOREVER
from news.mute import Mute
from news.text import shortened

MUTES = "mutes"
PER_PAGE = 8
_OFF = "off"
# What a button carries besides where it stands under a question of its own, and not under a push.
_ASKED = "asked"
_SPANS = {"day": timedelta(days=1), "week": timedelta(days=7), "good": None}
_LABELS = {"day": sentence("A day"), "week": sentence("A week"), "good": sentence("For good")}
_DONE = {
    "day": sentence("This story comes no more for a day. /mute shows what is muted, and ends it."),
    "week": sentence("This story comes no more for a week. /mute shows what is muted, and ends it."),
    "good": sentence("This story comes no more. /mute shows what is muted, and ends it."),
}
_LONGEST_TITLE = 200


async def mute(question: Question, services: Services) -> Answer:
    """Ask for how long, in reply to a push; alone, tell what is muted."""
    if question.heard.replied_to is None and not question.text:
        return Answer(await _list(question, services, 0))
    if several := await which(MUTE, question, services):
        return several
    article = await about(question, services)
    if article is None:
        speech = speech_for(question.chat)
        return Answer(Message(speech.say("Which story? Send /mute in reply to an article's message.")))
    return Answer(_question(article, speech_for(question.chat)))


async def press(question: Question, services: Services) -> Answer:
    """For how long is asked in the place of a push's buttons, which then come back; or the question is answered."""
    article = await article_pressed(question, services)
    if article is None:
        return gone(question)
    speech, (how, asked) = speech_for(question.chat), (*question.text.split(":")[1:], "", "")[:2]
    if how == ONE_OF_SEVERAL:
        return Answer(_question(article, speech))
    if how == _OFF:
        await _end(article, question, services)
        toast = speech.plainly("The story comes again.")
        return Answer(toast=toast, buttons=push_buttons(article, speech))
    if how not in _SPANS:
        back = Button(speech.plainly("‹ Back"), f"{MORE}:{article.id}")
        return Answer(buttons=(_choices(article, speech), (back,)))
    await _begin(article, how, question, services)
    if asked == _ASKED:
        return Answer(Message(Html(f"{_named(article)}\n\n{speech.say(_DONE[how])}")), edit=True)
    return Answer(toast=speech.plainly(_DONE[how]), buttons=push_buttons(article, speech))


async def press_listed(question: Question, services: Services) -> Answer:
    """Another page of what is muted; where the button names one, that is muted no longer."""
    page, out = (number_of(part) for part in (*question.text.split(":"), "")[:2])
    ended = await services.chats.unmute(question.chat.id, out) if out else False
    toast = speech_for(question.chat).plainly("The story comes again.") if ended else ""
    return Answer(await _list(question, services, page or 0), edit=True, toast=toast)


async def _begin(article: Article, how: str, question: Question, services: Services) -> None:
    now, span = services.now(), _SPANS[how]
    title = shortened(article.title or article.link or "…", _LONGEST_TITLE)
    until = FOREVER if span is None else now + span
    await services.chats.mute(question.chat.id, article.story_id, title=title, until=until, now=now)


async def _end(article: Article, question: Question, services: Services) -> None:
    for one in await services.chats.mutes(question.chat.id, now=services.now()):
        if one.story_id == article.story_id:
            await services.chats.unmute(question.chat.id, one.id)


def _question(article: Article, speech: Speech) -> Message:
    asked = speech.say("For how long should nothing about this story come?")
    return Message(f"{_named(article)}\n\n{asked}", buttons=(_choices(article, speech, f":{_ASKED}"),))


def _named(article: Article) -> Html:
    return Html(f"🔇 <b>{headline(article)}</b>\n{outlet(article)}")


def _choices(article: Article, speech: Speech, behind: str = "") -> tuple[Button, ...]:
    labels = _LABELS.items()
    return tuple(Button(speech.plainly(label), f"{MUTE}:{article.id}:{how}{behind}") for how, label in labels)


# --- What is muted ---


async def _list(question: Question, services: Services, page: int) -> Message:
    speech, now = speech_for(question.chat), services.now()
    muted = await services.chats.mutes(question.chat.id, now=now)
    if not muted:
        return Message(
            speech.say("Nothing is muted. Send /mute in reply to an article's message, and its story comes no more.")
        )
    pages = -(-len(muted) // PER_PAGE)
    number = min(page, pages - 1)
    first = number * PER_PAGE
    shown = muted[first : first + PER_PAGE]
    head = speech.count("🔇 <b>{number} story is muted</b>", "🔇 <b>{number} stories are muted</b>", len(muted))
    rows = numbered((_row(one, speech, now) for one in shown), first=first + 1)
    hint = speech.say("The button with its number lets a story come again.")
    leaves = pager(MUTES, number, pages)
    return Message(f"{head}\n\n{rows}\n\n{hint}", buttons=(*leaves, _ends(shown, number, first)))


def _row(one: Mute, speech: Speech, now: datetime) -> Html:
    for_good = one.until >= FOREVER
    until = speech.say("for good") if for_good else speech.say("until {when}", when=speech.moment(one.until, now=now))
    return Html(f"{escape(one.title, quote=False)}\n   {until}")


def _ends(shown: Sequence[Mute], page: int, first: int) -> tuple[Button, ...]:
    return tuple(Button(f"✕ {number}", f"{MUTES}:{page}:{one.id}") for number, one in enumerate(shown, first + 1))
