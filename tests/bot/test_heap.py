"""What is done about memory at the start."""

import gc

from bot.heap import keep_collections_short


def test_collections_of_garbage_pass_by_what_was_there_at_the_start() -> None:
    before = gc.get_freeze_count()
    keep_collections_short()
    try:
        assert gc.get_freeze_count() > before
        assert len(gc.get_objects()) < 1_000
    finally:
        gc.unfreeze()
