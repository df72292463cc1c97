"""Reading feeds and pages without holding up anything else, whatever is in them.

What is quick is read in a thread. What is large, or left to feedparser, is read in a process aside (aside_worker):
some of feedparser's patterns take minutes for a well-chosen megabyte, in one call that neither ends nor lets other
threads run, and a page of three may take 100 MB. A process can be ended.
"""

import asyncio
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from threading import Timer
from typing import TypeVar

from news.aside_worker import OUT_OF_MEMORY
from news.errors import FeedError, OurFault, TooLarge, TooSlow
from news.extract import PageText, extract_article
from news.feed import ParsedFeed
from news.markup import LONGEST_BASE
from news.parse import parse_feed, parse_quickly

# Up to this many bytes a thread holds the interpreter for a few hundredths of a second at most.
LARGE = 256_000
# The same for a page, of which trees are made that are up to two hundred times as large.
LARGE_PAGE = 128_000
# Threads take turns with the interpreter: more would be no quicker, and each holds a tree of its own.
FEEDS_HERE, PAGES_HERE = 2, 1
# By the clock; the worker has a limit of its own, in seconds of the processor.
PATIENCE = 20.0
FEEDS_ASIDE, PAGES_ASIDE = 2, 1

T = TypeVar("T")


async def read_feed(body: bytes, *, url: str, content_type: str | None = None) -> ParsedFeed:
    """As parse.parse_feed, without its entries that tell a reader nothing, and within limits.

    Raises NotAFeed, TooSlow for what takes too long, and TooLarge for what takes too much memory.
    """
    feed = None
    if len(body) <= LARGE and len(url) <= LONGEST_BASE:
        feed = await _in(_FEEDS_HERE, partial(parse_quickly, body, url=url, content_type=content_type))
    if feed is None:
        feed = await _FEEDS.read(partial(parse_feed, body, url=url, content_type=content_type))
    return replace(feed, entries=tuple(each for each in feed.entries if each.title or each.link or each.description))


async def read_page(body: bytes, *, url: str) -> PageText:
    """As extract.extract_article, within limits.

    Raises TooSlow for what takes too long, and TooLarge for what takes too much memory.
    """
    if len(body) <= LARGE_PAGE:
        return await _in(_PAGES_HERE, partial(extract_article, body, url=url))
    return await _PAGES.read(partial(extract_article, body, url=url))


async def _in(threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, work)


class Worker:
    """A process that does one thing after the other; it may leave when it has nothing to do."""

    def __init__(self) -> None:
        # None of the service's secrets, which are in its environment.
        environment = {"PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}
        process = subprocess.Popen(
            [sys.executable, "-m", "news.aside_worker"],
            env=environment | {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is not for it. Not a session: Linux gives each its share of the processor, however nice.
            process_group=0,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._questions, self._answers = process, process.stdin, process.stdout

    def ask(self, read: Callable[[], T]) -> T | FeedError | None:
        """What this function gives, called there; None if the process had left before."""
        timer = Timer(PATIENCE, self._process.kill)
        timer.start()
        try:
            pickle.dump(read, self._questions)
            self._questions.flush()
            return pickle.load(self._answers)  # type: ignore[no-any-return]
        except (EOFError, OSError, pickle.UnpicklingError):
            return self._how_it_left()
        finally:
            timer.cancel()

    @property
    def is_there(self) -> bool:
        """Whether the process may be asked again."""
        return self._process.poll() is None

    def _how_it_left(self) -> FeedError | None:
        status = self._process.wait()
        if status < 0:
            return TooSlow("reading it takes too long")
        if status == OUT_OF_MEMORY:
            return TooLarge("reading it takes too much memory")
        return OurFault(f"the process aside ended with {status}") if status else None

    def close(self) -> None:
        """Let the process go."""
        with suppress(OSError):
            self._questions.close()
        self._answers.close()
        self._process.kill()
        self._process.wait()


class Room:
    """Workers for one kind of thing, started when needed: one at a time mostly, never more than `most`."""

    def __init__(self, most: int) -> None:
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="aside")
        self._idle: list[Worker] = []

    async def read(self, read: Callable[[], T]) -> T:
        """What this function gives, called aside; it goes there pickled. Raises FeedError."""
        return await _in(self._threads, partial(self.ask, read))

    def ask(self, read: Callable[[], T]) -> T:
        """The same; blocks the calling thread."""
        answer = None
        while answer is None:
            worker = self._idle_one() or Worker()
            answer = worker.ask(read)
            self._put_back(worker)
        if isinstance(answer, FeedError):
            raise answer
        return answer

    def _idle_one(self) -> Worker | None:
        """Taken without looking first: the other thread may take the last one in between."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _put_back(self, worker: Worker) -> None:
        if worker.is_there:
            self._idle.append(worker)
        else:
            worker.close()

    def close(self) -> None:
        """End the workers that have nothing to do; new ones start when needed."""
        while self._idle:
            self._idle.pop().close()


# Pages take longer than feeds, which are not to wait for them.
_FEEDS = Room(FEEDS_ASIDE)
_PAGES = Room(PAGES_ASIDE)
_FEEDS_HERE = ThreadPoolExecutor(FEEDS_HERE, thread_name_prefix="feeds")
_PAGES_HERE = ThreadPoolExecutor(PAGES_HERE, thread_name_prefix="pages")
