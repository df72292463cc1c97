import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.box import Box, FolderTaken, FolderUnusable, NoSuchPort, PortTaken
from sandbox.cast import READER_ID
from sandbox.newsroom import Pace

IN_NO_TIME = Pace(first=0, least=0, most=0, welcome=0)


async def fetch(url: str, **headers: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        body = await (response.json() if "json" in response.content_type else response.text())
        return response.status, body


async def test_everything_answers_at_one_address() -> None:
    async with Box.open(pace=None) as box:
        assert "<title>" in (await fetch(f"{box.url}/"))[1]
        assert (await fetch(f"{box.url}/bot{box.token}/getMe"))[1]["result"]["username"] == "visnyk_bot"
        assert "<rss" in (await fetch(f"{box.url}/news/bereg/feed.xml"))[1]
        state = (await fetch(f"{box.url}/chat/api/state?user={READER_ID}"))[1]
        assert state["user"] == {"id": READER_ID, "name": "Олена", "language": "uk"}
        assert len((await fetch(f"{box.url}/sandbox/newsroom"))[1]) == 6


PAGES = ["/", "/web/chat.js", f"/chat/api/state?user={READER_ID}", "/sandbox/newsroom", "/sandbox/faults"]


@pytest.mark.parametrize("path", PAGES)
async def test_pages_are_shown_under_this_machines_own_names_only(path: str) -> None:
    async with Box.open(pace=None) as box:
        port = port_of(box)
        for own in (f"127.0.0.1:{port}", f"localhost:{port}", "LocalHost", "[::1]:80"):
            assert (await fetch(box.url + path, Host=own))[0] == 200
        for foreign in ("rebound.example", f"127.0.0.1.rebound.example:{port}", "127.0.0.2", "[", "a@b:c"):
            status, answer = await fetch(box.url + path, Host=foreign)
            assert (status, "on loopback addresses only." in str(answer)) == (403, True)


async def test_the_newsroom_is_read_under_any_name() -> None:
    async with Box.open(pace=None) as box:
        assert (await fetch(f"{box.url}/news/bereg/feed.xml", Host="127.4.5.6"))[0] == 200


async def test_the_newsroom_publishes_by_itself_while_the_box_is_open() -> None:
    async with Box.open(pace=IN_NO_TIME) as box:
        await asyncio.wait_for(box.newsroom.outlet("harbour").has_published(7), 5)
    published = box.newsroom.outlet("harbour").published
    await asyncio.sleep(0)
    assert box.newsroom.outlet("harbour").published == published


async def test_a_box_opened_again_goes_on_at_the_same_address(tmp_path: Path) -> None:
    async with Box.open(tmp_path / "demo", pace=None) as first:
        await first.telegram.user(READER_ID).says("/start")
        article = first.newsroom.publish("misto", title="Лишиться")
        link = first.url + article.path
    async with Box.open(tmp_path / "demo", pace=None) as second:
        assert second.url == first.url
        assert "Лишиться" in (await fetch(link))[1]
        assert [message.text for message in second.telegram.messages(READER_ID)] == ["/start"]


async def test_a_link_to_the_newsroom_is_previewed() -> None:
    async with Box.open(pace=None) as box:
        link = box.url + box.newsroom.publish("misto", title="Трамвай їде").path
        sent = await box.telegram.user(READER_ID).says(f"Дивіться: {link}")
    assert sent.extras["preview"]["title"] == "Трамвай їде"


async def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path) -> None:
    async with Box.open(tmp_path, pace=None) as box:
        with pytest.raises(PortTaken, match=r"^Port \d+ is in use.*another --port\.$") as refusal:
            async with Box.open(tmp_path / "other", port=port_of(box), pace=None):
                pass
    assert refusal.value.port == port_of(box)


@pytest.mark.parametrize("port", [99_999, -1])
async def test_a_port_that_cannot_be_is_told_in_a_sentence(port: int) -> None:
    with pytest.raises(NoSuchPort, match=rf"^There is no port {port}: choose a --port between 0 and 65535\.$"):
        async with Box.open(port=port, pace=None):
            pass


