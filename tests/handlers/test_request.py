import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from handlers.request import NotSent, TelegramRequest
from sandbox.telegram import Fault, Telegram
from tests.handlers.lines import TOKEN, Speak, answer, bot_at, bot_in, read_request, server_that

OK = b'{"ok": true, "result": true}'


@pytest.fixture
async def request_() -> AsyncIterator[TelegramRequest]:
    async with TelegramRequest() as request:
        yield request


def saying(*answers: bytes) -> Speak:
    """Answers one request after the other on each connection, then closes it."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for each in answers:
            await read_request(reader)
            writer.write(each)
            await writer.drain()

    return speak


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes a request and never answers."""
    await read_request(reader)
    await reader.read()


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers one byte at a time, each just before patience ends."""
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await asyncio.wait([asyncio.ensure_future(reader.read(1))], timeout=0.02)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def address(base: str) -> str:
    return f"{base}/bot{TOKEN}/sendMessage"


async def failure(
    base: str, request: TelegramRequest, read_timeout: float = 5.0, connect_timeout: float = 5.0
) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await request.post(address(base), read_timeout=read_timeout, write_timeout=0.5, connect_timeout=connect_timeout)
    return caught.value


# What can't have arrived, and what may have


async def test_a_refused_connection_is_not_sent(request_: TelegramRequest) -> None:
    assert isinstance(await failure(f"http://127.0.0.1:{free_port()}", request_), NotSent)


async def test_an_unknown_host_is_not_sent(request_: TelegramRequest) -> None:
    assert isinstance(await failure("http://nowhere.invalid", request_), NotSent)


async def test_without_a_session_nothing_is_sent() -> None:
    assert isinstance(await failure("http://127.0.0.1:1", TelegramRequest()), NotSent)


async def test_no_place_among_the_connections_is_not_sent() -> None:
    arrived = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await silent(reader, writer)

    async with server_that(hold) as url, TelegramRequest(connections=1) as request:
        first = asyncio.create_task(request.post(address(url)))
        await arrived.wait()
        assert isinstance(await failure(url, request, connect_timeout=0.05), NotSent)
        first.cancel()


async def test_a_line_cut_before_the_answer_is_in_doubt(request_: TelegramRequest) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)

    async with server_that(hang_up) as url:
        error = await failure(url, request_)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, NotSent | BadRequest)


async def test_a_line_cut_within_the_answer_is_in_doubt(request_: TelegramRequest) -> None:
    async with server_that(saying(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok"')) as url:
        error = await failure(url, request_)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, NotSent | BadRequest)


async def test_a_read_time_out_is_in_doubt(request_: TelegramRequest) -> None:
    async with server_that(silent) as url:
        assert isinstance(await failure(url, request_, read_timeout=0.05), TimedOut)


async def test_an_answer_that_drips_ends(request_: TelegramRequest) -> None:
    async with server_that(dripping) as url, asyncio.timeout(10):
        assert isinstance(await failure(url, request_, read_timeout=0.3, connect_timeout=0.5), TimedOut)


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[]", b"null", b"{}", b'{"ok": true}'])
async def test_an_answer_that_is_none_is_an_error_of_telegrams(body: bytes, request_: TelegramRequest) -> None:
    async with server_that(saying(answer(body))) as url:
        assert type(await failure(url, request_)) is TelegramError


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>Bad gateway"])
async def test_a_bad_gateway_that_says_anything_is_in_doubt(body: bytes, request_: TelegramRequest) -> None:
    async with server_that(saying(answer(body, "502 Bad Gateway"))) as url:
        assert type(await failure(url, request_)) is NetworkError


# The token


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "http://nowhere.invalid", "http://127.0.0.1:99999", "nonsense"])
async def test_no_error_tells_the_token(base: str, request_: TelegramRequest) -> None:
    assert_silent(await failure(base, request_))


@pytest.mark.parametrize("speak", [saying(), saying(b"garbage\r\n\r\n"), saying(answer(b"", "302 Found")), silent])
async def test_no_error_on_an_open_line_tells_the_token(speak: Speak, request_: TelegramRequest) -> None:
    async with server_that(speak) as url:
        assert_silent(await failure(url, request_, read_timeout=0.05))


def assert_silent(error: BaseException | None) -> None:
    """Neither the error nor what it came from shows the secret."""
    while error is not None:
        assert "secret-part" not in f"{error} {error!r} {error.args}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


# Bodies and connections


async def test_an_upload_arrives_whole() -> None:
    telegram = Telegram(limits=None)
    telegram.user(7, started=True)
    content = bytes(range(256)) * 1000
    async with bot_in(telegram) as bot:
        sent = await bot.send_document(7, content, caption="Підпис & <більше>", filename="знімок.bin")
    assert sent.document is not None
    file = telegram.files.get(sent.document.file_id)
    assert file is not None
    assert (file.content, telegram.messages(7)[0].text) == (content, "Підпис & <більше>")


async def test_text_arrives_as_it_was_written() -> None:
    telegram = Telegram(limits=None)
    telegram.user(7, started=True)
    async with bot_in(telegram) as bot:
        await bot.send_message(7, "ї + & = % 🦘\nдва")
    assert telegram.messages(7)[0].text == "ї + & = % 🦘\nдва"


async def test_connections_are_used_again(request_: TelegramRequest) -> None:
    connections = 0

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await saying(*[answer(OK)] * 5)(reader, writer)

    async with server_that(speak) as url:
        for _ in range(5):
            await request_.post(address(url))
    assert connections == 1


async def test_a_cancelled_send_gives_its_connection_back() -> None:
    """With a single connection, one that leaked would be the last."""
    arrived = asyncio.Event()

    async def hang_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = not arrived.is_set()
        await read_request(reader)
        arrived.set()
        if first:
            await reader.read()
        else:
            writer.write(answer(OK))
            await writer.drain()

    async with server_that(hang_once) as url, TelegramRequest(connections=1) as request, asyncio.timeout(5):
        hanging = asyncio.create_task(request.post(address(url)))
        waiting = asyncio.create_task(request.post(address(url)))
        await arrived.wait()
        waiting.cancel()
        hanging.cancel()
        await asyncio.gather(hanging, waiting, return_exceptions=True)
        assert await request.post(address(url)) is True


async def test_a_server_that_was_down_is_reached_again() -> None:
    telegram = Telegram(limits=None)
    telegram.user(7, started=True)
    async with bot_in(telegram) as bot:
        await bot.get_me()
        telegram.add_fault(Fault("down"))
        with pytest.raises(NetworkError):
            await bot.get_me()
        telegram.clear_faults()
        assert (await bot.get_me()).id == telegram.bot.id


async def test_a_session_may_be_opened_again() -> None:
    async with server_that(saying(answer(OK))) as url:
        request = TelegramRequest()
        for _ in range(2):
            await request.initialize()
            assert await request.post(address(url)) is True
            await request.shutdown()


async def test_a_bot_without_its_session_says_so() -> None:
    async with bot_at("http://127.0.0.1:1") as bot:
        pass
    with pytest.raises(NotSent):
        await bot.get_me()
