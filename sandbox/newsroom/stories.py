"""What there is to tell: about forty invented events, and everyday news without end."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Telling:
    """Something in one outlet's words. `topic` is what its picture shows, `event` empty for everyday news."""

    title: str
    lead: str
    body: tuple[str, ...]
    topic: str = ""
    event: str = ""


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


def agenda(seed: int) -> list[Event]:
    """All events in the order in which this newsroom comes to them; the same for the same seed."""
    order = list(events())
    random.Random(seed).shuffle(order)
    return order


def everyday(outlet: str, chance: random.Random) -> Iterator[Telling]:
    """News made from the outlet's templates, without end; a headline returns only after some hundreds of others."""
    templates = _read("everyday.json")[outlet]
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
    title, lead = (template[part].format(**words) for part in ("title", "lead"))
    return Telling(title, lead, body, template.get("topic", ""))


def _event(row: Mapping[str, Any]) -> Event:
    name, topic = row["event"], row["topic"]
    tellings = {
        outlet: Telling(told["title"], told["lead"], tuple(told["body"]), topic, name)
        for outlet, told in row["tellings"].items()
    }
    return Event(name, topic, tellings)


def _read(name: str) -> Any:
    return json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
