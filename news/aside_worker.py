"""The process aside: does the reading that comes in, piece by piece, and writes out what came of it.

    python -m news.aside_worker

It bounds itself. What takes more processor time than it may ends the process, whatever it is doing; what takes more
memory is refused. It leaves, with status 0, after what has left it large, after a while without anything to do, and
when its caller is gone.
"""

import os
import pickle
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from news.errors import FeedError, OurFault, TooLarge

SECONDS = 2.0
# Beyond what the process needs for itself.
MEMORY = 100_000_000
IDLE_SECONDS = 60.0
# The status with which the process ends when there is no memory left even to say so.
OUT_OF_MEMORY = 3
# A process so much larger than it was at first has no reason to stay.
SWOLLEN = 20_000_000


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there is nothing more to answer; a question is a function with all that it needs, pickled."""
    own = None
    while select.select([questions], [], [], IDLE_SECONDS)[0]:
        try:
            # Whatever it takes to import for the first one doesn't count.
            read: Callable[[], Any] = pickle.load(questions)
        except EOFError:
            return
        if own is None:
            own = memory()
            _bound(own + MEMORY)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # its signal ends a process that doesn't expect it
        answer = answer_of(read)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pickle.dump(answer, answers)
        answers.flush()
        if memory() > own + SWOLLEN:
            return


def answer_of(read: Callable[[], Any]) -> Any:
    """What was read, or a FeedError that says what is wrong with it."""
    try:
        return read()
    except FeedError as error:
        return error
    except MemoryError:
        return TooLarge("reading it takes too much memory")
    except Exception as error:
        return OurFault(type(error).__name__)


def memory() -> int:
    """What the process has taken for its data, in bytes; 0 where the system doesn't say."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _bound(most: int) -> None:
    """No more memory than this for its data."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(OSError, ValueError):  # where the system does not know this limit
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    os.nice(10)  # after everything else in the processor's queue
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
