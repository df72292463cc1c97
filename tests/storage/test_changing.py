"""Changes of messages that were sent: asked for, claimed, and what they know."""

import pytest

from news.delivery import Delivery, Form, Sent
from news.feed import Feed
from storage.store import Store
from tests.storage.given import NOW, Given, after, article


async def pushed(given: Given, store: Store, *, pictured: bool = False) -> tuple[Feed, Delivery]:
    """An article that was sent to a chat as message 77; its feed and delivery."""
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one", story_id=9))
    [push] = await given.owed()
    await store.outbox.settle(push, Sent(77, pictured), now=NOW)
    return feed, push


@pytest.mark.parametrize("pictured", [True, False])
async def test_a_correction_owes_a_change_of_what_was_sent(given: Given, store: Store, pictured: bool) -> None:
    feed, push = await pushed(given, store, pictured=pictured)
    assert push.article
    assert await given.corrected(feed, push.article.id, article("one", title="Corrected", fingerprint="new")) == 1
    [change] = await given.owed(after(1))
    assert (change.form, change.message_id, change.pictured) == (Form.EDIT, 77, pictured)
    assert change.article
    assert change.article.title == "Corrected"


async def test_a_correction_that_nobody_can_see_owes_none(given: Given, store: Store) -> None:
    feed, push = await pushed(given, store)
    assert push.article
    assert await given.corrected(feed, push.article.id, article("one", text="More.", fingerprint="new")) == 0
    assert await given.owed(after(1)) == []


async def test_a_later_report_owes_a_change_that_names_its_outlet(given: Given, store: Store) -> None:
    _, push = await pushed(given, store, pictured=True)
    other = await given.feed("https://b.example/", push.chat)
    await given.published(other, article("two", story_id=9))
    assert await given.owed(after(1)) == []
    [change] = await given.owed(after(2))
    assert (change.form, change.message_id, change.pictured) == (Form.EDIT, 77, True)
    assert change.also == (other.title,)
    await store.outbox.settle(change, Sent(77, pictured=True), now=after(2))
    assert await given.owed(after(3600)) == []
