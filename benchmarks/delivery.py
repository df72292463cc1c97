"""How fast a broadcast leaves within Telegram's limits, and how soon a command is answered meanwhile.

    python -m benchmarks.delivery [CHATS]

Both senders work against the sandbox's Telegram with its limits on, in the same run: Visnyk's outbox and pacer, and the
plain loop most bots have (python-telegram-bot, one send a chat, all at once). `of the ceiling` is accepted messages a
second as a share of the thirty that Telegram allows; `refused` are answers 429; `lost` are chats that got nothing.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from telegram import Bot
from telegram.error import TelegramError

from bot.config import Settings, read_settings
from bot.logs import set_up_logs
from bot.service import serve as serve_bot
from news.chat import Address
from sandbox.telegram import Message, Player, Telegram, serve
from storage.store import open_store

TEXT = "A broadcast of the benchmark's"
FIRST_CHAT = 1000
ASKER = 7
CEILING = 30.0


@dataclass(frozen=True)
class Figures:
    """What one sender reached; latencies in seconds, of commands answered during the broadcast."""

    name: str
    accepted: list[float]
    refused: int
    lost: int
    latencies: list[float]

    def row(self) -> list[str]:
        """The figures as a table's row."""
        span = max(self.accepted) - min(self.accepted)
        rate = (len(self.accepted) - 1) / span if span else 0.0
        latency = f"{statistics.median(self.latencies):.3f}" if self.latencies else "–"
        worst = f"{max(self.latencies):.3f}" if self.latencies else "–"
        return [self.name, f"{rate:.1f}", f"{rate / CEILING:.3f}", str(self.refused), str(self.lost), latency, worst]


async def visnyk(chats: int, folder: Path) -> Figures:
    """A broadcast owed in the outbox before the bot starts; a reader asks for help all the while."""
    telegram = _telegram(chats)
    url = f"sqlite+aiosqlite:///{folder / 'visnyk.db'}"
    await _owe(url, chats)
    stop = asyncio.Event()
    async with serve(telegram) as server:
        service = asyncio.create_task(serve_bot(_settings(server.url, url), stop))
        asker = telegram.user(ASKER)
        asking = asyncio.create_task(_ask(asker))
        while len(_accepted(telegram)) < chats:
            await telegram.changed.rung()
        asking.cancel()
        stop.set()
        await asyncio.gather(asking, service, return_exceptions=True)
    # Answers to the asker count against the same ceiling.
    accepted = [message.accepted_at for message in telegram.sent]
    return Figures("Visnyk", accepted, telegram.refused, 0, _latencies(telegram))


async def plain_loop(chats: int) -> Figures:
    """asyncio.gather over all chats, what is refused is dropped."""
    telegram = _telegram(chats)
    async with serve(telegram) as server, Bot("1:benchmark", base_url=f"{server.url}/bot") as bot:
        await asyncio.gather(*(_send(bot, chat) for chat in range(FIRST_CHAT, FIRST_CHAT + chats)))
    messages = _accepted(telegram)
    accepted = [message.accepted_at for message in messages]
    return Figures("plain loop", accepted, telegram.refused, chats - len(messages), [])


def _telegram(chats: int) -> Telegram:
    telegram = Telegram()
    for chat in range(FIRST_CHAT, FIRST_CHAT + chats):
        telegram.user(chat, started=True)
    telegram.user(ASKER, started=True, language_code="en")
    return telegram


def _settings(api: str, database: str) -> Settings:
    return read_settings(
        _env_file=None, telegram_token="1:benchmark", telegram_api_url=api, database_url=database, http_port=0
    )


async def _owe(url: str, chats: int) -> None:
    now = datetime.now(UTC)
    async with open_store(url) as store:
        for chat in range(FIRST_CHAT, FIRST_CHAT + chats):
            await store.chats.meet(
                Address("telegram", chat), kind="private", language="en", timezone="Europe/Kyiv", now=now
            )
        await store.outbox.owe_broadcast(TEXT, key="benchmark", author=0, now=now)


async def _ask(asker: Player) -> None:
    """One command after the other, each a second after the answer to the last: well within a chat's limit."""
    while True:
        await asker.says("/help")
        await asker.expects("Sources", timeout=60)
        await asyncio.sleep(1)


async def _send(bot: Bot, chat: int) -> None:
    try:
        await bot.send_message(chat, TEXT, pool_timeout=60)
    except TelegramError:
        return


def _accepted(telegram: Telegram) -> list[Message]:
    return [message for message in telegram.sent if message.chat_id >= FIRST_CHAT]


def _latencies(telegram: Telegram) -> list[float]:
    """From each question to the next answer in the asker's chat; the first waits for the bot to start."""
    stood = telegram.messages(ASKER)
    pairs = zip(stood[::2], stood[1::2], strict=False)
    return [answer.accepted_at - question.accepted_at for question, answer in pairs][1:]


async def main(chats: int) -> None:
    """Run both and print the table."""
    set_up_logs("ERROR", "text")
    with tempfile.TemporaryDirectory() as folder:
        figures = [await visnyk(chats, Path(folder)), await plain_loop(chats)]
    table = Table(title=f"A broadcast to {chats} chats within Telegram's limits")
    for heading in ("sender", "messages/s", "of the ceiling", "refused", "lost", "answer, median s", "answer, worst s"):
        table.add_column(heading, justify="left" if heading == "sender" else "right")
    for each in figures:
        table.add_row(*each.row())
    Console().print(table)


if __name__ == "__main__":
    started = time.monotonic()
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 600))
    Console().print(f"{time.monotonic() - started:.0f} s in all")
