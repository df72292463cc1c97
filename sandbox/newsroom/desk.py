"""What the page's newsroom drawer asks for: who the outlets are, and "publish now"."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.newsroom.newsroom import Newsroom
from sandbox.newsroom.profile import Profile

LOOPBACK = {"127.0.0.1", "localhost", "::1"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def desk_routes(newsroom: Newsroom) -> list[web.AbstractRouteDef]:
    """GET /sandbox/newsroom lists the outlets; POST /sandbox/publish {"outlet": slug} publishes its next story."""
    return [
        web.get("/sandbox/newsroom", _list(newsroom)),
        web.post("/sandbox/publish", _publish(newsroom)),
    ]


def _list(newsroom: Newsroom) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        base = f"{request.scheme}://{request.host}"
        return web.json_response([_card(outlet.profile, base) for outlet in newsroom.outlets])

    return answer


def _card(profile: Profile, base: str) -> dict[str, str]:
    return {
        "slug": profile.slug,
        "name": profile.name,
        "tagline": profile.tagline,
        "language": profile.language,
        "home": base + profile.home_path,
        "feed": base + profile.feed_path,
    }


def _publish(newsroom: Newsroom) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        _refuse_other_sites(request)
        slug = await _outlet_asked_for(request)
        if slug not in {outlet.slug for outlet in newsroom.outlets}:
            raise web.HTTPNotFound(text=f"There is no outlet {slug!r}.")
        article = newsroom.publish_next(slug)
        return web.json_response({"title": article.title, "path": article.path})

    return answer


async def _outlet_asked_for(request: web.Request) -> Any:
    try:
        return (await request.json())["outlet"]
    except (ValueError, KeyError, TypeError):
        raise web.HTTPBadRequest(text='Send {"outlet": "its slug"} as JSON.') from None


def _refuse_other_sites(request: web.Request) -> None:
    """A page from elsewhere, opened in the same browser, must not publish here."""
    origin = request.headers.get("Origin")
    if request.url.host not in LOOPBACK or (origin and urlsplit(origin).netloc != request.host):
        raise web.HTTPForbidden(text="Only the sandbox's own page may do this.")
