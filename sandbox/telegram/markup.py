"""Telegram's HTML: the tags it knows, and its own words for what is wrong.

Offsets in refusals count bytes of UTF-8, offsets of entities count UTF-16 code units, both as Telegram does.
"""

import re
from dataclasses import dataclass, field

from sandbox.telegram.formatted import Formatted, utf16_length
from sandbox.telegram.links import link_of_text
from sandbox.telegram.refusal import Json, Refusal, bad_request

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_STYLES, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_REFERENCE = re.compile(rb"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-zA-Z]*))(?P<end>;?)")
_TAG_NAME = re.compile(rb"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(rb"[^\s=>/\"']*")
_NAME_TOKEN = re.compile(rb"[a-zA-Z0-9.-]*")
_SPACE = re.compile(rb"\s*")
_SPECIAL = re.compile(rb"[<&]")
_AMPERSAND = re.compile(rb"&")
_USER_LINK = re.compile(r"tg:(?://)?user\?id=([0-9]{1,18})")
_IDENTITY = re.compile(r"0*[1-9][0-9]{0,18}")
_UNIX = re.compile(r"[0-9]{1,12}")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


def parse_html(source: str) -> Formatted:
    """Plain text and entities of Telegram's HTML; raises Refusal (400, can't parse entities)."""
    reading = _Reading(source.encode("utf-8", "replace"))
    while (match := _SPECIAL.search(reading.source, reading.at)) is not None:
        reading.write(reading.source[reading.at : match.start()].decode())
        reading.at = match.start()
        _read_special(reading)
    reading.write(reading.source[reading.at :].decode())
    if reading.open:
        raise _unparsed(f'Can\'t find end tag corresponding to start tag "{reading.open[-1].name}"')
    return Formatted("".join(reading.text), tuple(_without_loose_language(one) for one in reading.entities))


@dataclass(slots=True)
class _Tag:
    name: str
    offset: int
    piece: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reading:
    source: bytes
    at: int = 0
    offset: int = 0
    text: list[str] = field(default_factory=list)
    open: list[_Tag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def write(self, text: str) -> None:
        if text:
            self.text.append(text)
            self.offset += utf16_length(text)

    def take(self, pattern: re.Pattern[bytes]) -> bytes:
        match = pattern.match(self.source, self.at)
        taken = match.group() if match else b""
        self.at += len(taken)
        return taken

    def here(self) -> bytes:
        return self.source[self.at : self.at + 1]


def _unparsed(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")


def _read_special(reading: _Reading) -> None:
    if reading.here() == b"&":
        reading.write(_reference(reading) or _literal(reading))
    elif reading.source[reading.at + 1 : reading.at + 2] == b"/":
        _close_tag(reading)
    else:
        _open_tag(reading)


def _literal(reading: _Reading) -> str:
    reading.at += 1
    return "&"


def _reference(reading: _Reading) -> str:
    """The character named at `&`; an empty string, and nothing taken, where Telegram sees a bare ampersand."""
    match = _REFERENCE.match(reading.source, reading.at)
    character = _character(match) if match else ""
    if match and character:
        reading.at = match.end()
    return character


def _character(match: re.Match[bytes]) -> str:
    if match["name"] is not None:
        return _NAMED.get(match["name"], "")
    if match.end("end") - match.start() - len(match["end"]) >= 10:
        return ""
    digits = match["hex"] if match["hex"] is not None else match["decimal"]
    code = int(digits or b"0", 16 if match["hex"] is not None else 10)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else ""


def _open_tag(reading: _Reading) -> None:
    begin = reading.at
    reading.at += 1
    name = reading.take(_TAG_NAME).decode("utf-8", "replace").lower()
    if not reading.here():
        raise _unparsed(f"Unclosed start tag at byte offset {begin}")
    if name not in _TAGS:
        raise _unparsed(f'Unsupported start tag "{name}" at byte offset {begin}')
    attributes = _attributes(reading, name, begin)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsed(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
    reading.open.append(_Tag(name, reading.offset, len(reading.text), attributes))


def _attributes(reading: _Reading, tag: str, begin: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    while True:
        reading.take(_SPACE)
        if reading.here() == b">":
            reading.at += 1
            return attributes
        name = reading.take(_ATTRIBUTE_NAME).decode("utf-8", "replace")
        if not name:
            raise _unparsed(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        attributes[name] = _attribute_value(reading, tag, begin)


def _attribute_value(reading: _Reading, tag: str, begin: int) -> str:
    reading.take(_SPACE)
    if not reading.here():
        raise _unparsed(f'Unclosed start tag "{tag}" at byte offset {begin}')
    if reading.here() != b"=":
        return ""
    reading.at += 1
    reading.take(_SPACE)
    value = _quoted(reading) if reading.here() in (b'"', b"'") else _name_token(reading)
    if not reading.here():
        raise _unparsed(f"Unclosed start tag at byte offset {begin}")
    return value


def _name_token(reading: _Reading) -> str:
    begin = reading.at
    token = reading.take(_NAME_TOKEN).decode().lower()
    if reading.here() and reading.here() != b">" and not reading.here().isspace():
        raise _unparsed(f"Unexpected end of name token at byte offset {begin}")
    return token


def _quoted(reading: _Reading) -> str:
    quote = reading.here()
    reading.at += 1
    end = reading.source.find(quote, reading.at)
    end = len(reading.source) if end < 0 else end
    inner = _Reading(reading.source[reading.at : end])
    while (match := _AMPERSAND.search(inner.source, inner.at)) is not None:
        inner.write(inner.source[inner.at : match.start()].decode())
        inner.at = match.start()
        inner.write(_reference(inner) or _literal(inner))
    inner.write(inner.source[inner.at :].decode())
    reading.at = end + 1
    return "".join(inner.text)


def _close_tag(reading: _Reading) -> None:
    begin = reading.at
    if not reading.open:
        raise _unparsed(f"Unexpected end tag at byte offset {begin}")
    reading.at += 2
    found = reading.take(_TAG_NAME).decode("utf-8", "replace")
    reading.take(_SPACE)
    if reading.here() != b">":
        raise _unparsed(f"Unclosed end tag at byte offset {begin}")
    reading.at += 1
    tag = reading.open.pop()
    if found and found != tag.name:
        expected = f'expected "</{tag.name}>", found "</{found}>"'
        raise _unparsed(f"Unmatched end tag at byte offset {begin}, {expected}")
    if reading.offset > tag.offset:
        _add_entity(reading, tag)


def _add_entity(reading: _Reading, tag: _Tag) -> None:
    span = {"offset": tag.offset, "length": reading.offset - tag.offset}
    if tag.name in ("pre", "code"):
        _add_code(reading.entities, tag, span)
    elif (kind := _kind(reading, tag)) is not None:
        reading.entities.append({"type": kind.pop("type"), **span, **kind})


def _kind(reading: _Reading, tag: _Tag) -> Json | None:
    """The entity's type and what belongs to it; None where Telegram keeps the text only."""
    if tag.name == "a":
        return _link(tag.attributes.get("href") or "".join(reading.text[tag.piece :]))
    if tag.name == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in tag.attributes else "blockquote"}
    if tag.name == "tg-emoji":
        return _custom_emoji(tag.attributes.get("emoji-id", ""))
    if tag.name == "tg-time":
        return _date_time(tag.attributes)
    return {"type": _STYLES[tag.name]}


def _link(href: str) -> Json | None:
    if user := _USER_LINK.fullmatch(href):
        return {"type": "text_mention", "user": {"id": int(user[1]), "is_bot": False, "first_name": user[1]}}
    url = link_of_text(href)
    return {"type": "text_link", "url": url} if url else None


def _custom_emoji(identity: str) -> Json:
    if not _IDENTITY.fullmatch(identity):
        raise _unparsed("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": identity}


def _date_time(attributes: dict[str, str]) -> Json:
    unix, shape = attributes.get("unix", ""), attributes.get("format", "")
    if not _UNIX.fullmatch(unix):
        raise _unparsed("Invalid unix time specified")
    if not _TIME_FORMAT.fullmatch(shape):
        raise _unparsed("Invalid date-time format specified")
    return {"type": "date_time", "unix_time": int(unix), "date_time_format": shape}


def _add_code(entities: list[Json], tag: _Tag, span: Json) -> None:
    """`pre` and `code` over the same letters are one entity, with the language if `code` names one."""
    language = _language(tag)
    twin = {"pre": "code", "code": "pre"}[tag.name]
    last = entities[-1] if entities else {}
    if last.get("type") == twin and span.items() <= last.items() and (language or last.get("language")):
        entities[-1] = {"type": "pre", **span, "language": language or last["language"]}
    else:
        entities.append({"type": tag.name, **span, **({"language": language} if language else {})})


def _language(tag: _Tag) -> str:
    name = tag.attributes.get("class", "") if tag.name == "code" else ""
    return name.removeprefix("language-") if name.startswith("language-") else ""


def _without_loose_language(entity: Json) -> Json:
    if entity["type"] != "code":
        return entity
    return {name: value for name, value in entity.items() if name != "language"}
