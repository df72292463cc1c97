"""The newsroom over HTTP: home pages, feeds with conditional GET and compression, article pages, pictures."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from importlib.resources import files

from aiohttp import web

from sandbox.newsroom.behaviour import Behaviour, BreaksOff, Encodes, Mislabels, Moved
from sandbox.newsroom.channel import article_of_post, channel_page, landing_page
from sandbox.newsroom.feeds import CONTENT_TYPES, encoded, feed
from sandbox.newsroom.newsroom import Newsroom
from sandbox.newsroom.outlet import Outlet
from sandbox.newsroom.pages import article_page, home_page
from sandbox.newsroom.picture import picture
from sandbox.newsroom.trouble import misdressed, trouble

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Server:
    """A newsroom that listens; `url` is its address without a closing slash."""

    url: str


def routes(newsroom: Newsroom) -> list[web.AbstractRouteDef]:
    """Everything below /news/, and the outlets' channels as they would be below https://t.me.

    For mounting in an application that calls `newsroom.release()` at shutdown.
    """
    answers: list[tuple[str, Handler]] = [
        ("/robots.txt", _robots(newsroom)),
        ("/news/style.css", _style),
        ("/news/{slug}", _with_slash),
        ("/news/{slug}/", _of_outlet(newsroom, _home)),
        ("/news/{slug}/{id}.html", _of_outlet(newsroom, _article)),
        ("/news/{slug}/{id}.jpg", _of_outlet(newsroom, _picture)),
        *(answer for outlet in newsroom.outlets for answer in _feed_answers(newsroom, outlet)),
        ("/s/{slug}", _channel(newsroom)),
        (r"/{slug:[A-Za-z]\w{3,31}}", _landing),
        (r"/{slug:[A-Za-z]\w{3,31}}/{number:\d+}", _of_outlet(newsroom, _post)),
    ]
    return [web.get(path, _noted(newsroom, answer)) for path, answer in answers]


def _feed_answers(newsroom: Newsroom, outlet: Outlet) -> list[tuple[str, Handler]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await _feed(request, newsroom, outlet)

    return [(path, answer) for path in (outlet.profile.feed_path, outlet.profile.new_feed_path)]


def _noted(newsroom: Newsroom, answer: Handler) -> Handler:
    async def note(request: web.Request) -> web.StreamResponse:
        with newsroom.visited(request.path_qs, request.headers):
            return await answer(request)

    return note


def _robots(newsroom: Newsroom) -> Handler:
    async def answer(_: web.Request) -> web.Response:
        match newsroom.robots:
            case str(text):
                return web.Response(text=text)
            case status:
                return web.Response(status=status or 404)

    return answer


@asynccontextmanager
async def serve(newsroom: Newsroom, port: int = 0) -> AsyncIterator[Server]:
    """Serves the newsroom alone on loopback; port 0 takes a free one. Raises OSError if the port is taken."""
    application = web.Application()
    application.add_routes(routes(newsroom))
    application.on_shutdown.append(_release(newsroom))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield Server(f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


def _release(newsroom: Newsroom) -> Callable[[web.Application], Awaitable[None]]:
    async def release(_: web.Application) -> None:
        newsroom.release()

    return release


def _of_outlet(
    newsroom: Newsroom, answer: Callable[[web.Request, Newsroom, Outlet], Awaitable[web.StreamResponse]]
) -> Handler:
    """A handler that knows whose page is asked for."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            outlet = newsroom.outlet(request.match_info["slug"])
        except KeyError:
            raise web.HTTPNotFound from None
        return await answer(request, newsroom, outlet)

    return handle


async def _style(_: web.Request) -> web.Response:
    sheet = files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    return web.Response(text=sheet, content_type="text/css", charset="utf-8")


async def _with_slash(request: web.Request) -> web.Response:
    raise web.HTTPMovedPermanently(f"{request.path}/")


async def _home(request: web.Request, _: Newsroom, outlet: Outlet) -> web.StreamResponse:
    return await _page(request, outlet, lambda: home_page(outlet, _base(request)))


async def _article(request: web.Request, _: Newsroom, outlet: Outlet) -> web.StreamResponse:
    article = outlet.article(request.match_info["id"])
    if article is None:
        raise web.HTTPNotFound
    return await _page(request, outlet, lambda: article_page(article, outlet, _base(request)))


