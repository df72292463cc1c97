"""What nobody on the internet can do to us, each attempt a test: the real poll over HTTP, against the newsroom.

After each the other feeds are served as ever, the trouble is written down in the words of ours, and nothing is half
saved.
"""

import gzip
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from news.address import host_of
from news.errors import BadAddress, Problem, RefusedAddress
from news.fetch import Fetcher, open_fetcher
from news.hosts import Hosts
from sandbox.newsroom import Outlet
from tests.news.internet import Names, internet
from tests.news.world import SHORT, World, world

PRIVATE = "http://169.254.169.254/latest/meta-data/"


def guarded(url: str) -> AbstractAsyncContextManager[Fetcher]:
    """A fetcher as the service opens it, to which the newsroom is the open internet."""
    names = Names(
        press=[[host_of(url).split(":")[0]]],
        rebinds=[["127.0.0.1"], ["10.0.0.1"]],
        inside=[["10.0.0.1"]],
        metadata=[["169.254.169.254"]],
    )
    return open_fetcher(user_agent="test", hosts=Hosts(pause=0), limits=SHORT, connector=internet(url, names))


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[World]:
    """A world whose private addresses are out of reach, but for the newsroom's."""
    async with world(tmp_path, guarded) as made:
        yield made


@pytest.fixture
async def villain(here: World) -> Outlet:
    """An outlet whose feed is followed, beside a decent one."""
    await here.follow(here.feed_url("bereg"))
    await here.follow(here.feed_url("harbour"))
    return here.newsroom.outlet("bereg")


async def one_round(here: World) -> Problem | None:
    """What is told of the villain's feed after a round in which nothing was saved but the decent outlet's news."""
    before = await here.feed("bereg")
    kept = here.rows_of(before)
    here.newsroom.publish("harbour", title="Decent news")
    await here.poll()
    assert await here.owed() == ["Decent news"]
    told = await here.feed("bereg")
    assert here.rows_of(before) == kept
    assert told.validators == before.validators
    assert told.next_check_at > here.clock()
    return told.problem


async def refused(here: World, text: str) -> None:
    """Nobody is let follow this, and it leaves no trace."""
    chat = await here.chat()
    rows = here.rows()
    with pytest.raises((RefusedAddress, BadAddress)):
        await here.follow(text, chat)
    assert here.rows() == rows


async def saved(here: World, body: bytes, content_type: str = "application/rss+xml") -> list[str]:
    """The titles that a first contact with this body saves, newest first, beside a decent outlet."""
    here.newsroom.outlet("bereg").serves(body, content_type)
    followed = await here.follow(here.feed_url("bereg"))
    await here.follow(here.feed_url("harbour"))
    here.newsroom.publish_next("harbour")
    assert await here.poll() == 1
    assert (await here.feed("bereg")).problem is None
    return [article.title for article in await here.store.articles.latest(followed.feed.id, 1000)]


def rss(items: str, before: str = "") -> bytes:
    return f"{before}<rss version='2.0'><channel><title>Outlet</title>{items}</channel></rss>".encode()


# Addresses


# fmt: off
PRIVATE_HOSTS = (
    "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1",
    "192.168.1.1", "100.64.0.1", "169.254.169.254", "[::1]", "[::]", "[fe80::1]", "[fd00:ec2::254]",
    "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::10.0.0.1]", "[2002:7f00:1::]", "localhost",
    "inside.example", "metadata.example", "１２７.0.0.1",
)
# fmt: on


async def test_a_private_address_is_refused_however_it_is_spelt(outside: World) -> None:
    for host in PRIVATE_HOSTS:
        await refused(outside, f"http://{host}:8000/feed.xml")


@pytest.mark.parametrize("host", ["press.example", "127.0.0.1"])
async def test_what_passes_for_public_is_followed(outside: World, host: str) -> None:
    followed = await outside.follow(outside.feed_url("bereg").replace("127.0.0.1", host))
    assert len(followed.latest) == 3


@pytest.mark.parametrize("target", [PRIVATE, "http://inside.example/", "http://127.1:8000/", "http://[::1]/"])
async def test_a_redirect_into_a_private_network_is_refused(outside: World, target: str) -> None:
    for slug in ("bereg", "harbour"):
        await outside.follow(outside.feed_url(slug))
    outside.newsroom.outlet("bereg").moved_to(target)
    assert await one_round(outside) is Problem.REFUSED_ADDRESS


async def test_a_name_that_is_bound_anew_to_a_private_address_is_refused(outside: World) -> None:
    url = outside.feed_url("bereg").replace("127.0.0.1", "rebinds.example")
    assert len((await outside.follow(url)).latest) == 3
    await outside.follow(outside.feed_url("harbour"))
    outside.newsroom.publish_next("bereg")
    outside.newsroom.publish_next("harbour")
    assert await outside.poll() == 1
    feed = await outside.store.feeds.find(url)
    assert feed is not None
    assert feed.problem is Problem.REFUSED_ADDRESS


