from sandbox.telegram import Telegram

from ..conftest import Api

GROUP = -1001


async def test_a_chat_and_its_members_are_described(telegram: Telegram, api: Api) -> None:
    telegram.user(7, first_name="Олена")
    telegram.group(GROUP, title="Newsroom", members=[7], admins=[8], bot="administrator")
    assert (await api("getChat", chat_id=GROUP)).result["title"] == "Newsroom"
    statuses = {user: await api("getChatMember", chat_id=GROUP, user_id=user) for user in (7, 8, 1000)}
    assert {user: answer.result["status"] for user, answer in statuses.items()} == {
        7: "member",
        8: "administrator",
        1000: "administrator",
    }
    admins = (await api("getChatAdministrators", chat_id=GROUP)).result
    assert [one["user"]["id"] for one in admins] == [8, 1000]
    assert (await api("getChatMemberCount", chat_id=GROUP)).result == 3


async def test_a_chat_that_was_left_is_closed(telegram: Telegram, api: Api) -> None:
    telegram.group(GROUP)
    assert (await api("leaveChat", chat_id=GROUP)).result is True
    refused = await api("sendMessage", chat_id=GROUP, text="a")
    assert refused.refusal == (403, "Forbidden: bot is not a member of the supergroup chat")


async def test_who_may_not_write_may_still_look_round_and_leave(telegram: Telegram, api: Api) -> None:
    telegram.group(-1001, admins=[7], bot="restricted")
    assert (await api("sendMessage", chat_id=-1001, text="a")).status == 400
    assert (await api("getChatMember", chat_id=-1001, user_id=7)).status == 200
    assert (await api("getChatAdministrators", chat_id=-1001)).status == 200
    assert (await api("getChatMemberCount", chat_id=-1001)).result == 2
    assert (await api("leaveChat", chat_id=-1001)).result is True


async def test_a_private_chat_can_not_be_left(telegram: Telegram, api: Api) -> None:
    telegram.user(7, started=True)
    assert (await api("leaveChat", chat_id=7)).status == 400


async def test_an_unknown_member_is_refused(telegram: Telegram, api: Api) -> None:
    telegram.group(GROUP)
    assert (await api("getChatMember", chat_id=GROUP, user_id=99)).status == 400
    assert (await api("getChat", chat_id=99)).refusal == (400, "Bad Request: chat not found")
