"""Reading in the chat, with the whole bot: articles in pages, what is saved, what the ⋯ leads to, what is muted."""

from datetime import UTC, datetime

import pytest

from news.chat import Address
from sandbox.telegram import Message, Player
from tests.bot.test_groups import REFUSAL, group_in
from tests.bot.test_peace import burst_of, checked, follower, pushed, store_of
from tests.bot.test_private import Paper, paper
from tests.bot.world import World
from tests.news.test_story import FERRY, FERRY_AGAIN, WHALE

__all__ = ["paper"]
GONE = "Ця новина вже не зберігається."
LEAD = "Міст через Лиманку відкрили в суботу. Ним пішло вже тисяча людей."
BODY = tuple(f"Абзац {number}. {'Мешканці Зарічча чекали на цей міст дванадцять років. ' * 14}" for number in range(9))


async def ferry(world: World, reader: Player) -> Message:
    """The push of an article that the reader follows."""
    world.newsroom.publish("bereg", title=FERRY.title, lead=FERRY.text)
    return await reader.expects(FERRY.title)


async def opened(reader: Player, push: Message, title: str = FERRY.title) -> Message:
    """The push with the list behind its ⋯ in the place of its buttons."""
    await reader.presses("⋯", push)
    return await reader.expects(title)


# Read


async def test_what_the_feed_carries_whole_is_read_in_pages_that_outlive_a_restart(stage: World) -> None:
    reader = stage.telegram.user(7, language_code="uk")
    async with stage.bot():
        await reader.says(f"/sub {stage.home('tideline')}feed.json")
        await reader.expects("Ви стежите за джерелом Tideline")
        fresh = stage.newsroom.publish("tideline", title="Міст відкрито", lead=LEAD, body=BODY)
        push = await reader.expects(fresh.title)
        await reader.presses("Читати", push)
        first = await reader.expects("Абзац 0")
    assert first.id != push.id
    assert first.silent
    assert "Джерело" not in first.text
    async with stage.bot():
        await reader.presses("▶", first)
        second = await reader.expects("Абзац 3")
        await reader.presses("▶", second)
        last = await reader.expects("Абзац 8")
    assert first.id == second.id == last.id
    assert "Джерело: 127.0.0.1" in last.text


@pytest.mark.parametrize("reading", ["lead", "full"])
async def test_of_a_fetched_page_the_operator_decides_how_much_is_read(stage: World, reading: str) -> None:
    stage.extra["READING"] = reading
    async with stage.bot():
        reader = await follower(stage, "misto")
        fresh = stage.newsroom.publish("misto", title="Міст відкрито", lead=LEAD, body=(*BODY[:2], "Кінець.  Останнє."))
        await reader.presses("Читати", await reader.expects(fresh.title))
        read = await reader.expects("Повністю:" if reading == "lead" else "Джерело:")
    assert "тисяча людей" in read.text
    assert ("Абзац 1" in read.text) == (reading == "full")


async def test_a_press_on_what_is_gone_or_not_ones_own_says_so_and_changes_nothing(world: World, paper: Paper) -> None:
    reader, stranger = (world.telegram.user(number, language_code="uk") for number in (7, 8))
    await reader.says(f"/sub {paper.secretly()}")
    await reader.expects("інші його не бачать")
    paper.titles.append("Жирафа Зою перевезли до Кракова")
    push = await reader.expects("Жирафа Зою")
    read = next(button["callback_data"] for button in push.buttons if "Читати" in button["text"])
    number = read.removeprefix("read:")
    await stranger.says("/list")
    there = await stranger.expects("ні за чим не стежите")
    forged = (read, f"read:{number}:1", f"save:{number}", f"more:{number}", f"mute:{number}", f"mute:{number}:good")
    for press in (*forged, "read:", "read:0", "save:9999", "more:x", "mute:-1:day", "read:99999999999999999999"):
        there.body["reply_markup"] = {"inline_keyboard": [[{"text": "x", "callback_data": press}]]}
        assert (await stranger.presses("x", there)).text == GONE, press
    there.body["reply_markup"] = {"inline_keyboard": [[{"text": "x", "callback_data": "saved:1:0"}]]}
    assert "застарів" in (await stranger.presses("x", there)).text
    assert "Жирафа" not in "".join(message.text for message in world.telegram.messages(8))
    await reader.presses("Читати", push)
    assert (await reader.expects("Жирафа Зою")).id > push.id