async def test_an_article_that_links_into_a_private_network_is_saved_without_its_page(outside: World) -> None:
    await outside.follow(outside.feed_url("misto"))
    outside.newsroom.publish("misto", title="Хто тут?", link=PRIVATE)
    assert await outside.poll() == 1
    assert await outside.owed() == ["Хто тут?"]


async def test_only_http_and_https_are_followed(here: World) -> None:
    for scheme in ("file:///etc", "ftp://", "gopher://", "data:text/xml,", "javascript:", "unix:/run/", "http:/", "//"):
        await refused(here, f"{scheme}outlet.example/rss")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://outlet.example/", "data:,x", "http://u:p@x.example/"])
async def test_a_redirect_to_anything_but_http_is_refused(here: World, villain: Outlet, target: str) -> None:
    villain.moved_to(target)
    assert await one_round(here) is Problem.REFUSED_ADDRESS


async def test_a_port_of_another_protocol_is_refused(here: World) -> None:
    for port in (0, 22, 25, 53, 110, 143, 465, 587, 6000, 6667, 10080):
        await refused(here, f"http://127.0.0.1:{port}/feed.xml")


async def test_a_redirect_to_a_port_of_another_protocol_is_refused(here: World, villain: Outlet) -> None:
    villain.moved_to("http://127.0.0.1:25/")
    assert await one_round(here) is Problem.REFUSED_ADDRESS


# The way


async def test_a_circle_of_redirects_is_left(here: World, villain: Outlet) -> None:
    villain.circles()
    assert await one_round(here) is Problem.TOO_MANY_REDIRECTS


async def test_five_redirects_are_followed(here: World, villain: Outlet) -> None:
    villain.leads_on(5)
    here.newsroom.publish_next(villain)
    assert await here.poll() == 1


async def test_six_redirects_are_not(here: World, villain: Outlet) -> None:
    villain.leads_on(6)
    assert await one_round(here) is Problem.TOO_MANY_REDIRECTS


async def test_a_server_that_hangs_is_left_in_time(here: World, villain: Outlet) -> None:
    villain.hangs()
    assert await one_round(here) is Problem.TOO_SLOW


async def test_a_server_that_drips_is_left_in_time(here: World, villain: Outlet) -> None:
    villain.drips(seconds=0.05)
    assert await one_round(here) is Problem.TOO_SLOW


async def test_an_article_page_that_hangs_holds_up_no_push(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    elsewhere = here.newsroom.publish("bereg", title="Сторінка, що мовчить")
    here.newsroom.outlet("bereg").hangs(everywhere=True)
    here.newsroom.publish("misto", title="Без сторінки", link=elsewhere.address(here.url))
    assert await here.poll() == 1


# Heads


@pytest.mark.parametrize("size", [20_000, 10_000_000])
async def test_a_giant_header_is_not_taken(here: World, villain: Outlet, size: int) -> None:
    villain.swells(size)
    assert await one_round(here) is Problem.UNREACHABLE


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x16\x03\x01\x00\x02\x02\x28",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 2 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\x00\xff\x00: \x01\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nno colon at all\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 5\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
    ],
)
async def test_what_is_no_head_is_no_answer(here: World, villain: Outlet, raw: bytes) -> None:
    villain.babbles(raw)
    assert await one_round(here) is Problem.UNREACHABLE


@pytest.mark.parametrize(
    "name", [b"ETag", b"Last-Modified", b"Cache-Control", b"Content-Type", b"Content-Encoding", b"X-Other"]
)
async def test_garbage_in_a_header_does_no_harm(here: World, villain: Outlet, name: bytes) -> None:
    garbage = b"max-age=\xff\xfe, \xe2\x80\xae; charset=\\\"'--' OR 1=1"
    body = rss("<item><title>One</title><guid>1</guid></item>")
    head = b"HTTP/1.1 200 OK\r\n%s: %s\r\nContent-Length: %d\r\n\r\n" % (name, garbage, len(body))
    villain.babbles(head + body)
    assert [await here.poll() for _ in range(3)] == [1, 0, 0]
    assert (await here.feed("bereg")).problem is None


# Bodies


async def test_a_body_over_ten_megabytes_is_given_up(here: World, villain: Outlet) -> None:
    villain.floods(megabytes=11)
    assert await one_round(here) is Problem.TOO_LARGE


async def test_a_flood_without_end_is_given_up(here: World, villain: Outlet) -> None:
    villain.floods()
    assert await one_round(here) is Problem.TOO_LARGE


@pytest.mark.parametrize("megabytes", [5, 100])
async def test_a_gzip_bomb_is_given_up(here: World, villain: Outlet, megabytes: int) -> None:
    villain.bombs(megabytes)
    assert await one_round(here) is Problem.TOO_LARGE


async def test_a_gzipped_body_that_breaks_off_is_no_body(here: World, villain: Outlet) -> None:
    here.newsroom.publish_next(villain)
    villain.breaks_off()
    assert await one_round(here) is Problem.UNREACHABLE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "nonsense"])
