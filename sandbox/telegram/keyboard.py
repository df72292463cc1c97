"""Keyboards under messages: what Telegram accepts of them."""

from typing import Any

from sandbox.telegram.formatted import utf16_length
from sandbox.telegram.links import WrongLink, checked_link
from sandbox.telegram.refusal import Json, bad_request

MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
MAX_COPY_UNITS = 256
_KEYBOARDS = {"keyboard", "remove_keyboard", "force_reply"}
_LOOKS = ("style", "icon_custom_emoji_id")
_ACTIONS = (
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "copy_text",
    "callback_game",
    "pay",
)


def read_keyboard(markup: Any) -> Json | None:
    """The inline keyboard as Telegram keeps it, None for none (or another kind); raises Refusal."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if not _KEYBOARDS & set(markup):
        raise bad_request("object expected as reply markup")
    return None


def read_pickers(markup: Any) -> list[Json]:
    """The buttons of a reply keyboard by which a person chooses a chat; raises Refusal."""
    rows = markup.get("keyboard") if isinstance(markup, dict) else None
    buttons = [button for row in rows or [] if isinstance(row, list) for button in row if isinstance(button, dict)]
    wishes = [button["request_chat"] for button in buttons if button.get("request_chat") is not None]
    if not all(isinstance(wish, dict) and isinstance(wish.get("request_id"), int) for wish in wishes):
        raise bad_request("can't parse keyboard button: Can't find field \"request_id\"")
    if not all(isinstance(wish.get("chat_is_channel"), bool) for wish in wishes):
        raise bad_request("can't parse keyboard button: Can't find field \"chat_is_channel\"")
    return wishes


def _inline(rows: Any) -> Json | None:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    action = next((name for name in _ACTIONS if button.get(name) is not None), None)
    if action is None:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    looks = {name: button[name] for name in _LOOKS if isinstance(button.get(name), str)}
    return {"text": text, action: _action(action, button[action]), **looks}


def _action(action: str, value: Any) -> Any:
    if action == "callback_data":
        return _callback_data(value)
    if action == "url":
        return _url(value)
    if action == "copy_text":
        return _copy_text(value)
    return value


def _callback_data(value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value.encode("utf-8", "surrogatepass")) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return value


def _url(value: Any) -> str:
    try:
        return checked_link(str(value))
    except WrongLink as wrong:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {wrong}") from None


def _copy_text(value: Any) -> Json:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= utf16_length(text) <= MAX_COPY_UNITS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}