# Save


async def test_what_is_saved_is_listed_searched_taken_out_and_given_out(world: World) -> None:
    reader = await follower(world, "bereg")
    push = await ferry(world, reader)
    assert (await reader.presses("Зберегти", push)).text == "Збережено. Усе збережене: /saved"
    assert (await reader.presses("Зберегти", push)).text.startswith("Це вже збережено.")
    for _ in range(5):
        await reader.presses("Зберегти", await reader.expects(world.newsroom.publish_next("bereg").title))
    await reader.says("/saved")
    told = await reader.expects("🔖 6 збережених новин")
    assert FERRY.title not in told.text
    await reader.presses("▶", told)
    second = await reader.expects(f"6. {FERRY.title}")
    assert second.id == told.id

    await reader.says("/saved поромами")
    found = await reader.expects("🔖 поромами · 1 збережена новина")
    assert FERRY.title in found.text
    await reader.presses("Усе файлом", found)
    file = await reader.expects("6 новин.")
    given_out = world.telegram.files.get(file.body["document"]["file_id"])
    assert given_out is not None
    assert FERRY.title.encode() in given_out.content
    assert (await reader.presses("✕ 1", found)).text == "Більше не збережено."
    await reader.expects("Серед збереженого немає «поромами».")
    await reader.says("/saved")
    assert FERRY.title not in (await reader.expects("🔖 5 збережених новин")).text


async def test_who_saves_in_a_group_has_it_in_private_and_no_private_source_leaves_the_group(
    world: World, paper: Paper
) -> None:
    group = group_in(world)
    await group.follows("bereg")
    world.newsroom.publish("bereg", title=FERRY.title, lead=FERRY.text)
    push = await group.member.expects(FERRY.title, chat=group.chat)
    saved = await group.member.presses("Зберегти", push, chat=group.chat)
    assert saved.text.startswith("Збережено у вашому приватному чаті")
    again = await group.member.presses("Зберегти", push, chat=group.chat)
    assert again.text.startswith("Це вже збережено у вашому")
    await group.member.says("/saved", group.chat)
    assert "Збережене – у вашому" in (await group.member.expects("/saved", chat=group.chat)).text
    await group.member.says("/saved")
    assert FERRY.title in (await group.member.expects("🔖 1 збережена")).text

    await group.admin.says(f"/sub {paper.secretly()}")
    await group.admin.expects("інші його не бачать")
    async with store_of(world) as store:
        boss = await store.chats.find(Address("telegram", group.admin.id))
        chat = await store.chats.find(Address("telegram", group.chat.id))
        assert boss is not None
        assert chat is not None
        [secret] = [one.feed for one in await store.chats.subscriptions(boss.id)]
        await store.chats.follow(chat.id, secret.id, now=datetime.now(UTC))
    paper.titles.append(WHALE.title)
    push = await group.member.expects(WHALE.title, chat=group.chat)
    assert "приватне для цієї групи" in (await group.member.presses("Зберегти", push, chat=group.chat)).text
    assert (await group.admin.presses("Зберегти", push, chat=group.chat)).text.startswith("Збережено у вашому")


# What is behind the ⋯, and muting


