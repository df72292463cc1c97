"""The newsroom over HTTP: home pages, feeds with conditional GET and compression, article pages, faults."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from importlib.resources import files

from aiohttp import web

from sandbox.newsroom.feeds import CONTENT_TYPES, feed
from sandbox.newsroom.newsroom import Newsroom
from sandbox.newsroom.outlet import Behaviour, Fails, Hangs, Moved, Outlet, Serves
from sandbox.newsroom.pages import article_page, home_page

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Server:
    """A newsroom that listens; `url` is its address without a closing slash."""

    url: str


def routes(newsroom: Newsroom) -> list[web.AbstractRouteDef]:
    """Everything below /news/, for mounting in an application that calls `newsroom.release()` at shutdown."""
    return [
        web.get("/news/style.css", _style),
        web.get("/news/{slug}", _with_slash),
        web.get("/news/{slug}/", _of_outlet(newsroom, _home)),
        web.get("/news/{slug}/feed.xml", _of_outlet(newsroom, _feed)),
        web.get("/news/{slug}/{id}.html", _of_outlet(newsroom, _article)),
    ]


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


async def _page(request: web.Request, outlet: Outlet, render: Callable[[], str]) -> web.StreamResponse:
    outlet.page_requests += 1
    trouble = await _trouble(request, outlet, outlet.next_behaviour(feed=False))
    return trouble or _compressed(request, web.Response(text=render(), content_type="text/html", charset="utf-8"))


async def _feed(request: web.Request, newsroom: Newsroom, outlet: Outlet) -> web.StreamResponse:
    outlet.note_request()
    if not request.headers.keys() & {"If-None-Match", "If-Modified-Since"}:
        newsroom.welcome(outlet)
    trouble = await _trouble(request, outlet, outlet.next_behaviour(feed=True))
    return trouble or _healthy_feed(request, outlet)


def _healthy_feed(request: web.Request, outlet: Outlet) -> web.Response:
    body = feed(outlet, _base(request)).encode()
    validators = {
        "ETag": f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        "Last-Modified": format_datetime(outlet.changed, usegmt=True),
    }
    if _is_unchanged(request, validators["ETag"], outlet.changed):
        outlet.not_modified += 1
        return web.Response(status=304, headers=validators)
    content_type = f"{CONTENT_TYPES[outlet.profile.feed]}; charset=utf-8"
    return _compressed(request, web.Response(body=body, headers=validators | {"Content-Type": content_type}))


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


async def _trouble(request: web.Request, outlet: Outlet, behaviour: Behaviour | None) -> web.StreamResponse | None:
    """The answer of an outlet that doesn't behave; None when it does."""
    match behaviour:
        case Fails(status=status, retry_after=retry_after):
            headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
            return web.Response(status=status, text=f"{status}", headers=headers)
        case Moved(url=url, status=status):
            return web.Response(status=status, headers={"Location": url})
        case Serves(body=body, content_type=content_type):
            return web.Response(body=body, headers={"Content-Type": content_type})
        case Hangs():
            return await _hang(request, outlet)
    return None


async def _hang(request: web.Request, outlet: Outlet) -> web.StreamResponse:
    """Holds the request until the outlet recovers or the server stops, then cuts the line."""
    await outlet.released.wait()
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)


def _compressed(request: web.Request, response: web.Response) -> web.Response:
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.enable_compression(web.ContentCoding.gzip)
    return response


def _base(request: web.Request) -> str:
    """The address under which this reader reached the server."""
    return f"{request.scheme}://{request.host}"
