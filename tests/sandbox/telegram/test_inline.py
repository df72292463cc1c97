import asyncio
from typing import Any

import pytest
import telegram as ptb

from sandbox.telegram import Telegram, inline
from sandbox.telegram.arrival import CannotAct

from .conftest import Api, Clock

KEYBOARD = {"inline_keyboard": [[{"text": "Related", "callback_data": "r:1"}]]}


def article(number: int, **more: Any) -> dict[str, Any]:
    content = {"message_text": f"<b>News {number}</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": str(number), "title": f"News {number}", "input_message_content": content, **more}


async def ask(telegram: Telegram, api: Api, words: str, *, user: int = 7, **answer: Any) -> Any:
    """The user's question, answered by the bot with these parameters."""
    asking = asyncio.ensure_future(telegram.user(user).asks_inline(words))
    (update,) = (await api("getUpdates", timeout=5, offset=-1)).result
    await api("getUpdates", offset=update["update_id"] + 1)
    given = {"results": [article(1), article(2)], **answer}
    assert (await api("answerInlineQuery", inline_query_id=update["inline_query"]["id"], **given)).result is True
    return await asking


async def test_a_query_comes_as_telegram_words_it(telegram: Telegram, api: Api) -> None:
    telegram.group(-1001, members=[7])
    asking = asyncio.ensure_future(telegram.user(7).asks_inline("трамвай", telegram.chats[-1001], offset="20"))
    (update,) = (await api("getUpdates", timeout=5)).result
    query = update["inline_query"]
    assert (query["query"], query["offset"], query["chat_type"]) == ("трамвай", "20", "supergroup")
    assert query["from"]["id"] == 7
    await api("answerInlineQuery", inline_query_id=query["id"], results=[], next_offset="40")
    assert (await asking).next_offset == "40"


async def test_a_chosen_result_is_a_message_through_the_bot(telegram: Telegram, api: Api) -> None:
    answer = await ask(telegram, api, "news", button={"text": "Open", "start_parameter": "inline"})
    assert [one.title for one in answer.results] == ["News 1", "News 2"]
    assert answer.button == {"text": "Open", "start_parameter": "inline"}
    message = await telegram.user(7).chooses("News 2")
    assert (message.text, message.entities[0]["type"]) == ("News 2", "bold")
    assert (message.sender_id, message.body["via_bot"]["id"]) == (7, 1000)
    (update,) = (await api("getUpdates")).result
    assert update["message"]["via_bot"]["username"] == "visnyk_bot"


async def test_a_photo_is_a_result_too(telegram: Telegram, api: Api) -> None:
    photo = {"type": "photo", "id": "p", "photo_url": "https://a.com/x.jpg", "thumbnail_url": "https://a.com/t.jpg"}
    await ask(telegram, api, "pictures", results=[photo | {"caption": "Harbour", "title": "A picture"}])
    message = await telegram.user(7).chooses("A picture")
    assert (message.text, message.extras["url"]) == ("Harbour", "https://a.com/x.jpg")


async def test_an_answer_serves_again_as_long_as_it_said(telegram: Telegram, api: Api, clock: Clock) -> None:
    await ask(telegram, api, "shared", cache_time=60)
    assert len((await telegram.user(8).asks_inline("shared")).results) == 2
    await ask(telegram, api, "own", cache_time=60, is_personal=True)
    assert len((await telegram.user(7).asks_inline("own")).results) == 2
    await ask(telegram, api, "own", user=8, results=[])
    clock.now += 60
    await ask(telegram, api, "shared", results=[])


async def test_a_query_is_too_old_after_a_while(telegram: Telegram, api: Api, clock: Clock) -> None:
    asking = asyncio.ensure_future(telegram.user(7).asks_inline("slow", timeout=0.5))
    (update,) = (await api("getUpdates", timeout=5)).result
    clock.now += 61
    late = await api("answerInlineQuery", inline_query_id=update["inline_query"]["id"], results=[])
    assert late.refusal[1].startswith("Bad Request: query is too old")
    with pytest.raises(AssertionError, match="did not answer the inline query 'slow'"):
        await asking


async def test_what_was_not_offered_can_not_be_chosen(telegram: Telegram, api: Api) -> None:
    await ask(telegram, api, "news")
    with pytest.raises(AssertionError, match="No result 'News 3'"):
        await telegram.user(7).chooses("News 3")
    with pytest.raises(CannotAct, match="no such result"):
        inline.choose(telegram, 7, 7, "1", "1")


async def test_a_button_under_a_result_knows_its_message_by_an_inline_id(telegram: Telegram, api: Api) -> None:
    telegram.group(-1001, members=[7], bot="left")
    await ask(telegram, api, "news", results=[article(1, reply_markup=KEYBOARD)])
    message = await telegram.user(7).chooses("News 1", telegram.chats[-1001])
    pressing = asyncio.ensure_future(telegram.user(7).presses("Related", message))
    (update,) = (await api("getUpdates", timeout=5)).result
    query = update["callback_query"]
    assert "message" not in query
    edited = await api("editMessageText", inline_message_id=query["inline_message_id"], text="Edited")
    assert edited.result is True
    assert [one.text for one in telegram.messages(-1001)] == ["Edited"]
    await api("answerCallbackQuery", callback_query_id=query["id"])
    await pressing


async def test_python_telegram_bot_reads_and_answers_inline_queries(telegram: Telegram, bot: ptb.Bot) -> None:
    asking = asyncio.ensure_future(telegram.user(7).asks_inline("news"))
    (update,) = await bot.get_updates(timeout=5)
    assert update.inline_query is not None
    content = ptb.InputTextMessageContent("<i>a</i>", parse_mode="HTML")
    await update.inline_query.answer([ptb.InlineQueryResultArticle("1", "A", content)], next_offset="")
    assert (await asking).results[0].title == "A"
    await telegram.user(7).chooses("A")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    assert update.message is not None
    assert update.message.via_bot is not None
