"""Telegram's limits, kept and not discovered: in all, of a chat, of a group.

A call occupies a slot from its start until one window after its answer. When in between the server counts it isn't
known; so no window of the server's can hold more calls than there are slots, whatever the latency.
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from collections import deque
from dataclasses import dataclass

NEVER = float("inf")
FREE, PAID = 30, 1_000


@dataclass(frozen=True, slots=True)
class Windows:
    """The limits: windows in seconds, and how many calls go into each. Tests run both windows shorter.

    - `in_all`: calls a second; more than `free` are the paid broadcast's
    - `free`: calls a second that cost nothing; answers to people and edits stay within these
    - `for_replies`: the share of the slots in all that hanging calls leave to answers
    """

    second: float = 1.0
    minute: float = 60.0
    in_all: int = FREE
    free: int = FREE
    for_replies: float = 0.2
    chat_burst: int = 3
    group: int = 20

    @property
    def paid(self) -> bool:
        """Whether more is sent than is free."""
        return self.in_all > self.free


class Slots:
    """Slots, each occupied from a call's start until `window` seconds after its end."""

    def __init__(self, window: float) -> None:
        self._window = window
        self._under_way = 0
        self._ended: deque[float] = deque()

    def free_at(self, now: float, size: int) -> float:
        """When one of `size` slots is free: `now`, or later; NEVER if a call must end first."""
        while self._ended and self._ended[0] + self._window <= now:
            self._ended.popleft()
        missing = self._under_way + len(self._ended) + 1 - size
        if missing <= 0:
            return now
        return self._ended[missing - 1] + self._window if missing <= len(self._ended) else NEVER

    def begin(self) -> None:
        """A call starts."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """A call was answered."""
        self._under_way -= 1
        self._ended.append(now)

    def give_back(self) -> None:
        """A call was never made."""
        self._under_way -= 1

    def idle(self, now: float) -> bool:
        """Whether all slots are free."""
        return not self._under_way and (not self._ended or self._ended[-1] + self._window <= now)


class Ceiling:
    """So many calls a window among all chats. Starts are spaced, and answers to people always have a share.

    That share costs nothing while Telegram answers. Since starts are spaced, ends are, and a slot comes free every
    thirtieth of a window; whoever is first in line has it, so an answer waits no longer than that and many answers
    at once have them all. A slot kept empty for them would only make everybody else slower. What could keep an answer
    waiting are calls that hang: hence all that is no answer may leave at most four fifths of the slots unanswered.
    """

    # A start that comes late (timers are about a millisecond late) is made up for by at most so much of a window.
    CATCH_UP = 1 / 60

    def __init__(self, calls: int, windows: Windows) -> None:
        self._calls, self._window, self._for_replies = calls, windows.second, windows.for_replies
        self._slots = Slots(windows.second)
        self._others = 0
        self._due = -NEVER

    def opens_at(self, now: float, share: float, *, reply: bool) -> float:
        """When one more may start while only a share (0 to 1) of the calls is allowed; NEVER: not before one ends."""
        size = self._size(share)
        if not reply and self._others >= max(1, size - int(size * self._for_replies)):
            return NEVER
        return max(self._due + self._window / size, self._slots.free_at(now, size))

    def begin(self, now: float, share: float, *, reply: bool) -> None:
        """A call starts; the next may one spacing after this one was due."""
        self._due = max(self._due + self._window / self._size(share), now - self.CATCH_UP * self._window)
        self._slots.begin()
        self._others += not reply

    def end(self, now: float, *, reply: bool) -> None:
        """A call was answered."""
        self._slots.end(now)
        self._others -= not reply

    def give_back(self, *, reply: bool) -> None:
        """A call was never made."""
        self._slots.give_back()
        self._others -= not reply

    def _size(self, share: float) -> int:
        return max(1, int(self._calls * share))


class _Chat:
    """One chat's limits: a bucket of `burst` that fills by one a window, and a group's longer window.

    When the server takes a message isn't known: a call counts in full while it is under way, and then as taken at
    its end.
    """

    __slots__ = ("_burst", "_full_at", "_group", "_second", "_slots", "_under_way", "held_until")

    def __init__(self, windows: Windows, is_group: bool) -> None:
        self._second, self._burst, self._group = windows.second, windows.chat_burst, windows.group
        self._under_way = 0
        self._full_at = 0.0
        self._slots = Slots(windows.minute) if is_group else None
        self.held_until = 0.0

    def free_at(self, now: float) -> float:
        left = self._burst - self._under_way
        if left <= 0:
            return NEVER
        moment = max(now, self._full_at - (left - 1) * self._second, self.held_until)
        return moment if self._slots is None else max(moment, self._slots.free_at(now, self._group))

    def begin(self) -> None:
        self._under_way += 1
        if self._slots:
            self._slots.begin()

    def end(self, now: float) -> None:
        self._under_way -= 1
        self._full_at = max(self._full_at, now) + self._second
        if self._slots:
            self._slots.end(now)

    def give_back(self) -> None:
        self._under_way -= 1
        if self._slots:
            self._slots.give_back()

    def idle(self, now: float) -> bool:
        at_rest = not self._under_way and max(self._full_at, self.held_until) <= now
        return at_rest and (self._slots is None or self._slots.idle(now))


class Chats:
    """Every chat's own limits, as far as they matter now: a chat at rest is forgotten.

    Groups, supergroups and channels have negative ids.
    """

    # So many are remembered without looking who is at rest; later, twice as many as were awake at the last look.
    ROOM = 1000

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._known: dict[int, _Chat] = {}
        self._busy: set[int] = set()
        self._room = self.ROOM

    def __len__(self) -> int:
        return len(self._known)

    def free_at(self, chat_id: int, now: float) -> float:
        """When a call to the chat may start by the chat's limits; NEVER if another must end first."""
        chat = self._known.get(chat_id)
        return now if chat is None else chat.free_at(now)

    def busy(self, now: float) -> frozenset[int]:
        """The chats that nothing may be sent to now."""
        self._busy = {chat_id for chat_id in self._busy if self.free_at(chat_id, now) > now}
        return frozenset(self._busy)

    def begin(self, chat_id: int, now: float) -> None:
        """A call to the chat starts."""
        chat = self._chat(chat_id, now)
        chat.begin()
        self._note(chat_id, chat, now)

    def end(self, chat_id: int, now: float) -> None:
        """A call to the chat was answered."""
        chat = self._chat(chat_id, now)
        chat.end(now)
        self._note(chat_id, chat, now)

    def give_back(self, chat_id: int, now: float) -> None:
        """A call to the chat was never made."""
        chat = self._chat(chat_id, now)
        chat.give_back()
        self._note(chat_id, chat, now)

    def hold(self, chat_id: int, until: float, now: float) -> None:
        """Leave the chat alone at least until then."""
        chat = self._chat(chat_id, now)
        chat.held_until = max(chat.held_until, until)
        self._note(chat_id, chat, now)

    def _note(self, chat_id: int, chat: _Chat, now: float) -> None:
        """Time alone only makes chats free, so who is busy is known from what happens to them."""
        if chat.free_at(now) > now:
            self._busy.add(chat_id)
        else:
            self._busy.discard(chat_id)

    def _chat(self, chat_id: int, now: float) -> _Chat:
        chat = self._known.get(chat_id)
        if chat is None:
            if len(self._known) >= self._room:
                self._forget(now)
            chat = self._known[chat_id] = _Chat(self._windows, is_group=chat_id < 0)
        return chat

    def _forget(self, now: float) -> None:
        self._known = {chat_id: chat for chat_id, chat in self._known.items() if not chat.idle(now)}
        self._room = max(self.ROOM, 2 * len(self._known))
