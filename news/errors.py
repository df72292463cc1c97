"""What can go wrong with the news, as a tree; each error carries the fact one acts on.

NewsError
├── BadAddress           the text is no address one could follow
│   └── BadChannel           nor does it name a public channel of Telegram's
├── SeveralFeeds         the page names several: somebody has to choose
├── NotOpml              the file is no list of feeds
├── BadHours             what was typed tells no hours; `word` is where that was seen, empty where something is missing
│   ├── TooManyHours         more digests a day than there may be
│   ├── SameHours            quiet hours that end as they begin
│   └── PastMoment           a moment that is over
├── NoAnswer             a model wrote nothing; `retry_after` seconds from now it may, if it said so
└── FeedError            `problem` names what happened, for a row and for a sentence
    ├── Lasting          will not mend by itself: nobody is let follow it
    │   ├── UnknownHost
    │   ├── RefusedAddress     a private address, or a port browsers refuse
    │   ├── Missing            404 and other answers that say "not here"
    │   ├── Gone               410: `for ever` said the publisher
    │   ├── Denied             401, 403: the publisher wants to know who asks
    │   ├── NotAFeed           an answer, but no feed in it
    │   └── NoPreview          a channel of Telegram's whose posts aren't on the web
    └── Passing          may mend: try again, `retry_after` seconds from now if the publisher said so
        ├── Unreachable        connection refused, cut, or no TLS
        ├── TooSlow
        ├── TooLarge
        ├── TooManyRedirects
        ├── TooManyRequests    429
        ├── ServerTrouble      5xx
        ├── NoWayOut           our own outbound proxy is down, or does not let us through
        └── OurFault           we could not deal with what came
"""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from news.discover import NamedFeed


class Problem(StrEnum):
    """The kinds of trouble with a feed, as they are stored and put into words."""

    UNKNOWN_HOST = "unknown_host"
    REFUSED_ADDRESS = "refused_address"
    MISSING = "missing"
    GONE = "gone"
    DENIED = "denied"
    NOT_A_FEED = "not_a_feed"
    NO_PREVIEW = "no_preview"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_TROUBLE = "server_trouble"
    NO_WAY_OUT = "no_way_out"
    OUR_FAULT = "our_fault"


class NewsError(Exception):
    """Anything this subject refuses or fails at."""


class NoAnswer(NewsError):
    """The endpoint for summaries gave none; `retry_after` is its wish in seconds, None without one."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class BadAddress(NewsError):
    """The text is not an http(s) address."""


class BadChannel(BadAddress):
    """The text names no public channel of Telegram's."""


class SeveralFeeds(NewsError):
    """A page names several feeds that a person may choose from."""

    def __init__(self, feeds: "tuple[NamedFeed, ...]") -> None:
        super().__init__(f"{len(feeds)} feeds")
        self.feeds = feeds


class BadHours(NewsError):
    """What was typed tells no hours; `word` is the one that was not understood, empty where something is missing."""

    def __init__(self, word: str = "") -> None:
        super().__init__(word)
        self.word = word


class TooManyHours(BadHours):
    """More digests a day than there may be."""


class SameHours(BadHours):
    """Quiet hours that end as they begin."""


class PastMoment(BadHours):
    """A moment that is over."""


class NotOpml(NewsError):
    """What came is no OPML file, or one that no reader would write."""


class FeedError(NewsError):
    """A feed could not be had; `problem` says why."""

    problem: Problem


class Lasting(FeedError):
    """Trouble that will not mend by itself."""


class UnknownHost(Lasting):
    """No such host name."""

    problem = Problem.UNKNOWN_HOST


class RefusedAddress(Lasting):
    """The address leads where this bot does not go."""

    problem = Problem.REFUSED_ADDRESS


class Missing(Lasting):
    """The publisher has nothing at this address."""

    problem = Problem.MISSING


class Gone(Lasting):
    """The publisher took the feed away for good."""

    problem = Problem.GONE


class Denied(Lasting):
    """The publisher does not let us in."""

    problem = Problem.DENIED


class NotAFeed(Lasting):
    """What came is neither a feed nor a page that names one."""

    problem = Problem.NOT_A_FEED


class NoPreview(Lasting):
    """Telegram shows no posts of this channel on the web: it is closed, a group, a person, or there is none."""

    problem = Problem.NO_PREVIEW


class Passing(FeedError):
    """Trouble that may mend; `retry_after` is the publisher's wish in seconds, None without one."""

    def __init__(self, message: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unreachable(Passing):
    """No connection, or it was cut."""

    problem = Problem.UNREACHABLE


class TooSlow(Passing):
    """The answer did not come in time."""

    problem = Problem.TOO_SLOW


class TooLarge(Passing):
    """The answer was larger than a feed may be."""

    problem = Problem.TOO_LARGE


class TooManyRedirects(Passing):
    """One redirect led to the next for too long."""

    problem = Problem.TOO_MANY_REDIRECTS


class TooManyRequests(Passing):
    """The publisher asks us to slow down."""

    problem = Problem.TOO_MANY_REQUESTS


class ServerTrouble(Passing):
    """The publisher's server failed."""

    problem = Problem.SERVER_TROUBLE


class NoWayOut(Passing):
    """The proxy that all our fetching goes through is down, or does not let us through."""

    problem = Problem.NO_WAY_OUT


class OurFault(Passing):
    """The feed came, and dealing with it failed in a way nobody foresaw."""

    problem = Problem.OUR_FAULT
