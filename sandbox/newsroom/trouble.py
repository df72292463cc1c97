"""The answers of an outlet that doesn't behave."""

import asyncio
import gzip
import zlib
from functools import lru_cache

from aiohttp import web

from sandbox.newsroom.behaviour import (
    Adds,
    Babbles,
    Behaviour,
    Bomb,
    BreaksOff,
    Circles,
    Drips,
    Fails,
    Floods,
    Hangs,
    Leads,
    Mislabels,
    Moved,
    Serves,
    Slow,
    Swells,
)
from sandbox.newsroom.outlet import Outlet

MEGABYTE = 1_000_000
_OPENING = b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>'


async def trouble(request: web.Request, outlet: Outlet, behaviour: Behaviour | None) -> web.StreamResponse | None:
    """The answer instead of the usual one; None where the usual one is to follow."""
    match behaviour:
        case Hangs():
            return await _hang(request, outlet.released)
        case Slow(seconds=seconds):
            await _pause(outlet.released, seconds)
            return None
        case Drips(seconds=seconds, chunk=chunk):
            return await _drip(request, outlet.released, seconds, chunk)
        case Floods(megabytes=megabytes):
            return await _flood(request, outlet.released, megabytes)
        case Babbles(raw=raw):
            return _babble(request, raw)
    return _at_once(request, behaviour)


def misdressed(response: web.Response, behaviour: Behaviour | None) -> web.Response:
    """The usual answer with what is wrong about its headers."""
    match behaviour:
        case Mislabels(coding=coding):
            response.headers["Content-Encoding"] = coding
        case Swells(size=size):
            response.headers["X-Swollen"] = "x" * size
        case Adds(headers=headers):
            response.headers.extend(headers)
        case BreaksOff() if isinstance(response.body, bytes):
            packed = gzip.compress(response.body)
            response.body = packed[: len(packed) // 2]
            response.headers["Content-Encoding"] = "gzip"
    return response


def _at_once(request: web.Request, behaviour: Behaviour | None) -> web.Response | None:
    match behaviour:
        case Fails(status=status, retry_after=retry_after):
            headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
            return web.Response(status=status, text=f"{status}", headers=headers)
        case Moved(url=url, status=status):
            return web.Response(status=status, headers={"Location": url})
        case Serves(body=body, content_type=content_type):
            return web.Response(body=body, headers={"Content-Type": content_type})
        case Bomb(megabytes=megabytes):
            return web.Response(body=_packed(megabytes), headers=_XML | {"Content-Encoding": "gzip"})
        case Circles():
            return web.Response(status=302, headers={"Location": request.path})
        case Leads(times=times) if (step := int(request.query.get("step", 0))) < times:
            return web.Response(status=302, headers={"Location": f"{request.path}?step={step + 1}"})
    return None


_XML = {"Content-Type": "application/rss+xml; charset=utf-8"}


async def _hang(request: web.Request, released: asyncio.Event) -> web.StreamResponse:
    """Holds the request until the outlet recovers or the server stops, then cuts the line."""
    await released.wait()
    return _cut(request, web.Response(status=503))


def _babble(request: web.Request, raw: bytes) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.write(raw)
        request.transport.close()
    return web.Response(status=503)


async def _drip(request: web.Request, released: asyncio.Event, seconds: float, chunk: int) -> web.StreamResponse:
    response = await _begun(request)
    while not released.is_set():
        await response.write(b"x" * chunk)
        await _pause(released, seconds)
    return _cut(request, response)


async def _flood(request: web.Request, released: asyncio.Event, megabytes: int | None) -> web.StreamResponse:
    response, given = await _begun(request), 0
    while not released.is_set() and given != megabytes:
        await response.write(b"x" * MEGABYTE)
        given += 1
    return response if given == megabytes else _cut(request, response)


async def _begun(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers=_XML)
    await response.prepare(request)
    await response.write(_OPENING)
    return response


async def _pause(released: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(released.wait(), seconds)
    except TimeoutError:
        return


def _cut(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return response


@lru_cache(maxsize=4)
def _packed(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    parts = [packer.compress(_OPENING)] + [packer.compress(b"x" * MEGABYTE) for _ in range(megabytes)]
    return b"".join([*parts, packer.flush()])
