"""An OpenAI-compatible endpoint that writes: the one place besides fetching and Telegram that sends HTTP requests."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from news.errors import NoAnswer

SECONDS = 10.0
LONGEST_ANSWER = 100_000
# For a script of which each letter may be a token of its own, and a little to end with.
_SPARE_TOKENS = 64
_PATH = "/chat/completions"


class Endpoint:
    """Asks one model, over one session."""

    def __init__(self, session: aiohttp.ClientSession, url: str, model: str | None) -> None:
        self._session = session
        self._url = url if url.endswith(_PATH) else url.rstrip("/") + _PATH
        self._model = model

    async def ask(self, instruction: str, data: str, *, characters: int) -> str:
        """What the model says to this data under this instruction, at most about so many characters.

        Raises NoAnswer, which names neither the address nor what was said: the one may hold a key, the other is a
        stranger's.
        """
        asked = {
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": data}],
            "temperature": 0,
            "max_tokens": characters + _SPARE_TOKENS,
            "stream": False,
        }
        body = await self._post(asked | ({"model": self._model} if self._model else {}))
        return _said(body)

    async def _post(self, asked: dict[str, Any]) -> bytes:
        try:
            # A redirect could take key and article to somebody else.
            async with self._session.post(self._url, json=asked, allow_redirects=False) as response:
                if response.status != 200:
                    raise NoAnswer(f"status {response.status}", retry_after=_seconds(response.headers))
                return await _read(response.content)
        except TimeoutError:
            raise NoAnswer("too slow") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NoAnswer(type(error).__name__) from None


@asynccontextmanager
async def open_endpoint(
    url: str, *, key: str | None, model: str | None, user_agent: str, seconds: float = SECONDS
) -> AsyncIterator[Endpoint]:
    """The endpoint at this address (with or without /chat/completions), asked with this key; each request may take so
    many seconds."""
    headers = {"User-Agent": user_agent} | ({"Authorization": f"Bearer {key}"} if key else {})
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield Endpoint(session, url, model)


async def _read(content: aiohttp.StreamReader) -> bytes:
    body = bytearray()
    async for chunk in content.iter_any():
        body += chunk
        if len(body) > LONGEST_ANSWER:
            raise NoAnswer("too large")
    return bytes(body)


def _said(body: bytes) -> str:
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NoAnswer("not understood") from None
    if not isinstance(said, str):
        raise NoAnswer("not understood")
    return said


def _seconds(headers: Any) -> float | None:
    told = headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() and len(told) < 8 else None
