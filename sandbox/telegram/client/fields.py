"""Reading what a page sends."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.telegram.bot_api import MAX_BODY
from sandbox.telegram.client.guard import Unfit
from sandbox.telegram.parameters import Upload
from sandbox.telegram.people import Person
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

Fields = Mapping[str, Any]


async def body_of(request: web.Request) -> Json:
    """The JSON object in a request's body; raises Unfit."""
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Unfit(400, "The body is no JSON.") from None
    if not isinstance(body, dict):
        raise Unfit(400, "The body has to be a JSON object.")
    return body


async def form_of(request: web.Request) -> Fields:
    """The fields of a form with a file; raises Unfit."""
    try:
        return await request.clone(client_max_size=MAX_BODY).post()
    except (ValueError, LookupError, AssertionError):
        raise Unfit(400, "The body is no form.") from None


def upload(form: Fields, name: str) -> Upload:
    """A file in a form; raises Unfit."""
    value = form.get(name)
    if not isinstance(value, web.FileField):
        raise Unfit(400, f"The field {name!r} has to be a file.")
    return Upload(value.filename, value.content_type, value.file.read())


def person(telegram: "Telegram", user: Any) -> Person:
    """The person of that id; raises Unfit."""
    found = telegram.people.get(whole({"user": user}, "user"))
    if found is None:
        raise Unfit(404, f"There is no user {user}.")
    return found


def whole(fields: Fields, name: str) -> int:
    """A whole number; raises Unfit."""
    try:
        return int(fields[name])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Unfit(400, f"The field {name!r} has to be a whole number.") from None


def whole_if_any(fields: Fields, name: str) -> int | None:
    """A whole number, None where the field is missing or empty; raises Unfit."""
    return whole(fields, name) if fields.get(name) not in (None, "") else None


def text(fields: Fields, name: str) -> str:
    """A text, with a question mark for what is no character; raises Unfit."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise Unfit(400, f"The field {name!r} has to be a text.")
    return value.encode("utf-8", "replace").decode()
