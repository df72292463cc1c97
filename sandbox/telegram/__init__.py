"""Telegram in a box: a local Bot API server with users to play.

telegram = Telegram()
async with serve(telegram) as server:
    ...                                # a bot talks to server.url
    reader = telegram.user(7, language_code="uk")
    await reader.says("/start")
    await reader.expects("Вісник")

docs/sandbox.md says what it does as the real one does, line by line, and where it is known to differ.
"""

from sandbox.telegram.faults import Fault
from sandbox.telegram.hold import Hold
from sandbox.telegram.inline import InlineAnswer
from sandbox.telegram.limits import Limits
from sandbox.telegram.messages import Message
from sandbox.telegram.people import Chat, Person, Topic
from sandbox.telegram.player import Player
from sandbox.telegram.previews import Preview
from sandbox.telegram.queries import Answer
from sandbox.telegram.server import Server, mount, routes, serve
from sandbox.telegram.telegram import DEMO_TOKEN, Telegram

__all__ = [
    "DEMO_TOKEN",
    "Answer",
    "Chat",
    "Fault",
    "Hold",
    "InlineAnswer",
    "Limits",
    "Message",
    "Person",
    "Player",
    "Preview",
    "Server",
    "Telegram",
    "Topic",
    "mount",
    "routes",
    "serve",
]
