"""How well a broadcast leaves within Telegram's limits, and what a kill, a flood and a person's questions do to it.

    python -m benchmarks.delivery [CHATS]

Against the sandbox's Telegram with its limits on. Each sender is a process of its own: Visnyk as it is run, and the
plain loop most bots have (python-telegram-bot, one send a chat, all at once; what is refused is dropped). `of the
ceiling` is accepted messages a second, answers to a person included, as a share of the thirty that Telegram allows,
from the first to the last (none is told of less than three seconds); `429` are refusals; `lost` are chats that got
nothing, `repeated` messages that came again. `CPU` is the sender's, a message, from the first on (the plain loop's with
its start). `answer` is how long a person waited who asks one thing after the other all the while.
`killed`: kill -9 when half was accepted, and started again; the plain loop, which
knows nothing of what it did, is given a Telegram without limits, or it would not come that far. `flooded`: every 25th
chat is refused for ten seconds again and again; the rate is that of the others, until the last of them has its message,
and 429 are what these chats answered.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table
from telegram import Bot
from telegram.error import TelegramError

from benchmarks.followers import FIRST_CHAT
from benchmarks.sandbox import cpu_seconds
from benchmarks.service import TEXT, TOKEN, owe_broadcast, running
from sandbox.telegram import Fault, Limits, Message, Player, Telegram, serve

ASKER = 7
CEILING = 30.0
EVERY, FLOOD_SECONDS = 25, 10
HEADINGS = ("sender", "messages/s", "of the ceiling", "429", "lost", "repeated", "CPU", "answer, median", "95 %")


@dataclass(frozen=True)
class Figures:
    """What one sender reached: when messages were accepted, and how long a person waited, in seconds."""

    name: str
    accepted: list[float]
    refused: int
    lost: int
    repeated: int = 0
    cpu: float | None = None
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Accepted messages a second."""
        span = max(self.accepted) - min(self.accepted) if self.accepted else 0.0
        return (len(self.accepted) - 1) / span if span > 3 else 0.0

    def row(self) -> list[str]:
        """The figures as a table's row."""
        rate = [f"{self.rate:.1f}", f"{self.rate / CEILING:.3f}"] if self.rate else ["–", "–"]
        cpu = "–" if self.cpu is None else f"{self.cpu * 1000:.2f} ms"
        waited = ["–", "–"]
        if len(self.latencies) > 1:
            worst = statistics.quantiles(self.latencies, n=20)[-1]
            waited = [f"{statistics.median(self.latencies) * 1000:.0f} ms", f"{worst * 1000:.0f} ms"]
        return [self.name, *rate, str(self.refused), str(self.lost), str(self.repeated), cpu, *waited]


@dataclass(frozen=True)
class Run:
    """A Telegram with chats, a database for one sender, and the line that shows how far it is."""

    telegram: Telegram
    chats: range
    database: str
    progress: Progress
    task: TaskID

    def accepted(self) -> list[Message]:
        """What the chats got."""
        return [message for message in self.telegram.sent if message.chat_id in self.chats]

    def figures(self, name: str, since: list[float] | None = None, **more: Any) -> Figures:
        """What it came to."""
        got = Counter(message.chat_id for message in self.accepted())
        lost = len(self.chats) - len(got)
        when = [message.accepted_at for message in self.telegram.sent] if since is None else since
        return Figures(name, when, self.telegram.refused, lost, got.total() - len(got), **more)

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait for this; it is looked at whenever something happens."""
        while not reached():
            self.progress.update(self.task, completed=len(self.telegram.sent))
            await self.telegram.changed.rung()


# --- Visnyk ---


async def within_limits(run: Run) -> Figures:
    """A broadcast owed in the outbox before the bot starts; a reader asks for help all the while."""
    await owe_broadcast(run.database, len(run.chats))
    async with serve(run.telegram) as server, running(server.url, run.database) as service:
        asking = asyncio.create_task(_ask(run.telegram.user(ASKER)))
        await run.until(lambda: bool(run.accepted()))
        began = service.cpu()
        await run.until(lambda: len(run.accepted()) >= len(run.chats))
        cpu = (service.cpu() - began) / len(run.telegram.sent)
        asking.cancel()
    return run.figures("Visnyk", cpu=cpu, latencies=_latencies(run.telegram))


async def killed(run: Run) -> Figures:
    """kill -9 in the middle."""
    await owe_broadcast(run.database, len(run.chats))
    async with serve(run.telegram) as server, running(server.url, run.database) as service:
        await run.until(lambda: len(run.accepted()) >= len(run.chats) // 2)
        await service.kill()
        await service.start()
        await run.until(lambda: len({message.chat_id for message in run.accepted()}) >= len(run.chats))
    return run.figures("Visnyk, killed", since=[])


async def flooded(run: Run) -> Figures:
    """Some chats are refused all the time."""
    await owe_broadcast(run.database, len(run.chats))
    for chat in run.chats[::EVERY]:
        run.telegram.add_fault(Fault("flood", chat=chat, retry_after=FLOOD_SECONDS))
    others = set(run.chats) - set(run.chats[::EVERY])
    async with serve(run.telegram) as server, running(server.url, run.database):
        await run.until(lambda: len(run.accepted()) >= len(others))
        seen = [message.accepted_at for message in run.accepted() if message.chat_id in others]
        refused = run.telegram.refused
        run.telegram.clear_faults()
        await run.until(lambda: len(run.accepted()) >= len(run.chats))
    return Figures("Visnyk, flooded", seen, refused, run.figures("", []).lost)


async def _ask(asker: Player) -> None:
    """One command after the other, each a second after the answer to the last: well within a chat's limit."""
    while True:
        await asker.says("/help")
        await asker.expects("Sources", timeout=60)
        await asyncio.sleep(1)


