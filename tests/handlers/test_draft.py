from collections.abc import AsyncIterator

import pytest

from handlers.draft import Draft
from handlers.limits import Windows
from handlers.message import Attachment, Message
from handlers.pacer import Pacer
from handlers.sender import TelegramSender
from news.chat import Address
from sandbox.telegram import Fault, Telegram
from tests.handlers.lines import bot_in

READER = Address("telegram", 7)


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram(limits=None)
    telegram.user(7, started=True)
    return telegram


@pytest.fixture
async def draft(telegram: Telegram) -> AsyncIterator[Draft]:
    async with bot_in(telegram) as bot:
        pacer = Pacer(Windows(second=0.01, minute=0.1))
        yield Draft(TelegramSender(bot, pacer, lambda: pytest.fail("no clock is needed")), READER)


def texts(telegram: Telegram) -> list[str]:
    return [message.text for message in telegram.messages(7)]


async def test_an_answer_without_progress_is_said(telegram: Telegram, draft: Draft) -> None:
    await draft.put(READER, Message("готово"))
    assert texts(telegram) == ["готово"]


async def test_an_answer_takes_the_place_of_its_progress(telegram: Telegram, draft: Draft) -> None:
    for text in ("1 з 2", "2 з 2"):
        await draft.show(Message(text))
    await draft.put(READER, Message("готово"))
    assert texts(telegram) == ["готово"]


async def test_an_answer_whose_progress_was_deleted_is_said(telegram: Telegram, draft: Draft) -> None:
    await draft.show(Message("1 з 2"))
    telegram.history.pop(7, telegram.messages(7)[0].id)
    await draft.put(READER, Message("готово"))
    assert texts(telegram) == ["готово"]


async def test_progress_that_cannot_be_shown_is_no_trouble(telegram: Telegram, draft: Draft) -> None:
    telegram.add_fault(Fault("blocked", method="sendMessage", times=1))
    await draft.show(Message("1 з 2"))
    await draft.put(READER, Message("готово"))
    assert texts(telegram) == ["готово"]


async def test_a_document_is_said_anew(telegram: Telegram, draft: Draft) -> None:
    await draft.show(Message("читаю"))
    await draft.put(READER, Message("готово", document=Attachment("feeds.opml", b"<opml/>")))
    assert texts(telegram) == ["читаю", "готово"]
    assert telegram.messages(7)[1].body["document"]["file_name"] == "feeds.opml"
