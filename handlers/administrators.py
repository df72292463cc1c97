"""Who may change things in a group: its administrators, as Telegram names them, known for a short while."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto

import structlog
from telegram import Bot
from telegram.error import TelegramError

from handlers.message import Heard
from news.chat import Chat

# An administrator is one for so long after Telegram said so.
KEPT = timedelta(seconds=60)
# Whoever is none may just have become one: nobody is refused on an older word.
DOUBTED_AFTER = timedelta(seconds=5)
_MOST_KEPT = 1000
log = structlog.get_logger(__name__)


class Need(Enum):
    """What whoever uses a command or a button must be, where others are."""

    NOTHING = auto()  # it only asks
    CHANGER = auto()  # an administrator; any member where the group is open to all
    ADMINISTRATOR = auto()


class Administrators:
    """Asks Telegram for all administrators of a group at once, so that a crowd costs one request."""

    def __init__(self, bot: Bot, operators: frozenset[int], clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._operators = operators
        self._clock = clock
        self._known: dict[int, tuple[datetime, frozenset[int]]] = {}

    async def allow(self, need: Need, chat: Chat, heard: Heard) -> bool:
        """Whether whoever is heard is what is needed. In private nobody is asked; what Telegram can't tell is a no."""
        if need is Need.NOTHING or chat.kind == "private" or (need is Need.CHANGER and chat.open_to_all):
            return True
        return heard.as_the_chat or heard.user_id in self._operators or await self._is_one(heard)

    def forget(self, chat_id: int) -> None:
        """Somebody became an administrator there, or is none any more."""
        self._known.pop(chat_id, None)

    async def _is_one(self, heard: Heard) -> bool:
        chat_id, now = heard.address.chat_id, self._clock()
        asked_at, known = self._known.get(chat_id, (None, frozenset[int]()))
        patience = KEPT if heard.user_id in known else DOUBTED_AFTER
        if asked_at is None or now - asked_at >= patience:
            known = await self._ask(chat_id, now)
        return heard.user_id in known

    async def _ask(self, chat_id: int, now: datetime) -> frozenset[int]:
        try:
            members = await self._bot.get_chat_administrators(chat_id)
        except TelegramError as error:
            log.info("administrators_not_told", chat=chat_id, error=type(error).__name__, detail=error.message)
            self.forget(chat_id)
            return frozenset()
        self._make_room(now)
        known = frozenset(member.user.id for member in members)
        self._known[chat_id] = now, known
        return known

    def _make_room(self, now: datetime) -> None:
        if len(self._known) >= _MOST_KEPT:
            self._known = {chat: kept for chat, kept in self._known.items() if now - kept[0] < KEPT}
