"""Reading an update: from Telegram's words to ours, touching nothing."""

from collections.abc import Iterator

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    InlineQuery,
    MaybeInaccessibleMessage,
    Message,
    MessageOriginChannel,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType

from handlers.message import Document, Heard, Inquiry, Stray
from news.chat import Address

PLATFORM = "telegram"
ALLOWED_UPDATES = ("message", "callback_query", "inline_query", "my_chat_member", "chat_member")
LEFT = frozenset([ChatMemberStatus.LEFT, ChatMemberStatus.BANNED])
ADMINS = frozenset([ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR])
_LINKS: list[str | None] = [MessageEntityType.URL, MessageEntityType.TEXT_LINK]
GROUPS = frozenset([ChatType.GROUP, ChatType.SUPERGROUP])


def hear(update: Update, username: str) -> Heard | Inquiry | Stray | None:
    """What an update says to us; None for what needs no answer. `username` is the bot's own."""
    if update.inline_query:
        return _inquiry(update.inline_query)
    if update.callback_query:
        return _press(update.callback_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    if update.chat_member:
        return _rights(update.chat_member)
    return _message(update.message, username) if update.message else None


def address_of(message: Message | MaybeInaccessibleMessage) -> Address:
    """Where a message was written: the chat, and the topic if it is a forum's."""
    topic = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Address(PLATFORM, message.chat.id, topic or 0)


def _message(message: Message, username: str) -> Heard | None:
    if message.migrate_from_chat_id:
        return Heard(address_of(message), message.chat.type, 0, migrated_from=message.migrate_from_chat_id)
    if message.forum_topic_edited:
        return _renamed(message, message.forum_topic_edited.name)
    text = message.text or message.caption or ""
    command, rest, addressed = _command(message, text, username)
    if command is None or not _says_anything(message, text) or _is_a_bots(message) or _is_ours(message, username):
        return None
    return _said(message, command, rest, addressed=addressed)


def _says_anything(message: Message, text: str) -> bool:
    more = message.location or message.chat_shared or _document(message)
    return bool(text or more) or _forwarded_from(message) is not None


def _said(message: Message, command: str, rest: str, *, addressed: bool) -> Heard | None:
    if message.from_user is None:
        return None
    return Heard(
        address=address_of(message),
        kind=message.chat.type,
        user_id=message.from_user.id,
        language=message.from_user.language_code,
        command=command,
        text=rest,
        message_id=message.message_id,
        replied_to=_replied_to(message),
        replied_press=_first_press(message.reply_to_message),
        document=_document(message),
        replied_document=_document(message.reply_to_message),
        forwarded_from=_forwarded_from(message),
        link=_first_link(message),
        addressed=addressed,
        as_the_chat=_is_the_chats(message),
        title=message.chat.title or "",
        topic_title=_topic_title(message),
        picked_chat=message.chat_shared.chat_id if message.chat_shared else None,
        location=(message.location.latitude, message.location.longitude) if message.location else None,
    )


def _renamed(message: Message, name: str | None) -> Heard | None:
    """A topic called otherwise; without a name it was but given another picture."""
    if not name:
        return None
    return Heard(address_of(message), message.chat.type, 0, topic_title=name, topic_renamed=True)


def _topic_title(message: Message) -> str:
    """What a topic was called when it was made: its first message, to which all others in it formally reply."""
    first = message.reply_to_message
    made = first.forum_topic_created if first and message.is_topic_message else None
    return made.name if made else ""


def _inquiry(query: InlineQuery) -> Inquiry:
    asker = query.from_user
    return Inquiry(query.id, Address(PLATFORM, asker.id), asker.language_code, query.query, query.offset)


def _document(message: Message | None) -> Document | None:
    """The file of a message; an animation has one besides, and is none."""
    file = message.document if message and not message.animation else None
    if file is None:
        return None
    return Document(file.file_id, file.file_name or "", file.file_size or 0, file.mime_type or "")


def _forwarded_from(message: Message) -> str | None:
    """The channel whose post this is, in private; of an album the part with the text counts for all."""
    origin = message.forward_origin
    silent_part = message.media_group_id and not message.caption
    if not isinstance(origin, MessageOriginChannel) or message.chat.type != ChatType.PRIVATE or silent_part:
        return None
    return origin.chat.username or ""


def _is_the_chats(message: Message) -> bool:
    """Whether it is written in the name of the chat it stands in."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def _is_a_bots(message: Message) -> bool:
    """Anonymous admins write as their group, in the name of a bot of Telegram's."""
    return message.from_user is not None and message.from_user.is_bot and not _is_the_chats(message)


def _is_ours(message: Message, username: str) -> bool:
    """A card of ours that somebody sent is nothing said to us."""
    sender = message.via_bot.username if message.via_bot else None
    return sender is not None and sender.lower() == username.lower()


def _replied_to(message: Message) -> int | None:
    """The message replied to; in a topic every message formally replies to the topic's first one."""
    original = message.reply_to_message
    if original is None or (message.is_topic_message and original.message_id == message.message_thread_id):
        return None
    return original.message_id


def _command(message: Message, text: str, username: str) -> tuple[str | None, str, bool]:
    """The command at the beginning, what follows, and whether it names this bot; ("", text, …) without one, (None, …)
    if meant for another bot."""
    entities = message.entities or message.caption_entities
    first = (each for each in entities if each.type == MessageEntityType.BOT_COMMAND and each.offset == 0)
    length = next((each.length for each in first), 0)
    if not length:
        return "", text, False
    word, rest = text[:length], text[length:]
    name, _, addressee = word[1:].partition("@")
    if addressee and addressee.lower() != username.lower():
        return None, rest, False
    return name.lower(), rest.strip(), bool(addressee)


def _first_link(message: Message) -> str:
    """Where the first link in the message's words leads, whatever it is called there."""
    links = message.parse_entities(_LINKS) | message.parse_caption_entities(_LINKS)
    first = min(links, key=lambda entity: entity.offset, default=None)
    return "" if first is None else first.url or links[first]


def _first_press(message: Message | None) -> str:
    """What the first button under a message carries."""
    return next(_presses(message), "") if message else ""


def _presses(message: Message) -> Iterator[str]:
    """What the buttons under a message carry."""
    markup = message.reply_markup
    for button in (button for row in (markup.inline_keyboard if markup else ()) for button in row):
        if isinstance(button.callback_data, str):
            yield button.callback_data


def _press(query: CallbackQuery) -> Heard | Stray:
    message = query.message
    if message is None:
        return Stray(query.id, Address(PLATFORM, query.from_user.id), query.from_user.language_code)
    return Heard(
        address=address_of(message),
        kind=message.chat.type,
        user_id=query.from_user.id,
        language=query.from_user.language_code,
        message_id=message.message_id,
        press=query.data or "",
        title=message.chat.title or "",
        press_id=query.id,
        # Of an old message Telegram doesn't tell what stands under it.
        offered=not (isinstance(message, Message) and message.is_accessible) or query.data in list(_presses(message)),
    )


def _membership(change: ChatMemberUpdated) -> Heard:
    out, was_out = _is_out(change.new_chat_member), _is_out(change.old_chat_member)
    may_write = not out and _may_write(change.new_chat_member, change.chat.type)
    return Heard(
        address=Address(PLATFORM, change.chat.id),
        kind=change.chat.type,
        user_id=change.from_user.id,
        language=change.from_user.language_code,
        arrived=change.chat.type in GROUPS and was_out and not out,
        lost=out,
        title=change.chat.title or "",
        let_in=was_out and not out,
        may_write=may_write,
        silenced=not out and not may_write,
    )


def _may_write(member: ChatMember, kind: str) -> bool:
    """In a channel only administrators post, and of these not all."""
    if kind == ChatType.CHANNEL:
        posts = isinstance(member, ChatMemberAdministrator) and member.can_post_messages is not False
        return posts or member.status == ChatMemberStatus.OWNER
    return not isinstance(member, ChatMemberRestricted) or bool(member.can_send_messages)


def _rights(change: ChatMemberUpdated) -> Heard | None:
    """Who comes and goes concerns us only where it changes who may change things."""
    if not ADMINS & {change.old_chat_member.status, change.new_chat_member.status}:
        return None
    return Heard(Address(PLATFORM, change.chat.id), change.chat.type, change.from_user.id, rights_changed=True)


def _is_out(member: ChatMember) -> bool:
    """Whoever is restricted may be inside or not."""
    return member.status in LEFT or (isinstance(member, ChatMemberRestricted) and not member.is_member)
