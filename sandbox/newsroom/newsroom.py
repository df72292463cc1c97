"""The newsroom: outlets, their stock of stories, and what they have published."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.newsroom.archive import Archive
from sandbox.newsroom.article import Article
from sandbox.newsroom.live import Pace, Turns, publish_by_itself
from sandbox.newsroom.outlet import Outlet
from sandbox.newsroom.preview import Preview, preview
from sandbox.newsroom.profile import OUTLETS, Profile
from sandbox.newsroom.stock import Stock
from sandbox.newsroom.stories import Event, Telling, agenda

KEPT_VISITS = 200


@dataclass(frozen=True)
class Visit:
    """A request: path and query, headers, and how many requests were being answered then, this one included."""

    path: str
    headers: Mapping[str, str]
    company: int


def utc_now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


class Newsroom:
    """Several outlets that publish when told to (`publish`, `publish_next`) or by themselves (`run`).

    With `state`, a file, it goes on where it stopped; an outlet that is new has `backlog` articles spread
    over the last hours. Raises OSError when the file can't be read or written.

    `robots` is what stands at /robots.txt, None where there is nothing; it may be a status to answer with instead.
    `visits` are the latest requests.
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
        self.robots: str | int | None = None
        self.visits: deque[Visit] = deque(maxlen=KEPT_VISITS)
        self._inside = 0
        self._now = now
        self._archive = Archive(state)
        self._outlets = {profile.slug: Outlet(profile, now()) for profile in profiles}
        self._agenda = agenda(seed)
        self._turns = Turns(self._outlets)
        self._restore()
        self._stock = {outlet.slug: _stock_of(outlet, seed) for outlet in self.outlets}
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
        topic: str = "",
    ) -> Article:
        """Publishes this article now (or with the date given) and returns it.

        `guid` and `link` may be set to imitate publishers that repeat or change them; else they are fresh.
        `topic` says what its picture shows, one of `scenes.SCENES`.
        """
        paragraphs = (body,) if isinstance(body, str) else tuple(body)
        telling = Telling(title, lead, tuple(filter(None, paragraphs)), topic)
        return self._put(replace(self._draft(outlet, telling, published, guid), link=link))

    def publish_next(self, outlet: Outlet | str, *, published: datetime | None = None) -> Article:
        """Publishes the outlet's next story of its own and returns it. The stock never ends."""
        telling = self._stock[_slug(outlet)].next()
        return self._put(replace(self._draft(outlet, telling, published, None), live=True))

    def publish_event(self, outlets: int = 3) -> list[Article]:
        """Publishes one event as told by so many outlets and returns the articles.

        It is one that nobody told of yet; when there is none left, one of those told the least is told anew.
        Raises LookupError when no event is told by so many.
        """
        tellable = [event for event in self._agenda if len(self._tellers(event)) >= outlets]
        if not tellable:
            raise LookupError(f"No event is told by {outlets} outlets.")
        times = Counter(article.event for outlet in self.outlets for article in outlet.articles)
        event = min(tellable, key=lambda event: times[event.name])
        return [self._tell(slug, event) for slug in self._tellers(event)[:outlets]]

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

    @contextmanager
    def visited(self, path: str, headers: Mapping[str, str]) -> Iterator[None]:
        """Notes a request that is answered in the block."""
        self._inside += 1
        self.visits.append(Visit(path, headers, self._inside))
        try:
            yield
        finally:
            self._inside -= 1

    def preview(self, url: str) -> Preview | None:
        """What a messenger shows under a link to one of the newsroom's pages; None for any other address."""
        return preview(url, self._outlets)

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
            topic=telling.topic,
            event=telling.event,
        )

    def _tellers(self, event: Event) -> list[str]:
        """Who tells of an event, those first who share their language with the most others."""
        tellers = [outlet for outlet in self.outlets if outlet.slug in event.tellings]
        tongues = Counter(outlet.profile.language for outlet in tellers)
        return [outlet.slug for outlet in sorted(tellers, key=lambda teller: -tongues[teller.profile.language])]

    def _tell(self, slug: str, event: Event) -> Article:
        telling = self._stock[slug].tell(event)
        return self._put(replace(self._draft(slug, telling, None, None), live=True))

    def _put(self, article: Article) -> Article:
        self._archive.add(article)
        self._outlets[article.outlet].put(article, self._now())
        return article

    def _restore(self) -> None:
        """Takes up what the archive holds."""
        for article in self._archive.read():
            if article.outlet in self._outlets:
                self._outlets[article.outlet].put(article, article.published)

    def _begin(self, backlog: int) -> None:
        """Fills the front page of every new outlet; the dates reach back about half an hour an article."""
        for place, outlet in enumerate(self.outlets):
            for back in range(0 if outlet.published else backlog, 0, -1):
                moment = self._now() - timedelta(minutes=37 * back + 11 * place)
                self.publish_next(outlet, published=moment.replace(microsecond=0))


def _slug(outlet: Outlet | str) -> str:
    return outlet if isinstance(outlet, str) else outlet.slug


def _stock_of(outlet: Outlet, seed: int) -> Stock:
    """What the outlet has still to tell, after what it has published."""
    own = [article.event for article in outlet.articles if article.live]
    return Stock(outlet.slug, seed, told=frozenset(own), daily=own.count(""))
