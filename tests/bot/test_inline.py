"""Inline mode as a person sees it in any chat."""

import re

import pytest

from sandbox.telegram import Chat, Message, Player
from tests.bot.world import ADMIN, World


def chat_of_strangers(world: World) -> tuple[Player, Chat]:
    """Somebody who never wrote to the bot, in a group that it is not in."""
    stranger = world.telegram.user(8, language_code="en")
    return stranger, world.telegram.group(-100300, members=[stranger], bot="left")


async def reader_of(world: World, slug: str, user_id: int = 7) -> Player:
    reader = world.telegram.user(user_id, language_code="uk")
    await reader.says(f"/sub {world.feed(slug)}")
    await reader.expects("Ви стежите за")
    return reader


def facts(message: Message) -> tuple[object, ...]:
    return message.text, message.entities, message.body.get("link_preview_options")


async def test_words_in_any_form_find_an_article(world: World) -> None:
    world.newsroom.publish("bereg", title="До парку привезли жирафу", lead="Вона спала всю дорогу.")
    reader = await reader_of(world, "bereg")
    answer = await reader.asks_inline("жирафою")
    [card] = [result.card for result in answer.results]
    assert card["title"] == "До парку привезли жирафу"
    assert re.fullmatch(r"Вільний Берег · .+ тому\nВона спала всю дорогу\.", card["description"])
    assert card["url"].startswith(world.press_url)
    assert answer.personal
    assert 0 < answer.cache_seconds <= 60


async def test_the_chosen_card_arrives_as_the_push_looks_and_nobody_answers_it(world: World) -> None:
    reader = await reader_of(world, "surma")
    world.newsroom.publish("surma", title="Жирафа Зою перевезли до Кракова", lead="Зоя спала всю дорогу.")
    push = await reader.expects("Жирафа Зою")
    await reader.asks_inline("жирафи")
    chosen = await reader.chooses("Жирафа Зою перевезли до Кракова")
    assert facts(chosen) == facts(push)
    assert not chosen.buttons
    await reader.says("/list")
    await reader.expects("1 джерело")
    assert len(world.telegram.said(7)) == 3


async def test_with_nothing_typed_the_newest_come_first_a_page_at_a_time(world: World) -> None:
    for number in range(18):
        world.newsroom.publish("bereg", title=f"Новина номер {number}", lead="Лід новини.")
    world.newsroom.publish("harbour", title="The newest of all", lead="It is new.")
    for slug in ("bereg", "harbour"):
        reader = await reader_of(world, slug)
    first = await reader.asks_inline("")
    assert [len(first.results), first.results[0].title] == [20, "The newest of all"]
    assert [result.title for result in first.results[1:4]] == [f"Новина номер {number}" for number in (17, 16, 15)]
    second = await reader.asks_inline("", offset=first.next_offset)
    assert second.next_offset == ""
    titles = {result.title for result in (*first.results, *second.results)}
    assert len(titles) == len(first.results) + len(second.results) == 23


async def test_an_offset_nobody_gave_is_harmless(world: World) -> None:
    reader = await reader_of(world, "bereg")
    for offset in ("99", "-1", "x" * 64):
        assert (await reader.asks_inline("", offset=offset)).results


@pytest.mark.parametrize("words", ["кенгуру", "😀😀", '"NEAR(', "я" * 256])
async def test_with_nothing_found_there_is_the_way_to_the_bot(world: World, words: str) -> None:
    reader = await reader_of(world, "bereg")
    answer = await reader.asks_inline(words)
    assert answer.results == ()
    assert answer.button == {"text": "Відкрити Вісник", "start_parameter": "inline"}
    await reader.says("/start inline")
    await reader.expects("Вісник стежить за новинами")


async def test_a_stranger_is_answered_in_their_language_and_leaves_no_trace(world: World) -> None:
    world.newsroom.publish("harbour", title="Ferry sails at nine", lead="The ferry sails at nine today.")
    await reader_of(world, "harbour")
    stranger, chat = chat_of_strangers(world)
    [card] = [result.card for result in (await stranger.asks_inline("ferries", chat)).results]
    assert re.match(r"The Harbour Post · .+ ago\n", card["description"])
    await stranger.chooses("Ferry sails at nine", chat)
    assert (await stranger.asks_inline("kangaroo", chat)).button == {
        "text": "Open Visnyk",
        "start_parameter": "inline",
    }
    admin = world.telegram.user(ADMIN, language_code="en")
    await admin.says("/stats")
    assert "Chats: 2," in (await admin.expects("Visnyk in figures")).text


async def test_a_broadcast_does_not_delay_an_answer(lifelike: World) -> None:
    async with lifelike.bot():
        readers = [await reader_of(lifelike, "bereg", user_id) for user_id in range(1000, 1060)]
        lifelike.newsroom.publish("bereg", title="Усім разом", lead="Про головне.")
        await readers[0].expects("Усім разом")
        assert (await readers[-1].asks_inline("разом")).results
        assert sum(message.text.startswith("Усім разом") for message in lifelike.telegram.sent) < len(readers)
        for reader in readers[1:]:
            await reader.expects("Усім разом")


async def test_a_slow_command_of_the_same_person_does_not_delay_an_answer(world: World) -> None:
    reader = await reader_of(world, "bereg")
    world.newsroom.outlet("misto").hangs(everywhere=True)
    await reader.says(f"/sub {world.feed('misto')}")
    assert (await reader.asks_inline("")).results


async def test_a_question_that_grew_old_while_the_bot_was_down_troubles_nobody(stage: World) -> None:
    reader = stage.telegram.user(7, language_code="uk")
    query = {"id": "1", "from": reader.person.as_json(), "query": "давно", "offset": ""}
    stage.telegram.tell_bot("inline_query", query)
    async with stage.bot():
        await reader_of(stage, "bereg")
        assert (await reader.asks_inline("")).results
    refused = [call for call in stage.telegram.calls if call.method == "answerInlineQuery" and call.status == 400]
    assert len(refused) == 1
