import asyncio
import re

import pytest
import telegram as ptb

from sandbox.telegram import Telegram

from .conftest import Api, Clock

KEYBOARD = {"inline_keyboard": [[{"text": "🔗 Related", "callback_data": "r:1"}]]}


async def kinds(api: Api) -> list[str]:
    updates = (await api("getUpdates")).result
    return [next(kind for kind in update if kind != "update_id") for update in updates]


async def test_what_is_expected_may_have_come_already_and_comes_once(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7, started=True)
    await api("sendMessage", chat_id=7, text="one two")
    await api("sendMessage", chat_id=7, text="two three")
    assert (await user.expects("two")).text == "one two"
    assert (await user.expects(re.compile("two|four"))).text == "two three"
    with pytest.raises(AssertionError, match="No message with 'two'"):
        await user.expects("two", timeout=0.01)


async def test_what_is_expected_may_be_an_edit_still_to_come(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7, started=True)
    sent = (await api("sendMessage", chat_id=7, text="one")).result
    waiting = asyncio.ensure_future(user.expects("two"))
    await api("editMessageText", chat_id=7, message_id=sent["message_id"], text="one, two")
    assert (await waiting).text == "one, two"


async def test_a_disappointment_lists_what_came_instead(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7, started=True)
    await api("sendMessage", chat_id=7, text="something else")
    with pytest.raises(AssertionError, match="something else"):
        await user.expects("two", timeout=0.01)


async def test_a_button_is_pressed_by_its_text_and_answered(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7, started=True)
    sent = (await api("sendMessage", chat_id=7, text="a", reply_markup=KEYBOARD)).result
    pressing = asyncio.ensure_future(user.presses("Related"))
    (update,) = (await api("getUpdates", timeout=5)).result
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"]) == ("r:1", 7)
    assert query["message"]["message_id"] == sent["message_id"]
    assert (await api("answerCallbackQuery", callback_query_id=query["id"], text="Here")).result is True
    assert (await pressing).text == "Here"


async def test_a_query_that_is_unknown_or_too_old_is_not_answered(telegram: Telegram, api: Api, clock: Clock) -> None:
    user = telegram.user(7, started=True)
    await api("sendMessage", chat_id=7, text="a", reply_markup=KEYBOARD)
    pressing = asyncio.ensure_future(user.presses("r:1", timeout=0.5))
    (update,) = (await api("getUpdates", timeout=5)).result
    clock.now += 61
    too_old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    for query_id in (update["callback_query"]["id"], "5"):
        assert (await api("answerCallbackQuery", callback_query_id=query_id)).refusal == too_old
    pressing.cancel()


async def test_a_button_that_is_not_there_can_not_be_pressed(telegram: Telegram) -> None:
    with pytest.raises(AssertionError, match="No message has the button"):
        await telegram.user(7).presses("Related")


async def test_blocking_and_coming_back_are_told_to_the_bot(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7, started=True)
    user.blocks_bot()
    await user.says("/start")
    blocked, back, _ = (await api("getUpdates")).result
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_the_bot_hears_in_a_group_what_is_meant_for_it(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7)
    group = telegram.group(-1001, members=[user])
    await user.says("talk among us", chat=group)
    await user.says("/help@other_bot", chat=group)
    await user.says("/start", chat=group)
    await user.says("/list@visnyk_bot", chat=group)
    await user.says("what about @visnyk_bot", chat=group)
    sent = (await api("sendMessage", chat_id=group.id, text="a")).result
    await user.says("thanks", chat=group, reply_to=sent["message_id"])
    heard = [update["message"]["text"] for update in (await api("getUpdates")).result]
    assert heard == ["/start", "/list@visnyk_bot", "what about @visnyk_bot", "thanks"]


async def test_an_admin_bot_hears_all(telegram: Telegram, api: Api) -> None:
    group = telegram.group(-1001, members=[7], bot="administrator")
    await telegram.user(7).says("talk among us", chat=group)
    assert await kinds(api) == ["message"]


async def test_the_bot_is_let_in_and_put_out(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7)
    group = telegram.group(-1001, admins=[user], bot="left")
    user.adds_bot(group)
    await user.says("/start", chat=group)
    user.removes_bot(group)
    await user.says("/start", chat=group)
    assert await kinds(api) == ["my_chat_member", "message", "message", "my_chat_member"]
    assert telegram.messages(group.id)[0].body["new_chat_members"][0]["id"] == telegram.bot.id


async def test_an_admin_writes_in_the_name_of_the_group(telegram: Telegram, api: Api) -> None:
    admin, member = telegram.user(7), telegram.user(8)
    group = telegram.group(-1001, admins=[admin], members=[member])
    await admin.says("/list", chat=group, anonymous=True)
    told = (await api("getUpdates")).result[0]["message"]
    assert (told["from"]["username"], told["sender_chat"]["id"]) == ("GroupAnonymousBot", group.id)
    with pytest.raises(ValueError, match="Only admins"):
        await member.says("/list", chat=group, anonymous=True)


@pytest.mark.parametrize(("bot", "told"), [("administrator", ["chat_member"]), ("member", [])])
async def test_an_admin_bot_that_asks_for_it_hears_who_becomes_an_admin(
    telegram: Telegram, api: Api, bot: str, told: list[str]
) -> None:
    await api("getUpdates", allowed_updates=["chat_member"])
    owner, member = telegram.user(7), telegram.user(8)
    group = telegram.group(-1001, admins=[owner], members=[member], bot=bot)
    with pytest.raises(ValueError, match="Only admins"):
        member.promotes(member, group)
    owner.promotes(member, group)
    assert await kinds(api) == told
    assert (await api("getChatMember", chat_id=group.id, user_id=8)).result["status"] == "administrator"


async def test_only_admins_post_to_a_channel(telegram: Telegram, api: Api) -> None:
    channel = telegram.channel(-1002, members=[7], admins=[8])
    await telegram.user(8).says("news", chat=channel)
    with pytest.raises(ValueError, match="Only admins"):
        await telegram.user(7).says("news too", chat=channel)
    assert await kinds(api) == ["channel_post"]


async def test_every_update_is_one_that_python_telegram_bot_can_read(
    telegram: Telegram, bot: ptb.Bot, api: Api
) -> None:
    user = telegram.user(7, username="olena", language_code="uk")
    group = telegram.group(-1001, members=[user])
    await user.says("/start https://a.com")
    await user.says("/start", chat=group)
    user.blocks_bot()
    user.removes_bot(group)
    updates = await bot.get_updates(timeout=0)
    assert [update.effective_chat.id for update in updates if update.effective_chat] == [7, -1001, 7, -1001]
    assert not any(update.api_kwargs for update in updates)


async def test_a_forwarded_post_names_its_channel_if_it_has_a_name(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7)
    here = telegram.channel(-1005, username="bereg")
    for name in ("bereg", "elsewhere", ""):
        await user.forwards(name, "A ferry sails")
    told = [update["message"] for update in (await api("getUpdates")).result]
    assert all(message["text"] == "A ferry sails" for message in told)
    origins = [ptb.Message.de_json(message, None).forward_origin for message in told]
    assert all(isinstance(origin, ptb.MessageOriginChannel) for origin in origins)
    channels = [origin.chat for origin in origins if isinstance(origin, ptb.MessageOriginChannel)]
    assert [chat.username for chat in channels] == ["bereg", "elsewhere", None]
    assert channels[0].id == here.id
