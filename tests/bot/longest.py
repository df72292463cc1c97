"""The longest content there may be: five hundred feeds with names that take room, and all that is wanted of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from handlers.urgent import LONGEST
from handlers.watch import MOST_WATCHES
from news.article import NewArticle
from news.chat import Chat
from news.hours import FOREVER
from news.lemmas import lemmas
from news.wishes import read_wish
from storage.store import Store
from tests.bot.world import ADMIN
from tests.storage.given import article, telegram

NOW = datetime.now(UTC)
FEEDS, SHOWN, ARTICLES = 500, 30, 30
# What takes room: signs that markup escapes, pairs of UTF-16 units, marks above letters, right to left, no spaces.
STUFF = (
    ("&<>\"'" * 6 + " ") * 13,
    ("🇺🇦👩‍👩‍👧‍👦" * 3 + " ") * 20,
    "Й̈ґ’є " * 90,
    "مرحبا " * 80,
    "Донаукраїнськоморехідний" * 16,
    "вибори <b>" * 40,
)
READER, FORUM, CHANNEL = 7, -1000000000200, -1000000000300
# Telegram's own bound of what a group, a topic or a channel is called.
MOST_OF_TITLE = 128
WORDS = "вибори, " + ", ".join(f"слово{number}" for number in range(90))


def longest(number: int) -> NewArticle:
    """An article that is as long as any, in one of several ways."""
    stuff = STUFF[number % len(STUFF)]
    title = f"Вибори {number} {stuff}"[:400]
    text = f"Вибори почалися. {stuff} " * 40
    return replace(
        article(f"long{number}"),
        title=title,
        summary=text[:600],
        text=text,
        link=f"https://longest.example/{number}" + "/шлях" * (number % 50) * 10,
        title_lemmas=tuple(lemmas(title, "uk")),
        text_lemmas=tuple(lemmas(text, "uk"))[:500],
        published_at=NOW - timedelta(minutes=number),
        found_at=NOW - timedelta(minutes=number),
        owed=False,
    )


async def fill(store: Store) -> None:
    """Let a reader follow so many feeds with the longest names; the first have many articles, each the next's too."""
    reader, admin = [await _met(store, number) for number in (READER, ADMIN)]
    numbers, feed_ids = count(), list[int]()
    for place in range(FEEDS):
        made = await store.feeds.open(f"https://longest.example/{place}/" + "стрічка/" * 40, now=NOW)
        for chat in (reader, admin) if place < 2 else (reader,):
            await store.chats.follow(chat.id, made.id, now=NOW)
        title = f"{place} {STUFF[place % len(STUFF)]}"[:300]
        later = NOW + timedelta(days=9)
        feed = replace(made, title=title, checked_at=NOW, contacted_at=NOW, succeeded_at=NOW, next_check_at=later)
        await store.feeds.save_check(feed, new=[longest(next(numbers)) for _ in range(_articles(place))])
        feed_ids.append(feed.id)
    await _want_much(store, reader)
    await _fill_places(store, feed_ids)


def _articles(place: int) -> int:
    return ARTICLES if place < 2 else int(place < SHOWN)


async def _met(store: Store, number: int, kind: str = "private", topic: int = 0) -> Chat:
    zone, there = "America/Argentina/ComodRivadavia", replace(telegram(number), topic=topic)
    return await store.chats.meet(there, kind=kind, language="uk", timezone=zone, now=NOW)


async def _fill_places(store: Store, feed_ids: Sequence[int]) -> None:
    """A forum whose topics, and a channel, follow feeds, under the longest names."""
    for number, feed_id in enumerate(feed_ids[:SHOWN]):
        stuff, topic = STUFF[number % len(STUFF)], number // 2
        for chat in (await _met(store, FORUM, "supergroup", topic), await _met(store, CHANNEL, "channel")):
            await store.chats.call(chat.id, f"{stuff}"[:MOST_OF_TITLE], f"{topic} {stuff}"[:MOST_OF_TITLE])
            await store.chats.follow(chat.id, feed_id, now=NOW)


async def _want_much(store: Store, reader: Chat) -> None:
    """As many watches as there may be, and pages of filters, of what is muted and of what is saved."""
    for number in range(MOST_WATCHES):
        words = read_wish(f"{number}, {STUFF[number % len(STUFF)]}, {WORDS}"[:LONGEST]).text
        watch = await store.chats.watch(reader.id, words, now=NOW, most=MOST_WATCHES)
        assert watch is not None
        await store.chats.set_everywhere(reader.id, watch.id, bool(number % 2))
    for one in (await store.chats.subscriptions(reader.id))[:ARTICLES]:
        assert await store.chats.set_filter(reader.id, one.feed.id, read_wish(WORDS[:LONGEST]).text)
    for found in await store.articles.get(await store.articles.newest(ARTICLES)):
        await store.articles.save(reader.id, found.id, now=NOW)
        await store.chats.mute(reader.id, found.story_id, title=found.title[:200], until=FOREVER, now=NOW)
