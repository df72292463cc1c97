import ssl
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from news.errors import BadAddress, Denied, FeedError, NoWayOut, RefusedAddress, ServerTrouble, UnknownHost, Unreachable
from news.fetch import Fetched, Fetcher, Limits, open_fetcher
from news.hosts import Hosts
from news.way import LookUp, Way, addresses_of, read_proxy
from tests.news.proxy import Proxy, proxy_to
from tests.news.publisher import Handler, Publisher, publisher

# A public address, where no test ever goes: the proxy leads elsewhere.
PUBLIC = "93.184.215.14"
LIMITS = Limits(seconds=5, page_seconds=5)


@pytest.mark.parametrize(
    "text",
    [
        "http://proxy.example:3128",
        " http://proxy.example:3128/ ",
        "http://10.0.0.1:8080",
        "http://[::1]:8080",
        "http://name:p%40ss@proxy:3128",
        "http://name:@proxy:3128",
    ],
)
def test_a_proxy_has_a_name_and_a_port(text: str) -> None:
    assert read_proxy(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "proxy.example:3128",
        "http://proxy.example",
        "https://proxy.example:3128",
        "socks5://proxy.example:1080",
        "http://proxy.example:0",
        "http://proxy.example:65536",
        "http://proxy.example:3128/path",
        "http://name@proxy:3128",
        "http://name:p@ss@proxy:3128",
        "http://na%3Ame:pass@proxy:3128",
        "http://name:%E4%BD%A0@proxy:3128%E4",
        "http://name:пароль@proxy:3128",
        "http://name:%ff@proxy:3128",
        "http://two words:3128",
    ],
)
def test_anything_else_is_no_proxy_and_not_repeated(text: str) -> None:
    with pytest.raises(BadAddress) as caught:
        read_proxy(text)
    assert not text or text not in str(caught.value)


def test_a_way_does_not_show_its_password() -> None:
    assert "secret" not in repr(Way("http://name:secret@proxy:3128"))


async def test_every_spelling_of_an_address_leads_to_it() -> None:
    for host in ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost"):
        assert "127.0.0.1" in await addresses_of(host)


async def here(request: web.Request) -> web.Response:
    return web.Response(text=f"{request.host} {sorted(request.headers.keys() & {'Proxy-Authorization'})}")


@asynccontextmanager
async def behind_proxy(
    handler: Handler = here, *, login: str | None = None, refusal: int | None = None, look_up: LookUp = addresses_of
) -> AsyncIterator[tuple[Publisher, Proxy, Fetcher]]:
    """A publisher, a proxy that leads to it, and a guarded fetcher behind the proxy."""
    async with (
        publisher(handler) as server,
        proxy_to(server.url, login=login, refusal=refusal) as proxy,
        open_fetcher(
            user_agent="t", proxy=read_proxy(proxy.url), hosts=Hosts(pause=0), limits=LIMITS, look_up=look_up
        ) as fetcher,
    ):
        yield server, proxy, fetcher


async def failure(fetcher: Fetcher, url: str) -> FeedError:
    with pytest.raises(FeedError) as caught:
        await fetcher.fetch_feed(url)
    return caught.value


async def test_a_feed_comes_through_the_proxy() -> None:
    async with behind_proxy() as (_, proxy, fetcher):
        fetched = await fetcher.fetch_feed(f"http://{PUBLIC}/rss?a=1")
    assert isinstance(fetched, Fetched)
    assert (fetched.url, fetched.body) == (f"http://{PUBLIC}/rss?a=1", f"{PUBLIC} []".encode())
    assert proxy.asked == [("GET", f"http://{PUBLIC}/rss?a=1")]


async def test_pages_and_their_robots_come_through_it_too() -> None:
    async with behind_proxy() as (_, proxy, fetcher):
        await fetcher.fetch_page(f"http://{PUBLIC}/1.html")
    assert [target for _, target in proxy.asked] == [f"http://{PUBLIC}/robots.txt", f"http://{PUBLIC}/1.html"]


async def test_the_proxy_is_told_name_and_password_and_the_publisher_is_not() -> None:
    async with behind_proxy(login="name:word") as (_, _proxy, fetcher):
        for _ in range(2):
            fetched = await fetcher.fetch_feed(f"http://{PUBLIC}/")
            assert isinstance(fetched, Fetched)
            assert fetched.body == f"{PUBLIC} []".encode()


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_wants_to_know_who_asks_is_no_fault_of_the_publishers(scheme: str) -> None:
    async with behind_proxy(refusal=407) as (_, _proxy, fetcher):
        assert type(await failure(fetcher, f"{scheme}://{PUBLIC}/")) is NoWayOut


