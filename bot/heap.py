"""Memory: the C library's heap kept from growing by what is not in use, and collections of garbage kept short."""

import ctypes
import gc
from contextlib import suppress

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
LARGE = 128 * 1024


def keep_heap_small() -> None:
    """Tell glibc to give large blocks back to the system once they are free, and to have one heap for all threads.

    By itself it learns from the first large block to keep later ones, up to 32 MB each, and gives each thread a heap
    of its own; after a hundred rounds that made 30 MB, after some bodies of 10 MB 130 MB. To be called before there
    are threads. Other C libraries do as they do.
    """
    with suppress(OSError, TypeError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_THRESHOLD, LARGE)
        library.mallopt(_M_ARENA_MAX, 1)


def keep_collections_short() -> None:
    """Let the collector of garbage pass by what is there now, which stays until the end.

    The libraries alone are 160,000 objects: to look through them holds up the event loop for a tenth of a second, now
    and then. To be called once everything is imported.
    """
    gc.collect()
    gc.freeze()
