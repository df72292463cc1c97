import json
import re
from io import BytesIO

import pytest
from PIL import Image

from news.extract import extract_article
from sandbox.newsroom import OUTLETS, Profile
from sandbox.newsroom.picture import HEIGHT, WIDTH, picture
from sandbox.newsroom.scenes import SCENES
from sandbox.newsroom.stories import events
from tests.sandbox.newsroom.reader import Reader


@pytest.mark.parametrize("topic", [*SCENES, "", "anything else"])
def test_a_picture_is_drawn_for_any_topic(topic: str) -> None:
    image = Image.open(BytesIO(picture(topic, "bereg/0001")))
    assert (image.format, image.size) == ("JPEG", (WIDTH, HEIGHT))
    assert len(image.resize((40, 22)).convert("RGB").getcolors(1000) or ()) > 20, "more than a plain sheet"


def test_the_same_article_has_the_same_picture_and_another_another() -> None:
    first = picture("harbour", "bereg/0001")
    picture.cache_clear()
    assert picture("harbour", "bereg/0001") == first
    assert picture("harbour", "bereg/0002") != first != picture("harbour", "misto/0001")


def test_every_event_has_a_scene() -> None:
    assert {event.topic for event in events()} <= SCENES.keys()


async def test_an_article_has_its_picture_wherever_pages_give_one(reader: Reader) -> None:
    article = reader.newsroom.outlet("harbour").newest[0]
    async with reader.session.get(article.picture_path) as response:
        assert (response.status, response.content_type) == (200, "image/jpeg")
        assert Image.open(BytesIO(await response.read())).size == (WIDTH, HEIGHT)
    address = reader.url + article.picture_path
    _, _, page = await reader.get(article.path)
    assert f'<meta property="og:image" content="{address}">' in page
    assert f'<meta property="og:image:width" content="{WIDTH}">' in page
    assert f'<img src="{address}"' in page
    [linked_data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(linked_data)["image"]["url"] == address
    assert extract_article(page, url=reader.url + article.path).image == address


@pytest.mark.parametrize("profile", OUTLETS, ids=lambda profile: profile.slug)
async def test_all_outlets_but_one_have_pictures(reader: Reader, profile: Profile) -> None:
    article = reader.newsroom.outlet(profile.slug).newest[0]
    async with reader.session.get(article.picture_path) as response:
        assert response.status == (404 if profile.slug == "surma" else 200)
    _, _, page = await reader.get(article.path)
    assert ("og:image" in page) == ("<img" in page) == (profile.slug != "surma")


async def test_what_was_never_published_has_no_picture(reader: Reader) -> None:
    assert (await reader.get("/news/bereg/9999.jpg"))[0] == 404
