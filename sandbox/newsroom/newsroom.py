"""The newsroom: outlets, their stock of stories, and what they have published."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.newsroom.archive import Archive
from sandbox.newsroom.article import Article
from sandbox.newsroom.live import Pace, Turns, publish_by_itself
from sandbox.newsroom.outlet import Outlet
from sandbox.newsroom.profile import OUTLETS, Profile
from sandbox.newsroom.stories import Telling, stories_of


def utc_now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


class Newsroom:
    """Several outlets that publish when told to (`publish`, `publish_next`) or by themselves (`run`).

    With `state`, a file, it goes on where it stopped; at the first start every outlet has `backlog` articles
    spread over the last hours. Raises OSError when the file can't be read or written.
    """

    def __init__(
        self,
        *,
        seed: int = 1,
        state: Path | None = None,
        backlog: int = 5,
        profiles: Sequence[Profile] = OUTLETS,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._now = now
        self._archive = Archive(state)
        self._outlets = {profile.slug: Outlet(profile, now()) for profile in profiles}
        self._stock = {profile.slug: stories_of(profile.slug, profile.language, seed) for profile in profiles}
        self._turns = Turns(self._outlets)
        if not self._restore():
            self._begin(backlog)

    @property
    def outlets(self) -> list[Outlet]:
        """All outlets, in their order."""
        return list(self._outlets.values())

    def outlet(self, slug: str) -> Outlet:
        """The outlet of this slug. Raises KeyError when there is none."""
        return self._outlets[slug]

    def publish(
        self,
        outlet: Outlet | str,
        *,
        title: str,
        lead: str = "",
        body: Sequence[str] | str = (),
        guid: str | None = None,
        link: str | None = None,
        published: datetime | None = None,
    ) -> Article:
        """Publishes this article now (or with the date given) and returns it.

        `guid` and `link` may be set to imitate publishers that repeat or change them; else they are fresh.
        """
        paragraphs = (body,) if isinstance(body, str) else tuple(body)
        telling = Telling(title, lead, tuple(filter(None, paragraphs)))
        return self._put(replace(self._draft(outlet, telling, published, guid), link=link))

    def publish_next(self, outlet: Outlet | str, *, published: datetime | None = None) -> Article:
        """Publishes the outlet's next story of its own and returns it. The stock never ends."""
        telling = next(self._stock[_slug(outlet)])
        return self._put(replace(self._draft(outlet, telling, published, None), live=True))

    def correct(
        self, article: Article, *, title: str | None = None, lead: str | None = None, link: str | None = None
    ) -> Article:
        """Replaces words or link of a published article; guid and date stay. Returns it as corrected."""
        corrected = replace(article, title=title or article.title, lead=lead or article.lead, link=link or article.link)
        return self._put(corrected)

    async def run(self, pace: Pace | None = None) -> None:
        """Publishes by itself, outlet after outlet, until it is cancelled."""
        await publish_by_itself(self.publish_next, self._turns, pace or Pace())

    async def requested(self, outlet: Outlet | str, count: int | None = None) -> None:
        """Waits until the feed was asked for `count` times in all; by default once more than now."""
        await self._outlets[_slug(outlet)].requested(count)

    def welcome(self, outlet: Outlet) -> None:
        """Notes that somebody new reads this outlet: if it publishes by itself, it does so soon."""
        self._turns.bring_forward(outlet.slug)

    def release(self) -> None:
        """Lets go every request that hangs."""
        for outlet in self.outlets:
            outlet.released.set()

    def _draft(self, outlet: Outlet | str, telling: Telling, published: datetime | None, guid: str | None) -> Article:
        slug = _slug(outlet)
        number = f"{self._outlets[slug].published + 1:04}"
        return Article(
            id=number,
            outlet=slug,
            title=telling.title,
            lead=telling.lead,
            body=telling.body,
            published=published or self._now(),
            guid=guid or f"{slug}-{number}",
        )

    def _put(self, article: Article) -> Article:
        self._archive.add(article)
        self._outlets[article.outlet].put(article, self._now())
        return article

    def _restore(self) -> bool:
        """Takes up what the archive holds; False when it holds nothing."""
        known = [article for article in self._archive.read() if article.outlet in self._outlets]
        for article in known:
            self._outlets[article.outlet].put(article, article.published)
        for outlet in self.outlets:
            _skip(self._stock[outlet.slug], sum(article.live for article in outlet.articles))
        return bool(known)

    def _begin(self, backlog: int) -> None:
        """Fills every outlet's front page; the dates reach back about half an hour an article."""
        for place, outlet in enumerate(self.outlets):
            for back in range(backlog, 0, -1):
                moment = self._now() - timedelta(minutes=37 * back + 11 * place)
                self.publish_next(outlet, published=moment.replace(microsecond=0))


def _slug(outlet: Outlet | str) -> str:
    return outlet if isinstance(outlet, str) else outlet.slug


def _skip(stock: Iterator[Telling], count: int) -> None:
    next(itertools.islice(stock, count, count), None)
