from typing import Any

import pytest

from sandbox.telegram import Preview, Telegram

from .conftest import Api, Clock

NEWS = "https://a.com/news"
CARD = {"url": NEWS, "site": "A", "title": "News", "description": "Of today", "image": None}


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    known = {NEWS: Preview(NEWS, "A", "News", "Of today")}
    telegram = Telegram(limits=None, clock=clock, now=clock, preview=known.get)
    telegram.user(7, started=True)
    return telegram


async def shown(telegram: Telegram, api: Api, **parameters: Any) -> Any:
    await api("sendMessage", **{"chat_id": 7, "text": NEWS, **parameters})
    return telegram.messages(7)[-1].shown().get("preview")


async def test_the_first_link_of_a_text_is_previewed(telegram: Telegram, api: Api) -> None:
    assert await shown(telegram, api) == {**CARD, "large": True, "above": False}
    html = {"text": f'<a href="{NEWS}">x</a> https://b.com', "parse_mode": "HTML"}
    assert await shown(telegram, api, **html) == {**CARD, "large": True, "above": False}
    assert await shown(telegram, api, text="https://b.com/") is None
    assert await shown(telegram, api, text="no link") is None


async def test_the_sender_chooses_which_and_how(telegram: Telegram, api: Api) -> None:
    options = {"url": NEWS, "prefer_small_media": True, "show_above_text": True}
    assert await shown(telegram, api, text="a", link_preview_options=options) == {**CARD, "large": False, "above": True}
    assert await shown(telegram, api, link_preview_options={"prefer_small_media": True}) == {
        **CARD,
        "large": True,
        "above": False,
    }
    assert await shown(telegram, api, link_preview_options={"is_disabled": True}) is None


async def test_an_edit_brings_another_preview_or_none(telegram: Telegram, api: Api) -> None:
    sent = (await api("sendMessage", chat_id=7, text="a")).result
    edit = {"chat_id": 7, "message_id": sent["message_id"]}
    await api("editMessageText", **edit, text=NEWS)
    assert "preview" in telegram.messages(7)[-1].shown()
    await api("editMessageText", **edit, text="b")
    assert "preview" not in telegram.messages(7)[-1].shown()


async def test_a_persons_link_is_previewed_too(telegram: Telegram) -> None:
    message = await telegram.user(7).says(f"see {NEWS}")
    assert message.shown()["preview"]["title"] == "News"
