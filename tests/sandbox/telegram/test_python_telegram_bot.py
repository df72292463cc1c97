import asyncio

import pytest
import telegram as ptb
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from sandbox.telegram import Fault, Limits, Server, Telegram, serve

from .conftest import PICTURE, Clock


@pytest.fixture(autouse=True)
def reader(telegram: Telegram) -> None:
    telegram.user(7, first_name="Олена", started=True)


async def test_it_sends_and_edits(telegram: Telegram, bot: ptb.Bot) -> None:
    button = ptb.InlineKeyboardButton("🔗 Схоже", callback_data="r:1")
    sent = await bot.send_message(
        7,
        "<b><a href='https://a.com/'>Новина</a></b>\n😀 <i>стисло</i>",
        parse_mode="HTML",
        reply_markup=ptb.InlineKeyboardMarkup.from_button(button),
        link_preview_options=ptb.LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
    )
    assert sent.text_html == '<a href="https://a.com/"><b>Новина</b></a>\n😀 <i>стисло</i>'
    assert sent.reply_markup is not None
    assert sent.link_preview_options == ptb.LinkPreviewOptions(is_disabled=True)
    edited = await sent.edit_text("інше")
    assert isinstance(edited, ptb.Message)
    assert (edited.text, edited.reply_markup) == ("інше", None)
    assert await sent.delete()


async def test_it_sends_pictures_by_address_and_by_upload(telegram: Telegram, bot: ptb.Bot) -> None:
    linked = await bot.send_photo(7, "https://a.com/x.jpg", caption="<u>a</u>", parse_mode="HTML")
    assert linked.caption_html == "<u>a</u>"
    uploaded = await bot.send_photo(7, PICTURE)
    file = await uploaded.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PICTURE
    document = await bot.send_document(7, b"<opml/>", filename="feeds.opml")
    assert document.document is not None
    assert document.document.file_name == "feeds.opml"


async def test_it_gets_updates_and_answers_buttons(telegram: Telegram, bot: ptb.Bot) -> None:
    user = telegram.user(7)
    button = ptb.InlineKeyboardButton("Related", callback_data="r:1")
    await bot.send_message(7, "a", reply_markup=ptb.InlineKeyboardMarkup.from_button(button))
    pressing = asyncio.ensure_future(user.presses("Related"))
    (update,) = await bot.get_updates(timeout=5, allowed_updates=["message", "callback_query"])
    assert update.callback_query is not None
    await update.callback_query.answer("here", show_alert=True)
    answer = await pressing
    assert (answer.text, answer.alert) == ("here", True)
    assert await bot.get_updates(offset=update.update_id + 1, timeout=0) == ()


async def test_it_sees_replies(telegram: Telegram, bot: ptb.Bot) -> None:
    user = telegram.user(7)
    await bot.send_message(7, "a push")
    await user.says("/related", reply_to=await user.expects("push"))
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "a push"


async def test_it_sets_its_menu_and_reads_chats(telegram: Telegram, bot: ptb.Bot) -> None:
    commands = [ptb.BotCommand("start", "Почати")]
    await bot.set_my_commands(commands, scope=ptb.BotCommandScopeChat(7), language_code="uk")
    assert await bot.get_my_commands(ptb.BotCommandScopeChat(7), "uk") == tuple(commands)
    telegram.group(-1001, title="Newsroom", admins=[7])
    assert (await bot.get_chat(-1001)).title == "Newsroom"
    member = await bot.get_chat_member(-1001, 7)
    assert isinstance(member, ptb.ChatMemberAdministrator)
    assert [one.user.id for one in await bot.get_chat_administrators(-1001)] == [7]
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_refusals_become_its_errors(telegram: Telegram, bot: ptb.Bot) -> None:
    with pytest.raises(BadRequest, match="an't parse entities: unsupported start tag"):
        await bot.send_message(7, "<x>", parse_mode="HTML")
    telegram.add_fault(Fault("blocked", chat=7, times=1))
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7, "a")
    telegram.add_fault(Fault("migrated", chat=7, to=-1009, times=1))
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(7, "a")
    assert migrated.value.new_chat_id == -1009
    telegram.add_fault(Fault("flood", chat=7, retry_after=3, times=1))
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(7, "a")
    assert flood.value.message == "Flood control exceeded. Retry in 3 seconds"
    await bot.send_message(7, "a")


async def test_a_wrong_token_is_an_invalid_token() -> None:
    async with serve(Telegram(token="5:right")) as server:
        with pytest.raises(InvalidToken):
            await ptb.Bot("5:wrong", f"{server.url}/bot").initialize()


async def test_a_second_instance_is_a_conflict(telegram: Telegram, server: Server, bot: ptb.Bot) -> None:
    first = asyncio.ensure_future(bot.get_updates(timeout=30))
    await telegram.updates.began.rung()
    async with ptb.Bot("1:other", f"{server.url}/bot") as other:
        await other.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_the_limits_are_its_retry_after(clock: Clock) -> None:
    telegram = Telegram(limits=Limits(total=1), clock=clock)
    telegram.user(7, started=True)
    async with serve(telegram) as server, ptb.Bot("1:x", f"{server.url}/bot") as bot:
        await bot.send_message(7, "a")
        with pytest.raises(RetryAfter):
            await bot.send_message(7, "b")
