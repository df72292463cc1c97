"""Telegram in a box: a local Bot API server with users to play.

telegram = Telegram()
async with serve(telegram) as server:
    ...                                # a bot talks to server.url
    reader = telegram.user(7, language_code="uk")
    await reader.says("/start")
    await reader.expects("Вісник")

Where it is known to differ from the real one: there is one bot, whatever the token; Markdown is refused; webhooks and
inline mode are missing; message ids count up by chat; a picture's size is always told as 800 × 600; the words that
show themselves as links are found by a short list of top-level domains; reply keyboards are accepted and not shown.
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
