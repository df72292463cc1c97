import re

from tests.sandbox.newsroom.reader import Reader


async def test_a_channel_shows_what_the_outlet_published_oldest_first(reader: Reader) -> None:
    _, headers, page = await reader.get("/s/Bereg")
    posts = re.findall(r'data-post="bereg/(\d+)".*?js-message_text" dir="auto">(?:<b>)?(.*?)<', page, re.DOTALL)
    titles = [article.title for article in reversed(reader.newsroom.outlet("bereg").newest)]
    assert posts == [("1", "Channel created"), *((str(number), title) for number, title in enumerate(titles, 2))]
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "service_message" in page
    assert f"background-image:url('{reader.url}/news/bereg/0005.jpg')" in page


async def test_an_edited_post_says_so_and_titles_are_escaped(reader: Reader) -> None:
    article = reader.newsroom.publish("bereg", title="Трамвай <сьомий>", lead="О шостій.")
    assert "edited" not in (await reader.get("/s/bereg"))[2]
    reader.newsroom.correct(article, lead="О сьомій.")
    _, _, page = await reader.get("/s/bereg")
    assert "<b>Трамвай &lt;сьомий&gt;</b><br/><br/>О сьомій.<br/><br/><a " in page
    assert page.count("edited") == 1


async def test_without_a_preview_telegram_sends_to_the_name_alone(reader: Reader) -> None:
    for name in ("surma", "nobody"):
        async with reader.session.get(f"/s/{name}") as response:
            assert [one.status for one in response.history] == [302]
            assert (response.status, response.url.path) == (200, f"/{name}")
            assert 'class="tgme_page"' in await response.text()


async def test_a_post_leads_to_its_article(reader: Reader) -> None:
    article = reader.newsroom.publish("bereg", title="Трамвай")
    async with reader.session.get("/bereg/7", allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (302, article.path)
    assert (await reader.get("/bereg/99"))[0] == 404
