from pathlib import Path

import aiohttp
import pytest
import telegram as ptb

from sandbox.telegram import DEMO_TOKEN, Server, Telegram
from sandbox.telegram.files import MOST_BYTES
from sandbox.telegram.methods.chats import MAX_DOWNLOAD
from sandbox.telegram.pictures import MAX_UPLOAD

from .conftest import Api


async def test_a_file_from_a_person_is_fetched(telegram: Telegram, bot: ptb.Bot) -> None:
    await telegram.user(7).sends_file("feeds.opml", b"<opml/>", caption="my feeds")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    document = update.message.document
    assert document is not None
    assert (document.file_name, document.file_size, update.message.caption) == ("feeds.opml", 7, "my feeds")
    file = await document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"<opml/>"


async def test_a_file_too_big_to_fetch_is_refused(telegram: Telegram, api: Api) -> None:
    message = await telegram.user(7).sends_file("huge.bin", b"0" * (MAX_DOWNLOAD + 1))
    refused = await api("getFile", file_id=message.body["document"]["file_id"])
    assert refused.refusal == (400, "Bad Request: file is too big")


async def test_a_picture_too_big_to_send_is_refused(
    telegram: Telegram, server: Server, http: aiohttp.ClientSession
) -> None:
    telegram.user(7, started=True)
    form = aiohttp.FormData({"chat_id": "7"})
    form.add_field("photo", b"0" * (MAX_UPLOAD + 1), filename="x.jpg")
    async with http.post(f"{server.url}/bot{DEMO_TOKEN}/sendPhoto", data=form) as answer:
        assert (await answer.json())["description"].endswith("too big for a photo; the maximum size is 10485760 bytes")


async def test_the_oldest_files_give_way(telegram: Telegram) -> None:
    sent = [await telegram.user(7).sends_file(f"{number}.bin", bytes(MOST_BYTES // 3)) for number in range(4)]
    kept = [telegram.files.get(message.body["document"]["file_id"]) is not None for message in sent]
    assert kept == [False, True, True, True]


@pytest.mark.parametrize("name", ["feeds.opml", "стрічки.opml", "<script>.html"])
async def test_a_file_outlives_a_restart(tmp_path: Path, name: str) -> None:
    first = Telegram(state=tmp_path / "telegram.db")
    message = await first.user(7).sends_file(name, b"\x00\xff")
    await first.close()
    kept = Telegram(state=tmp_path / "telegram.db").files.get(message.body["document"]["file_id"])
    assert kept is not None
    assert (kept.name, kept.content) == (name, b"\x00\xff")
