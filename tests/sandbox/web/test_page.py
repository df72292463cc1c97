from collections.abc import AsyncIterator
from importlib.resources import files

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.web import routes


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    application = web.Application()
    application.add_routes(routes())
    async with TestServer(application) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        yield session


async def test_every_file_of_the_page_is_served_with_its_kind(browser: aiohttp.ClientSession) -> None:
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    for file in files("sandbox.web").iterdir():
        ending = file.name.rsplit(".")[-1]
        if ending in kinds:
            async with browser.get(f"/web/{file.name}") as response:
                assert response.headers["Content-Type"] == f"{kinds[ending]}; charset=utf-8"


async def test_the_page_lets_no_foreign_script_in(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/") as response:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'; img-src * data:")
        assert "//" not in (await response.text()).replace("<!DOCTYPE html>", "")


@pytest.mark.parametrize("name", ["page.py", "__init__.py", "..%2Fbox.py", "nothing.js"])
async def test_nothing_else_is_served(browser: aiohttp.ClientSession, name: str) -> None:
    async with browser.get(f"/web/{name}") as response:
        assert response.status == 404


def test_no_script_writes_markup() -> None:
    for file in files("sandbox.web").iterdir():
        if file.name.endswith(".js"):
            script = file.read_text(encoding="utf-8")
            assert not [word for word in ("innerHTML", "outerHTML", "insertAdjacentHTML") if word in script]
