"""Serves the page's files from the package, with headers that keep foreign scripts out."""

from importlib.resources import files
from pathlib import PurePosixPath

from aiohttp import web

from sandbox.visitors import why_misnamed

# Spelled out, because what the system thinks of .js differs from one to the next.
_KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src * data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # A page from before an update would not fit the scripts from after it.
    "Cache-Control": "no-cache",
}


def routes() -> list[web.AbstractRouteDef]:
    """The page at / and what it needs below /web/, under this machine's own names only; a link may lead there."""
    return [web.get("/", _index), web.get("/web/{name}", _file)]


async def _index(request: web.Request) -> web.Response:
    return _answer(request, "index.html")


async def _file(request: web.Request) -> web.Response:
    return _answer(request, request.match_info["name"])


def _answer(request: web.Request, name: str) -> web.Response:
    """A file of this package. Raises HTTPNotFound for any other name, HTTPForbidden under another host's."""
    if sentence := why_misnamed(request):
        raise web.HTTPForbidden(text=sentence)
    known = {file.name: file for file in files(__package__).iterdir()}
    kind = _KINDS.get(PurePosixPath(name).suffix)
    if kind is None or name not in known:
        raise web.HTTPNotFound
    headers = _HEADERS | {"Content-Type": f"{kind}; charset=utf-8"}
    return web.Response(body=known[name].read_bytes(), headers=headers)
