import asyncio
import gzip
from datetime import timedelta
from xml.etree import ElementTree

import aiohttp
import pytest

from sandbox.newsroom import Newsroom, serve
from tests.sandbox.newsroom.reader import Reader

ATOM = "{http://www.w3.org/2005/Atom}"


async def test_a_feed_begins_with_the_newest_of_the_backlog(reader: Reader) -> None:
    _, headers, text = await reader.get("/news/bereg/feed.xml")
    items = ElementTree.fromstring(text).findall("./channel/item")
    assert headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert [item.findtext("title") for item in items] == [
        article.title for article in reader.newsroom.outlet("bereg").newest
    ]
    assert len(items) == 5
    assert all(item.findtext("description") for item in items)


async def test_every_outlet_has_a_home_page_that_names_its_feed(reader: Reader) -> None:
    for outlet in reader.newsroom.outlets:
        _, _, page = await reader.get(outlet.profile.home_path)
        assert f'<html lang="{outlet.profile.language}">' in page
        assert ('<link rel="alternate" type="application/' in page) == outlet.profile.feed_in_head
        assert page.count(outlet.profile.feed_path) == outlet.profile.feed_button + outlet.profile.feed_in_head > 0


async def test_the_second_paper_is_atom_with_empty_summaries_and_tells_all_on_its_pages(
    reader: Reader,
) -> None:
    article = reader.newsroom.publish("misto", title="Назва <нова>", lead="Перше речення.", body="Друге речення.")
    _, _, text = await reader.get("/news/misto/feed.xml")
    entry = ElementTree.fromstring(text).findall(f"{ATOM}entry")[0]
    assert entry.findtext(f"{ATOM}title") == "Назва <нова>"
    assert entry.findtext(f"{ATOM}summary") == ""
    _, _, page = await reader.get(article.path)
    assert page.count("Перше речення.") == 5, "metadata, lead and body repeat it, as sites do"
    assert "<p>Друге речення.</p>" in page
    assert "<нова>" not in page


async def test_an_article_page_has_the_usual_clutter_around_its_text(reader: Reader) -> None:
    _, _, page = await reader.get(reader.newsroom.outlet("bereg").newest[0].path)
    for clutter in (
        "Facebook",
        "Telegram",
        "Twitter",
        "Читайте також",
        "Контакти",
        "cookie",
        "ld+json",
        "og:title",
    ):
        assert clutter in page


async def test_every_link_of_a_feed_opens(reader: Reader) -> None:
    _, _, text = await reader.get("/news/harbour/feed.xml")
    for item in ElementTree.fromstring(text).findall("./channel/item"):
        link = item.findtext("link") or ""
        assert "utm_source" in link
        async with reader.session.get(link) as page:
            assert page.status == 200


async def test_tracking_parameters_change_with_every_new_article(reader: Reader) -> None:
    _, _, before = await reader.get("/news/harbour/feed.xml")
    oldest = ElementTree.fromstring(before).findall("./channel/item/link")[-1].text
    reader.newsroom.publish_next("harbour")
    _, _, after = await reader.get("/news/harbour/feed.xml")
    assert oldest not in [link.text for link in ElementTree.fromstring(after).findall("./channel/item/link")]