def port_of(box: Box) -> int:
    return int(box.url.rsplit(":", 1)[1])


async def test_a_second_box_on_a_folder_leaves_the_first_alone(tmp_path: Path) -> None:
    async with Box.open(tmp_path, pace=None) as first:
        await first.telegram.user(READER_ID).says("/start")
        with pytest.raises(PortTaken):
            async with Box.open(tmp_path, pace=None):
                pass
        assert (await fetch(f"{first.url}/"))[0] == 200
    async with Box.open(tmp_path, pace=None) as again:
        assert len(again.telegram.messages(READER_ID)) == 1


async def test_a_second_box_on_a_folder_is_kept_out_whatever_its_port(tmp_path: Path) -> None:
    async with Box.open(tmp_path, pace=None) as first:
        kept = (tmp_path / "box.json").read_text()
        with pytest.raises(FolderTaken, match="choose another --folder"):
            async with Box.open(tmp_path, port=free_port(), pace=None):
                pass
        assert (tmp_path / "box.json").read_text() == kept
        assert (await fetch(f"{first.url}/"))[0] == 200


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def test_a_folder_that_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnusable, match="choose another --folder"):
        async with Box.open(tmp_path / "file" / "demo", pace=None):
            pass


async def test_a_garbled_port_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "box.json").write_text('{"port": "many"}')
    async with Box.open(tmp_path, pace=None) as box:
        assert (await fetch(f"{box.url}/"))[0] == 200


async def test_it_closes_although_somebody_listens_and_an_outlet_hangs() -> None:
    async with asyncio.timeout(10), aiohttp.ClientSession() as session:
        async with Box.open(pace=None) as box:
            stream = await session.ws_connect(f"{box.url}/chat/api/events?user={READER_ID}")
            box.newsroom.outlet("bereg").hangs()
            hanging = asyncio.create_task(session.get(f"{box.url}/news/bereg/feed.xml"))
            await box.newsroom.requested("bereg", 1)
        with pytest.raises(aiohttp.ClientError):
            await hanging
        await stream.close()


async def start(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
async def test_alone_it_prints_its_address_and_ends_cleanly(end: signal.Signals) -> None:
    process = await start()
    assert process.stdout
    async with asyncio.timeout(20):
        line = (await process.stdout.readline()).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        assert (await fetch(address[0]))[0] == 200
        process.send_signal(end)
        _, complaints = await process.communicate()
    assert (process.returncode, complaints.decode()) == (0, "")


async def test_alone_it_says_what_is_wrong_and_ends_with_status_2() -> None:
    async with asyncio.timeout(20), Box.open(pace=None) as box:
        process = await start("--port", str(port_of(box)))
        _, complaints = await process.communicate()
    assert process.returncode == 2
    assert complaints.decode().startswith("Port ")
    assert "Traceback" not in complaints.decode()


async def test_alone_its_limits_can_be_lifted_and_its_newsroom_kept_quiet() -> None:
    process = await start("--no-limits", "--quiet")
    assert process.stdout
    async with asyncio.timeout(20), aiohttp.ClientSession() as session:
        address = (await process.stdout.readline()).decode().split()[-1]
        async with session.post(f"{address}chat/api/say", json={"user": READER_ID, "chat": READER_ID, "text": "a"}):
            pass
        send = f"{address}bot1:a/sendMessage?chat_id={READER_ID}&text=a"
        assert [(await session.get(send)).status for _ in range(40)] == [200] * 40
        process.terminate()
        await process.wait()


@pytest.mark.parametrize(
    "option", ["--second=0", "--minute=-1", "--second=soon", "--port=99999", "--port=-1", "--port=x"]
)
async def test_a_wrong_option_is_told_in_a_sentence(option: str) -> None:
    process = await start(option)
    _, complaints = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert complaints.decode().splitlines()[-1].startswith("python -m sandbox: error: argument --")
