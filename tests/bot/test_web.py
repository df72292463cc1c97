"""Where the health endpoint listens, and how `visnyk healthcheck` finds it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.web import health_endpoint, health_url
from tests.bot.world import Process


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "[::1]"),
        ("0:0:0:0:0:0:0:0", "[::1]"),
        ("::1", "[::1]"),
        ("2001:db8::7", "[2001:db8::7]"),
        ("fe80::1%eth0", "[fe80::1%25eth0]"),
        ("10.0.0.0", "10.0.0.0"),
        ("localhost", "localhost"),
    ],
)
def test_whatever_it_listens_on_has_an_address_to_ask_at(host: str, reached: str) -> None:
    assert health_url(host, 8080) == f"http://{reached}:8080/health"


@asynccontextmanager
async def endpoint(host: str, *, well: bool = True) -> AsyncIterator[int]:
    async def report() -> dict[str, object]:
        return {"ok": well}

    async with health_endpoint(host, 0, report) as port:
        yield port


@pytest.fixture
async def checked(process: Process) -> Process:
    """A process that knows nothing but what it is told: no token, and a proxy that nothing may go through."""
    process.environment = {"http_proxy": "http://127.0.0.1:1"}
    return process


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::1", "::"])
async def test_a_healthcheck_reads_where_to_ask_from_the_file_and_needs_no_token(checked: Process, host: str) -> None:
    async with endpoint(host) as port:
        (checked.folder / ".env").write_text(f"HTTP_HOST={host}\nHTTP_PORT={port}\nADMIN_IDS=bob\n")
        assert await checked.run("healthcheck") == (0, '{"ok": true}\n')


async def test_for_a_healthcheck_too_the_environment_goes_before_the_file(checked: Process) -> None:
    async with endpoint("127.0.0.1", well=False) as port:
        (checked.folder / ".env").write_text("HTTP_HOST=203.0.113.1\nHTTP_PORT=1\n")
        checked.environment |= {"HTTP_HOST": "127.0.0.1", "HTTP_PORT": str(port)}
        status, printed = await checked.run("healthcheck")
    assert status == 1
    assert "503" in printed


@pytest.mark.parametrize(("host", "status"), [("two..dots", 1), ("[", 1), ("127.0.0.1", 1)])
async def test_a_healthcheck_of_nobody_is_a_sentence(checked: Process, host: str, status: int) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    checked.environment |= {"HTTP_HOST": host, "HTTP_PORT": str(server.sockets[0].getsockname()[1])}
    server.close()
    await server.wait_closed()
    assert (await checked.run("healthcheck"))[0] == status


async def test_a_healthcheck_with_a_wrong_port_names_it(checked: Process) -> None:
    checked.environment["HTTP_PORT"] = "99999"
    status, printed = await checked.run("healthcheck")
    assert status == 2
    assert printed.startswith("visnyk: HTTP_PORT: ")
