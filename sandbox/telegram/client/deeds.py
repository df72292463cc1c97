"""What a person does on the page. What was done is saved before it is answered."""

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.telegram import acts, forum, inline, membership
from sandbox.telegram.client.fields import body_of, form_of, person, text, upload, whole, whole_if_any
from sandbox.telegram.client.guard import Unfit
from sandbox.telegram.messages import Message

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_NAME = 64
# For how long a bot may think about an inline query; the page shows nothing then.
INLINE_SECONDS = 10.0


async def say(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """{user, chat, text, reply_to?, thread?} → the message."""
    body = await body_of(request)
    user, chat, words = person(telegram, body.get("user")).id, whole(body, "chat"), text(body, "text")
    reply_to, thread = whole_if_any(body, "reply_to"), whole_if_any(body, "thread")
    return await _sent(telegram, acts.say(telegram, user, chat, words, reply_to=reply_to, thread=thread))


async def send_file(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """A form with user, chat, file, caption?, thread? → the message."""
    form = await form_of(request)
    user, chat, caption = person(telegram, form.get("user")).id, whole(form, "chat"), form.get("caption", "")
    given, thread = upload(form, "file"), whole_if_any(form, "thread")
    return await _sent(telegram, acts.send_file(telegram, user, chat, given, str(caption), thread=thread))


async def press(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """{user, chat, message_id, data} → {}; the bot's answer comes as an event."""
    body = await body_of(request)
    user = person(telegram, body.get("user")).id
    message = telegram.history.get(whole(body, "chat"), whole(body, "message_id"))
    data = text(body, "data")
    if message is None or not any(one.get("callback_data") == data for one in message.buttons):
        raise Unfit(400, "There is no such button.")
    acts.press(telegram, user, message, data)
    return await _done(telegram)


async def ask_inline(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """{user, chat, query, offset?} → {id, results, next_offset, button}, as soon as the bot has answered."""
    body = await body_of(request)
    user, chat = person(telegram, body.get("user")).id, whole(body, "chat")
    asked = inline.ask(telegram, user, chat, text(body, "query"), str(body.get("offset") or ""))
    try:
        await asyncio.wait_for(asked.answered.wait(), INLINE_SECONDS)
    except TimeoutError:
        raise Unfit(504, "The bot does not answer.") from None
    answer = asked.answer or inline.InlineAnswer()
    results = [{**one.card, "id": one.id} for one in answer.results]
    found = {"id": asked.id, "results": results, "next_offset": answer.next_offset, "button": answer.button}
    return web.json_response(found)


async def choose(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """{user, chat, query_id, result_id, thread?} → the message."""
    body = await body_of(request)
    user, chat, thread = person(telegram, body.get("user")).id, whole(body, "chat"), whole_if_any(body, "thread")
    query, result = text(body, "query_id"), text(body, "result_id")
    return await _sent(telegram, inline.choose(telegram, user, chat, query, result, thread=thread))


async def set_standing(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """{user, chat, status} → {}: the bot's standing in a chat, blocked ("kicked") or not in a private one."""
    body = await body_of(request)
    user = person(telegram, body.get("user")).id
    membership.set_standing(telegram, user, whole(body, "chat"), text(body, "status"))
    return await _done(telegram)


async def change_topic(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """{user, chat, name} makes a topic, {user, chat, thread, closed} closes or opens one, {…, delete: true} ends it."""
    body = await body_of(request)
    user, chat = person(telegram, body.get("user")).id, whole(body, "chat")
    thread = whole_if_any(body, "thread")
    if thread is None:
        forum.open_topic(telegram, user, chat, text(body, "name"))
    elif body.get("delete") is True:
        forum.delete_topic(telegram, user, chat, thread)
    else:
        forum.close_topic(telegram, user, chat, thread, closed=body.get("closed") is True)
    return await _done(telegram)


async def add_user(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """{name, language?} → {id, name, language}"""
    body = await body_of(request)
    name = text(body, "name").strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise Unfit(400, f"A name has 1 to {MAX_NAME} characters.")
    language = text(body, "language") if body.get("language") else None
    return web.json_response(telegram.new_user(name, language).person.card())


async def _sent(telegram: "Telegram", message: Message) -> web.Response:
    await telegram.journal.flush()
    return web.json_response(message.shown())


async def _done(telegram: "Telegram") -> web.Response:
    await telegram.journal.flush()
    return web.json_response({})
