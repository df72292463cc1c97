"""What the outlets' feeds look like to the parser that will read them."""

import json
from xml.etree import ElementTree

import pytest

from news.discover import feed_links
from news.extract import extract_article
from news.parse import parse_feed
from sandbox.newsroom import OUTLETS, Profile
from tests.sandbox.newsroom.reader import Reader

each_outlet = pytest.mark.parametrize("profile", OUTLETS, ids=lambda profile: profile.slug)


@each_outlet
async def test_a_feed_is_found_from_the_home_page_and_read_to_the_last_word(reader: Reader, profile: Profile) -> None:
    outlet = reader.newsroom.outlet(profile.slug)
    page = await reader.bytes(profile.home_path)
    assert feed_links(page, url=reader.url + profile.home_path) == [reader.url + profile.feed_path]
    _, headers, _ = await reader.get(profile.feed_path)
    body = await reader.bytes(profile.feed_path)
    feed = parse_feed(body, url=reader.url + profile.feed_path, content_type=headers["Content-Type"])
    assert (feed.title, feed.link) == (profile.name, reader.url + profile.home_path)
    told = [(article.title, article.published.replace(microsecond=0)) for article in outlet.newest]
    assert [(entry.title, entry.published) for entry in feed.entries] == told
    assert [(entry.guid or "").rpartition("/")[2] for entry in feed.entries] == [one.guid for one in outlet.newest]
    pictures = {(entry.image or "").endswith(".jpg") for entry in feed.entries}
    assert pictures == {profile.pictures}


async def test_the_feed_of_the_evening_paper_is_named_by_its_home_page_alone(reader: Reader) -> None:
    profile = reader.newsroom.outlet("likhtar").profile
    _, _, home = await reader.get(profile.home_path)
    _, _, page = await reader.get(reader.newsroom.outlet("likhtar").newest[0].path)
    assert f'<a class="rss" href="{profile.feed_path}">' in home
    assert 'rel="alternate"' not in home + page
    assert profile.feed_path not in page


async def test_the_valleys_weekly_is_in_windows_1251_and_loses_no_character(reader: Reader) -> None:
    article = reader.newsroom.publish("surma", title="Ґанок і −7° ☃", lead="Сніг → сани", body="Кінець ≈ весна.")
    path = reader.newsroom.outlet("surma").profile.feed_path
    _, headers, _ = await reader.get(path)
    body = await reader.bytes(path)
    assert headers["Content-Type"] == "application/rss+xml; charset=windows-1251"
    assert body.startswith(b'<?xml version="1.0" encoding="windows-1251"?>')
    assert "Ґанок і &#8722;7° &#9731;".encode("cp1251") in body
    entry = parse_feed(body, url=reader.url + path, content_type=headers["Content-Type"]).entries[0]
    assert (entry.title, entry.description) == ("Ґанок і −7° ☃", "<p>Сніг → сани</p>")
    page = extract_article(await reader.bytes(article.path), url=reader.url + article.path)
    assert (page.title, page.lead, page.text) == ("Ґанок і −7° ☃", "Сніг → сани", "Кінець ≈ весна.")


async def test_the_json_feed_keeps_to_its_standard(reader: Reader) -> None:
    article = reader.newsroom.publish("tideline", title="Salt & <pepper>", lead="One & two.", body="<Three>")
    _, headers, text = await reader.get("/news/tideline/feed.json")
    feed = json.loads(text)
    assert headers["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == reader.url + "/news/tideline/feed.json"
    item = feed["items"][0]
    assert item["title"] == "Salt & <pepper>"
    assert item["content_html"] == "<p>One &amp; two.</p><p>&lt;Three&gt;</p>"
    assert item["image"] == reader.url + article.picture_path


async def test_pictures_are_given_as_each_format_has_them(reader: Reader) -> None:
    rss = ElementTree.fromstring(await reader.bytes("/news/bereg/feed.xml"))
    media = rss.find("./channel/item/{http://search.yahoo.com/mrss/}content")
    atom = ElementTree.fromstring(await reader.bytes("/news/misto/feed.xml"))
    link = atom.find("{*}entry/{*}link[@rel='enclosure']")
    assert media is not None
    assert link is not None
    assert media.get("url") == reader.url + reader.newsroom.outlet("bereg").newest[0].picture_path
    assert link.get("href") == reader.url + reader.newsroom.outlet("misto").newest[0].picture_path
    assert b"media:content" not in await reader.bytes("/news/surma/feed.xml")
