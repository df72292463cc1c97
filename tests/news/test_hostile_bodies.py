"""What no body can do to us, packed or plain, feed or none; what holds for every attempt stands in hostile.py."""

import gzip

import pytest

from news.errors import Problem
from sandbox.newsroom import Outlet
from tests.news.hostile import one_round, rss, saved
from tests.news.world import World

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
