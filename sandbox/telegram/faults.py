"""What goes wrong on demand: `decide` says what a call meets, the HTTP side acts it out.

A fault names the calls it meets (a method, a chat, both or all), how often (`times`, None for until it is
cleared) and how surely (`probability`). Its kinds:

    blocked, kicked, deactivated, gone, migrated, topic_closed, no_rights    what happened to a chat
    no_picture            a picture that can't be fetched, or is none
    flood                 429 with `retry_after` whole seconds, for a chat or for all
    error                 a `status` (500, 502 …) and no more, nothing recorded
    cut_before            the line is cut before the call is accepted, nothing recorded
    cut_after             the call is accepted and recorded, then the line is cut
    slow                  the answer comes `seconds` later
    down                  every line is closed at once
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from sandbox.telegram.refusal import Json, Refusal, bad_request, forbidden, too_many_requests, upgraded


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; a field left out matches everything, or doesn't matter to the kind."""

    kind: str
    chat: int | None = None
    method: str | None = None
    times: int | None = None
    probability: float = 1.0
    status: int = 500
    retry_after: int = 1
    seconds: float = 0.0
    to: int | None = None
    id: int = 0

    def as_json(self) -> Json:
        """The fault for the web chat's drawer."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a call meets: a delay in seconds, then a cut, a refusal or a bare status, or nothing."""

    delay: float = 0.0
    cut_before: bool = False
    cut_after: bool = False
    refusal: Refusal | None = None


_REFUSALS: dict[str, Callable[[Fault], Refusal]] = {
    "blocked": lambda fault: forbidden("bot was blocked by the user"),
    "deactivated": lambda fault: forbidden("user is deactivated"),
    "kicked": lambda fault: forbidden("bot was kicked from the supergroup chat"),
    "gone": lambda fault: bad_request("chat not found"),
    "migrated": lambda fault: upgraded(fault.to or 0),
    "topic_closed": lambda fault: bad_request("TOPIC_CLOSED"),
    "no_rights": lambda fault: bad_request("not enough rights to send text messages to the chat"),
    "no_picture": lambda fault: bad_request("wrong type of the web page content"),
    "flood": lambda fault: too_many_requests(fault.retry_after),
    "error": lambda fault: Refusal(fault.status, HTTPStatus(fault.status).phrase),
}
_OTHERS = {"cut_before", "cut_after", "slow", "down"}
KINDS = frozenset(_REFUSALS) | _OTHERS
_OF_A_CHAT = frozenset(_REFUSALS) - {"flood", "error", "no_picture"}


def decide(
    faults: tuple[Fault, ...], method: str, chat: int | None, draw: Callable[[], float]
) -> tuple[Verdict, tuple[Fault, ...]]:
    """What the call meets, and the faults that are left after it; `draw` gives numbers in [0, 1)."""
    struck = [fault for fault in faults if _meets(fault, method, chat) and _strikes(fault, draw)]
    left = tuple(rest for fault in faults if (rest := _used(fault) if fault in struck else fault) is not None)
    return _verdict(struck), left


def is_down(faults: tuple[Fault, ...]) -> bool:
    """Whether every line is to be closed at once."""
    return any(fault.kind == "down" and fault.times is None for fault in faults)


def read_fault(body: Json) -> Fault:
    """The fault that a JSON object describes; ValueError says in a sentence what is wrong with it."""
    unknown = set(body) - set(Fault.__slots__)
    if unknown:
        raise ValueError(f"A fault has no field {sorted(unknown)[0]!r}.")
    if not isinstance(body.get("kind"), str) or body["kind"] not in KINDS:
        raise ValueError(f"A fault's kind is one of: {', '.join(sorted(KINDS))}.")
    for name, value in body.items():
        if value is not None and not _fits(name, value):
            raise ValueError(f"A fault's {name} can't be {value!r}.")
    if body["kind"] == "migrated" and body.get("to") is None:
        raise ValueError("A migrated chat needs the field 'to', its new id.")
    return Fault(**{name: value for name, value in body.items() if value is not None})


_WHOLE = {
    "chat": (-(2**52), 2**52),
    "to": (-(2**52), 2**52),
    "times": (1, 10**9),
    "retry_after": (1, 10**6),
    "id": (0, 2**52),
}
_NUMBERS = {"probability": (0.0, 1.0), "seconds": (0.0, 600.0)}


def _fits(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if name == "status":
        return isinstance(value, int) and value in set(HTTPStatus) and value >= 400
    if name in _WHOLE:
        return isinstance(value, int) and _WHOLE[name][0] <= value <= _WHOLE[name][1]
    if name in _NUMBERS:
        return isinstance(value, int | float) and _NUMBERS[name][0] <= value <= _NUMBERS[name][1]
    return isinstance(value, str)


def _meets(fault: Fault, method: str, chat: int | None) -> bool:
    if fault.method is not None and fault.method.lower() != method.lower():
        return False
    if fault.kind in _OF_A_CHAT and chat is None:
        return False
    if fault.kind == "no_picture" and method != "sendPhoto":
        return False
    return fault.chat is None or fault.chat == chat


def _strikes(fault: Fault, draw: Callable[[], float]) -> bool:
    return fault.probability >= 1 or draw() < fault.probability


def _used(fault: Fault) -> Fault | None:
    if fault.times is None:
        return fault
    return replace(fault, times=fault.times - 1) if fault.times > 1 else None


def _verdict(struck: list[Fault]) -> Verdict:
    kinds = {fault.kind for fault in struck}
    refusing = next((fault for fault in struck if fault.kind in _REFUSALS), None)
    return Verdict(
        delay=sum(fault.seconds for fault in struck if fault.kind == "slow"),
        cut_before=bool(kinds & {"cut_before", "down"}),
        cut_after="cut_after" in kinds,
        refusal=_REFUSALS[refusing.kind](refusing) if refusing else None,
    )
