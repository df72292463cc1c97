"""Telegram in a box: a local Bot API server with users to play.

telegram = Telegram()
async with serve(telegram) as server:
    ...                                # a bot talks to server.url
    reader = telegram.user(7, language_code="uk")
    await reader.says("/start")
    await reader.expects("Вісник")
"""

from sandbox.telegram.faults import Fault
from sandbox.telegram.limits import Limits
from sandbox.telegram.messages import Message
from sandbox.telegram.people import Chat, Person, Topic
from sandbox.telegram.player import Player
from sandbox.telegram.queries import Answer
from sandbox.telegram.server import Server, mount, routes, serve
from sandbox.telegram.telegram import DEMO_TOKEN, Telegram

__all__ = [
    "DEMO_TOKEN",
    "Answer",
    "Chat",
    "Fault",
    "Limits",
    "Message",
    "Person",
    "Player",
    "Server",
    "Telegram",
    "Topic",
    "mount",
    "routes",
    "serve",
]