@pytest.mark.parametrize(("given", "sent"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")])
async def test_an_unchanged_feed_is_304_until_something_is_published(reader: Reader, given: str, sent: str) -> None:
    outlet = reader.newsroom.outlet("bereg")
    _, headers, _ = await reader.get("/news/bereg/feed.xml")
    conditional = {sent: headers[given]}
    assert (await reader.get("/news/bereg/feed.xml", headers=conditional))[0] == 304
    assert (outlet.requests, outlet.not_modified) == (2, 1)
    reader.newsroom.publish_next("bereg")
    outlet.changed += timedelta(seconds=1)
    assert (await reader.get("/news/bereg/feed.xml", headers=conditional))[0] == 200


async def test_a_strange_date_is_no_reason_to_answer_304(reader: Reader) -> None:
    headers = {"If-Modified-Since": "the day before yesterday"}
    assert (await reader.get("/news/bereg/feed.xml", headers=headers))[0] == 200


async def test_a_correction_keeps_guid_and_date(reader: Reader) -> None:
    article = reader.newsroom.publish("bereg", title="Помилкка", guid="one")
    reader.newsroom.correct(article, title="Помилка")
    _, _, text = await reader.get("/news/bereg/feed.xml")
    item = ElementTree.fromstring(text).findall("./channel/item")[0]
    assert (item.findtext("title"), item.findtext("guid")) == ("Помилка", "one")
    assert reader.newsroom.outlet("bereg").published == 6


async def test_a_feed_comes_compressed_to_those_who_accept_it(reader: Reader) -> None:
    async with reader.session.get("/news/bereg/feed.xml", headers={"Accept-Encoding": "gzip"}) as response:
        assert response.headers["Content-Encoding"] == "gzip"
    async with reader.session.get("/news/bereg/feed.xml", headers={"Accept-Encoding": "identity"}) as response:
        assert "Content-Encoding" not in response.headers
        assert len(gzip.compress(await response.read())) > 0


async def test_an_outlet_fails_as_often_as_it_was_told(reader: Reader) -> None:
    reader.newsroom.outlet("bereg").fails_with(503, times=2, retry_after=30)
    status, headers, _ = await reader.get("/news/bereg/feed.xml")
    assert (status, headers["Retry-After"]) == (503, "30")
    assert (await reader.get("/news/bereg/"))[0] == 200, "only the feed fails"
    assert (await reader.get("/news/bereg/feed.xml"))[0] == 503
    assert (await reader.get("/news/bereg/feed.xml"))[0] == 200


async def test_an_outlet_can_be_down_everywhere(reader: Reader) -> None:
    reader.newsroom.outlet("bereg").fails_with(502, everywhere=True)
    assert (await reader.get("/news/bereg/"))[0] == 502


async def test_an_outlet_is_gone_moved_or_garbage(reader: Reader) -> None:
    outlet = reader.newsroom.outlet("bereg")
    outlet.gone()
    assert (await reader.get("/news/bereg/feed.xml"))[0] == 410
    outlet.moved_to("/news/misto/feed.xml", status=308)
    status, headers, _ = await reader.get("/news/bereg/feed.xml", allow_redirects=False)
    assert (status, headers["Location"]) == (308, "/news/misto/feed.xml")
    outlet.serves(b"garbage", "text/plain")
    assert (await reader.get("/news/bereg/feed.xml"))[2] == "garbage"
    outlet.recovers()
    assert "<rss" in (await reader.get("/news/bereg/feed.xml"))[2]


async def test_a_hanging_outlet_cuts_the_line_when_it_recovers(reader: Reader) -> None:
    outlet = reader.newsroom.outlet("bereg")
    outlet.hangs()
    hanging = asyncio.create_task(reader.get("/news/bereg/feed.xml"))
    async with asyncio.timeout(5):
        await reader.newsroom.requested("bereg", 1)
        outlet.recovers()
        # This client asks once more over a new connection, as HTTP allows it to.
        assert (await hanging)[0] == 200
    assert outlet.requests == 2


async def test_a_server_stops_although_an_outlet_hangs() -> None:
    newsroom = Newsroom()
    async with asyncio.timeout(5), aiohttp.ClientSession() as session:
        async with serve(newsroom) as server:
            newsroom.outlet("bereg").hangs()
            hanging = asyncio.create_task(session.get(f"{server.url}/news/bereg/feed.xml"))
            await newsroom.requested("bereg", 1)
        with pytest.raises(aiohttp.ClientError):
            await hanging


async def test_what_does_not_exist_is_404(reader: Reader) -> None:
    for path in ("/news/nobody/", "/news/nobody/feed.xml", "/news/bereg/9999.html"):
        assert (await reader.get(path))[0] == 404


async def test_there_is_a_robots_txt_once_it_is_written(reader: Reader) -> None:
    assert (await reader.get("/robots.txt"))[0] == 404
    reader.newsroom.robots = "User-agent: *\nDisallow: /"
    assert (await reader.get("/robots.txt"))[2] == reader.newsroom.robots
    reader.newsroom.robots = 503
    assert (await reader.get("/robots.txt"))[0] == 503


async def test_visits_are_noted_with_their_headers_and_company(reader: Reader) -> None:
    outlet = reader.newsroom.outlet("bereg")
    outlet.hangs()
    waiting = [asyncio.create_task(reader.get(f"{outlet.profile.feed_path}?{number}")) for number in range(2)]
    await reader.newsroom.requested("bereg", 2)
    outlet.recovers()
    await asyncio.gather(*waiting, return_exceptions=True)
    await reader.get("/news/bereg/", headers={"User-Agent": "a reader"})
    assert sorted(visit.company for visit in list(reader.newsroom.visits)[:2]) == [1, 2]
    assert reader.newsroom.visits[-1].path == "/news/bereg/"
    assert reader.newsroom.visits[-1].headers["User-Agent"] == "a reader"
