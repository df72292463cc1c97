"""What each delivery becomes."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from handlers.measure import LONGEST_CAPTION
from handlers.written import TRIES_WITH_PICTURE, written
from news.chat import Address, Chat
from news.delivery import Delivery, Form, Urgency
from news.errors import Problem
from news.hours import Timetable
from news.look import Look
from news.notice import Event, Notice
from tests.handlers.news import ARTICLE, NOW, article, taken

NIGHT = Timetable(quiet=(time(22), time(7)), timezone="Europe/Kyiv")
LATE = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
CHAT = Chat(1, Address("telegram", 7), "private", "uk", "Europe/Kyiv")
PICTURE = "https://img.example/a.jpg"


def delivery(form: Form = Form.PUSH, *, chat: Chat = CHAT, **changes: Any) -> Delivery:
    plain = Delivery(1, chat, form, ARTICLE if form in (Form.PUSH, Form.EDIT) else None, "", 0)
    return replace(plain, **changes)


def test_a_push_names_who_reports_the_same() -> None:
    assert written(delivery(also=("Суспільне",)), now=NOW).html.endswith("\n\nтакож: Суспільне")


@pytest.mark.parametrize("summary", [None, "Так сказала модель."])
def test_a_change_is_what_the_push_would_be_now(summary: str | None) -> None:
    push = delivery(also=("Суспільне",), summary=summary)
    assert written(replace(push, form=Form.EDIT, message_id=5), now=NOW) == written(push, now=NOW)


def test_in_a_channel_a_push_has_no_buttons_as_the_answer_to_a_press_would_be_a_post() -> None:
    channel = replace(CHAT, kind="channel")
    assert written(delivery(), now=NOW).buttons
    assert not written(delivery(chat=channel), now=NOW).buttons
    assert not written(delivery(Form.EDIT, chat=channel, message_id=5), now=NOW).buttons


def test_in_a_channel_a_list_has_no_buttons_and_a_digest_is_but_leafed_through() -> None:
    channel, articles = replace(CHAT, kind="channel"), tuple(article(number) for number in range(1, 20))
    assert written(delivery(Form.LIST, articles=articles), now=NOW).buttons
    assert not written(delivery(Form.LIST, chat=channel, articles=articles), now=NOW).buttons
    [leaves, _] = written(delivery(Form.DIGEST, articles=articles), now=NOW).buttons
    assert written(delivery(Form.DIGEST, chat=channel, articles=articles), now=NOW).buttons == (leaves,)


def test_a_list_and_a_digest_are_of_all_their_articles() -> None:
    articles = (article(1), article(2))
    assert written(delivery(Form.LIST, articles=articles), now=NOW).html.startswith("<b>iPress</b> · 2 новини")
    told = written(delivery(Form.DIGEST, articles=articles), now=NOW).html
    assert told.startswith("<b>День, вівторок 24 листопада</b> · 2 новини, 2 події")
    assert "Видатки" in told
    bare = delivery(Form.DIGEST, chat=replace(CHAT, look=Look(summary_length=0)), articles=articles)
    assert "Видатки" not in written(bare, now=NOW).html


def test_a_notice_and_a_broadcast_are_as_ever() -> None:
    gone = Notice(Event.GONE, "iPress", "https://e.com/", False, Problem.GONE, NOW)
    assert "iPress" in written(delivery(Form.NOTICE, notice=gone), now=NOW).html
    assert written(delivery(Form.BROADCAST, text="1 < 2"), now=NOW).html == "1 &lt; 2"


# Silence


@pytest.mark.parametrize("form", [Form.NOTICE, Form.BROADCAST, Form.DIGEST, Form.PUSH])
def test_in_quiet_hours_everything_comes_without_a_sound(form: Form) -> None:
    asleep = replace(CHAT, hours=NIGHT)
    what = {"articles": (article(1),)} if form is Form.DIGEST else {"text": "Слово"}
    assert written(delivery(form, chat=asleep, **what), now=LATE).silent
    assert not written(delivery(form, chat=asleep, **what), now=NOW).silent
    assert not written(delivery(form, **what), now=LATE).silent


def test_what_is_urgent_is_heard_at_night() -> None:
    assert not written(delivery(chat=replace(CHAT, hours=NIGHT), urgency=Urgency.URGENT), now=LATE).silent


def test_a_digest_at_its_hour_is_heard() -> None:
    """That further news wait for the next one makes no night of the day."""
    hours = Timetable(digest=(time(9),), timezone="Europe/Kyiv")
    told = delivery(Form.DIGEST, chat=replace(CHAT, hours=hours), articles=(article(1),))
    assert not written(told, now=LATE).silent


# Pictures


def test_a_push_has_its_articles_picture() -> None:
    assert written(delivery(article=article(1, image=PICTURE)), now=NOW).picture == PICTURE
    assert written(delivery(article=article(1, image="https://img.example/1x1.gif")), now=NOW).picture is None


def test_a_text_too_long_for_a_caption_goes_without() -> None:
    long = article(1, image=PICTURE, title="а" * 300, summary="б" * 600, text="")
    wordy = replace(CHAT, look=Look(summary_length=600))
    fits = written(delivery(chat=wordy, article=long), now=NOW)
    assert fits.picture == PICTURE
    more = written(delivery(chat=wordy, article=long, also=("в" * 39,) * 5), now=NOW)
    assert more.picture is None


def test_a_change_never_brings_a_picture_and_stays_a_caption() -> None:
    long = article(1, image=PICTURE, title="а" * 300, summary="б" * 590)
    edit = delivery(Form.EDIT, chat=replace(CHAT, look=Look(summary_length=600)), article=long, message_id=5)
    text = written(replace(edit, also=("в" * 39,) * 5), now=NOW)
    caption = written(replace(edit, also=("в" * 39,) * 5, pictured=True), now=NOW)
    assert text.picture is caption.picture is None
    assert len(caption.html) < len(text.html)
    assert caption.html.endswith("в" * 39)


def test_a_picture_that_was_in_the_way_twice_is_left_out() -> None:
    push = delivery(article=article(1, image=PICTURE), attempts=TRIES_WITH_PICTURE - 1)
    assert written(push, now=NOW).picture
    assert written(replace(push, attempts=TRIES_WITH_PICTURE), now=NOW + timedelta(hours=1)).picture is None


# The look


def looks(**wanted: Any) -> Chat:
    return replace(CHAT, look=Look(**wanted))


def test_without_pictures_or_previews_there_are_none() -> None:
    pictured = article(1, image=PICTURE)
    bare = written(delivery(chat=looks(pictures=False), article=pictured), now=NOW)
    assert (bare.picture, bare.preview) == (None, pictured.link)
    bare = written(delivery(chat=looks(pictures=False, preview=False), article=pictured), now=NOW)
    assert (bare.picture, bare.preview) == (None, None)
    assert written(delivery(chat=looks(preview=False), article=pictured), now=NOW).picture == PICTURE


@pytest.mark.parametrize("urgency", [Urgency.NEWS, Urgency.URGENT])
def test_who_wants_no_sound_hears_none(urgency: Urgency) -> None:
    assert written(delivery(chat=looks(silent=True), urgency=urgency), now=NOW).silent


def test_hashtags_stand_at_the_end_and_each_once() -> None:
    wanted = looks(hashtags=True, tags=("море", "IPress"))
    told = written(delivery(chat=wanted, also=("Суспільне",)), now=NOW)
    assert told.html.endswith("\n\nтакож: Суспільне\n\n#IPress #море")
    assert "#" not in written(delivery(chat=looks(tags=("море",))), now=NOW).html


def test_before_hashtags_the_summary_gives_way() -> None:
    long = article(1, image=PICTURE, title="а" * 300, summary="б" * 590)
    wordy = looks(summary_length=600, hashtags=True, tags=("в" * 40,) * 2)
    caption = written(delivery(Form.EDIT, chat=wordy, article=long, message_id=5, pictured=True), now=NOW)
    assert caption.html.endswith(f"#IPress #{'в' * 40}")
    taken(caption, LONGEST_CAPTION)
