"""The error table, line by line: errors are made by python-telegram-bot's own reading of an answer."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from handlers.outcome import (
    LONGEST_WAIT,
    are_pictures_unwanted,
    are_rights_lost,
    back_off,
    is_chat_at_fault,
    is_message_gone,
    is_picture_at_fault,
    is_topic_gone,
    is_unchanged,
    outcome_of,
    wait_of,
)
from handlers.request import NotSent
from news.chat import Address
from news.delivery import InDoubt, Moved, Outcome, Refused, Retry, Unreachable

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Answering(BaseRequest):
    """A request that gets the same answer each time."""

    def __init__(self, status: int, description: str, parameters: dict[str, int] | None = None) -> None:
        body = {"ok": False, "error_code": status, "description": description}
        self._answer = status, json.dumps(body | ({"parameters": parameters} if parameters else {})).encode()

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        return self._answer


async def error_of(status: int, description: str, parameters: dict[str, int] | None = None) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await Answering(status, description, parameters).post("")
    return caught.value


def decided(error: TelegramError, *, attempts: int = 0) -> Outcome:
    return outcome_of(error, attempts=attempts, now=NOW)


@pytest.mark.parametrize(
    "said",
    [
        "bot was blocked by the user",
        "user is deactivated",
        "bot was kicked from the group chat",
        "bot was kicked from the supergroup chat",
        "bot was kicked from the channel chat",
        "bot is not a member of the channel chat",
        "the group chat was deleted",
        "bot can't initiate conversation with a user",
    ],
)
async def test_a_forbidden_chat_is_over(said: str) -> None:
    assert decided(await error_of(403, f"Forbidden: {said}")) == Unreachable(f"Forbidden: {said}")


async def test_an_upgraded_group_goes_on_under_its_new_id() -> None:
    said = "Bad Request: group chat was upgraded to a supergroup chat"
    error = await error_of(400, said, {"migrate_to_chat_id": -1009})
    assert decided(error) == Moved(Address("telegram", -1009))


async def test_a_chat_not_found_is_over_after_a_few_tries() -> None:
    error = await error_of(400, "Bad Request: chat not found")
    assert [type(decided(error, attempts=tried)) for tried in range(4)] == [Retry, Retry, Unreachable, Unreachable]


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("not enough rights to send text messages to the chat", True),
        ("need administrator rights in the channel chat", True),
        ("have no write access to the chat", True),
        ("CHAT_WRITE_FORBIDDEN", True),
        ("PEER_ID_INVALID", False),
    ],
)
async def test_a_chat_without_the_right_to_write_is_unreachable(said: str, lost: bool) -> None:
    error = await error_of(400, f"Bad Request: {said}")
    assert isinstance(decided(error), Unreachable)
    assert are_rights_lost(error) == lost


@pytest.mark.parametrize("said", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_a_topic_that_is_gone_is_told_from_a_chat_that_is(said: str) -> None:
    error = await error_of(400, f"Bad Request: {said}")
    assert is_topic_gone(error)
    assert isinstance(decided(error), Refused)


@pytest.mark.parametrize(
    "said",
    [
        "message text is empty",
        "message is too long",
        'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        "message to be replied not found",
        "BUTTON_DATA_INVALID",
    ],
)
async def test_what_is_our_fault_is_parked(said: str) -> None:
    error = await error_of(400, f"Bad Request: {said}")
    assert isinstance(decided(error), Refused)
    assert not is_topic_gone(error)


@pytest.mark.parametrize(
    "description",
    [
        "wrong file identifier/HTTP URL specified",
        "invalid file HTTP URL specified: Unsupported URL protocol",
        "failed to get HTTP URL content",
        "wrong type of the web page content",
        "wrong remote file identifier specified: Wrong string length",
        "PHOTO_INVALID_DIMENSIONS",
        "IMAGE_PROCESS_FAILED",
        "WEBPAGE_CURL_FAILED",
        "WEBPAGE_MEDIA_EMPTY",
        "file is too big",
    ],
)
async def test_a_refused_picture_is_no_fault_of_chat_or_text(description: str) -> None:
    error = await error_of(400, f"Bad Request: {description}")
    assert is_picture_at_fault(error)
    assert not is_chat_at_fault(error)


@pytest.mark.parametrize("description", ["not enough rights to send photos to the chat", "CHAT_SEND_PHOTOS_FORBIDDEN"])
async def test_a_chat_without_pictures_is_well(description: str) -> None:
    error = await error_of(400, f"Bad Request: {description}")
    assert are_pictures_unwanted(error)
    assert not is_chat_at_fault(error)


@pytest.mark.parametrize(
    "description", ["chat not found", "not enough rights to send text messages to the chat", "TOPIC_CLOSED"]
)
async def test_where_words_are_not_taken_either_the_chat_is_at_fault(description: str) -> None:
    error = await error_of(400, f"Bad Request: {description}")
    assert is_chat_at_fault(error)
    assert not are_pictures_unwanted(error)


@pytest.mark.parametrize(
    ("description", "gone"),
    [
        ("message to edit not found", True),
        ("message can't be edited", True),
        ("MESSAGE_ID_INVALID", True),
        ("there is no text in the message to edit", True),
        ("message is not modified: specified new message content is the same", False),
    ],
)
async def test_a_change_fails_for_good_or_was_made_before(description: str, gone: bool) -> None:
    error = await error_of(400, f"Bad Request: {description}")
    assert (is_message_gone(error), is_unchanged(error)) == (gone, not gone)


async def test_a_flood_is_waited_out_by_the_chat() -> None:
    error = await error_of(429, "Too Many Requests: retry after 17", {"retry_after": 17})
    assert decided(error) == Retry(NOW + timedelta(seconds=17), "flood", whole_chat=True)


@pytest.mark.parametrize("given", [17, timedelta(seconds=17)])
def test_the_wait_of_a_flood_is_in_seconds(given: int | timedelta) -> None:
    assert wait_of(RetryAfter(given)) == 17


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_failing_server_leaves_it_in_doubt(status: int) -> None:
    assert isinstance(decided(await error_of(status, "Internal Server Error")), InDoubt)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NotSent("refused"), Retry),
        (InvalidToken(), Retry),
        (TimedOut(), InDoubt),
        (NetworkError("ServerDisconnectedError"), InDoubt),
        (Conflict("another one"), InDoubt),
        (TelegramError("Invalid server response"), InDoubt),
        (BadRequest("Message is too long"), Refused),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable),
    ],
)
def test_each_kind_of_error_has_its_outcome(error: TelegramError, kind: type[Outcome]) -> None:
    assert type(decided(error)) is kind


def test_waits_double_up_to_the_longest() -> None:
    waits = [back_off(attempts).total_seconds() for attempts in range(1000)]
    assert waits[:4] == [1, 2, 4, LONGEST_WAIT]
    assert max(waits) == LONGEST_WAIT
