"""Who takes part: users, the bot, and the chats they meet in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.telegram.refusal import Json

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})


@dataclass(frozen=True, slots=True)
class Person:
    """A user or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name, as clients show it."""
        return f"{self.first_name} {self.last_name or ''}".strip()

    def card(self) -> Json:
        """What the web chat shows of a person."""
        return {"id": self.id, "name": self.name, "language": self.language_code}

    def as_json(self) -> Json:
        """The Bot API's User object."""
        fields = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return fields | _given(last_name=self.last_name, username=self.username, language_code=self.language_code)


# In whose name Telegram writes what an admin says as the group.
ANONYMOUS = Person(1_087_968_824, "Group", username="GroupAnonymousBot", is_bot=True)


@dataclass(frozen=True, slots=True)
class Topic:
    """A thread of a forum."""

    id: int
    name: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat; `members` maps user ids to Telegram's words for their standing, `bot` is the bot's own.

    In a private chat `bot` is "left" until the user writes for the first time, "kicked" while the bot is blocked.
    """

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    members: Mapping[int, str] = field(default_factory=dict)
    bot: str = "member"
    is_forum: bool = False
    topics: Mapping[int, Topic] = field(default_factory=dict)
    migrated_to: int | None = None

    @property
    def private(self) -> bool:
        """Whether it is a chat of one person with the bot."""
        return self.type == "private"

    @property
    def name(self) -> str:
        """The title as clients show it."""
        return self.title or self.first_name or str(self.id)

    @property
    def present(self) -> list[int]:
        """The ids of the users who are in it now."""
        return [user for user, status in self.members.items() if status in PRESENT]

    def as_json(self) -> Json:
        """The Bot API's Chat object."""
        fields: Json = {"id": self.id, "type": self.type}
        return fields | _given(
            title=self.title,
            username=self.username,
            first_name=self.first_name,
            is_forum=self.is_forum or None,
        )

    def card(self) -> Json:
        """What the web chat shows of it: the bot's standing and everybody's, a forum's topics, where it has moved."""
        topics = [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in self.topics.values()]
        return {
            "id": self.id,
            "type": self.type,
            "title": self.name,
            "username": self.username,
            "bot": self.bot,
            "members": {str(user): status for user, status in self.members.items()},
            "is_forum": self.is_forum,
            "topics": topics,
            "migrated_to": self.migrated_to,
        }


def chat_from_row(row: Json) -> Chat:
    """The chat that was saved as a JSON row (whose keys have become text)."""
    members = {int(user): status for user, status in row["members"].items()}
    topics = {int(key): Topic(**topic) for key, topic in row["topics"].items()}
    return Chat(**{**row, "members": members, "topics": topics})


def member_json(person: Person, status: str) -> Json:
    """The Bot API's ChatMember object, with the rights that go with the status."""
    fields: Json = {"user": person.as_json(), "status": status}
    if status == "administrator":
        return fields | _ADMIN_RIGHTS
    if status == "creator":
        return fields | {"is_anonymous": False}
    if status == "restricted":
        return fields | {"is_member": True, "until_date": 0} | dict.fromkeys(_MAY_DO, False)
    return fields | ({"until_date": 0} if status == "kicked" else {})


# What somebody restricted may not do here.
_MAY_DO = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_react_to_messages", "can_edit_tag"),
    *("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"),
)

_ADMIN_RIGHTS: Json = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_post_messages": True,
    "can_edit_messages": True,
    "can_pin_messages": False,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_manage_topics": True,
}


def _given(**fields: object) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
