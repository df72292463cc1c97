"""Telegram in a box: everything one bot and its users can see of each other."""

import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from sandbox.telegram.bell import Bell
from sandbox.telegram.calls import Call
from sandbox.telegram.commands import Commands
from sandbox.telegram.events import Events
from sandbox.telegram.faults import Fault, Verdict, decide, is_down
from sandbox.telegram.files import Files
from sandbox.telegram.hold import Holds
from sandbox.telegram.inline import InlineQueries
from sandbox.telegram.journal import Journal
from sandbox.telegram.limits import Limits, Meter
from sandbox.telegram.membership import upgrade
from sandbox.telegram.messages import Message, Messages
from sandbox.telegram.people import PRESENT, Chat, Person, Topic
from sandbox.telegram.player import Player
from sandbox.telegram.previews import Preview
from sandbox.telegram.queries import Queries
from sandbox.telegram.refusal import Json
from sandbox.telegram.restore import restore
from sandbox.telegram.updates import Updates
from sandbox.telegram.webhook import Hook

DEMO_TOKEN = "1000:sandbox"
VISNYK = Person(1000, "Вісник", username="visnyk_bot", is_bot=True)
KEPT_CALLS = 1000
_FIRST_USER = 101


class Telegram:
    """One bot, its users and chats, and what passed between them; HTTP stands before it (see `server`).

    - `token`: the only one accepted; None accepts any `digits:text`
    - `limits`: Telegram's limits on sending, None for none
    - `state`: a file that everything is kept in from one start to the next, None for memory only
    - `keep`: how many messages are kept of each chat and in the records, None for all
    - `query_lifetime`: for how many seconds a pressed button or an inline query may be answered
    - `webhook_pause`: after how many seconds an update that a webhook didn't take is brought again
    - `preview`: what the page behind a link says of itself, None where nothing is known of it
    - `clock`, `now`: monotonic and Unix seconds; `seed` makes faults with a probability repeatable
    """

    def __init__(
        self,
        *,
        token: str | None = None,
        limits: Limits | None = Limits(),  # noqa: B008 - frozen, and the signature tells the default
        state: Path | None = None,
        keep: int | None = None,
        query_lifetime: float = 60.0,
        webhook_pause: float = 0.5,
        preview: Callable[[str], Preview | None] = lambda _: None,
        bot: Person = VISNYK,
        seed: int = 0,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.bot = bot
        self.clock = clock
        self.now = now
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.history = Messages(keep)
        self.updates = Updates()
        self.commands = Commands()
        self.queries = Queries(query_lifetime)
        self.inline = InlineQueries(query_lifetime)
        self.preview = preview
        self.files = Files()
        self.profile: dict[str, str] = {}
        self.events = Events()
        self.changed = Bell()
        self.journal = Journal(state)
        self.hook = Hook(self.journal, self.updates, now, webhook_pause)
        self.meter = Meter(limits)
        self.faults: tuple[Fault, ...] = ()
        self.holds = Holds()
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.sent: deque[Message] = deque(maxlen=keep)
        self.edited: deque[Message] = deque(maxlen=keep)
        self.refused = 0
        self._said: dict[int, deque[Message]] = {}
        self._keep = keep
        self._random = random.Random(seed)
        self._players: dict[int, Player] = {}
        restore(self, self.journal)

    # Who there is

    def user(
        self,
        user_id: int,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        started: bool = False,
    ) -> Player:
        """The user of that id, made if there is none; `started` lets the bot write before the user does."""
        person = self.people.get(user_id)
        if person is None:
            person = Person(user_id, first_name or f"User {user_id}", last_name, username, language_code)
            self.put_person(person)
        if user_id not in self.chats:
            self.put_chat(_private(person, started))
        elif started:
            self.put_chat(replace(self.chats[user_id], bot="member"))
        return self._players.setdefault(user_id, Player(self, user_id))

    def new_user(self, name: str, language: str | None) -> Player:
        """A user under the next free id."""
        return self.user(max([_FIRST_USER - 1, *self.people]) + 1, first_name=name, language_code=language)

    def group(
        self,
        chat_id: int,
        *,
        members: Iterable[Player | int] = (),
        admins: Iterable[Player | int] = (),
        title: str | None = None,
        type: str = "supergroup",
        username: str | None = None,
        bot: str = "member",
        topics: Iterable[Topic] = (),
    ) -> Chat:
        """A group or supergroup; with `topics` it is a forum. `bot` is the bot's standing in it."""
        standing = {_id(user): "member" for user in members} | {_id(user): "administrator" for user in admins}
        for user_id in standing:
            self.user(user_id)
        threads = {topic.id: topic for topic in topics}
        title = title or f"Group {chat_id}"
        chat = Chat(chat_id, type, title, username, None, standing, bot, bool(threads), threads)
        return self.put_chat(chat)

    def channel(
        self,
        chat_id: int,
        *,
        members: Iterable[Player | int] = (),
        admins: Iterable[Player | int] = (),
        title: str | None = None,
        username: str | None = None,
        bot: str = "administrator",
    ) -> Chat:
        """A channel; only its admins (and the bot, if it is one) post to it."""
        title = title or f"Channel {chat_id}"
        return self.group(
            chat_id, members=members, admins=admins, title=title, type="channel", username=username, bot=bot
        )

    def cards_of_people(self) -> list[Json]:
        """Everybody but bots, for the web chat."""
        return [one.card() for one in self.people.values() if not one.is_bot]

    def chats_of(self, user_id: int) -> list[Chat]:
        """The chats the user is in, the one with the bot first."""
        there = [chat for chat in self.chats.values() if user_id in chat.present]
        return sorted(there, key=lambda chat: chat.id != user_id)

    def find_chat(self, name: int | str) -> Chat | None:
        """A chat by id or @username."""
        if isinstance(name, int):
            return self.chats.get(name)
        wanted = name.removeprefix("@").lower()
        return next((chat for chat in self.chats.values() if (chat.username or "").lower() == wanted), None)

    # What was said

    def messages(self, chat_id: int) -> list[Message]:
        """The chat's messages as they stand now, oldest first."""
        return self.history.of(chat_id)

    def said(self, chat_id: int) -> list[Message]:
        """What the bot sent to the chat and edited there, in order, each as it was at that moment."""
        return list(self._said.get(chat_id, ()))

    def record(self, message: Message, *, edit: bool = False) -> None:
        """Note what the bot sent or edited, for those who wait for it."""
        (self.edited if edit else self.sent).append(message)
        self._said.setdefault(message.chat_id, deque(maxlen=self._keep)).append(message)
        self.changed.ring()

    # What changes, is kept, and is told on

    def put_person(self, person: Person) -> None:
        """Keep a person, new or changed."""
        self.people[person.id] = person
        self.journal.put("person", person.id, person)
        self.events.tell_each(lambda _: {"type": "users", "users": self.cards_of_people()})

    def put_chat(self, chat: Chat) -> Chat:
        """Keep a chat, new or changed."""
        self.chats[chat.id] = chat
        # A topic's id is that of a message.
        self.history.skip_to(chat.id, max(chat.topics, default=0))
        self.journal.put("chat", chat.id, chat)
        self.tell_chat(chat.id, {"type": "chat", "chat": chat.id, "card": chat.card()})
        return chat

    def put_message(self, message: Message, *, edit: bool = False) -> Message:
        """Keep a message and show it to those in the chat."""
        gone = self.history.put(message)
        if gone is not None:
            self.journal.drop("message", f"{gone.chat_id}:{gone.id}")
        row = {"body": message.body, "extras": message.extras}
        self.journal.put("message", f"{message.chat_id}:{message.id}", row)
        self.journal.put("last", message.chat_id, {"message_id": message.id} if not edit else self._last(message))
        kind = "edit" if edit else "message"
        self.tell_chat(message.chat_id, {"type": kind, "chat": message.chat_id, "message": message.shown()})
        return message

    def take_message(self, message: Message) -> None:
        """Delete a message, before the eyes of those in the chat."""
        self.history.pop(message.chat_id, message.id)
        self.journal.drop("message", f"{message.chat_id}:{message.id}")
        self.tell_chat(message.chat_id, {"type": "delete", "chat": message.chat_id, "message_id": message.id})

    def tell_bot(self, kind: str, content: Json) -> None:
        """Queue an update, if the bot asked for its kind."""
        update = self.updates.add(kind, content)
        if update is not None:
            self.journal.put("update", update["update_id"], update)
            self.journal.put("counter", "update", {"last": self.updates.last_id})

    def confirm_updates(self, offset: int) -> None:
        """Forget the updates before `offset`, as the bot has them (negative: all but the last ones)."""
        for update_id in self.updates.confirm(offset):
            self.journal.drop("update", update_id)

    def tell_chat(self, chat_id: int, event: Json) -> None:
        """Show an event to the web chats of those in the chat."""
        chat = self.chats.get(chat_id)
        self.events.tell(lambda user_id: chat is not None and chat.members.get(user_id) in PRESENT, event)

    # What goes wrong, and the end

    def add_fault(self, fault: Fault) -> Fault:
        """Let something go wrong from now on; gives it with the id it can be cleared by."""
        fault = replace(fault, id=max((one.id for one in self.faults), default=0) + 1)
        self._keep_faults((*self.faults, fault))
        if is_down(self.faults):
            self.updates.end_poll(None)
        self._prepare_successor(fault)
        return fault

    def clear_faults(self, fault_id: int | None = None) -> None:
        """Let everything, or one fault, be well again."""
        self._keep_faults(tuple(one for one in self.faults if fault_id is not None and one.id != fault_id))

    def meet(self, method: str, chat_id: int | None) -> Verdict:
        """What a call to `method` about `chat_id` meets now; faults that were to strike N times are used up."""
        verdict, left = decide(self.faults, method, chat_id, self._random.random)
        self._keep_faults(left)
        return verdict

    def hang_up(self) -> None:
        """End long polls and streams at once."""
        self.updates.end_poll(None)
        self.events.hang_up()

    async def close(self) -> None:
        """Hang up and save; the state in memory stays readable."""
        self.hang_up()
        self.journal.close()

    def _keep_faults(self, faults: tuple[Fault, ...]) -> None:
        """The faults that are on from now; every page is told when they change."""
        if faults != self.faults:
            self.faults = faults
            self.events.tell(lambda _: True, {"type": "faults", "faults": [one.as_json() for one in faults]})

    def _prepare_successor(self, fault: Fault) -> None:
        """Who is told that a group has moved has to find it in the new place."""
        old = self.chats.get(fault.chat or 0)
        if fault.kind == "migrated" and old and fault.to and fault.to not in self.chats:
            if old.private:
                self.put_chat(replace(old, id=fault.to, type="supergroup"))
            else:
                upgrade(self, old, fault.to)

    def _last(self, message: Message) -> Json:
        return {"message_id": self.history.next_id(message.chat_id) - 1}


def _private(person: Person, started: bool) -> Chat:
    return Chat(
        person.id,
        "private",
        username=person.username,
        first_name=person.first_name,
        members={person.id: "member"},
        bot="member" if started else "left",
    )


def _id(user: Player | int) -> int:
    return user if isinstance(user, int) else user.id
