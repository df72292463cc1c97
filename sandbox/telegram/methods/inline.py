"""The method by which a bot answers an inline query, and what it may answer with."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.telegram import posting
from sandbox.telegram.inline import InlineAnswer, Result
from sandbox.telegram.keyboard import read_keyboard
from sandbox.telegram.methods.updating import TOO_OLD
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.refusal import Json, bad_request

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_RESULTS = 50
MAX_ID_BYTES = 64
MAX_OFFSET_BYTES = 64
DEFAULT_CACHE_SECONDS = 300
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CARD = ("title", "description", "url", "thumbnail_url")


def answer_inline_query(telegram: "Telegram", parameters: Parameters) -> bool:
    """answerInlineQuery"""
    now = telegram.clock()
    asked = telegram.inline.get(parameters.text("inline_query_id"), now)
    answer = InlineAnswer(
        results=_results(parameters),
        next_offset=_next_offset(parameters.text("next_offset")),
        personal=parameters.boolean("is_personal"),
        cache_seconds=max(0, parameters.integer("cache_time", DEFAULT_CACHE_SECONDS)),
        button=_button(parameters),
    )
    if asked is None:
        raise bad_request(TOO_OLD)
    telegram.inline.settle(asked, answer, now)
    return True


def _results(parameters: Parameters) -> tuple[Result, ...]:
    given = parameters.structure("results", "inline query results")
    if not isinstance(given, list):
        raise bad_request("can't parse inline query results: expected an Array")
    if len(given) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(_result(one) for one in given)
    if len({one.id for one in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def _result(given: Any) -> Result:
    if not isinstance(given, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    identity = str(given.get("id", ""))
    if not 1 <= len(identity.encode()) <= MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    read = _KINDS.get(str(given.get("type")))
    if read is None:
        raise bad_request("this sandbox takes inline results of the types article and photo only")
    card = {name: given[name] for name in _CARD if isinstance(given.get(name), str)}
    return read(identity, card | {"type": given["type"]}, given)


def _article(identity: str, card: Json, given: Json) -> Result:
    if not card.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    return Result(identity, card, _text(given) | _keyboard(given))


def _photo(identity: str, card: Json, given: Json) -> Result:
    address = given.get("photo_url")
    if not isinstance(address, str) or not isinstance(given.get("thumbnail_url"), str):
        raise bad_request('can\'t parse inline query result: Can\'t find field "photo_url" or "thumbnail_url"')
    if given.get("input_message_content") is not None:
        return Result(identity, card, _text(given) | _keyboard(given))
    size = {"file_id": identity, "file_unique_id": identity[:16], "width": 800, "height": 600}
    content = {"photo": [size], **posting.caption_of(Parameters(given))}
    return Result(identity, card, content | _keyboard(given), {"url": address})


_KINDS: dict[str, Callable[[str, Json, Json], Result]] = {"article": _article, "photo": _photo}


def _text(given: Json) -> Json:
    content = given.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("input message content is not specified")
    words = Parameters({**content, "text": content["message_text"]})
    return posting.text_fields(posting.text_of(words)) | posting.preview_options(words)


def _keyboard(given: Json) -> Json:
    keyboard = read_keyboard(given.get("reply_markup"))
    return {"reply_markup": keyboard} if keyboard else {}


def _next_offset(offset: str) -> str:
    if len(offset.encode("utf-8", "replace")) > MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    return offset


def _button(parameters: Parameters) -> Json | None:
    """The button above the results, which opens the private chat with the bot."""
    button = parameters.record("button", "inline query results button")
    if button is None:
        return None
    if not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    start = button.get("start_parameter")
    if not isinstance(start, str) or not _START.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return {"text": button["text"], "start_parameter": start}
