from typing import Any

import pytest

from handlers.hear import hear
from handlers.message import Document, Heard, Inquiry, Stray
from handlers.receive import lane_of
from news.chat import Address
from sandbox.telegram.people import Person, member_json
from tests.handlers.updates import ANNA, GROUP, PRIVATE, VISNYK, Json, command_in, membership, message, press, read

BUTTONS = {
    "inline_keyboard": [[{"text": "сайт", "url": "https://example.com"}, {"text": "🔗", "callback_data": "rel:5"}]]
}


def heard(body: Json) -> Heard:
    """What a message says to us; it must say something."""
    found = maybe_heard(body)
    assert found is not None
    return found


def maybe_heard(body: Json) -> Heard | None:
    return heard_in({"message": body})


def heard_in(update: Json) -> Heard | None:
    """What an update says to us; it is no inquiry."""
    found = hear(read(update), "Visnyk_bot")
    assert not isinstance(found, Inquiry | Stray)
    return found


# Commands


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/start", "start", ""),
        ("/sub example.com", "sub", "example.com"),
        ("/SUB example.com", "sub", "example.com"),
        ("/search  бюджет  2027 ", "search", "бюджет  2027"),
        ("/search\nбюджет 2027", "search", "бюджет 2027"),
        ("/search\tбюджет", "search", "бюджет"),
        ("/search бюджет\n2027", "search", "бюджет\n2027"),
        ("/search@visnyk_bot бюджет", "search", "бюджет"),
        ("/search@VISNYK_BOT\nбюджет", "search", "бюджет"),
        ("/search 🦘 кенгуру", "search", "🦘 кенгуру"),
    ],
)
def test_a_command_and_what_follows_it_are_told_apart(text: str, command: str, rest: str) -> None:
    found = heard(message(text))
    assert (found.command, found.text) == (command, rest)


def test_a_command_ends_where_telegram_says_it_ends() -> None:
    body = message("/sub,example.com", entities=[{"type": "bot_command", "offset": 0, "length": 4}])
    assert (heard(body).command, heard(body).text) == ("sub", ",example.com")


def test_a_command_for_another_bot_is_not_heard() -> None:
    assert maybe_heard(message("/start@other_bot", chat=GROUP)) is None


@pytest.mark.parametrize("text", ["example.com", "see /start", "https://example.com/a/b"])
def test_words_are_heard_without_a_command(text: str) -> None:
    assert (heard(message(text)).command, heard(message(text)).text) == ("", text)


def test_a_command_under_a_picture_is_heard() -> None:
    text = "/sub example.com"
    body = message(caption=text, caption_entities=command_in(text), photo=[])
    assert (heard(body).command, heard(body).text) == ("sub", "example.com")


def test_the_writer_and_the_chat_are_noted() -> None:
    found = heard(message("/list", chat=GROUP))
    assert found.address == Address("telegram", -100)
    assert (found.kind, found.user_id, found.language, found.message_id) == ("supergroup", 7, "uk", 11)


def test_a_forwarded_message_counts_as_its_senders_words() -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Хтось"}
    assert heard(message("example.com", forward_origin=origin)).text == "example.com"


def test_an_anonymous_admin_is_heard() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    found = heard(message("/list", chat=GROUP, sender_chat=GROUP, **{"from": anonymous}))
    assert (found.command, found.as_the_chat) == ("list", True)
    assert not heard(message("/list", chat=GROUP)).as_the_chat


# Topics and replies


def test_a_topic_is_part_of_the_address() -> None:
    assert heard(message("/list", chat=GROUP, message_thread_id=5, is_topic_message=True)).address.topic == 5


def test_a_thread_of_replies_is_no_topic() -> None:
    assert heard(message("/list", chat=GROUP, message_thread_id=5)).address.topic == 0


def test_a_reply_names_the_message_and_its_button() -> None:
    original = message("Новина", message_id=5, reply_markup=BUTTONS, **{"from": VISNYK})
    found = heard(message("/related", reply_to_message=original))
    assert (found.replied_to, found.replied_press) == (5, "rel:5")


def test_a_reply_to_a_threads_first_message_is_a_reply() -> None:
    original = message("Новина", chat=GROUP, message_id=5)
    found = heard(message("/related", chat=GROUP, message_thread_id=5, reply_to_message=original))
    assert found.replied_to == 5


def topics_first(name: str) -> Json:
    return message(chat=GROUP, message_thread_id=3, forum_topic_created={"name": name, "icon_color": 1}) | {
        "message_id": 3
    }


