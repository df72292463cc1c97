"""Wishes are read once each, and known no longer than they are of use."""

from sqlalchemy import delete

from storage.database import Database
from storage.openings import KnownWishes
from storage.store import Store
from storage.tables import watches, wishes
from tests.storage.given import NOW, Given, article


async def watch_for(store: Store, chat_id: int, *words: str) -> None:
    for each in words:
        assert await store.chats.watch(chat_id, each, now=NOW, most=50)


async def test_wishes_that_are_gone_are_known_no_longer_once_they_are_many(
    given: Given, store: Store, database: Database
) -> None:
    known, chat = KnownWishes(some=2), await given.chat(1)
    await watch_for(store, chat.id, "вибори", "футбол")
    assert known.is_stale
    async with database.reading() as connection:
        await known.learn(connection)
    assert not known.is_stale
    async with database.writing() as connection:
        await connection.execute(delete(watches))
        await connection.execute(delete(wishes))
    await watch_for(store, chat.id, *(f"слово{number}" for number in range(5)))
    told = {1: article(title_lemmas=("слово3", "вибори"))}
    async with database.reading() as connection:
        assert len(await known.met_by(connection, told)) == 2
        assert known.is_stale
        await known.learn(connection)
        assert not known.is_stale
        assert len(await known.met_by(connection, told)) == 1


async def test_a_wish_made_after_the_others_were_learnt_is_met(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/")
    await watch_for(store, chat.id, "вибори")
    await given.published(feed, article("x", title_lemmas=("футбол",)))
    await watch_for(store, chat.id, "футбол")
    (_, second) = await store.chats.watches(chat.id)
    await store.chats.set_everywhere(chat.id, second.id, True)
    assert await given.published(feed, article("y", title_lemmas=("футбол",))) == 1
