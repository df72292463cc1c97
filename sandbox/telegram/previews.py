"""Link previews: the card under a message, made of what the page behind its link says of itself."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sandbox.telegram.formatted import cut
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram


@dataclass(frozen=True, slots=True)
class Preview:
    """What a page says of itself; `image` is an absolute address, or None."""

    url: str
    site: str
    title: str
    description: str
    image: str | None = None


def preview_extras(telegram: "Telegram", fields: Json) -> Json:
    """The preview of a text message for the web chat, empty for none; `fields` are the message's own."""
    options = fields.get("link_preview_options", {})
    if options.get("is_disabled"):
        return {}
    address = options.get("url") or _first_link(fields)
    preview = telegram.preview(address) if address else None
    if preview is None:
        return {}
    return {"preview": asdict(preview) | {"large": _is_large(options), "above": bool(options.get("show_above_text"))}}


def _first_link(fields: Json) -> str | None:
    links = (one for one in fields.get("entities", ()) if one["type"] in ("url", "text_link"))
    first = next(links, None)
    return None if first is None else first.get("url") or cut(fields["text"], first)


def _is_large(options: Json) -> bool:
    """An article's picture is shown large unless the sender prefers it small, which counts with a `url` only."""
    small = options.get("prefer_small_media") and options.get("url") and not options.get("prefer_large_media")
    return not small