def test_a_message_in_a_topic_says_what_that_was_called_when_it_was_made() -> None:
    found = heard(
        message("/list", chat=GROUP, message_thread_id=3, is_topic_message=True, reply_to_message=topics_first("Порт"))
    )
    assert (found.title, found.topic_title, found.topic_renamed) == ("Редакція", "Порт", False)


def test_a_topic_called_otherwise_is_heard_and_one_with_another_picture_is_not() -> None:
    place: Json = {"chat": GROUP, "message_thread_id": 3, "is_topic_message": True}
    renamed = heard(message(forum_topic_edited={"name": "Море"}, **place))
    assert (renamed.address, renamed.topic_title, renamed.topic_renamed) == (
        Address("telegram", -100, 3),
        "Море",
        True,
    )
    assert maybe_heard(message(forum_topic_edited={"icon_custom_emoji_id": "1"}, **place)) is None


def test_a_location_and_a_chosen_chat_are_heard() -> None:
    assert heard(message(location={"latitude": 50.4, "longitude": 30.5})).location == (50.4, 30.5)
    assert heard(message(chat_shared={"request_id": 1, "chat_id": -1001})).picked_chat == -1001


def test_a_message_in_a_topic_is_no_reply_to_the_topics_beginning() -> None:
    beginning = message(chat=GROUP, message_id=5, forum_topic_created={"name": "Новини", "icon_color": 1})
    in_topic = {"message_thread_id": 5, "is_topic_message": True}
    assert heard(message("/related", chat=GROUP, reply_to_message=beginning, **in_topic)).replied_to is None
    original = message("Новина", chat=GROUP, message_id=9, **in_topic)
    assert heard(message("/related", chat=GROUP, reply_to_message=original, **in_topic)).replied_to == 9


# Membership


@pytest.mark.parametrize(
    ("status", "fields", "lost"),
    [
        ("left", {}, True),
        ("kicked", {"until_date": 0}, True),
        ("member", {}, False),
        ("restricted", {"is_member": True}, False),
        ("restricted", {"is_member": False}, True),
    ],
)
def test_a_change_of_membership_says_whether_the_chat_is_lost(status: str, fields: Json, lost: bool) -> None:
    rights = dict.fromkeys(RIGHTS, False) | {"until_date": 0} if status == "restricted" else {}
    found = heard_in(membership(status, chat=GROUP, **rights, **fields))
    assert found is not None
    assert (found.lost, found.address, found.command, found.press_id) == (lost, Address("telegram", -100), "", "")


@pytest.mark.parametrize(
    ("chat", "before", "arrived"),
    [(GROUP, "left", True), (GROUP, "kicked", True), (GROUP, "member", False), (PRIVATE, "kicked", False)],
)
def test_being_let_into_a_group_is_an_arrival(chat: Json, before: str, arrived: bool) -> None:
    update = membership("member", chat=chat)
    update["my_chat_member"]["old_chat_member"] = member_json(Person(1000, "Вісник", is_bot=True), before)
    found = heard_in(update)
    assert found is not None
    assert found.arrived == arrived


@pytest.mark.parametrize(
    ("kind", "status", "rights", "may_write"),
    [
        ("supergroup", "member", {}, True),
        ("supergroup", "administrator", {"can_post_messages": False}, True),
        ("supergroup", "restricted", {"can_send_messages": True}, True),
        ("supergroup", "restricted", {}, False),
        ("channel", "administrator", {}, True),
        ("channel", "administrator", {"can_post_messages": False}, False),
        ("channel", "member", {}, False),
    ],
)
def test_a_change_of_membership_says_whether_we_may_write(
    kind: str, status: str, rights: Json, may_write: bool
) -> None:
    update = membership("left", chat={"id": -100, "type": kind, "title": "Редакція"})
    us = Person(1000, "Вісник", is_bot=True)
    update["my_chat_member"]["old_chat_member"] = member_json(us, "left")
    update["my_chat_member"]["new_chat_member"] = member_json(us, status) | rights
    found = heard_in(update)
    assert found is not None
    assert (found.may_write, found.silenced, found.let_in, found.title) == (may_write, not may_write, True, "Редакція")


def test_a_member_put_out_may_not_write_and_is_not_only_silenced() -> None:
    found = heard_in(membership("left", chat=GROUP))
    assert found is not None
    assert (found.may_write, found.silenced, found.let_in) == (False, False, False)


