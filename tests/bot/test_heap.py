"""What is done about memory: what is not used any more the system gets back, and collections are short."""

import ctypes
import gc
import subprocess
import sys

import pytest

from bot.heap import keep_collections_short

LEAVES_HOLES = """
from pathlib import Path
from bot.heap import keep_heap_small, trim

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

keep_heap_small()
kept = [bytes(100_000) for _ in range(600)]
del kept[::2]
before = resident()
trim()
print(before - resident())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="not glibc")
def test_holes_in_the_heap_are_given_back() -> None:
    told = subprocess.run([sys.executable, "-c", LEAVES_HOLES], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 10_000_000


def test_collections_of_garbage_pass_by_what_was_there_at_the_start() -> None:
    before = gc.get_freeze_count()
    keep_collections_short()
    try:
        assert gc.get_freeze_count() > before
        assert len(gc.get_objects()) < 1_000
    finally:
        gc.unfreeze()