def _channel(newsroom: Newsroom) -> Handler:
    """The posts of a channel; Telegram sends elsewhere for whatever has none to show."""

    async def answer(request: web.Request) -> web.StreamResponse:
        slug = request.match_info["slug"].lower()
        outlet = next((one for one in newsroom.outlets if one.slug == slug and one.profile.channel), None)
        if outlet is None:
            raise web.HTTPFound(f"/{slug}")
        return await _page(request, outlet, lambda: channel_page(outlet, _base(request)))

    return answer


async def _landing(request: web.Request) -> web.Response:
    return web.Response(text=landing_page(request.match_info["slug"]), content_type="text/html")


async def _post(request: web.Request, _: Newsroom, outlet: Outlet) -> web.StreamResponse:
    """A post leads to its article, as there is no Telegram here to open it in."""
    article = article_of_post(outlet, request.match_info["number"])
    if article is None:
        raise web.HTTPNotFound
    raise web.HTTPFound(article.address(""))


async def _page(request: web.Request, outlet: Outlet, render: Callable[[], str]) -> web.StreamResponse:
    outlet.page_requests += 1
    behaviour = outlet.next_behaviour(feed=False)
    if answer := await trouble(request, outlet, behaviour):
        return answer
    headers = {"Content-Type": f"text/html; charset={outlet.profile.charset}"}
    page = web.Response(body=encoded(render(), outlet.profile), headers=headers)
    return _dressed(request, page, behaviour)


async def _picture(request: web.Request, _: Newsroom, outlet: Outlet) -> web.StreamResponse:
    article = outlet.article(request.match_info["id"])
    if article is None or not outlet.profile.pictures:
        raise web.HTTPNotFound
    if answer := await trouble(request, outlet, outlet.next_behaviour(feed=False)):
        return answer
    drawn = await asyncio.to_thread(picture, article.topic, f"{article.outlet}/{article.id}")
    headers = {"Content-Type": "image/jpeg", "Cache-Control": "max-age=86400"}
    return web.Response(body=drawn, headers=headers)


async def _feed(request: web.Request, newsroom: Newsroom, outlet: Outlet) -> web.StreamResponse:
    outlet.note_request()
    behaviour = outlet.next_behaviour(feed=True)
    if isinstance(behaviour, Moved) and request.path == outlet.profile.new_feed_path:
        behaviour = None
    if answer := await trouble(request, outlet, behaviour):
        return answer
    if not request.headers.keys() & {"If-None-Match", "If-Modified-Since"}:
        newsroom.welcome(outlet)
    return _healthy_feed(request, outlet, behaviour)


def _healthy_feed(request: web.Request, outlet: Outlet, behaviour: Behaviour | None) -> web.Response:
    body = feed(outlet, _base(request))
    validators = {
        "ETag": f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        "Last-Modified": format_datetime(outlet.changed, usegmt=True),
    }
    if _is_unchanged(request, validators["ETag"], outlet.changed):
        outlet.not_modified += 1
        return misdressed(web.Response(status=304, headers=validators), behaviour)
    content_type = f"{CONTENT_TYPES[outlet.profile.feed]}; charset={outlet.profile.charset}"
    answer = web.Response(body=body, headers=validators | {"Content-Type": content_type})
    return _dressed(request, answer, behaviour)


def _is_unchanged(request: web.Request, etag: str, changed: datetime) -> bool:
    """By the entity tag if the reader has one, else by the date, as RFC 9110 says."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        return etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
    try:
        since = parsedate_to_datetime(request.headers["If-Modified-Since"])
    except (KeyError, ValueError):
        return False
    return since.tzinfo is not None and changed.replace(microsecond=0) <= since


def _dressed(request: web.Request, response: web.Response, behaviour: Behaviour | None) -> web.Response:
    """Compressed for those who accept it, or as the outlet's behaviour has it."""
    response.headers["Vary"] = "Accept-Encoding"
    if coding := _coding(request, behaviour):
        response.enable_compression(coding)
    return misdressed(response, behaviour)


def _coding(request: web.Request, behaviour: Behaviour | None) -> web.ContentCoding | None:
    if isinstance(behaviour, Encodes):
        return web.ContentCoding(behaviour.coding)
    accepted = "gzip" in request.headers.get("Accept-Encoding", "")
    return web.ContentCoding.gzip if accepted and not isinstance(behaviour, Mislabels | BreaksOff) else None


def _base(request: web.Request) -> str:
    """The address under which this reader reached the server."""
    return f"{request.scheme}://{request.host}"
