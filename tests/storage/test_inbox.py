"""Updates kept until they are answered."""

from news.ports import Received
from storage.store import Store
from tests.storage.given import NOW


def update(number: int, payload: str = "{}") -> Received:
    return Received(number, "telegram:1", payload, received_at=NOW)


async def test_an_update_is_kept_once(store: Store) -> None:
    assert await store.inbox.store([update(1), update(2)], now=NOW) == [update(1), update(2)]
    assert await store.inbox.store([update(3), update(2, "again"), update(3)], now=NOW) == [update(3)]
    assert await store.inbox.pending() == [update(1), update(2), update(3)]


async def test_nothing_received_is_nothing_kept(store: Store) -> None:
    assert await store.inbox.store([], now=NOW) == []


async def test_what_waits_comes_oldest_first_with_its_attempts(store: Store) -> None:
    await store.inbox.store([update(1 << 40), update(7)], now=NOW)
    assert await store.inbox.failed(7, reason="cut") == 1
    assert await store.inbox.failed(7, reason="cut") == 2
    assert await store.inbox.pending() == [Received(7, "telegram:1", "{}", 2, NOW), update(1 << 40)]


async def test_the_message_that_shows_how_far_an_answer_is_is_kept_with_its_update(store: Store) -> None:
    await store.inbox.store([update(1), update(2)], now=NOW)
    await store.inbox.drafted(1, 1 << 40)
    await store.inbox.drafted(3, 5)
    assert [one.draft for one in await store.inbox.pending()] == [1 << 40, None]


async def test_an_answered_update_is_gone(store: Store) -> None:
    await store.inbox.store([update(1)], now=NOW)
    await store.inbox.done(1)
    assert await store.inbox.pending() == []
    assert await store.inbox.failed(1, reason="late") == 0


async def test_what_an_update_takes_away_is_kept_with_it(store: Store) -> None:
    await store.inbox.store([update(1), update(2)], now=NOW)
    await store.inbox.means(1, 1 << 40)
    assert [one.meant for one in await store.inbox.pending()] == [1 << 40, None]
