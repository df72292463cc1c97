"""The scribe: has summaries written by a model, beside the outbox and never in its way.

    an article is saved and owed, with its extractive summary, as ever
    → the scribe is woken, and asks for a summary in each style that its chats want
    → the courier comes with a delivery: what is written by then, or within three seconds of its being owed, goes out;
      failing that the extractive summary does
    → what was written is kept by article, for the chats that come later

Nothing here is owed to anybody: what is lost by a crash, refused or too late costs a summary, not a push.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from news.article import Article
from news.chat import Chat
from news.errors import NoAnswer
from news.instruct import accepted, as_one, fenced, instruction
from news.ports import Summaries
from news.rest import Rest
from news.style import Style

# A push waits for its summary at most so long after it was owed.
PATIENCE = timedelta(seconds=3)
# Requests under way, and summaries that wait for one; beyond these articles go without.
AT_ONCE, MOST_WAITING = 4, 200
# What was written, or couldn't be, is remembered of so many.
REMEMBERED = 1_000
# The length of a digest's lead-in, in characters.
LEAD_IN = 300
# Articles looked at together after a check.
LOOK_AHEAD = 50
log = structlog.get_logger(__name__)

# What is being or was written, or could not be, by article, its words, and style.
_Key = tuple[int, int, Style]
# An endpoint's `ask`: instruction and data in, an answer of about so many characters out; raises NoAnswer.
Ask = Callable[..., Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator allows: requests a day (of UTC), and whether a summary is in the chat's language."""

    daily: int
    in_chats_language: bool = False
    patience: timedelta = PATIENCE


class Scribe:
    """Has summaries written, each once, and hands them out as long as they are in time."""

    def __init__(self, summaries: Summaries, ask: Ask, clock: Callable[[], datetime], terms: Terms) -> None:
        self._summaries = summaries
        self._ask = ask
        self._clock = clock
        self._terms = terms
        self._writing: dict[_Key, asyncio.Task[str | None]] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._rest = Rest()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Say that articles were saved which are owed to somebody."""
        self._woken.set()

    async def run(self, seen: int) -> None:
        """Begin what will be wanted of articles above this id, whenever woken, until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                seen = await self._look_ahead(seen)
            except Exception:  # a locked or full database: pushes go without, or ask for themselves
                log.exception("summaries_not_begun")

    async def stop(self) -> None:
        """Drop what is being written."""
        tasks = list(self._writing.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def summary(self, article: Article, chat: Chat, *, owed_at: datetime) -> str | None:
        """The summary written of this article for this chat, if there is one in time. Raises nothing."""
        style = self._style(article, chat.language, chat.look.summary_length)
        left = (owed_at + self._terms.patience - self._clock()).total_seconds()
        try:
            if left <= 0 and _key(article, style) not in self._writing:
                return await self._summaries.find(article, style)
            task = self._begin(article, style)
            return await _in_time(task, left) if task else None
        except Exception:
            log.exception("summary_not_found", article=article.id)
            return None

    async def lead_in(self, articles: Sequence[Article], chat: Chat, *, owed_at: datetime) -> str | None:
        """A few sentences to open a digest of these articles with, if there are any in time. Raises nothing."""
        try:
            public = await self._summaries.public(articles)
            if len(public) < 2:
                return None
            task = self._begin(as_one(public), Style(chat.language, LEAD_IN), counted=public[0])
            left = (owed_at + self._terms.patience - self._clock()).total_seconds()
            return await _in_time(task, left) if task else None
        except Exception:
            log.exception("lead_in_not_found", chat=chat.id)
            return None

    def _style(self, article: Article, language: str, length: int) -> Style:
        return Style(language if self._terms.in_chats_language else article.language or "", length)

    def _begin(
        self, article: Article, style: Style, *, counted: Article | None = None
    ) -> "asyncio.Task[str | None] | None":
        """The writing of this summary, begun or found; None where there is nothing to write of, or no room.

        It is `counted` as one of this article, by default the same.
        """
        key = _key(article, style)
        known = self._writing.get(key)
        if known or not (article.text or article.summary) or not style.length:
            return known
        self._forget()
        if sum(not task.done() for task in self._writing.values()) >= MOST_WAITING:
            return None
        task = asyncio.create_task(self._written(article, style, counted or article))
        self._writing[key] = task
        return task

    def _forget(self) -> None:
        """Let the oldest go, as far as they are done."""
        done = [key for key, task in self._writing.items() if task.done()]
        for key in done[: max(0, len(self._writing) - REMEMBERED)]:
            del self._writing[key]

    async def _look_ahead(self, seen: int) -> int:
        """Begin what chats will want of the articles above this id; gives the newest id seen."""
        while articles := await self._summaries.wanted(after=seen, limit=LOOK_AHEAD):
            for article, wishes in articles:
                for language, length in wishes:
                    self._begin(article, self._style(article, language, length))
                seen = article.id
        return seen

    # --- Writing one ---

    async def _written(self, article: Article, style: Style, counted: Article) -> str | None:
        """The summary, kept or new; whatever fails is told once, here."""
        try:
            return await self._summaries.find(article, style) or await self._write(article, style, counted)
        except Exception:
            log.exception("summary_failed", article=article.id)
            return None

    async def _write(self, article: Article, style: Style, counted: Article) -> str | None:
        answer = await self._in_turn(article, style, counted)
        if answer is None:
            return None
        text = accepted(answer, article, style)
        if text is None:
            log.warning("summary_refused", article=article.id, characters=len(answer))
            return None
        await self._summaries.keep(article, style, text)
        return text

    async def _in_turn(self, article: Article, style: Style, counted: Article) -> str | None:
        """The answer, if there was room to ask before every push would be late for it."""
        try:
            async with asyncio.timeout(self._terms.patience.total_seconds()):
                await self._room.acquire()
        except TimeoutError:
            return None
        try:
            return await self._answer(article, style, counted)
        finally:
            self._room.release()

    async def _answer(self, article: Article, style: Style, counted: Article) -> str | None:
        now = self._clock()
        if self._rest.lasts(now) or not await self._summaries.reserve(counted, day=now.date(), most=self._terms.daily):
            return None
        try:
            said = await self._ask(instruction(article, style), fenced(article), characters=style.length)
        except NoAnswer as error:
            self._rest = self._rest.after_failure(self._clock(), error.retry_after)
            log.warning("summary_not_written", article=article.id, reason=str(error), failures=self._rest.failures)
            return None
        self._rest = Rest()
        return said


async def _in_time(task: "asyncio.Task[str | None]", seconds: float) -> str | None:
    """What comes of it within so many seconds; it goes on after that."""
    done, _ = await asyncio.wait([task], timeout=max(seconds, 0))
    return None if task not in done or task.cancelled() else task.result()


def _key(article: Article, style: Style) -> _Key:
    """A corrected article is written of anew."""
    return article.id, hash((article.title, article.text, article.summary)), style


@asynccontextmanager
async def open_scribe(
    summaries: Summaries, ask: Ask, clock: Callable[[], datetime], terms: Terms
) -> AsyncIterator[Scribe]:
    """A scribe at work until the block ends."""
    scribe = Scribe(summaries, ask, clock, terms)
    looking = asyncio.create_task(scribe.run(await summaries.newest()))
    try:
        yield scribe
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        await scribe.stop()
