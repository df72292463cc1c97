"""Pictures as Telegram takes them: what was uploaded has to be one, and so has what lies behind an address.

Only addresses on loopback are looked at; the sandbox asks nothing of any other machine.
"""

import asyncio
from io import BytesIO
from urllib.parse import urlsplit

import aiohttp
from PIL import Image, UnidentifiedImageError

from sandbox.telegram.refusal import Json, bad_request
from sandbox.visitors import LOOPBACK

MAX_UPLOAD, MAX_FETCHED = 10 * 1024 * 1024, 5 * 1024 * 1024
SECONDS = 5.0
UNSEEN = (800, 600)


async def size_behind(url: str) -> tuple[int, int]:
    """Width and height of the picture at an address, a guess for one on another machine; raises Refusal."""
    if urlsplit(url).hostname not in LOOPBACK:
        return UNSEEN
    try:
        content = await _fetched(url)
    except (aiohttp.ClientError, TimeoutError):
        raise bad_request("failed to get HTTP URL content") from None
    size = await asyncio.to_thread(_size, content)
    if size is None:
        raise bad_request("wrong type of the web page content")
    return size


async def size_of_upload(content: bytes) -> tuple[int, int]:
    """Width and height of a picture that was uploaded; raises Refusal."""
    if len(content) > MAX_UPLOAD:
        limit = f"the maximum size is {MAX_UPLOAD} bytes"
        raise bad_request(f"file of size {len(content)} bytes is too big for a photo; {limit}")
    size = await asyncio.to_thread(_size, content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return size


def photo_size(file_id: str, size: tuple[int, int]) -> Json:
    """The Bot API's PhotoSize object."""
    return {"file_id": file_id, "file_unique_id": file_id[:16], "width": size[0], "height": size[1]}


async def _fetched(url: str) -> bytes:
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url, allow_redirects=False) as answer:
        answer.raise_for_status()
        content = bytearray()
        async for chunk in answer.content.iter_any():
            content += chunk
            if len(content) > MAX_FETCHED:
                raise bad_request("failed to get HTTP URL content")
        return bytes(content)


def _size(content: bytes) -> tuple[int, int] | None:
    """None for what is no picture; only its head is read."""
    try:
        with Image.open(BytesIO(content)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
