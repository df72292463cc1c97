import asyncio
from datetime import timedelta
from functools import partial

from aiohttp import web

from news.errors import Problem
from news.notice import Event
from news.poll import poll_due_feeds
from news.search import find_newest
from tests.news.publisher import publisher
from tests.news.world import World


async def test_first_contact_pushes_nothing_and_news_is_pushed_once(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    assert await here.owed() == []
    here.clock.goes_on(days=1)
    here.newsroom.publish("bereg", title="Пором вийшов у море", lead="Перший рейс сезону відбувся сьогодні вранці.")
    assert await here.poll() == 1
    assert await here.owed() == ["Пором вийшов у море"]
    assert await here.poll() == 0


async def test_everybody_who_follows_is_owed_the_news(here: World) -> None:
    for _ in range(3):
        await here.follow(here.feed_url("bereg"))
    here.newsroom.publish_next("bereg")
    assert await here.poll() == 3


async def test_what_has_not_changed_is_not_sent_again_by_the_publisher(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    assert await here.poll() == 0
    assert here.newsroom.outlet("bereg").not_modified == 1


async def test_a_feed_is_asked_only_when_it_is_due(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    due_in = (followed.feed.next_check_at - here.clock()).total_seconds()
    await here.poll(seconds=due_in - 1)
    assert here.newsroom.outlet("bereg").requests == 1
    await here.poll(seconds=1)
    assert here.newsroom.outlet("bereg").requests == 2


async def test_what_a_feed_publishes_is_learnt(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    assert followed.feed.habits is not None
    here.clock.goes_on(minutes=90)
    here.newsroom.publish_next("bereg")
    published = here.clock()
    await here.poll(minutes=30)
    known = await here.store.feeds.find(followed.feed.url)
    assert known is not None
    assert known.habits is not None
    assert known.habits.at == published
    assert sum(known.habits.hours) > sum(followed.feed.habits.hours)


async def test_a_correction_is_saved_and_not_pushed(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    article = here.newsroom.outlet("bereg").articles[-1]
    here.newsroom.correct(article, title="Виправлений заголовок")
    assert await here.poll() == 0
    titles = [one.title for one in await here.store.articles.latest(followed.feed.id, 10)]
    assert len(titles) == 3
    assert "Виправлений заголовок" in titles


async def test_new_tracking_parameters_make_no_new_article(here: World) -> None:
    followed = await here.follow(here.feed_url("harbour"))
    here.newsroom.publish_next("harbour")
    assert await here.poll() == 1
    assert len(await here.store.articles.latest(followed.feed.id, 10)) == 4
    assert all("utm_" not in (one.link or "") for one in await here.store.articles.latest(followed.feed.id, 10))


async def test_an_entry_whose_guid_and_link_change_one_after_the_other_stays_one(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").serves(_body("g1", "/a"))
    assert await here.poll() == 1
    for guid, link in (("g2", "/a"), ("g2", "/b"), ("g3", "/b"), ("g3", "/c"), ("g1", "/d"), ("g9", "/a")):
        here.newsroom.outlet("bereg").serves(_body(guid, link))
        assert await here.poll() == 0
    assert len(await here.store.articles.latest(followed.feed.id, 10)) == 4


async def test_an_article_is_known_by_the_address_that_its_page_names(here: World) -> None:
    bodies = [b"<rss version='2.0'><channel><title>Outlet</title></channel></rss>"]

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/rss":
            return web.Response(body=bodies[-1], content_type="application/rss+xml")
        return web.Response(text="<link rel=canonical href=/one><p>Text.</p>", content_type="text/html")

    async with publisher(answer) as server:
        await here.follow(f"{server.url}rss")
        bodies.append(_body("first", "/go?to=1"))
        assert await here.poll() == 1
        bodies.append(_body("second", "/one"))
        assert await here.poll() == 0


async def test_what_is_deleted_does_not_come_back_even_under_another_name(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").serves(_body("g1", "/a"))
    await here.poll()
    here.execute("DELETE FROM deliveries", "DELETE FROM articles")
    for guid, link in (("g1", "/a"), ("g1", "/b"), ("g2", "/b"), ("g2", "/c")):
        here.newsroom.outlet("bereg").serves(_body(guid, link))
        assert await here.poll() == 0
    here.newsroom.outlet("bereg").recovers()
    assert await here.poll() == 0
    assert await here.store.articles.latest(followed.feed.id, 10) == []


def _body(guid: str, link: str) -> bytes:
    """A feed of one entry that goes by these names."""
    item = f"<item><title>Одна</title><guid isPermaLink='false'>{guid}</guid><link>{link}</link></item>"
    return f"<rss version='2.0'><channel><title>Outlet</title>{item}</channel></rss>".encode()


async def test_an_old_article_that_turns_up_is_saved_and_not_pushed(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    here.newsroom.publish("bereg", title="Торішній сніг", published=here.clock() - timedelta(days=4))
    assert await here.poll(hours=1) == 0
    assert len(await here.store.articles.latest(followed.feed.id, 10)) == 4


async def test_a_feed_without_summaries_gets_them_from_the_page(here: World) -> None:
    followed = await here.follow(here.feed_url("misto"))
    assert here.newsroom.outlet("misto").page_requests == 0
    lead = "Міська рада погодила новий маршрут трамвая, який з’єднає порт із вокзалом уже навесні наступного року."
    here.newsroom.publish("misto", title="Трамвай до порту", lead=lead, body=(lead, "Роботи почнуться в березні."))
    assert await here.poll(hours=1) == 1
    [article] = await here.store.articles.latest(followed.feed.id, 1)
    assert "маршрут трамвая" in article.summary
    assert here.newsroom.outlet("misto").page_requests == 1


async def test_an_article_whose_page_fails_is_pushed_without(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    gone = f"{here.url}/news/misto/nowhere.html"
    here.newsroom.publish("misto", title="Без сторінки", link=gone)
    assert await here.poll(hours=1) == 1
    assert await here.owed() == ["Без сторінки"]


async def test_one_bad_feed_disturbs_no_other(here: World) -> None:
    for outlet in here.newsroom.outlets[:3]:
        await here.follow(here.feed_url(outlet.slug))
        here.newsroom.publish_next(outlet)
    here.newsroom.outlet("bereg").serves(b"\x00\xffgarbage")
    here.newsroom.outlet("misto").hangs()
    here.clock.goes_on(hours=1)
    tasks = await poll_due_feeds(here.desk, room=100)
    async with asyncio.timeout(20):
        await asyncio.wait(tasks.values())
    owed = {feed.url: task.result() for feed, task in tasks.items()}
    assert [owed[here.feed_url(slug)] for slug in ("bereg", "misto", "harbour")] == [0, 0, 1]


async def test_trouble_is_written_down_and_mends(here: World) -> None:
    url = here.feed_url("bereg")
    await here.follow(url)
    here.newsroom.outlet("bereg").fails_with(503, times=1, retry_after=7200)
    await here.poll(hours=1)
    failing = await here.store.feeds.find(url)
    assert failing is not None
    assert (failing.problem, failing.failures) == (Problem.SERVER_TROUBLE, 1)
    assert timedelta(hours=2) <= failing.next_check_at - here.clock() <= timedelta(hours=2, minutes=5)
    here.newsroom.publish_next("bereg")
    assert await here.poll(hours=2, minutes=5) == 1
    healthy = await here.store.feeds.find(url)
    assert healthy is not None
    assert (healthy.problem, healthy.failures) == (None, 0)


async def test_a_feed_that_is_gone_is_asked_no_more(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").gone()
    await here.poll()
    await here.poll()
    assert here.newsroom.outlet("bereg").requests == 2


async def test_followers_are_told_once_that_a_feed_is_gone(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").gone()
    assert [await here.poll() for _ in range(3)] == [1, 0, 0]
    [notice] = await here.notices()
    assert (notice.event, notice.outlet) == (Event.GONE, "Вільний Берег")


async def test_followers_are_told_once_of_a_feed_that_fails_for_a_week_and_again_when_it_does_so_again(
    here: World,
) -> None:
    await here.follow(here.feed_url("bereg"))
    for told in (1, 1):
        here.newsroom.outlet("bereg").fails_with(503)
        assert [await here.poll() for _ in range(10)] == [0] * 7 + [told, 0, 0]
        here.newsroom.outlet("bereg").recovers()
        assert await here.poll() == 0
    [notice] = await here.notices()
    assert (notice.event, notice.problem) == (Event.FAILING, Problem.SERVER_TROUBLE)


async def test_an_article_of_two_feeds_of_an_outlet_is_one_for_a_chat(here: World) -> None:
    both, one = await here.chat(), await here.chat()
    section = here.url + here.newsroom.outlet("bereg").profile.new_feed_path
    for text, chat in ((here.feed_url("bereg"), both), (section, both), (section, one)):
        await here.follow(text, chat)
    here.newsroom.publish("bereg", title="Раз на всіх")
    assert await here.poll() == 2
    assert await here.owed() == ["Раз на всіх"] * 2
    found = await find_newest(here.store.articles, viewer=None, page=0)
    assert len([article for article in found.articles if article.title == "Раз на всіх"]) == 1


async def test_a_feed_that_moves_to_one_that_is_known_becomes_one_with_it(here: World) -> None:
    old, new = here.feed_url("bereg"), here.url + here.newsroom.outlet("bereg").profile.new_feed_path
    first, second = await here.chat(), await here.chat()
    await here.follow(old, first)
    await here.follow(new, second)
    here.newsroom.outlet("bereg").moved_to(new)
    pushed = []
    for number in range(3):
        here.newsroom.publish("bereg", title=f"Новина {number}")
        pushed.append(await here.poll())
    assert pushed == [2, 2, 2]
    assert here.rows()["feeds"] == 2
    followed = await here.store.chats.subscriptions(first.id)
    assert [one.feed.url for one in followed] == [new]


async def test_a_permanent_move_is_adopted_the_second_time(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").moved_to(here.feed_url("harbour"))
    await here.poll()
    here.newsroom.publish_next("harbour")
    await here.poll()
    moved = await here.store.feeds.find(here.feed_url("bereg"))
    assert moved is not None
    assert moved.url == here.feed_url("harbour")


async def test_a_feed_still_being_checked_is_not_checked_twice(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    here.clock.goes_on(days=1)
    assert await poll_due_feeds(here.desk, room=10, running=[followed.feed]) == {}


async def test_a_page_that_failed_when_it_was_followed_gives_way_to_the_feed_it_names(here: World) -> None:
    here.newsroom.outlet("misto").fails_with(503, times=1, everywhere=True)
    followed = await here.follow(f"{here.url}/news/misto/")
    assert followed.feed.problem is Problem.SERVER_TROUBLE
    assert await here.poll() == 0
    found = await here.store.feeds.find(f"{here.url}/news/misto/")
    assert found is not None
    assert found.url == here.feed_url("misto")
    assert found.contacted_at is not None
    here.newsroom.publish_next("misto")
    assert await here.poll() == 1


ZERO = b"""<rss version="2.0"><channel><title>Zero</title>
<item><title>Zero time</title><guid>z</guid><pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate></item>
<item><title>Half a smile &#55357;</title><guid>h</guid></item>
<item><title>A good one</title><guid>g</guid></item></channel></rss>"""


async def test_a_programs_zero_time_and_half_a_character_spoil_nothing(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").serves(ZERO)
    assert await here.poll() == 3
    found = await here.store.feeds.find(followed.feed.url)
    assert found is not None
    assert found.problem is None
    assert set(await here.owed()) <= {"Zero time", "Half a smile \ufffd", "A good one"}


async def test_of_an_endless_feed_the_newest_entries_are_kept(here: World) -> None:
    items = "".join(f"<item><title>Entry {number}</title><guid>{number}</guid></item>" for number in range(900))
    body = f'<rss version="2.0"><channel><title>Archive</title>{items}</channel></rss>'
    here.newsroom.outlet("bereg").serves(body.encode())
    followed = await here.follow(here.feed_url("bereg"))
    kept = await here.store.articles.latest(followed.feed.id, 1000)
    assert len(kept) == 500
    assert kept[0].title == "Entry 0"
    assert await here.poll() == 0


async def test_a_host_takes_only_its_share_of_the_claims(here: World) -> None:
    for slug in ("bereg", "misto", "harbour"):
        await here.follow(here.feed_url(slug))
    later = here.clock() + timedelta(days=1)
    claim = partial(here.store.feeds.claim_due, now=later, until=later + timedelta(seconds=60), limit=10, per_host=2)
    assert len(await claim()) == 2
    host = here.url.removeprefix("http://")
    assert await claim(spare=[host]) == []
    assert len(await claim()) == 1
