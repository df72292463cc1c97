"""Reading feeds without holding up anything else, whatever is in them.

What is quick is read in a thread. What is large, or left to feedparser, is read in a process aside (aside_worker):
some of feedparser's patterns take minutes for a well-chosen megabyte, in one call that neither ends nor lets other
threads run. A process can be ended.
"""

import asyncio
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Timer
from typing import Any

from news.aside_worker import OUT_OF_MEMORY
from news.errors import FeedError, OurFault, TooLarge, TooSlow
from news.feed import ParsedFeed
from news.markup import LONGEST_BASE
from news.parse import parse_quickly

# Up to this many bytes a thread holds the interpreter for a few hundredths of a second at most.
LARGE = 512_000
# By the clock; the worker has a limit of its own, in seconds of the processor.
PATIENCE = 8.0
AT_ONCE = 2


async def read_feed(body: bytes, *, url: str, content_type: str | None = None) -> ParsedFeed:
    """As parse.parse_feed, without its entries that tell a reader nothing, and within limits.

    Raises NotAFeed, TooSlow for what takes too long, and TooLarge for what takes too much memory.
    """
    feed = None
    if len(body) <= LARGE and len(url) <= LONGEST_BASE:
        feed = await asyncio.to_thread(parse_quickly, body, url=url, content_type=content_type)
    if feed is None:
        feed = await asyncio.get_running_loop().run_in_executor(_ROOM.threads, _ROOM.ask, body, url, content_type)
    return replace(feed, entries=tuple(each for each in feed.entries if each.title or each.link or each.description))


class Worker:
    """A process that reads one body after the other; it may leave when it has nothing to do."""

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

    def ask(self, question: Any) -> ParsedFeed | FeedError | None:
        """What the process makes of the question; None if it had left before."""
        timer = Timer(PATIENCE, self._process.kill)
        timer.start()
        try:
            pickle.dump(question, self._questions)
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
    """The workers, started when needed: one at a time mostly, no more than two."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="aside")
        self._idle: list[Worker] = []

    def ask(self, body: bytes, url: str, content_type: str | None) -> ParsedFeed:
        """The body, read aside. Blocks the calling thread, which is one of ours."""
        answer = None
        while answer is None:
            worker = self._idle_one() or Worker()
            answer = worker.ask((body, url, content_type))
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


_ROOM = Room()
