"""The language of a chat: sentences from the catalogues, times and ages as its readers write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache
from gettext import GNUTranslations, NullTranslations
from html import escape
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_datetime, format_time, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from news.chat import Chat
from news.hours import zone_of

# English is written in the source; the others have a catalogue.
SOURCE = "en"
LANGUAGES = ("uk", "en")
A_MOMENT_AGO = timedelta(seconds=-1)


class Html(str):
    """Text that is markup already and goes into a sentence as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """Speaks one language in one time zone. What is put into a sentence is escaped unless it is Html."""

    language: str
    zone: tzinfo
    catalogue: NullTranslations

    def say(self, sentence: str, **values: object) -> Html:
        """A sentence of the catalogue (in English here), its values put in."""
        return _filled(self.catalogue.gettext(sentence), values)

    def count(self, one: str, many: str, number: int, **values: object) -> Html:
        """A sentence that depends on a number, put in as `number`."""
        return _filled(self.catalogue.ngettext(one, many, number), {**values, "number": number})

    def plainly(self, sentence: str) -> str:
        """A sentence for where there is no markup: a toast, a button."""
        return self.catalogue.gettext(sentence)

    def within_quotes(self, text: str) -> str:
        """The text with its own quotes as they are within others: «Гол „Маяка“»."""
        return text.translate(_WITHIN_QUOTES.get(self.language, {}))

    def quoted(self, words: str) -> str:
        """Typed words with their phrases in this language's quotes: «повітряна тривога», обстріл."""
        return _PHRASE.sub(_QUOTES[self.language], words) if self.language in _QUOTES else words

    def decimal(self, number: float) -> str:
        """A number with one digit behind the sign of the language: «0,5»."""
        return format_decimal(number, "#,##0.0", locale=self.language)

    def ago(self, moment: datetime, *, now: datetime) -> str:
        """The age of a moment: «2 години тому»."""
        return format_timedelta(min(moment - now, A_MOMENT_AGO), add_direction=True, locale=self.language)

    def clock(self, moment: datetime) -> str:
        """The time of day: «14:05»."""
        return format_time(moment.astimezone(self.zone), "HH:mm", locale=self.language)

    def moment(self, moment: datetime, *, now: datetime) -> str:
        """The time of day, with the date where it is not today, and the year where it is not this one: «14:05»,
        «23 лист., 14:05», «3 січ. 2028, 14:05»."""
        local, today = moment.astimezone(self.zone), now.astimezone(self.zone).date()
        if local.date() == today:
            return self.clock(moment)
        year = "" if local.year == today.year else " y"
        return format_datetime(local, f"d MMM{year}, HH:mm", locale=self.language)

    def day(self, moment: datetime) -> str:
        """The day of the week and of the month: «вівторок 24 листопада»."""
        return format_datetime(moment.astimezone(self.zone), "EEEE d MMMM", locale=self.language)


_PHRASE, _QUOTES = re.compile('"([^"]*)"'), {"uk": r"«\1»", "en": r"“\1”"}
_WITHIN_QUOTES = {"uk": str.maketrans("«»", "„“"), "en": str.maketrans("“”", "‘’")}


def sentence(text: str) -> str:
    """Marks a sentence for the catalogues where it is named but not yet said."""
    return text


def speech_for(chat: Chat) -> Speech:
    """The speech of a chat; in UTC where its zone no longer exists."""
    return Speech(chat.language, zone_of(chat.timezone), _catalogue(chat.language))


def speech(language: str, timezone: str) -> Speech:
    """The speech of a language and a time zone; raises ValueError for a zone that doesn't exist."""
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"There is no time zone {timezone!r}.") from error
    return Speech(language, zone, _catalogue(language))


def language_of(code: str | None, default: str) -> str:
    """The catalogue for a messenger's language code (`uk`, `en-GB`), else the default."""
    base = (code or "").replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else default


def _filled(sentence: str, values: Mapping[str, object]) -> Html:
    return Html(sentence.format_map({name: _inert(value) for name, value in values.items()}))


def _inert(value: object) -> str:
    return value if isinstance(value, Html) else escape(str(value), quote=False)


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with files("locales").joinpath(f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return GNUTranslations(compiled)