@pytest.mark.parametrize(
    ("scheme", "status", "error"),
    [
        ("https", 502, Unreachable),
        ("https", 503, Unreachable),
        ("https", 504, Unreachable),
        ("https", 403, NoWayOut),
        ("https", 500, NoWayOut),
        ("http", 502, ServerTrouble),
        ("http", 403, Denied),
    ],
)
async def test_what_the_proxy_answers_is_an_error_of_ours(scheme: str, status: int, error: type[FeedError]) -> None:
    async with behind_proxy(refusal=status) as (server, proxy, fetcher):
        assert type(await failure(fetcher, f"{scheme}://{PUBLIC}/")) is error
    assert len(proxy.asked) == 1
    assert server.requests == []


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_is_down_is_no_fault_of_the_publishers(scheme: str) -> None:
    async with proxy_to("http://127.0.0.1:9") as proxy:
        pass
    async with open_fetcher(user_agent="t", proxy=proxy.url) as fetcher:
        assert type(await failure(fetcher, f"{scheme}://{PUBLIC}/")) is NoWayOut


async def test_a_proxy_whose_name_is_not_known_is_no_fault_of_the_publishers() -> None:
    async with open_fetcher(user_agent="t", proxy="http://nowhere.invalid:3128") as fetcher:
        assert type(await failure(fetcher, f"http://{PUBLIC}/")) is NoWayOut


async def test_a_tunnel_to_what_speaks_no_tls_is_no_connection() -> None:
    async with behind_proxy() as (_, proxy, fetcher):
        assert type(await failure(fetcher, f"https://{PUBLIC}/")) is Unreachable
    assert proxy.asked == [("CONNECT", f"{PUBLIC}:443")]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254"],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_private_target_is_refused_before_the_proxy_hears_of_it(scheme: str, host: str) -> None:
    async with behind_proxy() as (_, proxy, fetcher):
        assert type(await failure(fetcher, f"{scheme}://{host}/")) is RefusedAddress
    assert proxy.asked == []


async def test_a_redirect_to_a_private_target_is_refused() -> None:
    async def lead_astray(_: web.Request) -> web.Response:
        raise web.HTTPFound("http://10.0.0.1/")

    async with behind_proxy(lead_astray) as (_, proxy, fetcher):
        assert type(await failure(fetcher, f"http://{PUBLIC}/")) is RefusedAddress
    assert proxy.asked == [("GET", f"http://{PUBLIC}/")]


async def test_a_name_is_looked_up_anew_each_time() -> None:
    answers = [[PUBLIC], [PUBLIC, "10.0.0.1"]]

    async def look_up(_: str) -> Sequence[str]:
        return answers.pop(0)

    async with behind_proxy(look_up=look_up) as (_, proxy, fetcher):
        await fetcher.fetch_feed("http://outlet.example/")
        assert type(await failure(fetcher, "http://outlet.example/")) is RefusedAddress
    assert len(proxy.asked) == 1


async def test_a_name_is_looked_up_as_the_proxy_will_be_told_it() -> None:
    looked_up = []

    async def look_up(host: str) -> Sequence[str]:
        looked_up.append(host)
        return [PUBLIC]

    async with behind_proxy(look_up=look_up) as (_, proxy, fetcher):
        await fetcher.fetch_feed("http://вісник.example/")
    assert proxy.asked == [("GET", f"http://{looked_up[0]}/")]


async def test_a_name_that_cannot_exist_is_unknown_behind_a_proxy_too() -> None:
    async with behind_proxy() as (_, proxy, fetcher):
        assert type(await failure(fetcher, "http://nowhere.invalid/")) is UnknownHost
    assert proxy.asked == []


async def test_private_targets_may_be_allowed() -> None:
    async with (
        publisher(here) as server,
        proxy_to(server.url) as proxy,
        open_fetcher(user_agent="t", proxy=proxy.url, private_networks=True) as fetcher,
    ):
        await fetcher.fetch_feed("http://nowhere.invalid/")
    assert proxy.asked == [("GET", "http://nowhere.invalid/")]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of PUBLIC's server in one file, signed by itself."""
    made = tmp_path / "server.pem"
    kind = "-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=test"
    name = f"-addext subjectAltName=IP:{PUBLIC}"
    command = ["openssl", "req", *kind.split(), *name.split(), "-keyout", str(made)]
    try:
        signed = subprocess.run(command, check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no certificate can be made here: {error}")
    made.write_bytes(made.read_bytes() + signed)
    return made


async def test_a_tunnel_leads_to_a_publisher_with_tls(certificate: Path) -> None:
    server_side, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=certificate)
    server_side.load_cert_chain(certificate)
    async with (
        publisher(here, tls=server_side) as server,
        proxy_to(server.url, login="name:word") as proxy,
        open_fetcher(user_agent="t", proxy=proxy.url, connector=aiohttp.TCPConnector(ssl=ours)) as fetcher,
    ):
        fetched = await fetcher.fetch_feed(f"https://{PUBLIC}/rss")
    assert isinstance(fetched, Fetched)
    assert fetched.body == f"{PUBLIC} []".encode()
    assert proxy.asked == [("CONNECT", f"{PUBLIC}:443")]
