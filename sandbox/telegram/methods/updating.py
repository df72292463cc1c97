"""Methods by which a bot learns what happened, and answers a pressed button."""

from typing import TYPE_CHECKING

from sandbox.telegram.formatted import utf16_length
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.queries import Answer
from sandbox.telegram.refusal import Json, bad_request

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_UPDATES = 100
MAX_WAIT_SECONDS = 50
MAX_ANSWER = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def get_updates(telegram: "Telegram", parameters: Parameters) -> list[Json]:
    """getUpdates"""
    _remember_allowed(telegram, parameters)
    for update_id in telegram.updates.confirm(parameters.integer("offset")):
        telegram.journal.drop("update", update_id)
    limit = parameters.integer("limit", MAX_UPDATES)
    seconds = min(MAX_WAIT_SECONDS, max(0, parameters.integer("timeout")))
    return await telegram.updates.wait(limit if 1 <= limit <= MAX_UPDATES else MAX_UPDATES, seconds)


def delete_webhook(telegram: "Telegram", parameters: Parameters) -> bool:
    """deleteWebhook: there is none, but pending updates may be dropped"""
    if parameters.boolean("drop_pending_updates"):
        for update_id in telegram.updates.confirm(telegram.updates.last_id + 1):
            telegram.journal.drop("update", update_id)
    return True


def get_webhook_info(telegram: "Telegram", parameters: Parameters) -> Json:
    """getWebhookInfo"""
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates.pending),
    }
    return info | ({"allowed_updates": list(telegram.updates.allowed)} if telegram.updates.allowed else {})


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
    _show_answer(telegram, query.user_id, query.message_id, answer)
    return True


def _show_answer(telegram: "Telegram", user_id: int, message_id: int, answer: Answer) -> None:
    def concerns(one: int) -> bool:
        return one == user_id

    telegram.events.tell(concerns, {"type": "answered", "message_id": message_id})
    if answer.text:
        telegram.events.tell(concerns, {"type": "toast", "text": answer.text, "alert": answer.alert})


def _remember_allowed(telegram: "Telegram", parameters: Parameters) -> None:
    allowed = parameters.structure("allowed_updates", "allowed updates")
    if not isinstance(allowed, list):
        return
    kinds = tuple(str(kind) for kind in allowed)
    if kinds != telegram.updates.allowed:
        telegram.updates.allowed = kinds
        telegram.journal.put("allowed", "", list(kinds))