def test_blocking_and_unblocking_are_heard_in_private() -> None:
    blocked, back = (heard_in(membership(status, until_date=0)) for status in ("kicked", "member"))
    assert blocked is not None
    assert back is not None
    assert (blocked.lost, back.lost, back.kind) == (True, False, "private")


def test_a_migration_names_the_former_chat() -> None:
    found = heard(message(chat=GROUP, migrate_from_chat_id=-5))
    assert (found.migrated_from, found.address.chat_id) == (-5, -100)


# Buttons


def test_a_press_names_the_button_and_the_message() -> None:
    found = heard_in(press("rel:5", under=message("Новина", message_id=5)))
    assert found is not None
    assert (found.press, found.press_id, found.message_id, found.user_id) == ("rel:5", "900", 5, 7)


def test_a_press_under_a_message_too_old_to_see_is_heard() -> None:
    found = heard_in(press(under={"chat": GROUP, "message_id": 5, "date": 0}))
    assert found is not None
    assert (found.address.chat_id, found.message_id, found.press) == (-100, 5, "rel:5")


def test_a_press_is_offered_where_a_button_with_it_stands_as_far_as_telegram_tells() -> None:
    under, old = message("Новина", reply_markup=BUTTONS), {"chat": GROUP, "message_id": 5, "date": 0}
    found = [heard_in(press(data, under=where)) for data, where in (("rel:5", under), ("rel:6", under), ("rel:6", old))]
    assert [one and one.offered for one in found] == [True, False, True]


def test_a_press_under_a_message_sent_through_us_is_a_stray() -> None:
    assert hear(read(press()), "Visnyk_bot") == Stray("900", Address("telegram", 7), "uk")


def test_a_press_without_data_is_heard_as_no_button_of_ours() -> None:
    found = heard_in(press(None, under=message("Новина")))
    assert found is not None
    assert (found.press, found.press_id) == ("", "900")


# Files

FILE: Json = {"file_id": "F1", "file_unique_id": "U1", "file_name": "feeds.opml", "mime_type": "text/x-opml"}


def test_a_file_is_heard_without_words() -> None:
    found = heard(message(document=FILE | {"file_size": 12}))
    assert (found.command, found.text) == ("", "")
    assert found.document == Document("F1", "feeds.opml", 12, "text/x-opml")


def test_of_a_file_only_its_id_is_certain() -> None:
    assert heard(message(document={"file_id": "F1", "file_unique_id": "U1"})).document == Document("F1", "", 0, "")


def test_a_command_under_a_file_and_one_in_reply_to_a_file_have_it() -> None:
    under = heard(message(caption="/import", caption_entities=command_in("/import"), document=FILE))
    assert (under.command, under.document and under.document.file_id) == ("import", "F1")
    replying = heard(message("/import", reply_to_message=message(document=FILE)))
    assert replying.document is None
    assert (replying.command, replying.replied_document and replying.replied_document.file_id) == ("import", "F1")


# Inquiries


def test_words_after_the_bots_name_are_an_inquiry() -> None:
    query = {"id": "900", "from": ANNA, "query": "трамвай", "offset": "1", "chat_type": "group"}
    assert hear(read({"inline_query": query}), "visnyk_bot") == Inquiry(
        "900", Address("telegram", 7), "uk", "трамвай", "1"
    )


# Rights


def change_of(before: str, after: str) -> Json:
    """An update with a chat_member: Anna's standing."""
    old, new = (member_json(Person(7, "Анна"), status) for status in (before, after))
    change = {"chat": GROUP, "from": ANNA, "date": 1_764_000_000, "old_chat_member": old, "new_chat_member": new}
    return {"chat_member": change}


@pytest.mark.parametrize(("before", "after"), [("member", "administrator"), ("administrator", "left")])
def test_whoever_becomes_an_admin_or_is_none_any_more_changes_who_may(before: str, after: str) -> None:
    found = heard_in(change_of(before, after))
    assert found is not None
    assert (found.address, found.rights_changed, found.lost) == (Address("telegram", -100), True, False)


# What needs no answer

