"""Who may change things in a group: its administrators, as Telegram names them, known for a short while."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum, auto

import structlog
from telegram import Bot, ChatMember, ChatMemberAdministrator
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
        # Whether they may post, by their numbers; ourselves among them where we are one.
        self._known: dict[int, tuple[datetime, Mapping[int, bool]]] = {}

    async def allow(self, need: Need, chat: Chat, heard: Heard) -> bool:
        """Whether whoever is heard is what is needed. In private nobody is asked; what Telegram can't tell is a no."""
        if need is Need.NOTHING or chat.kind == "private" or (need is Need.CHANGER and chat.open_to_all):
            return True
        if heard.as_the_chat or heard.user_id in self._operators:
            return True
        return heard.user_id in await self._those_of(heard.address.chat_id, heard.user_id)

    async def may_post(self, channel_id: int, user_id: int) -> bool:
        """Whether this user is an administrator of a channel, and one who may post. Operators have no rights there."""
        return (await self._those_of(channel_id, user_id)).get(user_id, False)

    async def may_we_post(self, channel_id: int) -> bool:
        """The same of ourselves: who is none is told nothing of the others either."""
        return await self.may_post(channel_id, self._bot.id)

    def forget(self, chat_id: int) -> None:
        """Somebody became an administrator there, or is none any more."""
        self._known.pop(chat_id, None)

    async def _those_of(self, chat_id: int, asked_for: int) -> Mapping[int, bool]:
        now = self._clock()
        asked_at, known = self._known.get(chat_id, (None, dict[int, bool]()))
        patience = KEPT if asked_for in known else DOUBTED_AFTER
        if asked_at is None or now - asked_at >= patience:
            known = await self._ask(chat_id, now)
        return known

    async def _ask(self, chat_id: int, now: datetime) -> Mapping[int, bool]:
        try:
            members = await self._bot.get_chat_administrators(chat_id)
        except TelegramError as error:
            log.info("administrators_not_told", chat=chat_id, error=type(error).__name__, detail=error.message)
            self.forget(chat_id)
            return {}
        self._make_room(now)
        known = {member.user.id: _may_post(member) for member in members}
        self._known[chat_id] = now, known
        return known

    def _make_room(self, now: datetime) -> None:
        if len(self._known) >= _MOST_KEPT:
            self._known = {chat: kept for chat, kept in self._known.items() if now - kept[0] < KEPT}


def _may_post(member: ChatMember) -> bool:
    """An owner may; of administrators it is said in channels alone."""
    return not isinstance(member, ChatMemberAdministrator) or member.can_post_messages is not False