def _latencies(telegram: Telegram) -> list[float]:
    """From each question to the next answer in the asker's chat; the first waits for the bot to start."""
    stood = telegram.messages(ASKER)
    pairs = zip(stood[::2], stood[1::2], strict=False)
    return [answer.accepted_at - question.accepted_at for question, answer in pairs][1:]


# --- The plain loop ---


async def plain_loop(run: Run) -> Figures:
    """Until it is through."""
    async with serve(run.telegram) as server:
        process = await _start_plain(server.url, len(run.chats))
        waiting = asyncio.create_task(process.wait())
        cpu = 0.0
        while not waiting.done():
            with suppress(FileNotFoundError):
                cpu = cpu_seconds(process.pid)
            await asyncio.sleep(0.05)
    return run.figures("plain loop", cpu=cpu / len(run.chats))


async def plain_loop_killed(run: Run) -> Figures:
    """kill -9 in the middle; nothing says where it was."""
    async with serve(run.telegram) as server:
        process = await _start_plain(server.url, len(run.chats))
        await run.until(lambda: len(run.accepted()) >= len(run.chats) // 2)
        process.kill()
        await process.wait()
    return run.figures("plain loop, killed", since=[])


async def _start_plain(url: str, chats: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.delivery", "--plain", url, str(chats), stderr=asyncio.subprocess.DEVNULL
    )


async def send_plainly(url: str, chats: int) -> None:
    """asyncio.gather over all chats."""
    async with Bot(TOKEN, base_url=f"{url}/bot") as bot:
        await asyncio.gather(*(_send(bot, chat) for chat in range(FIRST_CHAT, FIRST_CHAT + chats)))


async def _send(bot: Bot, chat: int) -> None:
    with suppress(TelegramError):
        await bot.send_message(chat, TEXT, pool_timeout=60)


# --- All of it ---

Sender = Callable[[Run], Coroutine[Any, Any, Figures]]
SENDERS: tuple[tuple[str, Sender, Limits | None], ...] = (
    ("Visnyk within the limits", within_limits, Limits()),
    ("the plain loop", plain_loop, Limits()),
    ("Visnyk killed", killed, Limits()),
    ("the plain loop killed", plain_loop_killed, None),
    ("Visnyk flooded", flooded, Limits()),
)


def telegram_with(chats: range, limits: Limits | None) -> Telegram:
    """A Telegram whose users have all started the bot."""
    telegram = Telegram(limits=limits)
    for chat in chats:
        telegram.user(chat, started=True)
    telegram.user(ASKER, started=True, language_code="en")
    return telegram


async def main(number: int = 1000) -> None:
    """Run each and print the table."""
    table = Table(title=f"A broadcast to {number} chats within Telegram's limits")
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == "sender" else "right")
    chats = range(FIRST_CHAT, FIRST_CHAT + number)
    with tempfile.TemporaryDirectory() as folder, Progress(transient=True) as progress:
        for place, (name, sender, limits) in enumerate(SENDERS):
            task = progress.add_task(name, total=number)
            database = f"sqlite+aiosqlite:///{Path(folder) / f'{place}.db'}"
            figures = await sender(Run(telegram_with(chats, limits), chats, database, progress, task))
            table.add_row(*figures.row())
            progress.remove_task(task)
    Console(width=110).print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--plain"]:
        asyncio.run(send_plainly(sys.argv[2], int(sys.argv[3])))
    else:
        started = time.monotonic()
        asyncio.run(main(*map(int, sys.argv[1:])))
        Console().print(f"{time.monotonic() - started:.0f} s in all")
