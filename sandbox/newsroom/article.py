"""What an outlet publishes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Article:
    """One article of one outlet. `link` is None when it lives on the newsroom's own page, at `path`."""

    id: str
    outlet: str
    title: str
    lead: str
    body: tuple[str, ...]
    published: datetime
    guid: str
    link: str | None = None
    live: bool = False
    """True for the newsroom's own stories, False for what a script published."""
    topic: str = ""
    """What its picture shows; any other word makes a pattern."""
    event: str = ""
    """The event it tells of, which other outlets may tell of too; empty for everyday news."""

    @property
    def path(self) -> str:
        """The path of its page below the server's address."""
        return f"/news/{self.outlet}/{self.id}.html"

    @property
    def picture_path(self) -> str:
        """The path of its picture."""
        return f"/news/{self.outlet}/{self.id}.jpg"

    def address(self, base: str) -> str:
        """The absolute link a feed gives; `base` is the server's address without a closing slash."""
        return self.link or base + self.path
