"""How a feed is doing, as a line of the log says it: pure."""

from datetime import datetime

from news.errors import Problem
from news.feed import Feed

PLAINLY = {
    Problem.UNKNOWN_HOST: "There is no host of this name.",
    Problem.REFUSED_ADDRESS: "The address is not on the open internet.",
    Problem.MISSING: "There is nothing at this address.",
    Problem.GONE: "The publisher has taken the feed away for good.",
    Problem.DENIED: "The publisher does not let us in.",
    Problem.NOT_A_FEED: "What came is no feed.",
    Problem.NO_PREVIEW: "The channel shows its posts to nobody outside of Telegram.",
    Problem.UNREACHABLE: "The server does not answer.",
    Problem.TOO_SLOW: "The server does not answer in time.",
    Problem.TOO_LARGE: "What came is too large for a feed.",
    Problem.TOO_MANY_REDIRECTS: "One redirect leads to the next without end.",
    Problem.TOO_MANY_REQUESTS: "The publisher asks to be read less often.",
    Problem.SERVER_TROUBLE: "The publisher's server has a fault.",
    Problem.NO_WAY_OUT: "Our outbound proxy (FETCH_PROXY) is down or does not let us through.",
    Problem.OUR_FAULT: "What came could not be dealt with, and that is our fault.",
}


def condition(feed: Feed) -> dict[str, object]:
    """When a feed was last read, what is wrong with it, if anything, and when it is asked next.

    A private feed is named by its server, which is all that its `url` says.
    """
    told: dict[str, object] = {"feed": feed.url, "id": feed.id, "last_read": _moment(feed.succeeded_at)}
    if feed.problem:
        told |= {"trouble": PLAINLY[feed.problem], "failures": feed.failures}
    return {**told, "next_check": "never" if feed.stopped else _moment(feed.next_check_at)}


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else "never"
