"""Settings as they are drawn, of the longest names too."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.message import Message
from handlers.settings_page import page_of_chat, page_of_subscription
from news.chat import Address, Chat, Subscription
from news.feed import Feed
from news.hours import Timetable
from news.look import AS_THE_CHAT, Look, Overrides
from tests.handlers.news import NOW, any_words, taken

CHAT = Chat(1, Address("telegram", 7), "private", "uk", "Europe/Kyiv")
FEED = Feed(id=12, url="https://bereg.example/feed.xml", title="Вільний Берег", next_check_at=NOW)


def page(chat: Chat = CHAT, **wanted: Any) -> Message:
    return page_of_subscription(Subscription(3, FEED, None, Overrides(**wanted)), 2, chat)


def labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]


def test_a_chat_that_has_changed_something_may_have_all_as_at_first() -> None:
    assert "Усе як спочатку" not in labels(page_of_chat(CHAT))
    assert labels(page_of_chat(replace(CHAT, look=Look(silent=True))))[-1] == "Усе як спочатку"


def test_a_chat_is_told_how_its_news_comes_and_where_else_to_look() -> None:
    told = page_of_chat(replace(CHAT, look=Look(summary_length=0, silent=True)))
    assert "• Самі заголовки, без викладу\n• З картинкою, якщо вона є" in told.html
    assert "/digest, /quiet, /timezone" in told.html
    assert [one for one in labels(told) if one.startswith("✓")] == [
        "✓ Без викладу",
        "✓ Картинки",
        "✓ Перегляд сторінки",
        "✓ Без звуку",
    ]


def test_a_source_is_told_what_of_it_is_as_the_chat_has_it() -> None:
    told = page(silent=True, hashtags=True, tags=("море",))
    assert "• З картинкою, якщо вона є <i>(як у чаті)</i>" in told.html
    assert "• Без звуку\n" in told.html
    assert "• Наприкінці – назва видання хештегом #море\n" in told.html
    assert labels(told)[-1] == "Усе, як у чаті"
    assert "Усе, як у чаті" not in labels(page())


def test_a_press_wants_the_opposite_of_what_is_now() -> None:
    presses = {button.label: button.press for row in page(silent=True).buttons for button in row}
    assert presses["✓ Без звуку"] == "set:12:silent:off"
    assert presses["Хештеги"] == "set:12:hashtags:on"
    assert presses["Короткий виклад"] == "set:12:summary_length:150"


def test_whether_it_waits_for_digests_is_asked_only_where_there_are_any() -> None:
    digests = replace(CHAT, hours=Timetable(digest=(time(9),)))
    assert "Одразу" not in labels(page())
    assert "Одразу" in labels(page(digests))
    assert "• Одразу, не чекаючи дайджестів" in page(digests, at_once=True).html


@pytest.mark.parametrize("language", ["uk", "en"])
@given(title=any_words, name=any_words)
def test_whatever_a_source_is_called_telegram_takes_its_settings(language: str, title: str, name: str) -> None:
    chat = replace(CHAT, language=language, hours=Timetable(digest=(time(9),)))
    long = Overrides(hashtags=True, at_once=True, title=name[:80], tags=("в" * 40,) * 5)
    feed = replace(FEED, id=2**63 - 1, title=title)
    taken(page_of_subscription(Subscription(3, feed, None, long), 2_000, chat))
    taken(page_of_subscription(Subscription(3, feed, None, AS_THE_CHAT), 1, chat))


@given(st.sampled_from([0, 150, 300, 600]), st.booleans())
def test_one_length_is_chosen(length: int, other: bool) -> None:
    look = Look(summary_length=length, pictures=other, preview=other, silent=other, every_report=other, hashtags=other)
    rows = page_of_chat(replace(CHAT, look=look)).buttons
    assert sum(button.label.startswith("✓") for row in rows[:2] for button in row) == 1
