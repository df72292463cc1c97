"""A call's parameters, however they came: as text (query, forms) or as JSON values."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.refusal import Json, bad_request

_ID = re.compile(r"-?[0-9]{1,18}")
MAX_DEPTH = 32
_TRUE = {"true", "1", "yes", "y", "t"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a call."""

    name: str
    content_type: str
    content: bytes


class Parameters:
    """Reads parameters loosely, as Telegram does, and refuses in its words."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def shown(self) -> Json:
        """The parameters for the record: files by name and size only."""
        return {name: _shown(value) for name, value in self._values.items()}

    def text(self, name: str, default: str = "") -> str:
        """A text; numbers count as their digits."""
        value = self._values.get(name)
        if value is None or isinstance(value, Upload):
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number of at most 64 bits; what is none counts as the default."""
        value = self._values.get(name, default)
        try:
            number = int(value)
        except (TypeError, ValueError, OverflowError):
            return default
        return number if -(2**63) <= number < 2**63 else default

    def boolean(self, name: str) -> bool:
        """Whether the parameter says yes."""
        return self.text(name).strip('"').lower() in _TRUE

    def upload(self, name: str) -> Upload | None:
        """A file, sent under this name or attached under another (`attach://other`)."""
        value = self._values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self._values.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None

    def structure(self, name: str, what: str) -> Any:
        """A JSON value, None if it is missing; `what` names it in the refusal of malformed JSON."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return read_json(value) if value.strip() else None
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def record(self, name: str, what: str) -> Json | None:
        """A JSON object, None if it is missing."""
        value = self.structure(name, what)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {what}: object expected")
        return value

    def chat_id(self) -> int | str:
        """The id or @name of the chat that is meant; Refusal if there is none."""
        value = self.text("chat_id").strip().strip('"')
        if not value:
            raise bad_request("chat_id is empty")
        return int(value) if _ID.fullmatch(value) else value


def read_json(text: str | bytes) -> Any:
    """A JSON value that can be written again wherever it is kept; raises ValueError."""
    try:
        value = json.loads(text)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep
    _check(value, MAX_DEPTH)
    return value


def _check(value: Any, depth: int) -> None:
    if depth == 0 or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError("nested too deeply, or a number that JSON has no word for")
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _check(inner, depth - 1)


def _shown(value: Any) -> Any:
    if isinstance(value, Upload):
        return f"{value.name} ({len(value.content)} bytes)"
    return value