async def test_the_list_behind_a_push_opens_leads_on_and_closes(world: World) -> None:
    reader = await follower(world, "bereg", "misto")
    push = await ferry(world, reader)
    listed = await opened(reader, push)
    assert (listed.id, listed.text) == (push.id, push.text)
    share = listed.button("Поділитися")
    assert share is not None
    assert share["url"].startswith("https://t.me/share/url?url=http")
    await reader.presses("Хто про це пише", listed)
    await reader.expects("🧩 Хто про це пише · 1 новина")
    await reader.presses("Назад", listed)
    closed = await reader.expects(FERRY.title)
    assert closed.reply_markup == push.reply_markup
    # Whoever changes the message brings its buttons back.
    await opened(reader, push)
    world.newsroom.publish("misto", title=FERRY_AGAIN.title, lead=FERRY_AGAIN.text)
    assert (await reader.expects("також: Місто Сьогодні")).reply_markup == push.reply_markup


async def test_a_story_muted_comes_no_more_until_it_is_let_come_again(world: World) -> None:
    reader = await follower(world, "bereg", "misto")
    push = await ferry(world, reader)
    listed = await opened(reader, push)
    await reader.presses("Більше не про це", listed)
    asked = await reader.expects(FERRY.title)
    assert (await reader.presses("Добу", asked)).text.startswith("Добу про цю подію нічого не надсилатиму.")
    assert (await reader.expects(FERRY.title)).reply_markup == push.reply_markup
    world.newsroom.publish("misto", title=FERRY_AGAIN.title, lead=FERRY_AGAIN.text)
    await checked(world, "misto")
    await reader.says("/mute")
    muted = await reader.expects("🔇 Мовчу про 1 подію")
    assert f"1. {FERRY.title}\n   до " in muted.text
    assert "також" not in (world.telegram.history.get(7, push.id) or push).text
    assert pushed(world, FERRY_AGAIN.title) == 0
    assert (await reader.presses("✕ 1", muted)).text == "Знову надсилатиму про цю подію."
    await reader.expects("Надсилаю про все.")
    assert (await opened(reader, push)).button("Більше не про це")


async def test_a_reply_mutes_and_the_list_lets_it_come_again(world: World) -> None:
    reader = await follower(world, "bereg")
    push = await ferry(world, reader)
    await reader.says("/mute", reply_to=push)
    asked = await reader.expects("Як довго не надсилати про цю подію?")
    await reader.presses("Назавжди", asked)
    done = await reader.expects("Про цю подію більше нічого не надсилатиму.")
    assert done.id == asked.id
    listed = await opened(reader, push)
    assert (await reader.presses("Знову про це", listed)).text == "Знову надсилатиму про цю подію."
    await reader.says("/mute")
    told = await reader.expects("Надсилаю про все.")
    await reader.says("/mute", reply_to=told)
    await reader.expects("Про яку подію?")


async def test_a_reply_to_a_list_asks_which_of_its_stories_to_mute(world: World) -> None:
    reader = await follower(world, "bereg")
    articles, told = await burst_of(world, reader, 7)
    await reader.says("/mute", reply_to=told)
    asked = await reader.expects("Яку саме? Натисніть її номер.")
    await reader.presses("2", asked)
    assert articles[6].title in (await reader.expects("Як довго не надсилати")).text


async def test_in_a_group_everybody_reads_and_administrators_mute(world: World) -> None:
    group = group_in(world)
    await group.follows("bereg")
    world.newsroom.publish("bereg", title=FERRY.title, lead=FERRY.text)
    push = await group.member.expects(FERRY.title, chat=group.chat)
    await group.member.presses("Читати", push, chat=group.chat)
    read = await group.member.expects("Джерело:", chat=group.chat)
    assert read.reply_to is not None
    assert read.reply_to["message_id"] == push.id
    await group.member.presses("⋯", push, chat=group.chat)
    listed = await group.member.expects(FERRY.title, chat=group.chat)
    assert (await group.member.presses("Більше не про це", listed, chat=group.chat)).text == REFUSAL
    await group.member.says("/mute", group.chat, reply_to=push)
    await group.member.expects(REFUSAL, chat=group.chat)
    await group.admin.presses("Більше не про це", listed, chat=group.chat)
    asked = await group.member.expects(FERRY.title, chat=group.chat)
    assert asked.button("Тиждень")
