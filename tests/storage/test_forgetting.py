"""A chat forgotten leaves no trace in any table, and what is others' stays; what is kept is told before."""

import asyncio
import json
from collections.abc import Collection
from datetime import time
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text, update

from news.chat import Chat
from news.delivery import Sent
from news.hours import FOREVER, Timetable
from news.look import Overrides
from news.ports import Received
from news.secret import Secret
from storage import forgetting
from storage.belongings import PAGE
from storage.database import Database
from storage.store import Store
from storage.tables import chats, deliveries
from tests.storage.given import NOW, Given, after, article, telegram

LAST = 1_000_000
# Numbers that nothing else has: the chat's, its topic's, and of their rows.
ME, TOPIC, ROW, TOPIC_ROW = 700_123_456, 41_414_141, 900_111_222, 900_333_444
WORDS, ASKED, HOURS = "таємнеслово", "пошук мого лікаря", Timetable(digest=(time(4, 44),))
MINE = Secret("https://mine.example/rss?token=hush", "Basic bWluZQ==")
OURS = Secret("https://ours.example/rss?token=both", "Basic b3Vycw==")
TRACES = (str(ME), str(TOPIC), str(ROW), str(TOPIC_ROW), WORDS, ASKED, "04:44", "mine.example", "hush", "bWluZQ")


async def everything(database: Database) -> dict[str, list[str]]:
    """Every row of every table, whatever made it, but for the search's own copies of articles' words."""

    def read(connection: Connection) -> dict[str, list[str]]:
        names = [name for name in inspect(connection).get_table_names() if not name.startswith("article_words")]
        return {name: [str(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))] for name in names}

    async with database.reading() as connection:
        return await connection.run_sync(read)


def traces_in(rows: dict[str, list[str]], traces: Collection[str] = TRACES) -> set[tuple[str, str]]:
    return {(name, trace) for name, lines in rows.items() for line in lines for trace in traces if trace in line}


async def numbered(database: Database, chat: Chat, row: int) -> None:
    async with database.writing() as connection:
        await connection.execute(update(chats).where(chats.c.id == chat.id).values(id=row))


async def life_of(store: Store, chat_id: int, *, words: str, asked: str, secret: Secret, hours: Timetable) -> None:
    """All that a chat may leave: settings, notes, a broadcast, updates that wait, and a feed of its own."""
    await store.chats.set_urgent(chat_id, words)
    await store.chats.set_hours(chat_id, hours, now=NOW)
    await store.articles.remember(chat_id, asked, now=NOW)
    feed = await store.feeds.open_private(secret, now=NOW)
    await store.chats.follow(chat_id, feed.id, now=NOW)
    await store.chats.set_overrides(chat_id, feed.id, Overrides(title=words))
    await store.chats.set_filter(chat_id, feed.id, f"-{words} filtered")
    await store.chats.watch(chat_id, f"{words} watched", now=NOW, most=50)


async def stored(store: Store, lane: str, update_id: int) -> None:
    payload = json.dumps({"update_id": update_id, "message": {"chat": {"id": lane}}})
    await store.inbox.store([Received(update_id, lane, payload)], now=NOW)


@pytest.fixture
async def lived(given: Given, store: Store, database: Database) -> None:
    """A chat with a topic that did all that leaves something, beside another that did alike."""
    other = await given.chat(2)
    for chat, row in ((await given.chat(ME), ROW), (await given.chat(ME, TOPIC), TOPIC_ROW)):
        await numbered(database, chat, row)
    for chat_id, words, asked in ((ROW, WORDS, ASKED), (TOPIC_ROW, WORDS, ASKED), (other.id, "інше", "щось")):
        hours = Timetable(digest=(time(9),)) if chat_id == other.id else HOURS
        await life_of(store, chat_id, words=words, asked=asked, secret=OURS, hours=hours)
    mine = await store.feeds.open_private(MINE, now=NOW)
    await store.chats.follow(ROW, mine.id, now=NOW)
    for url in ("https://a.example/", "https://b.example/"):
        feed = await store.feeds.open(url, now=NOW)
        await store.chats.follow(ROW, feed.id, now=NOW)
        await store.feeds.save_check(feed, new=[article(url)])
    await store.chats.follow(other.id, feed.id, now=NOW)
    await store.feeds.save_check(feed, new=[article("late", title="Новина")])
    await store.feeds.save_check(mine, new=[article("secret", title="З моєї стрічки")])
    await store.chats.set_hours(ROW, Timetable(), now=NOW)
    await store.outbox.owe_broadcast("Усім", key=f"{ME}:5", author=ME, now=NOW)
    sent = await given.owed()
    await store.outbox.settle(next(one for one in sent if one.chat.id == ROW), Sent(77), now=NOW)
    await store.chats.set_hours(ROW, HOURS, now=NOW)
    await store.articles.save(ROW, 1, now=NOW)
    [first] = await store.articles.get([1])
    await store.chats.mute(ROW, first.story_id, title=WORDS, until=FOREVER, now=NOW)
    for update_id, lane in enumerate((str(ME), f"{ME} file", f"{ME}0", "2")):
        await stored(store, lane, update_id)


