"""docs/sandbox.md, line by line: each call of its tables is made and its answer compared."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sandbox.telegram import Telegram, Topic, membership

from .conftest import Api

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "sandbox.md"
KEYBOARD = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
CALL = re.compile(r"\| (?P<method>\w+) \| `(?P<given>.+?)` \| (?P<answer>.+) \|")
REFUSAL = re.compile(r"(?P<code>\d{3}) (?P<description>.+?)(?: `(?P<parameters>\{.+\})`)?")
NAMED = re.compile(r"\| .+ \| (?P<file>[\w/]+\.py)::(?P<test>test_\w+) \|")
REPEATED = re.compile(r"«(.+?) × (\d+)»")
COPIES = re.compile(r"«(\d+) ×»")


class Line(NamedTuple):
    """A line of the table: a call and its answer, as the page writes them."""

    method: str
    given: str
    answer: str


def lines() -> list[Line]:
    return [Line(*match.groups()) for row in PAGE.read_text().splitlines() if (match := CALL.fullmatch(row))]


def spelt_out(value: Any) -> Any:
    """The value with the page's short forms written out."""
    if isinstance(value, str):
        return REPEATED.sub(lambda match: match[1] * int(match[2]), value)
    if isinstance(value, dict):
        return {name: spelt_out(inner) for name, inner in value.items()}
    if isinstance(value, list):
        copied = COPIES.fullmatch(str(value[0])) if value else None
        return copies(int(copied[1]), value[1]) if copied else [spelt_out(inner) for inner in value]
    return value


def copies(count: int, value: Any) -> list[Any]:
    return [json.loads(json.dumps(value).replace("#", str(number))) for number in range(1, count + 1)]


def is_within(wanted: Any, found: Any) -> bool:
    """Whether all that is wanted is found: of an object the fields named, of a list every item."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(is_within(value, found.get(name)) for name, value in wanted.items())
    if isinstance(wanted, list):
        same = isinstance(found, list) and len(found) == len(wanted)
        return same and all(is_within(*pair) for pair in zip(wanted, found, strict=True))
    return bool(wanted == found)


@pytest.fixture
async def cast(telegram: Telegram, api: Api) -> None:
    """Everybody whom the page names."""
    await telegram.user(7).says("/start")
    await api("sendMessage", chat_id=7, text="Новина", reply_markup=KEYBOARD)
    telegram.user(8, started=True).blocks_bot()
    telegram.confirm_updates(2**31)
    telegram.updates.last_id = 0
    telegram.updates.add("message", telegram.messages(7)[0].body)
    telegram.group(-1001, admins=[7], members=[9])
    telegram.group(-1002, admins=[7], topics=[Topic(2, "Порт"), Topic(3, "Архів", closed=True)])
    telegram.channel(-1003, admins=[7], username="news")
    telegram.group(-1004, admins=[7], bot="kicked")
    telegram.group(-1005, admins=[7], bot="left")
    telegram.group(-1006, admins=[7], bot="restricted")
    membership.upgrade(telegram, telegram.group(-1007, admins=[7], type="group", bot="left"), -1008)
    telegram.channel(-1009, admins=[7], bot="member")


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.method}: {line.answer[:60]}")
async def test_each_line_of_the_page_is_so(api: Api, line: Line) -> None:
    reply = await api(line.method, **spelt_out(json.loads(line.given)))
    refusal = REFUSAL.fullmatch(line.answer)
    if refusal is None:
        assert is_within(json.loads(line.answer.strip("`")), reply.result), reply.body
        return
    assert reply.refusal == (int(refusal["code"]), refusal["description"])
    assert reply.body.get("parameters", {}) == json.loads(refusal["parameters"] or "{}")


def test_the_page_has_its_tables() -> None:
    rows = [row for row in PAGE.read_text().split("## Fidelity")[1].splitlines() if row.startswith("| ")]
    heads = [row for row in rows if row.startswith(("| call |", "| what |"))]
    named = [row for row in rows if NAMED.fullmatch(row)]
    assert len(lines()) + len(named) + len(heads) == len(rows)
    assert len(lines()) > 90


@pytest.mark.parametrize("named", NAMED.findall(PAGE.read_text()), ids=lambda named: named[1])
def test_the_tests_that_the_page_names_exist(named: tuple[str, str]) -> None:
    file, test = named
    assert f"def {test}(" in (HERE / file).read_text()
