"""Chats, and what they want."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from news.chat import Address, Chat, Subscription, Watch
from news.hours import Timetable
from news.kept import Kept
from news.look import Look, Overrides
from news.mute import Mute


class Chats(Protocol):
    """Chats and what they follow."""

    async def meet(self, address: Address, *, kind: str, language: str, timezone: str, now: datetime) -> Chat:
        """The chat at this address, made if unknown with this language and zone; a suspended one is restored."""

    async def find(self, address: Address) -> Chat | None:
        """The chat at this address, None where nobody was met; nothing is written."""

    async def suspend(self, address: Address, *, reason: str, now: datetime) -> None:
        """Every topic of this chat is over until it comes back: its owed deliveries are dropped."""

    async def move(self, source: Address, to: Address) -> None:
        """All topics, subscriptions and owed deliveries of a chat go on under another chat id (merging)."""

    async def follow(self, chat_id: int, feed_id: int, *, now: datetime) -> bool:
        """Subscribe; False where the chat followed it already."""

    async def unfollow(self, chat_id: int, feed_id: int) -> bool:
        """End a subscription and drop what it still owed; False where there was none.

        A private feed goes with its last follower, and its secret with it.
        """

    async def set_summary(self, chat_id: int, length: int) -> None:
        """From now on this chat is sent summaries of at most so many characters, none for 0."""

    async def set_timezone(self, chat_id: int, name: str, *, now: datetime) -> None:
        """From now on this chat's hours and times are those of this zone."""

    async def set_hours(self, chat_id: int, hours: Timetable, *, now: datetime) -> None:
        """From now on this chat is written to at these hours; what waits for others comes at the next of these."""

    async def pause(self, chat_id: int, until: datetime | None, *, keep: bool, now: datetime) -> None:
        """Write nothing to this chat until then (None: until it resumes): what is owed and what comes is dropped, or
        with `keep` arrives at the end as a digest."""

    async def resume(self, chat_id: int, *, now: datetime) -> None:
        """End a pause; what was kept comes now, or when the chat's hours open."""

    async def set_urgent(self, chat_id: int, words: str | None) -> None:
        """From now on articles with these words (see `news.match`) pass the chat's hours; None: none do."""

    async def set_every_report(self, chat_id: int, wanted: bool) -> None:
        """From now on every report is pushed to this chat, or of each story one."""

    async def set_open(self, chat_id: int, wanted: bool) -> None:
        """From now on every member of this group may change things, or only administrators."""

    async def kept(self, address: Address) -> Kept:
        """All that is kept about this chat, with every topic of it, but for the words that open private feeds."""

    async def forget(self, address: Address, *, before: int) -> None:
        """Keep nothing of this chat any more, nor of any topic of it; feeds that only it kept private go with it.

        Whole or not at all. Of the updates that wait those go that came before the update with this id.
        """

    async def followed_before(self, chat_id: int, moment: datetime) -> frozenset[int]:
        """The ids of the feeds that a chat follows since before this moment."""

    async def subscriptions(self, chat_id: int) -> list[Subscription]:
        """What a chat follows, oldest subscription first."""

    async def set_look(self, chat_id: int, look: Look) -> None:
        """From now on this chat's news looks so; of `look` without the tags, which subscriptions alone have."""

    async def set_overrides(self, chat_id: int, feed_id: int, overrides: Overrides) -> bool:
        """From now on the chat has this feed's news so, whatever it had otherwise before; False where it doesn't follow
        it."""

    async def set_language(self, chat_id: int, language: str) -> None:
        """From now on this chat is spoken to in this language."""

    async def unfollow_all(self, chat_id: int) -> int:
        """End all subscriptions of a chat, as `unfollow` does; gives how many there were."""

    async def call(self, chat_id: int, title: str, topic_title: str) -> None:
        """Remember what a place is called (empty: unknown)."""

    async def call_topic(self, address: Address, title: str) -> None:
        """Remember what a topic is called from now on, if anything is known of it."""

    async def let_in(self, chat_id: int, *, by: int) -> None:
        """Remember who let the bot in, by their number on the platform."""

    async def may_write(self, address: Address) -> None:
        """Something can be written there again: should that end once more, somebody is told of it once more."""

    async def topics(self, address: Address) -> list[Chat]:
        """The topics of a chat that follow anything, by their numbers."""

    async def channels(self, platform: str, *, person: int, most: int) -> list[Chat]:
        """Channels that can be written to, those first that this person let the bot into, then the newest."""

    async def channel(self, chat_id: int) -> Chat | None:
        """The channel of this id, None where there is none."""

    async def mute(self, chat_id: int, story_id: int, *, title: str, until: datetime, now: datetime) -> None:
        """Owe a chat nothing more of a story until then (`news.hours.FOREVER`: for good), and drop what is owed of it;
        `title` tells people which it is. Muted again it is muted until the new moment."""

    async def unmute(self, chat_id: int, mute_id: int) -> bool:
        """End one of a chat's mutes; False where it has none of this id."""

    async def mutes(self, chat_id: int, *, now: datetime) -> list[Mute]:
        """What a chat has muted, the newest first."""

    async def set_filter(self, chat_id: int, feed_id: int, words: str | None) -> bool:
        """From now on a chat is sent of this feed what passes these words (see `news.match`), None: all; False where
        it doesn't follow the feed."""

    async def filters(self, chat_id: int) -> Mapping[int, str]:
        """The words of a chat's filters by the ids of the feeds that they are for."""

    async def watch(self, chat_id: int, words: str, *, now: datetime, most: int) -> Watch | None:
        """From now on a chat is sent what has these words, whatever its filters; the same words are one watch. None
        where it has `most` others."""

    async def watches(self, chat_id: int) -> list[Watch]:
        """What a chat watches for, the oldest first."""

    async def set_everywhere(self, chat_id: int, watch_id: int, wanted: bool) -> None:
        """From now on a chat's watch is for all public feeds, or for those that it follows."""

    async def unwatch(self, chat_id: int, watch_id: int) -> None:
        """End a chat's watch, if there is one by this id."""