@pytest.mark.usefixtures("lived")
async def test_a_chat_forgotten_leaves_no_trace_in_any_table(store: Store, database: Database) -> None:
    kinds = {name for name, _ in traces_in(await everything(database))}
    told_of = {"chats", "subscriptions", "deliveries", "notes", "wishes", "watches", "timetables", "feeds", "secrets"}
    assert kinds >= told_of | {"addresses", "broadcasts", "inbox", "saved", "mutes"}
    await store.inbox.done(2)
    await store.chats.forget(telegram(ME), before=LAST)
    assert traces_in(await everything(database)) == set()
    assert await store.chats.find(telegram(ME)) is None
    await store.chats.forget(telegram(ME), before=LAST)


@pytest.mark.usefixtures("lived")
async def test_what_is_others_stays_as_it_was(store: Store, given: Given, database: Database) -> None:
    other = await given.chat(2)
    before = await store.chats.kept(other.address)
    await store.chats.forget(telegram(ME), before=LAST)
    assert await store.chats.kept(other.address) == before
    assert [one.feed.url for one in await store.chats.subscriptions(other.id)] == [
        "https://ours.example/",
        "https://b.example/",
    ]
    feed = await store.feeds.find(OURS.name)
    assert feed is not None
    assert await store.feeds.secret(feed.id) == OURS
    assert [one.lane for one in await store.inbox.pending()] == [f"{ME}0", "2"]
    rows = await everything(database)
    assert "Усім" in str(rows["broadcasts"])
    # The broadcast's row to that chat, and what is gathered for it.
    assert len(rows["deliveries"]) == len(before["deliveries"])


@pytest.mark.usefixtures("lived")
async def test_feeds_that_only_a_forgotten_chat_followed_fall_asleep(store: Store) -> None:
    await store.chats.forget(telegram(ME), before=LAST)
    await store.feeds.release_claims()
    due = await store.feeds.claim_due(now=after(9), until=after(60), limit=9, per_host=9)
    assert {feed.url for feed in due} == {"https://ours.example/", "https://b.example/"}
    assert await store.feeds.find("https://a.example/") is not None
    assert await store.feeds.find(MINE.name) is None


@pytest.mark.usefixtures("lived")
async def test_updates_that_came_after_the_wish_stay(store: Store) -> None:
    for update_id in (5, 6):
        await stored(store, str(ME), update_id)
    await store.chats.forget(telegram(ME), before=5)
    assert [one.update_id for one in await store.inbox.pending()] == [2, 3, 5, 6]


@pytest.mark.usefixtures("lived")
async def test_a_chat_is_forgotten_whole_or_not_at_all(
    store: Store, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: Any) -> None:
        raise OSError("the disk is gone")

    before = await everything(database)
    monkeypatch.setattr(forgetting, "_drop_unused", dies)
    with pytest.raises(OSError, match="the disk is gone"):
        await store.chats.forget(telegram(ME), before=LAST)
    assert await everything(database) == before


