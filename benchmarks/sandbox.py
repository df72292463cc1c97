"""How much the sandbox's Telegram takes, so that it is never what a benchmark measures.

    python -m benchmarks.sandbox [MESSAGES [CHATS]]

A server with this many chats and without limits, in a process of its own, is sent messages to all of them in turn, 64
at a time; so is a bare aiohttp server that reads the same JSON and answers with as much, in the same run. `CPU` is the
server's own, a message; `memory` is what its process holds at the end.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import aiohttp
from aiohttp import web
from rich.console import Console
from rich.table import Table

from sandbox.telegram import DEMO_TOKEN, Telegram, serve

FIRST_CHAT = 1000
IN_FLIGHT = 64
HEADLINE = "<b><a href='https://example.org/news'>Новий міст відкрили для трамваїв</a></b>"
TEXT = f"{HEADLINE}\nБерег · 14:05\n\nПершим у суботу вранці проїхав святковий вагон."
ANSWER = {"ok": True, "result": {"message_id": 1, "text": TEXT, "chat": {"id": 1, "type": "private"}, "entities": []}}
PAGE = 4096


@dataclass(frozen=True)
class Figures:
    """What one server took: messages a second, its processor's milliseconds a message, its megabytes at the end."""

    name: str
    rate: float
    cpu: float
    memory: float


async def measure(name: str, messages: int, chats: int) -> Figures:
    """Sends the messages to a server of this name in a process of its own."""
    async with server_of(name, chats) as (url, process), aiohttp.ClientSession() as session:
        before, began = cpu_seconds(process), time.perf_counter()
        numbers = count()
        await asyncio.gather(*(_send(session, url, numbers, messages, chats) for _ in range(IN_FLIGHT)))
        seconds = time.perf_counter() - began
        cpu = (cpu_seconds(process) - before) * 1000 / messages
        return Figures(name, messages / seconds, cpu, _megabytes(process))


async def _send(session: aiohttp.ClientSession, url: str, numbers: "count[int]", messages: int, chats: int) -> None:
    while (number := next(numbers)) < messages:
        body = {"chat_id": FIRST_CHAT + number % chats, "text": f"{TEXT} {number}", "parse_mode": "HTML"}
        async with session.post(f"{url}/bot{DEMO_TOKEN}/sendMessage", json=body) as answer:
            assert (await answer.json())["ok"]


@asynccontextmanager
async def server_of(name: str, chats: int) -> AsyncIterator[tuple[str, int]]:
    """The server's address and its process id, until the block is left."""
    arguments = (sys.executable, "-m", "benchmarks.sandbox", "--serve", name, str(chats))
    process = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip(), process.pid
    finally:
        process.kill()
        await process.wait()


async def _serve_sandbox(chats: int) -> None:
    telegram = Telegram(limits=None)
    for chat in range(FIRST_CHAT, FIRST_CHAT + chats):
        telegram.user(chat, started=True)
    async with serve(telegram) as server:
        print(server.url, flush=True)
        await asyncio.Event().wait()


async def _serve_bare(_: int) -> None:
    async def answer(request: web.Request) -> web.Response:
        await request.json()
        return web.Response(text=json.dumps(ANSWER), content_type="application/json")

    application = web.Application()
    application.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


SERVERS = {"the sandbox": _serve_sandbox, "a bare aiohttp server": _serve_bare}


def cpu_seconds(process: int) -> float:
    """User and system time so far, as Linux counts it (in hundredths)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _megabytes(process: int) -> float:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / 1e6


async def main(messages: int = 20_000, chats: int = 10_000) -> None:
    """Prints the table."""
    table = Table(title=f"{messages:,} messages to {chats:,} chats, no limits")
    for column in ("server", "messages/s", "of the bare one", "CPU a message", "memory"):
        table.add_column(column)
    bare = await measure("a bare aiohttp server", messages, chats)
    for one in (await measure("the sandbox", messages, chats), bare):
        share = f"{one.rate / bare.rate:.2f}"
        table.add_row(one.name, f"{one.rate:,.0f}", share, f"{one.cpu:.2f} ms", f"{one.memory:.0f} MB")
    Console().print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(SERVERS[sys.argv[2]](int(sys.argv[3])))
    else:
        asyncio.run(main(*map(int, sys.argv[1:])))
