"""Text with its entities, offsets counted as Telegram counts them: in UTF-16 code units."""

import re
from dataclasses import dataclass

from sandbox.telegram.refusal import Json

MAX_ENTITIES = 100
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>«»\"]+"
    r"|(?<![\w@./-])(?:[\w-]+\.)+(?:com|org|net|info|io|ua|укр|news|me|test|co|uk|de|pl|eu|media|today|live)\b"
    r"(?::\d+)?(?:/[^\s<>«»\"]*)?)"
    r"|(?<![\w/@<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?+)(?![\w/<>])"
    r"|(?<![\w/@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})\b"
    r"|(?<![\w&/#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
# Which of two entities over the same letters Telegram names first.
_RANKS = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_TRAILING = ".,;:!?)]}'…"


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and the Bot API's MessageEntity objects over it."""

    text: str
    entities: tuple[Json, ...] = ()


def utf16_length(text: str) -> int:
    """How long `text` is in UTF-16 code units, Telegram's measure of lengths and offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, entity: Json) -> str:
    """The part of `text` that `entity` covers."""
    units = text.encode("utf-16-le")
    return units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le", "replace")


def tidy(formatted: Formatted) -> Formatted:
    """The text as Telegram keeps it: control characters gone, trimmed, what shows itself as a link found."""
    text = _CONTROL.sub(" ", formatted.text.replace("\r", ""))
    if "\r" in formatted.text:
        formatted = _without_returns(formatted)
    trimmed = _trim(Formatted(text, formatted.entities))
    return Formatted(trimmed.text, _in_order(trimmed.entities + found(trimmed.text, trimmed.entities)))


def found(text: str, taken: tuple[Json, ...] = ()) -> tuple[Json, ...]:
    """What Telegram recognises by itself (addresses, commands, mentions, hashtags) outside `taken`."""
    closed = [(one["offset"], one["offset"] + one["length"]) for one in taken if one["type"] in _OPAQUE]
    entities = []
    for match in _FOUND.finditer(text):
        entity = _recognised(text, match)
        if not any(start < entity["offset"] + entity["length"] and entity["offset"] < end for start, end in closed):
            entities.append(entity)
    return tuple(entities)


_OPAQUE = {"text_link", "text_mention", "code", "pre", "url", "mention", "bot_command", "hashtag", "custom_emoji"}


def _recognised(text: str, match: re.Match[str]) -> Json:
    kind = str(match.lastgroup)
    word = match.group().rstrip(_TRAILING) if kind == "url" else match.group()
    return {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(word)}


def _without_returns(formatted: Formatted) -> Formatted:
    units = formatted.text.encode("utf-16-le")
    gone = [at for at in range(0, len(units), 2) if units[at : at + 2] == b"\r\0"]

    def moved(offset: int) -> int:
        return offset - sum(at < offset * 2 for at in gone)

    entities = (
        one | {"offset": moved(one["offset"]), "length": moved(one["offset"] + one["length"]) - moved(one["offset"])}
        for one in formatted.entities
    )
    return Formatted(formatted.text.replace("\r", ""), tuple(entities))


def _trim(formatted: Formatted) -> Formatted:
    text = formatted.text.rstrip()
    lead = utf16_length(text) - utf16_length(text.lstrip())
    text = text.lstrip()
    return Formatted(text, tuple(_clipped(formatted.entities, lead, utf16_length(text))))


def _clipped(entities: tuple[Json, ...], lead: int, length: int) -> list[Json]:
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(length, entity["offset"] + entity["length"] - lead)
        if start < end:
            kept.append(entity | {"offset": start, "length": end - start})
    return kept


def _in_order(entities: tuple[Json, ...]) -> tuple[Json, ...]:
    ordered = sorted(entities, key=lambda one: (one["offset"], -one["length"], _RANKS.get(one["type"], 50)))
    return tuple(ordered[:MAX_ENTITIES])
