"""What the web chat's page talks to: the state, a stream of events, and what a person does."""

from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.telegram.client import deeds, faults, views
from sandbox.telegram.client.guard import guarded

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram


def client_routes(telegram: "Telegram") -> list[web.AbstractRouteDef]:
    """The routes the web chat uses; only pages of this very address get an answer."""
    looks = {
        "/chat/api/state": views.state,
        "/chat/api/events": views.events,
        "/chat/api/calls": views.calls,
        "/chat/api/files/{id}": views.file,
        "/sandbox/faults": faults.listed,
    }
    does = {
        "/chat/api/say": deeds.say,
        "/chat/api/file": deeds.send_file,
        "/chat/api/press": deeds.press,
        "/chat/api/inline": deeds.ask_inline,
        "/chat/api/choose": deeds.choose,
        "/chat/api/standing": deeds.set_standing,
        "/chat/api/topics": deeds.change_topic,
        "/chat/api/users": deeds.add_user,
        "/sandbox/faults": faults.changed,
    }
    return [
        *(web.get(path, guarded(telegram, handler)) for path, handler in looks.items()),
        *(web.post(path, guarded(telegram, handler)) for path, handler in does.items()),
    ]
