"""How often a feed is asked: pure arithmetic on seconds and moments."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from news.feed import Feed

# A feed silent for an hour is asked every six minutes, one silent for a day every two and a half hours: the mean
# delay of the next article is then a twentieth of the silence it ends.
SHARE_OF_SILENCE = 0.1


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a feed's own pace, in seconds."""

    shortest: float = 120.0
    longest: float = 21_600.0

    def clamp(self, seconds: float) -> float:
        """These seconds, brought within the bounds."""
        return min(max(seconds, self.shortest), self.longest)


def after_success(
    news_at: datetime, bounds: Bounds, *, now: datetime, ttl: float | None, fresh_for: float | None
) -> datetime:
    """When to ask again: a share of the silence since `news_at`, raised to the publisher's wishes, clamped."""
    silence = (now - news_at).total_seconds()
    wished = max(silence * SHARE_OF_SILENCE, ttl or 0.0, fresh_for or 0.0)
    return now + timedelta(seconds=bounds.clamp(wished))


def after_failure(feed: Feed, bounds: Bounds, *, now: datetime, retry_after: float | None) -> datetime:
    """When to ask again after trouble: twice as late each time up to the longest, and never before the
    publisher's own wish, which may go above it."""
    backed_off = bounds.clamp(bounds.shortest * 2 ** min(feed.failures + 1, 20))
    return now + timedelta(seconds=max(backed_off, retry_after or 0.0))