ANIMATION: Json = {"file_id": "A1", "file_unique_id": "U2", "width": 1, "height": 1, "duration": 1}
CHANNEL = {"id": -9, "type": "channel", "title": "Канал"}
SILENT: dict[str, Json] = {
    "another bot": {"message": message("/start", **{"from": VISNYK})},
    "a card of our own": {"message": message("Новина", via_bot=VISNYK)},
    "a channel in a group": {"message": message("/start", chat=GROUP, sender_chat=CHANNEL, **{"from": VISNYK})},
    "nobody": {"message": {name: value for name, value in message("/start").items() if name != "from"}},
    "a newcomer": {"message": message(chat=GROUP, new_chat_members=[ANNA])},
    "a moving picture": {"message": message(animation=ANIMATION, document=FILE)},
    "a dice": {"message": message(dice={"emoji": "🎲", "value": 6})},
    "a chat that moves away": {"message": message(chat=GROUP, migrate_to_chat_id=-5)},
    "an edited message": {"edited_message": message("/start")},
    "a channel's post": {"channel_post": message("/start")},
    "a member who comes": change_of("left", "member"),
    "a member who is put out": change_of("member", "kicked"),
    "something newer than we are": {"comet_sighting": {"chat": PRIVATE}},
    "nothing": {},
}


@pytest.mark.parametrize("update", SILENT.values(), ids=SILENT)
def test_what_needs_no_answer_is_not_heard(update: Json) -> None:
    assert hear(read(update), "visnyk_bot") is None


# Lanes


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": message("/list", chat=GROUP, message_thread_id=5, is_topic_message=True)}, "-100"),
        ({"message": message("/list")}, "7"),
        (press(under=message(chat=GROUP)), "-100"),
        (press(under={"chat": GROUP, "message_id": 5, "date": 0}), "-100"),
        (press(), "7"),
        (membership("left", chat=GROUP), "-100"),
        ({"inline_query": {"id": "1", "from": ANNA, "query": "", "offset": ""}}, "7 inline"),
        ({"message": message(document=FILE)}, "7 file"),
        ({"message": message("/import", chat=GROUP, reply_to_message=message(document=FILE))}, "-100 file"),
        ({"message": {"chat": PRIVATE, "document": 5, "reply_to_message": "?"}}, "7"),
        ({"poll": {"id": "1"}}, ""),
        ({}, ""),
        ({"message": {"chat": 5}}, ""),
        ({"message": {"chat": {}, "from": "Анна"}}, ""),
        ({"message": "text"}, ""),
        ({"callback_query": {"message": {"chat": []}, "from": ANNA}}, "7"),
    ],
)
def test_an_update_waits_in_its_chats_lane(update: Json, lane: str) -> None:
    assert lane_of({"update_id": 1} | update) == lane


RIGHTS: list[Any] = [
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
    "can_edit_tag", "can_react_to_messages",
]  # fmt: skip


# Posts of channels


def forwarded(username: str | None = "bereg", **fields: Any) -> Json:
    named = {"username": username} if username else {}
    chat = {"id": -1005, "type": "channel", "title": "Берег", **named}
    return message(forward_origin={"type": "channel", "date": 1, "message_id": 5, "chat": chat}, **fields)


def test_a_forwarded_post_names_its_channel() -> None:
    assert heard(forwarded(text="Пором")).forwarded_from == "bereg"
    assert heard(forwarded(photo=[])).forwarded_from == "bereg"
    assert heard(forwarded(None, text="Пором")).forwarded_from == ""
    assert heard(message("Пором")).forwarded_from is None


def test_of_a_forwarded_album_one_part_counts() -> None:
    assert heard(forwarded(caption="Пором", media_group_id="1", photo=[])).forwarded_from == "bereg"
    assert maybe_heard(forwarded(media_group_id="1", photo=[])) is None


def test_in_a_group_a_forwarded_post_is_chatter() -> None:
    assert heard(forwarded(text="Пором", chat=GROUP)).forwarded_from is None


# Links


URL = {"type": "url", "offset": 3, "length": 9}
CALLED = {"type": "text_link", "offset": 0, "length": 2, "url": "https://b.example/"}


@pytest.mark.parametrize(
    ("entities", "link"),
    [([], ""), ([URL], "a.example"), ([CALLED], "https://b.example/"), ([URL, CALLED], "https://b.example/")],
)
def test_the_first_link_in_a_message_is_heard(entities: list[Json], link: str) -> None:
    assert heard(message("🦘 a.example, дивіться", entities=entities)).link == link
    assert heard(message(caption="🦘 a.example, дивіться", caption_entities=entities)).link == link


@pytest.mark.parametrize(("typed", "addressed"), [("/list", False), ("/list@visnyk_bot", True), ("слова", False)])
def test_whether_a_command_names_the_bot_is_heard(typed: str, addressed: bool) -> None:
    assert heard(message(typed, chat=GROUP)).addressed is addressed