async def test_a_plain_body_that_says_it_is_packed_is_read_all_the_same(
    here: World, villain: Outlet, coding: str
) -> None:
    villain.mislabels(coding)
    here.newsroom.publish_next(villain)
    assert await here.poll() == 1


async def test_a_packed_body_that_does_not_say_so_is_no_feed(here: World, villain: Outlet) -> None:
    villain.serves(gzip.compress(rss("<item><title>Packed</title></item>")))
    assert await one_round(here) is Problem.NOT_A_FEED


@pytest.mark.parametrize("body", [b"", b"\0" * 100_000, b"\xff\xfe" * 1000, b"<" * 100_000, b"{" * 100_000, b"GIF89a"])
async def test_a_body_that_is_no_feed_is_told(here: World, villain: Outlet, body: bytes) -> None:
    villain.serves(body)
    assert await one_round(here) is Problem.NOT_A_FEED


# Feeds


async def test_a_billion_laughs_are_not_laughed(here: World, villain: Outlet) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    villain.serves(rss("", f'<!DOCTYPE rss [<!ENTITY l0 "laugh">{laughs}]>').replace(b"Outlet", b"&l11;"))
    await here.poll()
    assert "laughlaugh" not in here.everything()
    assert (await here.feed("harbour")).problem is None


async def test_entities_are_fetched_from_nowhere(here: World) -> None:
    doctype = (
        f'<!DOCTYPE rss SYSTEM "{here.url}/news/surma/" [<!ENTITY f SYSTEM "file:///etc/passwd">'
        f'<!ENTITY u SYSTEM "{here.url}/news/likhtar/"><!ENTITY % p SYSTEM "{here.url}/news/surma/"> %p;]>'
    )
    await saved(here, rss("<item><title>Give &f; and &u;</title><guid>1</guid></item>", doctype))
    assert "root:" not in here.everything()
    assert not {"/news/surma/", "/news/likhtar/"} & {visit.path for visit in here.newsroom.visits}


ATTACKS = (
    "<script>alert(1)</script>",
    "<img src='x' onerror='alert(1)'>",
    "<a href='javascript:alert(1)'>here</a>",
    "<svg onload=alert(1)><iframe src='data:text/html,alert(1)'></iframe>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
)


@pytest.mark.parametrize("attack", ATTACKS)
async def test_what_is_stored_holds_no_script(here: World, attack: str) -> None:
    inside = f"<![CDATA[{attack} words of the article]]>"
    item = f"<title>{inside}</title><description>{inside}</description><guid>1</guid><link>{here.url}/1</link>"
    assert len(await saved(here, rss(f"<item>{item}</item>"))) == 1
    stored = here.everything()
    assert "words of the article" in stored
    for trace in ("alert(", "onerror", "onload", "javascript:", "<iframe", "<svg", "<style", "data:text"):
        assert trace not in stored


async def test_a_script_that_is_only_spoken_of_stays_words(here: World) -> None:
    item = "<title>What &amp;lt;script&amp;gt; does</title><guid>1</guid>"
    assert await saved(here, rss(f"<item>{item}</item>")) == ["What <script> does"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://x:25/"])
async def test_a_link_that_leads_nowhere_decent_is_left_out(here: World, link: str) -> None:
    item = f"<title>One</title><guid isPermaLink='false'>1</guid><link>{link}</link>"
    assert await saved(here, rss(f"<item>{item}<enclosure url='{link}' type='image/png'/></item>")) == ["One"]
    assert link not in here.everything()


async def test_control_characters_are_left_out(here: World) -> None:
    title = "Ne\x00w\x01s \x1b[31mof\x7f \u202eyad\u202c\u2066 eht"
    titles = await saved(here, rss(f"<item><title>{title}</title><guid>1</guid></item>"))
    assert len(titles) == 1
    assert titles[0].isprintable()


async def test_of_a_million_items_no_more_than_an_archive_is_kept(here: World) -> None:
    items = "".join(f"<item><guid>{number}</guid><title>One</title></item>" for number in range(200_000))
    assert len(await saved(here, rss(items))) == 500


async def test_a_million_empty_items_are_nothing_to_save(here: World, villain: Outlet) -> None:
    villain.serves(rss("<item/>" * 1_000_000))
    rows = here.rows()
    await here.poll()
    assert here.rows() == rows
    assert (await here.feed("harbour")).problem is None
    assert (await here.feed("bereg")).problem in (None, Problem.TOO_LARGE, Problem.TOO_SLOW)


@pytest.mark.parametrize("element", ["<a>", "<item>"])
async def test_depths_of_elements_are_survived(here: World, villain: Outlet, element: str) -> None:
    villain.serves(rss(f"<item><title>Deep</title><description>{element * 100_000}"))
    await here.poll()
    assert (await here.feed("harbour")).problem is None
    assert (await here.feed("bereg")).problem in (None, Problem.TOO_LARGE, Problem.TOO_SLOW, Problem.NOT_A_FEED)


async def test_depths_of_json_are_no_feed(here: World, villain: Outlet) -> None:
    villain.serves(b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 1_000_000, "application/feed+json")
    assert await one_round(here) is Problem.NOT_A_FEED
