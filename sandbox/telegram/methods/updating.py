"""Methods by which a bot learns what happened, and answers a pressed button."""

from typing import TYPE_CHECKING

from sandbox.telegram.formatted import utf16_length
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.queries import Answer, Query
from sandbox.telegram.refusal import WEBHOOK_IS_ACTIVE, Json, Refusal, bad_request

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_UPDATES = 100
MAX_WAIT_SECONDS = 50
MAX_ANSWER = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def get_updates(telegram: "Telegram", parameters: Parameters) -> list[Json]:
    """getUpdates"""
    if telegram.hook.webhook is not None:
        raise Refusal(409, WEBHOOK_IS_ACTIVE)
    remember_allowed(telegram, parameters)
    telegram.confirm_updates(parameters.integer("offset"))
    limit = parameters.integer("limit", MAX_UPDATES)
    seconds = min(MAX_WAIT_SECONDS, max(0, parameters.integer("timeout")))
    return await telegram.updates.wait(limit if 1 <= limit <= MAX_UPDATES else MAX_UPDATES, seconds)


def answer_callback_query(telegram: "Telegram", parameters: Parameters) -> bool:
    """answerCallbackQuery"""
    query = telegram.queries.get(parameters.text("callback_query_id"), telegram.clock())
    if query is None:
        raise bad_request(TOO_OLD)
    text = parameters.text("text")
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = Answer(text, parameters.boolean("show_alert"), parameters.text("url") or None)
    query.answer(answer)
    _show_answer(telegram, query, answer)
    return True


def _show_answer(telegram: "Telegram", query: Query, answer: Answer) -> None:
    def concerns(one: int) -> bool:
        return one == query.user_id

    telegram.events.tell(concerns, {"type": "answered", "chat": query.chat_id, "message_id": query.message_id})
    if answer.text:
        telegram.events.tell(concerns, {"type": "toast", "text": answer.text, "alert": answer.alert})


def remember_allowed(telegram: "Telegram", parameters: Parameters) -> None:
    """Keep which kinds of updates the bot wants; left out, the former wish stands."""
    allowed = parameters.structure("allowed_updates", "allowed updates")
    if not isinstance(allowed, list):
        return
    kinds = tuple(str(kind) for kind in allowed)
    if kinds != telegram.updates.allowed:
        telegram.updates.allowed = kinds
        telegram.journal.put("allowed", "", list(kinds))
