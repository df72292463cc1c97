"""What the commands need at hand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.administrators import Administrators
from handlers.message import Document
from handlers.spot import Spot
from news.chat import Address
from news.desk import Desk
from news.favourites import Favourites
from news.follow import Doorman
from news.opml import Section
from news.ports import Articles, Chats, Inbox, Keeper, Outbox


@dataclass(frozen=True, slots=True)
class Policy:
    """How long things are kept, and who sees them: what /privacy tells.

    `days` is how long messages sent and words looked for are kept, `article_days` how long articles are (None: without
    end). `model_host` is the server that is asked for summaries, None where nobody is.
    """

    days: int
    article_days: int | None = None
    model_host: str | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """Storage behind its ports, the newsroom's desk, and the operator's settings.

    `username` gives the bot's own, `download` fetches a file (raising NotDownloaded), `wake_courier` says that
    something new is owed, `wake_schedule` that a feed may be due earlier than known, `last_update_at` gives when
    updates were last asked for with success. `drop_waiting` drops what waits beside a chat's own lane, before the
    update with this id. `catalogue` is what the operator proposes to follow, `administrators` says who may do what
    where, `find_spot` what is at a name or number of Telegram's (None: nothing, or nothing that is shown to us).
    `reading_full`: the text of an article's page is shown whole, not only how it begins.
    """

    desk: Desk
    articles: Articles
    chats: Chats
    outbox: Outbox
    inbox: Inbox
    keeper: Keeper
    doorman: Doorman
    policy: Policy
    admin_ids: frozenset[int]
    default_language: str
    default_timezone: str
    username: Callable[[], str]
    download: Callable[[Document], Awaitable[bytes]]
    wake_courier: Callable[[], None]
    wake_schedule: Callable[[], None]
    last_update_at: Callable[[], datetime | None]
    drop_waiting: Callable[[Address, int], None]
    favourites: Favourites
    administrators: Administrators
    find_spot: Callable[[str | int], Awaitable[Spot | None]]
    catalogue: tuple[Section, ...] = ()
    reading_full: bool = False

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self.desk.clock()
