"""What the service doesn't use any more the system gets back."""

import ctypes
import subprocess
import sys

import pytest

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
