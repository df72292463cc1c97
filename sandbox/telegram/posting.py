"""What the bot does to a chat: it finds it, may or may not write, within the limits."""

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formatted import Formatted, tidy, utf16_length
from sandbox.telegram.markup import parse_html
from sandbox.telegram.messages import Message
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.people import Chat
from sandbox.telegram.refusal import Json, Refusal, bad_request, forbidden, too_many_requests, upgraded

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 32_768


def known_chat(telegram: "Telegram", parameters: Parameters) -> Chat:
    """The chat that is meant, if the bot has ever met it; raises Refusal."""
    chat = telegram.find_chat(parameters.chat_id())
    if chat is None:
        raise bad_request("chat not found")
    if chat.private and chat.bot == "left":
        raise _never_met(telegram, chat)
    return chat


def joined_chat(telegram: "Telegram", parameters: Parameters) -> Chat:
    """The chat that is meant, if the bot is in it; raises Refusal."""
    chat = known_chat(telegram, parameters)
    if chat.migrated_to is not None:
        raise upgraded(chat.migrated_to)
    refusal = _absent(chat)
    if refusal is not None:
        raise refusal
    return chat


def open_chat(telegram: "Telegram", parameters: Parameters) -> Chat:
    """The chat that is meant, if the bot may write there; raises Refusal."""
    chat = joined_chat(telegram, parameters)
    if chat.type == "channel" and chat.bot != "administrator":
        raise bad_request("need administrator rights in the channel chat")
    if chat.bot == "restricted":
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def topic(chat: Chat, parameters: Parameters) -> Json:
    """The fields of a message that goes to a topic; raises Refusal if there is no such open topic."""
    wanted = parameters.integer("message_thread_id")
    if not wanted:
        return {}
    thread = chat.topics.get(wanted)
    if thread is None:
        raise bad_request("message thread not found")
    if thread.closed and chat.bot != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": thread.id, "is_topic_message": True}


def reply(telegram: "Telegram", chat: Chat, parameters: Parameters) -> Json:
    """The message that is answered, as a field; raises Refusal if it is not there and has to be."""
    wish = parameters.record("reply_parameters", "reply parameters") or {}
    message_id = Parameters(wish).integer("message_id") or parameters.integer("reply_to_message_id")
    if not message_id:
        return {}
    answered = telegram.history.get(chat.id, message_id)
    if answered is not None:
        return {"reply_to_message": answered.quoted()}
    if wish.get("allow_sending_without_reply") or parameters.boolean("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def formatted(parameters: Parameters, name: str, entities: str) -> Formatted:
    """A text parameter with its entities, by parse_mode or given; raises Refusal."""
    raw = parameters.text(name)
    if not _is_unicode(raw):
        raise bad_request("strings must be encoded in UTF-8")
    if len(raw.encode()) > MAX_RAW_BYTES:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        return tidy(parse_html(raw))
    if mode:
        raise _unsupported(mode)
    return tidy(Formatted(raw, _given(parameters.structure(entities, "message entities"))))


def text_of(parameters: Parameters) -> Formatted:
    """The text of a message, 1 to 4096 UTF-16 units; raises Refusal."""
    text = formatted(parameters, "text", "entities")
    if not text.text:
        raise bad_request("message text is empty")
    if utf16_length(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def preview_options(parameters: Parameters) -> Json:
    """How a text's link is to be previewed, as a field."""
    options = parameters.record("link_preview_options", "link preview options")
    if options and not isinstance(options.get("url", ""), str):
        raise bad_request('can\'t parse link preview options: Field "url" must be of type String')
    return {"link_preview_options": options} if options else {}


def caption_of(parameters: Parameters) -> Json:
    """The caption as fields of a message, up to 1024 UTF-16 units; raises Refusal."""
    caption = formatted(parameters, "caption", "caption_entities")
    if utf16_length(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return _fields(caption, "caption", "caption_entities")


def text_fields(text: Formatted) -> Json:
    """A text as fields of a message."""
    return _fields(text, "text", "entities")


def count(telegram: "Telegram", chat: Chat, *, paid: bool = False) -> None:
    """Take one of the sends that the limits leave; raises Refusal (429)."""
    wait = telegram.meter.admit(chat.id, group=not chat.private, now=telegram.clock(), paid=paid)
    if wait:
        raise too_many_requests(wait)


def post(telegram: "Telegram", chat: Chat, content: Json, extras: Json, *, paid: bool = False) -> Message:
    """Accept a message of the bot's, if the limits admit it; raises Refusal (429)."""
    count(telegram, chat, paid=paid)
    sender = {"sender_chat": chat.as_json()} if chat.type == "channel" else {"from": telegram.bot.as_json()}
    body = {
        "message_id": telegram.history.next_id(chat.id),
        **sender,
        "chat": chat.as_json(),
        "date": int(telegram.now()),
        **content,
    }
    message = telegram.put_message(Message(body, telegram.clock(), extras))
    telegram.record(message)
    return message


def own_message(telegram: "Telegram", chat: Chat, parameters: Parameters) -> Message:
    """The bot's message that is to be edited; raises Refusal."""
    message = telegram.history.get(chat.id, parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender_id not in (None, telegram.bot.id):
        raise bad_request("message can't be edited")
    return message


def _never_met(telegram: "Telegram", chat: Chat) -> Refusal:
    """A user seen in a group is known but can't be written to first; any other user doesn't exist for the bot."""
    met = any(chat.id in one.present for one in telegram.chats.values() if not one.private)
    return forbidden("bot can't initiate conversation with a user") if met else bad_request("chat not found")


def _absent(chat: Chat) -> Refusal | None:
    if chat.private:
        return forbidden("bot was blocked by the user") if chat.bot == "kicked" else None
    if chat.bot == "kicked":
        return forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot == "left":
        return forbidden(f"bot is not a member of the {chat.type} chat")
    return None


def _unsupported(mode: str) -> Refusal:
    if mode in ("markdown", "markdownv2"):
        return bad_request("this sandbox parses parse_mode HTML only, not Markdown")
    return bad_request("unsupported parse_mode")


def _given(entities: Any) -> tuple[Json, ...]:
    if entities is None:
        return ()
    if not isinstance(entities, list) or not all(isinstance(one, dict) for one in entities):
        raise bad_request("can't parse message entities: expected an Array of Objects")
    whole = ("offset", "length")
    if not all(isinstance(one.get(name), int) for one in entities for name in whole):
        raise bad_request("can't parse message entities: offset and length must be of type Number")
    if not all(isinstance(one.get("type"), str) for one in entities):
        raise bad_request("can't parse message entities: Can't find field \"type\"")
    if not all(isinstance(one.get("url", ""), str) for one in entities):
        raise bad_request('can\'t parse message entities: Field "url" must be of type String')
    return tuple(one for one in entities if one["length"] > 0 and one["offset"] >= 0)


def _is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8: JSON can smuggle in half a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fields(text: Formatted, name: str, entities: str) -> Json:
    fields: Json = {name: text.text} if text.text else {}
    return fields | ({entities: list(text.entities)} if text.entities else {})
