import pytest

from sandbox.telegram import Limits, Telegram
from sandbox.telegram.limits import Meter

from .conftest import Api, Clock

GROUP = -1001


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    telegram = Telegram(clock=clock)
    for chat in range(1, 101):
        telegram.user(chat, started=True)
    telegram.group(GROUP)
    return telegram


async def test_the_31st_message_within_a_second_is_refused(api: Api, telegram: Telegram, clock: Clock) -> None:
    for chat in range(1, 31):
        assert (await api("sendMessage", chat_id=chat, text="a")).status == 200
    refused = await api("sendMessage", chat_id=31, text="a")
    assert refused.status == 429
    assert refused.body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert telegram.refused == 1
    clock.now += 0.999
    assert (await api("sendMessage", chat_id=31, text="a")).status == 429
    clock.now += 0.001
    assert (await api("sendMessage", chat_id=31, text="a")).status == 200


async def test_the_21st_message_to_a_group_within_a_minute_is_refused(api: Api, clock: Clock) -> None:
    for _ in range(20):
        assert (await api("sendMessage", chat_id=GROUP, text="a")).status == 200
        clock.now += 1
    assert (await api("sendMessage", chat_id=GROUP, text="a")).body["parameters"] == {"retry_after": 40}
    clock.now += 40
    assert (await api("sendMessage", chat_id=GROUP, text="a")).status == 200


async def test_edits_in_a_group_count_with_its_messages(api: Api, clock: Clock) -> None:
    sent = (await api("sendMessage", chat_id=GROUP, text="0")).result
    for turn in range(19):
        clock.now += 1
        edit = {"chat_id": GROUP, "message_id": sent["message_id"], "text": f"edit {turn}"}
        assert (await api("editMessageText", **edit)).status == 200
    clock.now += 1
    assert (await api("sendMessage", chat_id=GROUP, text="a")).status == 429


async def test_a_chat_takes_four_at_once_and_then_one_a_second(api: Api, clock: Clock) -> None:
    sent = [(await api("sendMessage", chat_id=1, text="a")).status for _ in range(5)]
    assert sent == [200, 200, 200, 200, 429]
    clock.now += 1
    assert [(await api("sendMessage", chat_id=1, text="a")).status for _ in range(2)] == [200, 429]


async def test_a_thousand_paid_messages_a_second_pass_beside_the_thirty(api: Api, telegram: Telegram) -> None:
    for chat in range(101, 1102):
        telegram.user(chat, started=True)
    paid = {"text": "a", "allow_paid_broadcast": True}
    for chat in range(101, 1101):
        assert (await api("sendMessage", chat_id=chat, **paid)).status == 200
    assert (await api("sendMessage", chat_id=1101, **paid)).body["parameters"] == {"retry_after": 1}
    for chat in range(1, 31):
        assert (await api("sendMessage", chat_id=chat, text="a")).status == 200
    assert (await api("sendMessage", chat_id=31, text="a")).status == 429


async def test_paying_lifts_no_limit_of_a_chat(api: Api) -> None:
    paid = {"chat_id": 1, "text": "a", "allow_paid_broadcast": True}
    assert [(await api("sendMessage", **paid)).status for _ in range(5)] == [200, 200, 200, 200, 429]


async def test_what_sends_nothing_is_not_limited(api: Api) -> None:
    for _ in range(40):
        assert (await api("sendChatAction", chat_id=1, action="typing")).status == 200
        assert (await api("setMyDescription", description="a")).status == 200


async def test_what_is_refused_for_another_reason_uses_nothing_up(api: Api) -> None:
    for _ in range(40):
        assert (await api("sendMessage", chat_id=1, text="<b>a", parse_mode="HTML")).status == 400
    assert (await api("sendMessage", chat_id=1, text="a")).status == 200


def test_windows_can_be_shortened() -> None:
    meter = Meter(Limits(second=0.1, minute=2.5))
    assert [meter.admit(GROUP, group=True, now=turn * 0.1) for turn in range(21)] == [0] * 20 + [1]
    assert meter.admit(GROUP, group=True, now=2.51) == 0


def test_no_limits_admit_everything() -> None:
    meter = Meter(None)
    assert not any(meter.admit(1, group=False, now=0.0) for _ in range(1000))
