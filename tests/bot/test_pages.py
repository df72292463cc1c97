"""An admin's word on the article pages of a feed, through Telegram."""

import pytest

from sandbox.newsroom.behaviour import Fails
from sandbox.telegram import Player
from tests.bot.world import ADMIN, World


async def follows(world: World, address: str, name: str) -> Player:
    admin = world.telegram.user(ADMIN, language_code="en")
    await admin.says(f"/sub {address}")
    await admin.expects(f"You now follow {name}")
    return admin


async def test_pages_that_an_admin_forbids_are_not_fetched_until_it_is_left_to_the_bot_again(world: World) -> None:
    admin = await follows(world, world.feed("misto"), "Місто Сьогодні")
    await admin.says("/pages 1")
    told = await admin.expects("Місто Сьогодні: article pages are fetched where the feed itself says too little.")
    assert "None was fetched so far." in told.text
    await admin.presses("Never", told)
    edited = await admin.expects("article pages are not fetched")
    assert edited.id == told.id
    fresh = world.newsroom.publish_next("misto")
    assert fresh.lead.split(". ")[0] not in (await admin.expects(fresh.title)).text
    assert world.newsroom.outlet("misto").page_requests == 0
    await admin.says("/pages 1 auto")
    await admin.expects("where the feed itself says too little")
    fresh = world.newsroom.publish_next("misto")
    assert fresh.lead.split(". ")[0] in (await admin.expects(fresh.title)).text
    await admin.says("/pages 1")
    await admin.expects("Of the last ones (1), 1 said more than the feed.")


async def test_pages_that_an_admin_wants_are_fetched_though_the_feed_tells_enough(world: World) -> None:
    admin, reader = world.telegram.user(ADMIN, language_code="uk"), world.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    await admin.says(f"/pages {world.feed('bereg')} завжди")
    await admin.expects("Вільний Берег: відкриваю сторінку кожної новини. Досі жодної не відкрито.")
    fresh = world.newsroom.publish_next("bereg")
    await reader.expects(fresh.title)
    assert world.newsroom.outlet("bereg").page_requests == 1


async def test_pages_that_give_nothing_are_told_of(world: World) -> None:
    admin = await follows(world, world.feed("misto"), "Місто Сьогодні")
    world.newsroom.outlet("misto").pages_behave(Fails(503))
    titles = [world.newsroom.publish_next("misto").title for _ in range(4)]
    for title in titles:
        await admin.expects(title)
    await admin.says("/pages 1")
    await admin.expects("The last ones (4) said no more than the feed, so the next is tried no earlier than")
    await admin.presses("Always")
    await admin.expects("the page of every new article is fetched. Of the last ones (4), 0 said more than the feed.")


async def test_a_channel_has_no_pages(world: World) -> None:
    admin = await follows(world, "@bereg", "Вільний Берег")
    await admin.says("/pages @bereg always")
    told = await admin.expects("Вільний Берег is a channel: its posts are whole, and no pages are fetched.")
    assert told.reply_markup is None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Which one?"),
        ("always", "I know no source “always”"),
        ("7", "I know no source “7”"),
        ("7 never", "I know no source “7”"),
        ("1 sometimes", "Which one?"),
        ("https://nowhere.example/feed never", "I know no source “https://nowhere.example/feed”"),
        ("https://anna:hush@nowhere.example/ never", "I know no source “https://…@nowhere.example/”"),
    ],
)
async def test_what_is_not_understood_is_said(world: World, typed: str, answer: str) -> None:
    admin = world.telegram.user(ADMIN, language_code="en")
    await admin.says(f"/pages {typed}")
    await admin.expects(answer)


async def test_for_others_than_admins_there_is_neither_command_nor_button(world: World) -> None:
    admin, reader = world.telegram.user(ADMIN, language_code="en"), world.telegram.user(7, language_code="en")
    group = world.telegram.group(-100200, members=[admin, reader], type="supergroup")
    await admin.says(f"/sub@visnyk_bot {world.feed('misto')}", group)
    await admin.expects("You now follow", chat=group)
    await reader.says("/pages 1")
    await reader.expects("There is no such command")
    await admin.says("/pages@visnyk_bot 1", group)
    told = await admin.expects("where the feed itself says too little", chat=group)
    await reader.presses("Never", told, chat=group)
    await admin.says("/pages@visnyk_bot 1", group)
    await admin.expects("where the feed itself says too little", chat=group)


async def test_a_button_of_a_source_that_is_gone_says_so(world: World) -> None:
    admin = await follows(world, f"{world.feed('misto')} private", "Місто Сьогодні")
    await admin.says("/pages 1")
    told = await admin.expects("where the feed itself says too little")
    await admin.says("/unsub 1")
    await admin.expects("You no longer follow")
    pressed = await admin.presses("Never", told)
    assert pressed.text == "This source is no longer kept."
