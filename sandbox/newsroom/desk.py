"""What the page's newsroom drawer asks for: who the outlets are, and what they are to do now."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from sandbox.newsroom.behaviour import Behaviour, Drips, Fails, Hangs, Moved, Slow
from sandbox.newsroom.newsroom import Newsroom
from sandbox.newsroom.outlet import Outlet
from sandbox.visitors import why_foreign

MOST_AT_ONCE = 50
SLOW_SECONDS = 8.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Act = Callable[[Newsroom, Mapping[str, Any], str], Any]


def desk_routes(newsroom: Newsroom) -> list[web.AbstractRouteDef]:
    """The routes below /sandbox/: GET newsroom lists the outlets as cards, each POST is an act.

    publish {"outlet": slug} publishes the outlet's next story; burst {"outlet", "count": 20} so many at once;
    story {"outlets": 3} one event as told by so many outlets; outage {"outlet", "trouble": word or null} breaks
    or mends its feed. What is asked wrongly is told in a sentence.
    """
    return [
        web.get("/sandbox/newsroom", _list(newsroom)),
        web.post("/sandbox/publish", _act(newsroom, _publish)),
        web.post("/sandbox/burst", _act(newsroom, _burst)),
        web.post("/sandbox/story", _act(newsroom, _story)),
        web.post("/sandbox/outage", _act(newsroom, _outage)),
    ]


def trouble_of(behaviour: Behaviour | None) -> str | None:
    """The card's word for what an outlet's feed does; None when it is well."""
    match behaviour:
        case None:
            return None
        case Fails(status=410):
            return "gone"
        case Fails(status=429):
            return "limited"
        case Moved():
            return "moved"
        case Hangs():
            return "hangs"
        case Slow() | Drips():
            return "slow"
    return "down"


def behaviour_for(trouble: str, outlet: Outlet) -> Behaviour:
    """How an outlet behaves that is in this trouble. Raises KeyError for any other word."""
    troubles: dict[str, Behaviour] = {
        "down": Fails(503),
        "slow": Slow(SLOW_SECONDS),
        "hangs": Hangs(),
        "gone": Fails(410),
        "moved": Moved(outlet.profile.new_feed_path),
        "limited": Fails(429, retry_after=30),
    }
    return troubles[trouble]


def _list(newsroom: Newsroom) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        _let_in(request)
        return web.json_response([_card(outlet, _base(request)) for outlet in newsroom.outlets])

    return answer


def _act(newsroom: Newsroom, act: Act) -> Handler:
    """A handler that does this act, with what was asked and the server's address."""

    async def answer(request: web.Request) -> web.Response:
        _let_in(request)
        return web.json_response(act(newsroom, await _asked(request), _base(request)))

    return answer


def _let_in(request: web.Request) -> None:
    if sentence := why_foreign(request):
        raise web.HTTPForbidden(text=sentence)


def _card(outlet: Outlet, base: str) -> dict[str, str | None]:
    profile = outlet.profile
    return {
        "slug": profile.slug,
        "name": profile.name,
        "tagline": profile.tagline,
        "language": profile.language,
        "home": base + profile.home_path,
        "feed": base + profile.feed_path,
        "format": profile.feed,
        "trouble": trouble_of(outlet.behaviour),
    }


def _publish(newsroom: Newsroom, asked: Mapping[str, Any], _: str) -> dict[str, str]:
    article = newsroom.publish_next(_outlet(newsroom, asked))
    return {"title": article.title, "path": article.path}


def _burst(newsroom: Newsroom, asked: Mapping[str, Any], _: str) -> dict[str, list[str]]:
    outlet = _outlet(newsroom, asked)
    count = _number(asked, "count", 20, 1, MOST_AT_ONCE)
    return {"titles": [newsroom.publish_next(outlet).title for _ in range(count)]}


def _story(newsroom: Newsroom, asked: Mapping[str, Any], _: str) -> dict[str, Any]:
    articles = newsroom.publish_event(_number(asked, "outlets", 3, 2, 4))
    titles = [{"outlet": article.outlet, "title": article.title} for article in articles]
    return {"event": articles[0].event, "titles": titles}


def _outage(newsroom: Newsroom, asked: Mapping[str, Any], base: str) -> dict[str, str | None]:
    outlet = _outlet(newsroom, asked)
    try:
        trouble = asked["trouble"]
        outlet.behaves(None if trouble is None else behaviour_for(trouble, outlet))
    except (KeyError, TypeError):
        raise web.HTTPBadRequest(
            text='Send "trouble" as "down", "slow", "hangs", "gone", "moved", "limited" or null.'
        ) from None
    return _card(outlet, base)


async def _asked(request: web.Request) -> Mapping[str, Any]:
    try:
        asked = await request.json()
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise web.HTTPBadRequest(text="Send an object as JSON.")
    return asked


def _outlet(newsroom: Newsroom, asked: Mapping[str, Any]) -> Outlet:
    slug = asked.get("outlet")
    if not isinstance(slug, str):
        raise web.HTTPBadRequest(text='Send {"outlet": "its slug"} as JSON.')
    try:
        return newsroom.outlet(slug)
    except KeyError:
        raise web.HTTPNotFound(text=f"There is no outlet {slug!r}.") from None


def _number(asked: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    number = asked.get(name, default)
    if type(number) is not int or not least <= number <= most:
        raise web.HTTPBadRequest(text=f'Send "{name}" as a whole number from {least} to {most}.')
    return number


def _base(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"
