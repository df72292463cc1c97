"""A file of feeds, dropped into the chat with the bot."""

import sqlite3
from contextlib import closing

import pytest

from news.opml import read_opml
from sandbox.telegram import Fault, Message, Player
from tests.bot.world import Process, World


def opml(*feeds: tuple[str, str]) -> bytes:
    """A file that names these: title and address."""
    outlines = "".join(f'<outline text="{title}" xmlUrl="{address}"/>' for title, address in feeds)
    return f"<opml version='2.0'><body><outline text='Новини'>{outlines}</outline></body></opml>".encode()


def of_outlets(world: World, *slugs: str) -> bytes:
    return opml(*((slug, world.feed(slug)) for slug in slugs))


def written(world: World, chat_id: int) -> set[int]:
    """The ids of the bot's messages, however often each was changed."""
    return {message.id for message in world.telegram.said(chat_id)}


async def followed(reader: Player, told: str) -> None:
    """Wait until the list says so."""
    while True:
        await reader.says("/list")
        if told in (await reader.expects("джерел", timeout=30)).text:
            return


async def test_the_outlets_of_a_file_are_followed_and_what_comes_next_is_pushed(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    await reader.sends_file("feeds.opml", of_outlets(world, "bereg", "misto", "harbour"))
    told = await reader.expects("Додано 2 джерела.")
    assert told.text == "feeds.opml\nДодано 2 джерела.\nЗа 1 джерелом ви вже стежили."
    fresh = world.newsroom.publish("harbour", title="Ferry sails at nine", lead="The ferry sails at nine today.")
    await reader.expects(fresh.title)
    assert len(written(world, 7)) == 3


async def test_what_is_broken_is_told_and_the_rest_is_followed(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    world.newsroom.outlet("misto").fails_with(404)
    world.newsroom.outlet("harbour").fails_with(503)
    feeds = [(slug, world.feed(slug)) for slug in ("bereg", "misto", "harbour")]
    await reader.sends_file("feeds.xml", opml(*feeds, ("Пастка &lt;b&gt;", "javascript:alert(1)")))
    told = await reader.expects("Додано 2 джерела.")
    assert "З них 1 поки не читається" in told.text
    assert "Не вдалося додати 2 джерела:" in told.text
    assert "• misto – На 127.0.0.1" in told.text
    assert "• Пастка – «javascript:alert(1)» – не адреса." in told.text


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("feeds.opml", b"", "Це не файл OPML"),
        ("feeds.opml", b"PK\x03\x04" + bytes(500), "Це не файл OPML"),
        ("feeds.opml", b'<!DOCTYPE o [<!ENTITY a "a">]><opml><body/></opml>', "Це не файл OPML"),
        ("feeds.opml", b"<opml><body/></opml>", "немає жодної стрічки"),
        ("feeds.opml", b"<opml/>" + b" " * 3_000_000, "завеликий: щонайбільше 3 МБ"),
        ("photo.jpg", b"\xff\xd8", "З файлів читаю лише OPML"),
    ],
)
async def test_another_file_gets_one_clear_sentence(world: World, name: str, content: bytes, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.sends_file(name, content)
    await reader.expects(answer)
    assert len(world.telegram.said(7)) == 1


async def test_a_file_that_telegram_does_not_give_out(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    world.telegram.add_fault(Fault("error", method="getFile", status=400, times=1))
    await reader.sends_file("feeds.opml", of_outlets(world, "bereg"))
    await reader.expects("Не вдалося отримати файл")
    await reader.says("/import")
    await reader.expects("Надішліть файл OPML")


async def test_of_too_many_feeds_the_first_are_followed(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    feeds = [("Пастка", f"ftp://{number}.example/") for number in range(2002)]
    await reader.sends_file("feeds.opml", opml(*feeds))
    told = await reader.expects("Додано 0 джерел.")
    assert "Не вдалося додати 2000 джерел:" in told.text
    assert "і ще 1990" in told.text
    assert "ще 2 стрічки понад те" in told.text


async def test_in_a_group_a_file_is_let_lie_until_somebody_replies_with_import(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    chat = world.telegram.group(-100200, admins=[reader])
    file = await reader.sends_file("feeds.opml", of_outlets(world, "bereg"), chat)
    await reader.says("/import", chat, reply_to=file)
    await reader.expects("Додано 1 джерело.", chat=chat)
    assert len(written(world, -100200)) == 1


async def test_commands_are_answered_while_a_file_is_worked_off(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    world.newsroom.outlet("misto").hangs(everywhere=True)
    await reader.sends_file("feeds.opml", of_outlets(world, "bereg", "misto"))
    shown = await reader.expects("Читаю feeds.opml: 0 з 2.")
    await reader.says("/help")
    await reader.expects("Джерела")
    world.newsroom.outlet("misto").recovers()
    assert (await reader.expects("Додано")).id == shown.id


async def test_a_file_holds_up_nobody_who_wants_something_of_the_same_host(world: World) -> None:
    reader, other = world.telegram.user(7, language_code="uk"), world.telegram.user(8, language_code="uk")
    world.newsroom.outlet("misto").hangs(everywhere=True)
    feeds = [(str(number), f"{world.feed('misto')}?number={number}") for number in range(8)]
    await reader.sends_file("feeds.opml", opml(*feeds))
    await world.newsroom.requested("misto")
    await other.says(f"/sub {world.feed('bereg')}")
    await other.expects("Ви стежите за")
    assert not [said for said in world.telegram.said(7) if "Додано" in said.text]
    world.newsroom.outlet("misto").recovers()
    await reader.expects("Додано")


async def test_after_a_kill_in_between_the_rest_is_followed_and_one_report_tells_of_all(
    stage: World, process: Process
) -> None:
    reader = stage.telegram.user(7, language_code="uk")
    stage.newsroom.outlet("misto").hangs(everywhere=True)
    await process.start()
    await reader.says(f"/sub {stage.feed('harbour')}")
    await reader.expects("Ви стежите за", timeout=30)
    await reader.sends_file("feeds.opml", of_outlets(stage, "harbour", "bereg", "misto"))
    shown = await reader.expects("Читаю feeds.opml: 0 з 3.")
    await followed(reader, "2 джерела")
    await process.kill()
    stage.newsroom.outlet("misto").recovers()
    await process.start()
    told = await reader.expects("Додано", timeout=30)
    assert told.text == "feeds.opml\nДодано 2 джерела.\nЗа 1 джерелом ви вже стежили."
    assert told.id == shown.id
    await followed(reader, "3 джерела")


# Export


def file_in(world: World, message: Message) -> bytes:
    """The file that a message brought."""
    file = world.telegram.files.get(message.body["document"]["file_id"])
    assert file is not None
    assert file.name == "feeds.opml"
    return file.content


async def test_what_one_chat_exports_another_imports(world: World) -> None:
    reader, other = world.telegram.user(7, language_code="uk"), world.telegram.user(8, language_code="uk")
    for typed in (world.feed("bereg"), world.home("misto"), f"{world.feed('harbour')}?token=hush private"):
        await reader.says(f"/sub {typed}")
        await reader.expects("Ви стежите за")
    await reader.says("/export")
    sent = await reader.expects("3 джерела.")
    assert "відкриє й ваші приватні стрічки" in sent.text
    await other.sends_file("feeds.opml", file_in(world, sent))
    await other.expects("Додано 3 джерела.")
    await other.says("/list")
    assert (await other.expects("3 джерела")).text.count("· приватна") == 1
    await other.says("/export")
    again, first = (read_opml(file_in(world, one)) for one in (await other.expects("Цей файл відкриє"), sent))
    assert set(again) == set(first)


async def test_who_follows_nothing_has_nothing_to_export(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/export")
    await reader.expects("Ви ще ні за чим не стежите")


async def test_in_a_group_members_export_what_it_follows_and_nothing_private(stage: World) -> None:
    admin, member = (stage.telegram.user(number, language_code="uk") for number in (5, 7))
    chat = stage.telegram.group(-100200, admins=[admin], members=[member])
    async with stage.bot():
        await admin.says(f"/sub {stage.feed('bereg')}", chat)
        await admin.expects("Ви стежите за", chat=chat)
        await admin.says(f"/sub {stage.feed('harbour')}?token=hush private")
        await admin.expects("Ви стежите за")
    with closing(sqlite3.connect(stage.folder / "visnyk.db")) as connection, connection:
        connection.execute(
            "INSERT INTO subscriptions (chat_id, feed_id, created_at) "
            "SELECT chats.id, feeds.id, met_at FROM chats, feeds WHERE chats.kind = 'supergroup' AND feeds.private"
        )
    async with stage.bot():
        asked = await member.says("/export", chat)
        sent = await member.expects("1 джерело.", chat=chat)
    assert sent.reply_to is not None
    assert sent.reply_to["message_id"] == asked.id
    assert stage.feed("bereg").encode() in (content := file_in(stage, sent))
    assert b"hush" not in content
