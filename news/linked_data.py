"""The JSON-LD of a page: what it says of its article, and of itself."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_MAX_JSON = 300_000
_ARTICLE = ("Article", "BlogPosting", "Report")
_PAGE = ("WebPage",)


def linked_data(tree: Any) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """The first article, and the first page, that a parsed page describes; empty where there is none to be read."""
    scripts = (script for script in tree.iter("script") if script.get("type") == "application/ld+json")
    items = [item for script in scripts for item in _items(_loaded(str(script.text_content())))]
    return _first(items, _ARTICLE), _first(items, _PAGE)


def _first(items: list[dict[str, object]], types: tuple[str, ...]) -> dict[str, object]:
    return next((item for item in items if any(kind.strip().endswith(types) for kind in _kinds(item))), {})


def _loaded(text: str) -> object:
    try:
        return json.loads(text[:_MAX_JSON].strip(), strict=False)
    except (ValueError, RecursionError):
        return None


def _items(data: object) -> Iterator[dict[str, object]]:
    """The objects of a document: itself, those of a list, those under @graph."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()


def _kinds(item: Mapping[str, object]) -> list[str]:
    kind = item.get("@type")
    return [one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)]
