"""The newsroom's stock: about forty invented events, and everyday news without end once they are told."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Telling:
    """An event in one outlet's words."""

    title: str
    lead: str
    body: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """Something that happened, and who tells of it: outlet slug → telling."""

    name: str
    topic: str
    tellings: Mapping[str, Telling]


@cache
def events() -> tuple[Event, ...]:
    """Every event of stories.json, in its order."""
    return tuple(_event(row) for row in _read("stories.json"))


def stories_of(outlet: str, language: str, seed: int) -> Iterator[Telling]:
    """What this outlet tells, one after the other, without end; the same for the same seed.

    First the events in the newsroom's common order, so that outlets tell of one event at about the
    same time; then everyday news made from templates.
    """
    agenda = list(events())
    random.Random(seed).shuffle(agenda)
    yield from (event.tellings[outlet] for event in agenda if outlet in event.tellings)
    yield from _everyday(language, random.Random(f"{seed}/{outlet}"))


def _everyday(language: str, chance: random.Random) -> Iterator[Telling]:
    templates = _read("everyday.json")[language]
    recent: list[str] = []
    while True:
        chance.shuffle(templates)
        for template in templates:
            telling = _fill(template, chance)
            if telling.title not in recent:
                recent = [telling.title, *recent[:300]]
                yield telling


def _fill(template: Mapping[str, Any], chance: random.Random) -> Telling:
    """Chooses one row of every slot, so that forms that belong together stay together."""
    words: dict[str, str] = {}
    for rows in template["slots"]:
        words |= chance.choice(rows)
    for name, (least, most) in template.get("numbers", {}).items():
        words[name] = str(chance.randint(least, most))
    body = tuple(paragraph.format(**words) for paragraph in template["body"])
    return Telling(template["title"].format(**words), template["lead"].format(**words), body)


def _event(row: Mapping[str, Any]) -> Event:
    tellings = {
        outlet: Telling(told["title"], told["lead"], tuple(told["body"])) for outlet, told in row["tellings"].items()
    }
    return Event(row["event"], row["topic"], tellings)


def _read(name: str) -> Any:
    return json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
