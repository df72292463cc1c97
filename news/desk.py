"""The newsroom's desk: what the work on feeds and articles needs at hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from news.channel import TELEGRAM
from news.fetch import Fetcher
from news.hosts import Errand
from news.pace import Bounds
from news.ports import Articles, Feeds
from news.recent import Recent
from news.unseen import Seen


@dataclass(frozen=True, slots=True)
class Desk:
    """Storage, the way to publishers, the bounds of pace, and a clock giving aware UTC moments.

    `telegram` is where public channels can be read on the web, without a closing slash; `errand` why first contact is
    made; `seen` what feeds held the last time, `recent` what was told in the last days.
    """

    feeds: Feeds
    articles: Articles
    fetcher: Fetcher
    bounds: Bounds
    clock: Callable[[], datetime]
    telegram: str = TELEGRAM
    errand: Errand = Errand.PERSON
    seen: Seen = field(default_factory=Seen)
    recent: Recent = field(default_factory=Recent)
