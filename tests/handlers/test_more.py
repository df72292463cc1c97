"""What is behind the ⋯ of a push."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from handlers.message import Button, Message
from handlers.more import menu
from handlers.terms import keyboard_of
from tests.handlers.news import ARTICLE, SPEECH


def presses(*, muted: bool) -> list[str]:
    return [button.press for row in menu(ARTICLE, SPEECH, muted=muted) for button in row if not button.url]


def test_it_lists_each_deed_in_a_row_and_leads_back() -> None:
    assert presses(muted=False) == ["mute:42", "less:42", "story:42", f"set:{ARTICLE.feed_id}", "more:42:back"]
    assert presses(muted=True) == ["mute:42:off", "less:42", "story:42", f"set:{ARTICLE.feed_id}", "more:42:back"]
    assert all(len(row) == 1 for row in menu(ARTICLE, SPEECH))


def shared(title: str, link: str | None) -> str | None:
    rows = menu(replace(ARTICLE, title=title, link=link), SPEECH)
    return next((button.url for row in rows for button in row if button.url), None)


def test_sharing_hands_telegram_the_link_and_the_headline() -> None:
    url = urlsplit(shared("Ціна & якість", "https://example.com/a?b=1&c=2") or "")
    assert (url.netloc, url.path) == ("t.me", "/share/url")
    assert parse_qs(url.query) == {"url": ["https://example.com/a?b=1&c=2"], "text": ["Ціна & якість"]}


def test_what_has_no_link_or_an_endless_one_is_not_shared() -> None:
    assert shared("Без адреси", None) is None
    assert shared("Задовга", f"https://e.com/{'a' * 3_000}") is None
    assert shared("їжак " * 60, "https://e.com/") is not None


def test_a_button_with_an_address_opens_it() -> None:
    keyboard = keyboard_of(Message("", buttons=((Button("↗", url="https://e.com/"), Button("1", "rel:1")),)))
    assert keyboard is not None
    opens, asks = keyboard.inline_keyboard[0]
    assert (opens.url, opens.callback_data) == ("https://e.com/", None)
    assert (asks.url, asks.callback_data) == (None, "rel:1")
