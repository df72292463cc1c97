"""A digest: what came while a chat was not to be written to, by event, in pages that take each other's place.

A button carries all that its page needs besides the articles, which are kept with the message: it works after a restart
and as long as they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple

from handlers.measure import first_fitting
from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.render import LESS, LONGEST_AMONG_OUTLETS, MUTE, RELATED, STORY, choices, headline, outlets, pager
from handlers.services import Services
from handlers.speech import Html, Speech, sentence, speech_for
from news.article import Article
from news.digest import DigestPage, Reports, in_one_sentence, page_of
from news.text import shortened

DIGEST_PAGE = "dpage"
# From this hour on the day is called so.
PARTS_OF_DAY = (
    (5, sentence("Morning")),
    (12, sentence("Afternoon")),
    (18, sentence("Evening")),
    (23, sentence("Night")),
)
# The last minute that a date can have is far below.
_FAR = 10**9


class _Room(NamedTuple):
    """How much is told of an event: characters of its headline and sentence, bytes of its link."""

    title: int
    sentence: int
    link: int


ROOMS = (_Room(160, 200, 2_000), _Room(90, 90, 1_000))


@dataclass(frozen=True, slots=True)
class View:
    """How a digest is looked at: the page, and the minute (since 1970) at which it came.

    With an `aim` its events have buttons that lead to what is RELATED to each, to its STORY, to MUTE that, or to LESS
    of it; `origin` is then the message that the digest came in, if this is another one.
    """

    minute: int = 0
    page: int = 0
    aim: str = ""
    origin: int = 0

    @classmethod
    def at(cls, moment: datetime) -> "View":
        """The first page of one that comes at this moment."""
        return cls(int(moment.timestamp() // 60))

    @classmethod
    def of(cls, text: str) -> "View | None":
        """As a button carries it; None where it makes no sense."""
        page, minute, aim, origin = (*text.split(":"), "", "", "", "")[:4]
        numbers = [number_of(one or "0") for one in (minute, page, origin)]
        if None in numbers or aim not in ("", RELATED, STORY, MUTE, LESS) or (numbers[0] or 0) > _FAR:
            return None
        known = [number or 0 for number in numbers]
        return cls(known[0], known[1], aim, known[2])

    @property
    def moment(self) -> datetime:
        """When the digest came."""
        return datetime.fromtimestamp(self.minute * 60, UTC)

    @property
    def rest(self) -> str:
        """What a button carries behind the number of its page."""
        return f":{self.minute}:{self.aim}:{self.origin or ''}"


def digest(
    articles: Sequence[Article],
    view: View,
    speech: Speech,
    *,
    told: bool = True,
    asks: bool = True,
    lead_in: str | None = None,
) -> Message:
    """A page of the digest of these articles, oldest first; with a sentence on each event where one is wanted.

    `asks`: with a button to ask for more, where answers are for whoever asks. The `lead_in` is told when it comes, and
    not kept for whoever leafs back.
    """
    page = page_of(articles, view.page)
    head = speech.say("Which one? Press its number.") if view.origin else _head(page, view.moment, speech)
    opened = [escape(lead_in, quote=False)] if lead_in else []
    html = first_fitting("\n\n".join([head, *opened, *_rows(page, room, told=told)]) for room in ROOMS)
    return Message(html, buttons=_buttons(page, view, speech, asks=asks))


def is_leaf(press: str) -> bool:
    """Whether what a button carries leads to another page, and asks for nothing else."""
    name, _, rest = press.partition(":")
    view = View.of(rest) if name == DIGEST_PAGE else None
    return view is not None and not view.aim and not view.origin


async def leaf(question: Question, services: Services) -> Answer:
    """Another page, or numbers to choose by, in place of the message whose button was pressed."""
    speech, view = speech_for(question.chat), View.of(question.text)
    there = (view and view.origin) or question.heard.message_id or 0
    found = await services.articles.carried(question.chat.address, there) if view else []
    if view is None or not found:
        return Answer(toast=speech.plainly("This news is no longer kept."))
    asks = view.aim and not view.origin
    toast = speech.plainly("Which one? Press its number.") if asks else ""
    shown, asking = question.chat.look.summary_length > 0, question.chat.kind != "channel"
    return Answer(digest(found, view, speech, told=shown, asks=asking), edit=True, toast=toast)


def _head(page: DigestPage, moment: datetime, speech: Speech) -> Html:
    part, day = part_of_day(moment, speech), speech.day(moment)
    articles = speech.count("{number} article", "{number} articles", page.articles)
    events = speech.count("{number} story", "{number} stories", page.events)
    return Html(f"<b>{part}, {escape(day)}</b> · {articles}, {events}")


def part_of_day(moment: datetime, speech: Speech) -> Html:
    """What this time of the day is called where the chat is."""
    hour = moment.astimezone(speech.zone).hour
    begun = [name for since, name in PARTS_OF_DAY if since <= hour]
    # Before the first of them the last one goes on.
    return speech.say((begun or [PARTS_OF_DAY[-1][1]])[-1])


def _rows(page: DigestPage, room: _Room, *, told: bool) -> list[str]:
    return [_row(number, reports, room, told=told) for number, reports in enumerate(page.shown, page.first)]


def _row(number: int, reports: Reports, room: _Room, *, told: bool) -> str:
    """The first report stands for its event."""
    first = reports[0]
    named = outlets(reports, longest=LONGEST_AMONG_OUTLETS)
    row = f"<b>{number}. {headline(first, room.title, room.link)}</b> – {named}"
    line = shortened(in_one_sentence(first), room.sentence) if told else ""
    return f"{row}\n   {escape(line, quote=False)}" if line else row


def _buttons(page: DigestPage, view: View, speech: Speech, *, asks: bool) -> tuple[tuple[Button, ...], ...]:
    """Whoever leafs on in the digest itself has chosen."""
    on = view if view.origin else replace(view, aim="")
    pages = pager(DIGEST_PAGE, page.number, page.pages, behind=on.rest)
    if view.aim:
        return (*choices([reports[0] for reports in page.shown], view.aim, first=page.first), *pages)
    related = f"{DIGEST_PAGE}:{page.number}{replace(view, aim=RELATED).rest}"
    return (*pages, (Button(speech.plainly("🔗 Related"), related),)) if asks else pages
