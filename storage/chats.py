"""Chats and what they follow: `news.ports.Chats` on the database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address, Chat, Subscription, Watch
from news.hours import FOREVER, Timetable
from news.kept import Kept
from news.look import Look, Overrides
from news.mute import Mute
from storage import places, wishing
from storage.belongings import kept_of
from storage.database import Database
from storage.dormancy import wake_followed
from storage.forgetting import forget
from storage.gathering import numbered, pause, resume, set_hours
from storage.insert import insert_new
from storage.leaving import leave
from storage.looks import set_look, set_overrides
from storage.mishaps import take_back_silence
from storage.moving import move
from storage.mutes import mute, mutes_of, unmute
from storage.rows import CHAT, CHATS, NAMED, OVERRIDES, article_of, chat_of, feed_of, overrides_of
from storage.suspension import restore, same_chat, suspend
from storage.tables import articles, chats, feeds, subscriptions, wishes
from storage.whole import whole


class SqlChats:
    """Chats, their subscriptions, and their end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @whole
    async def meet(self, address: Address, *, kind: str, language: str, timezone: str, now: datetime) -> Chat:
        """The chat at this address, made if unknown with this language and zone; restored if suspended."""
        known = await self.find(address)
        # Every update meets a chat; only the first of them has anything to write.
        if known is not None and known.kind == kind and known.suspended_at is None:
            return known
        async with self._database.writing() as connection:
            row = _values(address) | {"language": language, "timezone": timezone, "met_at": now}
            await connection.execute(insert_new(connection, chats).values(kind=kind, **row))
            await connection.execute(update(chats).where(_exactly(address)).values(kind=kind))
            await restore(connection, address)
            return chat_of((await connection.execute(_select(address))).mappings().one())

    async def find(self, address: Address) -> Chat | None:
        """The chat at this address, None where nobody was met; nothing is written."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_select(address))).mappings().one_or_none()
            return None if row is None else chat_of(row)

    @whole
    async def suspend(self, address: Address, *, reason: str, now: datetime) -> None:
        """Every topic of this chat is over until it comes back: its owed deliveries are dropped."""
        async with self._database.writing() as connection:
            await suspend(connection, address, reason, now)

    @whole
    async def move(self, source: Address, to: Address) -> None:
        """All topics, subscriptions and owed deliveries of a chat go on under another chat id (merging)."""
        async with self._database.writing() as connection:
            await move(connection, source, to)

    @whole
    async def follow(self, chat_id: int, feed_id: int, *, now: datetime) -> bool:
        """Subscribe; False where the chat followed it already."""
        row = {"chat_id": chat_id, "feed_id": feed_id, "created_at": now}
        async with self._database.writing() as connection:
            # A suspension of the chat comes before this or after it: it is to see what the chat follows.
            await connection.execute(select(chats.c.id).where(chats.c.id == chat_id).with_for_update(read=True))
            made = insert_new(connection, subscriptions).values(row).returning(subscriptions.c.id)
            if await connection.scalar(made) is None:
                return False
            await wake_followed(connection, feed_id)
            return True

    @whole
    async def unfollow(self, chat_id: int, feed_id: int) -> bool:
        """End a subscription and drop what it still owed; False where there was none."""
        async with self._database.writing() as connection:
            return await leave(connection, chat_id, feed_id) > 0

    @whole
    async def set_summary(self, chat_id: int, length: int) -> None:
        """From now on this chat is sent summaries of at most so many characters, none for 0."""
        async with self._database.writing() as connection:
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(summary_length=length))

    @whole
    async def set_timezone(self, chat_id: int, name: str, *, now: datetime) -> None:
        """From now on this chat's hours and times are those of this zone."""
        async with self._database.writing() as connection:
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(timezone=name))
            chat = await _chat(connection, chat_id)
            if chat is not None:
                await set_hours(connection, chat, replace(chat.hours, timezone=name), now)

    @whole
    async def set_hours(self, chat_id: int, hours: Timetable, *, now: datetime) -> None:
        """From now on this chat is written to at these hours; what waits for others comes at the next of these."""
        async with self._database.writing() as connection:
            chat = await _chat(connection, chat_id)
            if chat is not None:
                await set_hours(connection, chat, hours, now)

    @whole
    async def pause(self, chat_id: int, until: datetime | None, *, keep: bool, now: datetime) -> None:
        """Write nothing to this chat until then (None: until it resumes)."""
        async with self._database.writing() as connection:
            chat = await _chat(connection, chat_id)
            if chat is not None:
                await pause(connection, chat, until or FOREVER, keep=keep, now=now)

    @whole
    async def resume(self, chat_id: int, *, now: datetime) -> None:
        """End a pause."""
        async with self._database.writing() as connection:
            chat = await _chat(connection, chat_id)
            if chat is not None:
                await resume(connection, chat, now)

    @whole
    async def set_urgent(self, chat_id: int, words: str | None) -> None:
        """From now on articles with these words pass the chat's hours; None: none do."""
        async with self._database.writing() as connection:
            wish = await numbered(connection, wishes, words) if words else None
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(urgent_id=wish))

    @whole
    async def set_every_report(self, chat_id: int, wanted: bool) -> None:
        """From now on every report is pushed to this chat, or of each story one."""
        async with self._database.writing() as connection:
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(every_report=wanted))

    @whole
    async def set_open(self, chat_id: int, wanted: bool) -> None:
        """From now on every member of this group may change things, or only administrators."""
        async with self._database.writing() as connection:
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(open_to_all=wanted))

    @whole
    async def set_look(self, chat_id: int, look: Look) -> None:
        """From now on this chat's news looks so."""
        async with self._database.writing() as connection:
            await set_look(connection, chat_id, look)

    @whole
    async def set_overrides(self, chat_id: int, feed_id: int, overrides: Overrides) -> bool:
        """From now on the chat has this feed's news so; False where it doesn't follow it."""
        async with self._database.writing() as connection:
            return await set_overrides(connection, chat_id, feed_id, overrides)

    @whole
    async def set_language(self, chat_id: int, language: str) -> None:
        """From now on this chat is spoken to in this language."""
        async with self._database.writing() as connection:
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(language=language))

    async def kept(self, address: Address) -> Kept:
        """All that is kept about the chat at this address, with every topic."""
        async with self._database.reading() as connection:
            return await kept_of(connection, address)

    @whole
    async def forget(self, address: Address, *, before: int) -> None:
        """Keep nothing of this chat any more, nor of any topic of it: whole or not at all."""
        async with self._database.writing() as connection:
            await forget(connection, address, before)

    async def followed_before(self, chat_id: int, moment: datetime) -> frozenset[int]:
        """The ids of the feeds that a chat follows since before this moment."""
        mine = and_(subscriptions.c.chat_id == chat_id, subscriptions.c.created_at < moment)
        async with self._database.reading() as connection:
            return frozenset(await connection.scalars(select(subscriptions.c.feed_id).where(mine)))

    @whole
    async def unfollow_all(self, chat_id: int) -> int:
        """End all subscriptions of a chat, as `unfollow` does; gives how many there were."""
        async with self._database.writing() as connection:
            return await leave(connection, chat_id)

    async def subscriptions(self, chat_id: int) -> list[Subscription]:
        """What a chat follows, oldest subscription first."""
        newest = (
            select(articles.c.id)
            .where(articles.c.feed_id == feeds.c.id)
            .order_by(articles.c.published_at.desc(), articles.c.id.desc())
            .limit(1)
            .correlate(feeds)
            .scalar_subquery()
        )
        query = (
            select(subscriptions.c.id, *OVERRIDES, *feeds.c, *NAMED)
            .select_from(subscriptions.join(feeds).outerjoin(articles, articles.c.id == newest))
            .where(subscriptions.c.chat_id == chat_id)
            .order_by(subscriptions.c.id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_subscription_of(row) for row in rows]

    @whole
    async def call(self, chat_id: int, title: str, topic_title: str) -> None:
        """Remember what a place is called (empty: unknown)."""
        async with self._database.writing() as connection:
            await places.call(connection, chat_id, title, topic_title)

    @whole
    async def call_topic(self, address: Address, title: str) -> None:
        """Remember what a topic is called from now on, if anything is known of it."""
        async with self._database.writing() as connection:
            await places.call_topic(connection, address, title)

    @whole
    async def let_in(self, chat_id: int, *, by: int) -> None:
        """Remember who let the bot in, by their number on the platform."""
        async with self._database.writing() as connection:
            await places.let_in(connection, chat_id, by)

    @whole
    async def may_write(self, address: Address) -> None:
        """Something can be written there again."""
        async with self._database.writing() as connection:
            await take_back_silence(connection, [address])

    async def topics(self, address: Address) -> list[Chat]:
        """The topics of a chat that follow anything, by their numbers."""
        async with self._database.reading() as connection:
            return await places.topics_of(connection, address)

    async def channels(self, platform: str, *, person: int, most: int) -> list[Chat]:
        """Channels that can be written to, those first that this person let the bot into, then the newest."""
        async with self._database.reading() as connection:
            return await places.channels_near(connection, platform, person, most)

    async def channel(self, chat_id: int) -> Chat | None:
        """The channel of this id, None where there is none."""
        async with self._database.reading() as connection:
            return await places.channel_at(connection, chat_id)

    @whole
    async def mute(self, chat_id: int, story_id: int, *, title: str, until: datetime, now: datetime) -> None:
        """Let a chat hear no more of a story until then."""
        async with self._database.writing() as connection:
            await mute(connection, chat_id, story_id, title=title, until=until, now=now)

    @whole
    async def unmute(self, chat_id: int, mute_id: int) -> bool:
        """End one of a chat's mutes; False where it has none of this id."""
        async with self._database.writing() as connection:
            return await unmute(connection, chat_id, mute_id)

    async def mutes(self, chat_id: int, *, now: datetime) -> list[Mute]:
        """What a chat has muted, the newest first."""
        async with self._database.reading() as connection:
            return await mutes_of(connection, chat_id, now)

    @whole
    async def set_filter(self, chat_id: int, feed_id: int, words: str | None) -> bool:
        """Send of this feed what passes these words, None: all; False where the chat doesn't follow it."""
        async with self._database.writing() as connection:
            return await wishing.set_filter(connection, chat_id, feed_id, words)

    async def filters(self, chat_id: int) -> Mapping[int, str]:
        """The words of a chat's filters by the ids of the feeds that they are for."""
        async with self._database.reading() as connection:
            return await wishing.filters_of(connection, chat_id)

    @whole
    async def watch(self, chat_id: int, words: str, *, now: datetime, most: int) -> Watch | None:
        """Watch for these words; None where the chat has `most` other watches."""
        async with self._database.writing() as connection:
            return await wishing.watch(connection, chat_id, words, now, most)

    async def watches(self, chat_id: int) -> list[Watch]:
        """What a chat watches for, the oldest first."""
        async with self._database.reading() as connection:
            return await wishing.watches_of(connection, chat_id)

    @whole
    async def set_everywhere(self, chat_id: int, watch_id: int, wanted: bool) -> None:
        """Watch in all public feeds, or in those that the chat follows."""
        async with self._database.writing() as connection:
            await wishing.set_everywhere(connection, chat_id, watch_id, wanted)

    @whole
    async def unwatch(self, chat_id: int, watch_id: int) -> None:
        """End a watch."""
        async with self._database.writing() as connection:
            await wishing.unwatch(connection, chat_id, watch_id)


def _subscription_of(row: RowMapping) -> Subscription:
    newest = None if row[articles.c.id] is None else article_of(row, named=True)
    return Subscription(row[subscriptions.c.id], feed_of(row), newest, overrides_of(row))


def _values(address: Address) -> dict[str, str | int]:
    return {"platform": address.platform, "chat_id": address.chat_id, "topic": address.topic}


def _exactly(address: Address) -> ColumnElement[bool]:
    return and_(same_chat(address), chats.c.topic == address.topic)


async def _chat(connection: AsyncConnection, chat_id: int) -> Chat | None:
    row = (await connection.execute(select(*CHAT).select_from(CHATS).where(chats.c.id == chat_id))).mappings()
    found = row.one_or_none()
    return None if found is None else chat_of(found)


def _select(address: Address) -> Select[Any]:
    return select(*CHAT).select_from(CHATS).where(_exactly(address))