async def test_what_was_on_the_wire_changes_nothing_when_it_ends(given: Given, store: Store) -> None:
    chat, other = await given.chat(ME), await given.chat(2)
    await given.published(await given.feed("https://a.example/", chat, other), article())
    mine = next(one for one in await given.owed() if one.chat == chat)
    assert await store.outbox.begin(mine, now=NOW)
    await store.chats.forget(chat.address, before=LAST)
    assert not await store.outbox.begin(mine, now=NOW)
    await store.outbox.settle(mine, Sent(5), now=NOW)
    assert await store.chats.find(chat.address) is None
    assert not any((await store.chats.kept(chat.address)).values())


async def test_what_is_found_at_that_moment_is_owed_to_no_one_who_is_gone(
    given: Given, store: Store, database: Database
) -> None:
    other = await given.chat(2)
    for turn in range(10):
        chat = await given.chat(ME)
        feeds = [await given.feed(f"https://{name}.example/", chat, other) for name in "ab"]
        checks = [given.published(feed, article(f"{turn} of {feed.id}")) for feed in feeds]
        await asyncio.gather(*checks, store.chats.forget(chat.address, before=LAST))
    there = select(chats.c.id).where(chats.c.id == deliveries.c.chat_id).exists()
    async with database.reading() as connection:
        assert (await connection.execute(select(deliveries.c.id).where(~there))).all() == []


async def test_who_comes_back_begins_anew(given: Given, store: Store) -> None:
    chat = await given.chat(ME)
    feed = await given.feed("https://a.example/", chat)
    await store.chats.set_summary(chat.id, 600)
    await store.chats.forget(chat.address, before=LAST)
    back = await given.chat(ME)
    assert (back.id != chat.id, back.look.summary_length) == (True, 300)
    assert await store.chats.subscriptions(back.id) == []
    assert await store.chats.follow(back.id, feed.id, now=NOW)


@pytest.mark.usefixtures("lived")
async def test_what_is_kept_is_told_with_names_in_place_of_numbers(store: Store) -> None:
    kept = await store.chats.kept(telegram(ME))
    assert set(kept) == {
        "chats",
        "subscriptions",
        "deliveries",
        "notes",
        "mishaps",
        "watches",
        "inbox",
        "saved",
        "mutes",
    }
    assert [(one["topic"], one["urgent"]) for one in kept["chats"]] == [(TOPIC, WORDS), (0, WORDS)]
    assert "04:44" in str(kept["chats"][0]["timetable"])
    followed = {one["feed_url"]: one["private_address"] for one in kept["subscriptions"]}
    private = {"https://mine.example/": MINE.address, "https://ours.example/": OURS.address}
    assert followed == private | {"https://a.example/": None, "https://b.example/": None}
    filtered = {one["feed_url"]: one["filter"] for one in kept["subscriptions"] if one["filter"]}
    assert filtered == {"https://ours.example/": f"-{WORDS} filtered"}
    assert [(one["wish"], one["everywhere"]) for one in kept["watches"]] == [(f"{WORDS} watched", False)] * 2
    titles = {one["article_title"]: one["status"] for one in kept["deliveries"] if one["kind"] == "article"}
    told = ("Title https://a.example/", "Title https://b.example/", "Новина", "З моєї стрічки")
    assert titles == dict.fromkeys(told, "settled")
    assert {one["kind"] for one in kept["deliveries"]} == {"article", "digest", "broadcast"}
    assert [one["message_id"] for one in kept["deliveries"] if one["message_id"]] == [77]
    assert [one["article_title"] for one in kept["saved"]] == ["Title https://a.example/"]
    assert [one["title"] for one in kept["mutes"]] == [WORDS]
    assert [one["text"] for one in kept["notes"]] == [ASKED, ASKED]
    assert [one["lane"] for one in kept["inbox"]] == [f"{ME} file", str(ME)]
    assert not traces_in({"kept": [str(kept)]}, [MINE.authorization, OURS.authorization, "щось"])


async def test_of_what_is_much_all_is_told_in_order(given: Given, store: Store) -> None:
    chat = await given.chat(ME)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, *(article(f"{number}") for number in range(PAGE + 1)))
    told = [one["article_title"] for one in (await store.chats.kept(chat.address))["deliveries"]]
    assert told == [f"Title {number}" for number in reversed(range(PAGE + 1))]
