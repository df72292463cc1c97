"""What befell a place that is written to, as somebody there is told of it."""

from dataclasses import dataclass
from enum import StrEnum


class Blow(StrEnum):
    """What there is to tell: nothing can be written there any more, or a topic of it is closed or gone."""

    SILENCED = "silenced"
    TOPIC_LEFT = "topic"


@dataclass(frozen=True, slots=True)
class Mishap:
    """A blow, and where: the place's `kind` and `title` (empty: unknown), and the topic that was left, if any."""

    blow: Blow
    kind: str
    title: str = ""
    topic: int = 0
    topic_title: str = ""
