"""What Telegram says instead of a result, or beside it.

Refusal          400, 401, 403, 404, 409, 413, 429: an answer in JSON that says why
"""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """A call that is not accepted; `code` is the HTTP status, `parameters` what the caller acts on."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The refusal as the Bot API words it."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


@dataclass(frozen=True, slots=True)
class Remarked:
    """A result that comes with a sentence about it."""

    result: Any
    remark: str


def bad_request(reason: str) -> Refusal:
    """The caller's own mistake; `reason` is Telegram's sentence after the colon."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """The bot may not write there; `reason` is Telegram's sentence after the colon."""
    return Refusal(403, f"Forbidden: {reason}")


def upgraded(to: int) -> Refusal:
    """The group lives on as a supergroup under the id `to`."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, reason, migrate_to_chat_id=to)


def too_many_requests(seconds: int) -> Refusal:
    """A limit was met; the caller has to wait whole `seconds`."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


UNAUTHORIZED = "Unauthorized"
NOT_FOUND = "Not Found"
UNKNOWN_METHOD = "Not Found: method not found"
WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
POLL_ENDED = "Conflict: terminated by setWebhook request"
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
