"""The process aside: reads bodies that come in, one by one, and writes out what it made of them.

    python -m news.aside_worker

It bounds itself. A body that takes more processor time than it may ends the process, whatever it is doing; one that
takes more memory is refused. It leaves, with status 0, after a large body, after a while without any, and when its
caller is gone.
"""

import os
import pickle
import select
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from news.errors import FeedError, OurFault, TooLarge
from news.feed import ParsedFeed
from news.parse import parse_feed

SECONDS = 2.0
MEMORY = 250_000_000
IDLE_SECONDS = 60.0
# The status with which the process ends when there is no memory left even to say so.
OUT_OF_MEMORY = 3
# After such a body the process is larger than it need be.
LARGE = 1_000_000


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there is nothing more to answer."""
    while select.select([questions], [], [], IDLE_SECONDS)[0]:
        try:
            body, url, content_type = pickle.load(questions)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # its signal ends a process that doesn't expect it
        answer = answer_to(body, url, content_type)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pickle.dump(answer, answers)
        answers.flush()
        if len(body) > LARGE:
            return


def answer_to(body: bytes, url: str, content_type: str | None) -> ParsedFeed | FeedError:
    """The feed in the body, or what is wrong with it."""
    try:
        return parse_feed(body, url=url, content_type=content_type)
    except FeedError as error:
        return error
    except MemoryError:
        return TooLarge("reading it takes too much memory")
    except Exception as error:
        return OurFault(type(error).__name__)


def _bound() -> None:
    """No more memory than a feed can be worth, and after everything else in the processor's queue."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(OSError, ValueError):  # where the system does not know this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.nice(10)


if __name__ == "__main__":
    _bound()
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
