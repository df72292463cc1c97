"""Who is where: people block the bot, let it into a group or put it out, give it rights, move the group."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.telegram.arrival import CannotAct, change_standing, chat_of, deliver, heading
from sandbox.telegram.people import ADMINS, PRESENT, Chat, member_json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

STANDINGS = frozenset({"administrator", "member", "restricted", "left", "kicked"})


def block(telegram: "Telegram", user_id: int) -> None:
    """A user blocks the bot."""
    change_standing(telegram, telegram.chats[user_id], user_id, "kicked")


def unblock(telegram: "Telegram", user_id: int) -> None:
    """A user lets the bot write again."""
    change_standing(telegram, telegram.chats[user_id], user_id, "member")


def let_in(telegram: "Telegram", chat: Chat, by: int, status: str) -> Chat:
    """The bot is let into a group or channel by that user; a group says so to all in it."""
    changed = change_standing(telegram, chat, by, status)
    if chat.type != "channel" and chat.bot not in PRESENT:
        deliver(telegram, changed, heading(telegram, changed, by) | {"new_chat_members": [telegram.bot.as_json()]})
    return changed


def put_out(telegram: "Telegram", chat: Chat, by: int, status: str = "kicked") -> Chat:
    """The bot is put out of a group or channel by that user; a group says so to all in it."""
    changed = change_standing(telegram, chat, by, status)
    if chat.type != "channel" and chat.bot in PRESENT:
        deliver(telegram, changed, heading(telegram, changed, by) | {"left_chat_member": telegram.bot.as_json()})
    return changed


def set_standing(telegram: "Telegram", user_id: int, chat_id: int, status: str) -> Chat:
    """A user gives the bot this standing in a chat, as far as that user may. Raises CannotAct."""
    chat = chat_of(telegram, user_id, chat_id)
    if status not in STANDINGS:
        raise CannotAct(f"A bot's standing is one of: {', '.join(sorted(STANDINGS))}.")
    if chat.private:
        return change_standing(telegram, chat, user_id, "kicked" if status in ("left", "kicked") else "member")
    if chat.members[user_id] not in ADMINS:
        raise CannotAct("Only admins of the group decide about the bot.")
    return (let_in if status in PRESENT else put_out)(telegram, chat, user_id, status)


def promote(telegram: "Telegram", chat: Chat, by: int, user_id: int, status: str) -> Chat:
    """An admin gives a user of a group this standing; a bot that is an admin there may hear of it (chat_member)."""
    if chat.members.get(by) not in ADMINS or status not in STANDINGS:
        raise CannotAct("Only admins of the group decide about others.")
    before = chat.members.get(user_id, "left")
    changed = telegram.put_chat(replace(chat, members={**chat.members, user_id: status}))
    person = telegram.people[user_id]
    update = {
        "chat": chat.as_json(),
        "from": telegram.people[by].as_json(),
        "date": int(telegram.now()),
        "old_chat_member": member_json(person, before),
        "new_chat_member": member_json(person, status),
    }
    if chat.bot == "administrator":
        telegram.tell_bot("chat_member", update)
    return changed


def upgrade(telegram: "Telegram", chat: Chat, to: int) -> Chat:
    """A group becomes a supergroup under the id `to`; both chats tell the bot so."""
    telegram.put_chat(replace(chat, migrated_to=to))
    successor = telegram.put_chat(replace(chat, id=to, type="supergroup"))
    by = next(iter(chat.present), telegram.bot.id)
    for there, news in ((chat, {"migrate_to_chat_id": to}), (successor, {"migrate_from_chat_id": chat.id})):
        deliver(telegram, there, heading(telegram, there, by) | news)
    return successor
