"""A file of feeds, dropped into the chat with the bot."""

import pytest

from sandbox.telegram import Fault
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


async def test_the_outlets_of_a_file_are_followed_and_what_comes_next_is_pushed(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(world.feed("bereg"))
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
        ("feeds.opml", b"<opml/>" + b" " * 1_000_000, "завеликий: щонайбільше 1 МБ"),
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
    feeds = [("Пастка", f"ftp://{number}.example/") for number in range(202)]
    await reader.sends_file("feeds.opml", opml(*feeds))
    told = await reader.expects("Додано 0 джерел.")
    assert "Не вдалося додати 200 джерел:" in told.text
    assert "і ще 190" in told.text
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


async def test_a_kill_in_between_is_harmless(stage: World, process: Process) -> None:
    reader = stage.telegram.user(7, language_code="uk")
    stage.newsroom.outlet("misto").hangs(everywhere=True)
    await process.start()
    await reader.sends_file("feeds.opml", of_outlets(stage, "bereg", "misto"))
    await stage.newsroom.requested("misto")
    await process.kill()
    stage.newsroom.outlet("misto").recovers()
    await process.start()
    await reader.expects("Додано", timeout=30)
    await reader.says("/list")
    await reader.expects("2 джерела")
