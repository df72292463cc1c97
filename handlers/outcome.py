"""What an error of Telegram's means for an attempt: pure. The table is in docs/telegram.md."""

from datetime import datetime, timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from handlers.hear import PLATFORM
from handlers.request import NotSent
from news.chat import Address
from news.delivery import InDoubt, Moved, Outcome, Refused, Retry, Unreachable

FIRST_WAIT = 1.0
# A server that was away is found again soon; what may have arrived is repeated ever more seldom.
LONGEST_WAIT, LONGEST_DOUBT = 5.0, 60.0
# Telegram sometimes says so of a chat that is well a moment later.
NOT_FOUND, NOT_FOUND_TRIES = ("chat not found",), 3
# An administrator could give them back.
RIGHTS_ARE_LOST = (
    "have no rights to send",
    "chat_write_forbidden",
    "not enough rights",
    "need administrator rights",
    "have no write access",
)
CHAT_IS_OVER = (*NOT_FOUND, "user not found", "peer_id_invalid", *RIGHTS_ARE_LOST)
TEXT_IS_WRONG = ("can't parse entities", "message is too long", "caption is too long")
# Why a delivery waits again, where Telegram refused nothing of its own.
NO_PLACE, FLOOD = "no place", "flood"
TOO_OLD = ("query is too old",)
MESSAGE_IS_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    # It is of another kind than it was sent as: nothing of ours.
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)
NOTHING_CHANGED = ("message is not modified",)
# Telegram couldn't fetch a picture, or make a photo of it.
PICTURE_IS_WRONG = (
    "file identifier",
    "failed to get http url content",
    "wrong type of the web page content",
    "wrong remote file",
    "file http url",
    "photo_",
    "image_process_failed",
    "webpage_",
    "external_url_invalid",
    "media_empty",
    "file is too big",
)
PICTURES_UNWANTED = ("rights to send photos", "chat_send_photos_forbidden", "chat_send_media_forbidden")
TOPIC_IS_GONE = ("message thread not found", "topic_closed", "topic_deleted")


def outcome_of(error: TelegramError, *, attempts: int, now: datetime) -> Outcome:
    """Classify; BadRequest and TimedOut are kinds of NetworkError, so the order matters."""
    match error:
        case RetryAfter():
            return Retry(now + timedelta(seconds=wait_of(error)), FLOOD, whole_chat=True)
        case ChatMigrated():
            return Moved(Address(PLATFORM, error.new_chat_id))
        case Forbidden():
            return Unreachable(error.message)
        case BadRequest() if _means(error, NOT_FOUND) and attempts + 1 < NOT_FOUND_TRIES:
            return Retry(now + back_off(attempts), error.message)
        case BadRequest() if _means(error, CHAT_IS_OVER):
            return Unreachable(error.message)
        case BadRequest():
            return Refused(error.message)
        case NotSent() | InvalidToken():
            return Retry(now + back_off(attempts), error.message)
        case _:
            return InDoubt(now + back_off(attempts, LONGEST_DOUBT), error.message)


def wait_of(error: RetryAfter) -> float:
    """The seconds a 429 asks for."""
    wished = error.retry_after
    return wished.total_seconds() if isinstance(wished, timedelta) else float(wished)


def back_off(attempts: int, longest: float = LONGEST_WAIT) -> timedelta:
    """The wait before the next try: twice as long each time, up to the longest (in seconds)."""
    return timedelta(seconds=min(FIRST_WAIT * 2 ** min(attempts, 10), longest))


def is_topic_gone(error: TelegramError) -> bool:
    """Whether the chat is there but its topic is not."""
    return isinstance(error, BadRequest) and _means(error, TOPIC_IS_GONE)


def are_rights_lost(error: TelegramError) -> bool:
    """Whether the bot is there but may not write."""
    return isinstance(error, BadRequest | Forbidden) and _means(error, RIGHTS_ARE_LOST)


def is_too_old(error: TelegramError) -> bool:
    """Whether a question or a press waited so long that nobody wants the answer any more."""
    return isinstance(error, BadRequest) and _means(error, TOO_OLD)


def is_message_gone(error: TelegramError) -> bool:
    """Whether there is no message to change any more."""
    return isinstance(error, BadRequest) and _means(error, MESSAGE_IS_GONE)


def is_text_at_fault(error: TelegramError) -> bool:
    """Whether the same words might be taken without markup, or shorter."""
    return isinstance(error, BadRequest) and _means(error, TEXT_IS_WRONG)


def is_unchanged(error: TelegramError) -> bool:
    """Whether a message is already as it was to be."""
    return isinstance(error, BadRequest) and _means(error, NOTHING_CHANGED)


def is_picture_at_fault(error: TelegramError) -> bool:
    """Whether the same words would be taken without their picture."""
    return isinstance(error, BadRequest) and _means(error, PICTURE_IS_WRONG)


def are_pictures_unwanted(error: TelegramError) -> bool:
    """Whether the chat takes words, but no pictures."""
    return isinstance(error, BadRequest) and _means(error, PICTURES_UNWANTED)


def is_chat_at_fault(error: TelegramError) -> bool:
    """Whether nothing else would be taken there either."""
    return _means(error, (*CHAT_IS_OVER, *TOPIC_IS_GONE)) and not are_pictures_unwanted(error)


def _means(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(phrase in said for phrase in phrases)
