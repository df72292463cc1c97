from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.speech import LANGUAGES, Html, language_of, speech, speech_for
from news.chat import Address, Chat
from sandbox.telegram.markup import parse_html

NOW = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
UKRAINIAN = speech("uk", "Europe/Kyiv")
ENGLISH = speech("en", "Europe/Kyiv")


# Sentences


def test_a_sentence_is_said_in_the_chats_language() -> None:
    assert UKRAINIAN.say("Not sent.") == "Не надіслано."
    assert ENGLISH.say("Not sent.") == "Not sent."
    chat = Chat(1, Address("telegram", 7), "private", "uk", "Europe/Kyiv")
    assert speech_for(chat).say("Not sent.") == "Не надіслано."


@given(st.text())
def test_whatever_is_put_into_a_sentence_is_inert(name: str) -> None:
    said = ENGLISH.say("You now follow <b>{name}</b>. New articles will come here.", name=name)
    heart = parse_html(said.encode("utf-8", "replace").decode())
    shown = name.encode("utf-8", "replace").decode()
    assert heart.text == f"You now follow {shown}. New articles will come here."
    assert {entity["type"] for entity in heart.entities} <= {"bold"}


def test_markup_of_ours_goes_into_a_sentence_as_it_is() -> None:
    assert ENGLISH.say("{host} does not answer.", host=Html("<i>a</i>")) == "<i>a</i> does not answer."
    assert ENGLISH.say("{host} does not answer.", host="<i>a</i>") == "&lt;i&gt;a&lt;/i&gt; does not answer."


def test_braces_in_a_value_are_letters() -> None:
    assert ENGLISH.say("{host} does not answer.", host="{host.__class__}") == "{host.__class__} does not answer."


def test_a_plain_sentence_has_no_markup() -> None:
    assert UKRAINIAN.plainly("This button no longer works.") == "Ця кнопка вже не діє."


def test_a_sentence_that_no_catalogue_has_is_said_in_english() -> None:
    assert UKRAINIAN.say("Nobody wrote {this} down.", this="1 < 2") == "Nobody wrote 1 &lt; 2 down."


@pytest.mark.parametrize(
    ("number", "ukrainian", "english"),
    [
        (0, "0 джерел", "0 sources"),
        (1, "1 джерело", "1 source"),
        (2, "2 джерела", "2 sources"),
        (5, "5 джерел", "5 sources"),
        (11, "11 джерел", "11 sources"),
        (12, "12 джерел", "12 sources"),
        (21, "21 джерело", "21 sources"),
        (104, "104 джерела", "104 sources"),
        (111, "111 джерел", "111 sources"),
    ],
)
def test_numbers_bend_their_nouns(number: int, ukrainian: str, english: str) -> None:
    forms = ("<b>{number} source</b>", "<b>{number} sources</b>")
    assert UKRAINIAN.count(*forms, number) == f"<b>{ukrainian}</b>"
    assert ENGLISH.count(*forms, number) == f"<b>{english}</b>"


@pytest.mark.parametrize(
    ("number", "ukrainian", "english"), [(0, "0,0", "0.0"), (0.25, "0,2", "0.2"), (12.96, "13,0", "13.0")]
)
def test_a_decimal_has_the_languages_sign(number: float, ukrainian: str, english: str) -> None:
    assert UKRAINIAN.decimal(number) == ukrainian
    assert ENGLISH.decimal(number) == english


# Times


@pytest.mark.parametrize(
    ("age", "ukrainian", "english"),
    [
        (timedelta(minutes=1), "1 хвилину тому", "1 minute ago"),
        (timedelta(hours=2), "2 години тому", "2 hours ago"),
        (timedelta(hours=5), "5 годин тому", "5 hours ago"),
        (timedelta(days=3), "3 дні тому", "3 days ago"),
        (timedelta(days=400), "1 рік тому", "1 year ago"),
        (timedelta(), "1 секунду тому", "1 second ago"),
        (timedelta(hours=-5), "1 секунду тому", "1 second ago"),
    ],
)
def test_an_age_is_told_and_never_lies_ahead(age: timedelta, ukrainian: str, english: str) -> None:
    assert UKRAINIAN.ago(NOW - age, now=NOW) == ukrainian
    assert ENGLISH.ago(NOW - age, now=NOW) == english


def test_the_clock_is_the_zones() -> None:
    assert UKRAINIAN.clock(NOW) == "14:05"
    assert UKRAINIAN.clock(datetime(2026, 7, 1, 12, 5, tzinfo=UTC)) == "15:05"
    assert speech("en", "UTC").clock(NOW) == "12:05"


def test_a_moment_of_another_day_has_its_date() -> None:
    assert UKRAINIAN.moment(NOW, now=NOW + timedelta(hours=1)) == "14:05"
    assert UKRAINIAN.moment(NOW, now=NOW + timedelta(days=1)) == "24 лист., 14:05"
    assert ENGLISH.moment(NOW, now=NOW + timedelta(days=1)) == "24 Nov, 14:05"


def test_midnight_is_the_readers() -> None:
    before, after = datetime(2026, 11, 24, 21, 59, tzinfo=UTC), datetime(2026, 11, 24, 22, 1, tzinfo=UTC)
    assert UKRAINIAN.moment(before, now=after) == "24 лист., 23:59"
    assert speech("en", "UTC").moment(before, now=after) == "21:59"


@pytest.mark.parametrize("zone", ["Nowhere/Here", "Europe", "", "../etc/passwd", "/etc/passwd", "Київ"])
def test_a_zone_that_does_not_exist_is_a_value_error(zone: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        speech("uk", zone)


def test_a_chats_zone_that_no_longer_exists_is_utc() -> None:
    chat = Chat(1, Address("telegram", 7), "private", "uk", "Europe/Atlantis")
    assert speech_for(chat).clock(NOW) == "12:05"


# Languages


@pytest.mark.parametrize(
    ("code", "language"),
    [("uk", "uk"), ("uk-UA", "uk"), ("en_GB", "en"), ("EN", "en"), ("ru", "uk"), ("", "uk"), (None, "uk"), ("-", "uk")],
)
def test_a_language_without_a_catalogue_is_the_default(code: str | None, language: str) -> None:
    assert language_of(code, "uk") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_speaks(language: str) -> None:
    assert speech(language, "UTC").say("Not sent.")


def test_a_moment_of_another_year_has_its_year() -> None:
    assert UKRAINIAN.moment(NOW.replace(year=2028), now=NOW) == "24 лист. 2028, 14:05"


def test_phrases_that_were_typed_stand_in_the_languages_quotes() -> None:
    assert (
        UKRAINIAN.quoted('"повітряна тривога", title:"а б", -навчання') == "«повітряна тривога», title:«а б», -навчання"
    )
    assert ENGLISH.quoted('"air raid", storm') == "“air raid”, storm"


def test_quotes_within_quotes_are_others() -> None:
    assert UKRAINIAN.within_quotes("«Маяк» переміг") == "„Маяк“ переміг"
