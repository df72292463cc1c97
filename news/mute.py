"""A story that a chat wants no more of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mute:
    """Which story, by the title of the report that was muted, and until when (`news.hours.FOREVER`: for good)."""

    id: int
    story_id: int
    title: str
    until: datetime
