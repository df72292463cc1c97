"""What of a body is new: cut out of it by its bytes, and read as the whole body would be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.article import Known
from news.decide import decide_update
from news.feed import Feed, ParsedFeed, Validators
from news.fetch import Fetched
from news.parse import parse_feed
from news.unseen import Items, Seen, is_clear, items_of
from sandbox.newsroom import OUTLETS, Newsroom
from sandbox.newsroom.feeds import feed as written_feed
from tests.news.given import NOW
from tests.news.world import World

URL = "https://outlet.example/rss"
FEED = Feed(1, URL, "Outlet", NOW, contacted_at=NOW, succeeded_at=NOW)
HEAD = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Берег</title><ttl>10</ttl>'


def answer(*items: str, head: str = HEAD, url: str = URL) -> Fetched:
    return raw((head + "".join(items) + "</channel></rss>").encode(), url=url)


def raw(body: bytes, url: str = URL, content_type: str = "application/rss+xml") -> Fetched:
    return Fetched(url=url, body=body, content_type=content_type, validators=Validators())


def item(number: int, title: str = "Новина", **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<item{said}><title>{title} {number}</title><guid>{number}</guid><link>/{number}</link></item>\n"


def known(of: Fetched) -> Items:
    items = items_of(of)
    assert items is not None
    return items


def brief(before: Fetched, now: Fetched, feed: Feed = FEED) -> ParsedFeed | None:
    """What is new after a check that found the body `before`."""
    seen = Seen()
    seen.remember(FEED, known(before))
    return seen.new_in(feed, known(now))


def titles(parsed: ParsedFeed | None) -> list[str]:
    assert parsed is not None
    return [entry.title for entry in parsed.entries]


def test_only_items_that_did_not_stand_there_before_are_read() -> None:
    found = brief(answer(item(2), item(1)), answer(item(4), item(3), item(2), item(1)))
    assert titles(found) == ["Новина 4", "Новина 3"]
    assert found is not None
    assert (found.title, found.ttl) == ("Берег", 600)


def test_an_item_that_says_something_else_is_read_again() -> None:
    assert titles(brief(answer(item(2), item(1)), answer(item(2), item(1, "Уточнено")))) == ["Уточнено 1"]


def test_a_body_without_anything_new_says_only_what_the_feed_says_of_itself() -> None:
    found = brief(answer(item(2), item(1)), answer(item(1), item(2), head=HEAD.replace("Берег", "Новий берег")))
    assert titles(found) == []
    assert found is not None
    assert found.title == "Новий берег"


@pytest.mark.parametrize(
    "feed",
    [
        replace(FEED, id=2),
        replace(FEED, succeeded_at=NOW + timedelta(seconds=1)),
        replace(FEED, contacted_at=None),
    ],
    ids=["another feed", "checked by somebody else since", "asleep since"],
)
def test_what_is_remembered_holds_for_the_same_feed_as_it_was_left(feed: Feed) -> None:
    assert brief(answer(item(1)), answer(item(2), item(1)), feed) is None


def test_another_context_makes_every_item_new() -> None:
    before = answer(item(1))
    based = HEAD.replace("<channel>", '<channel xml:base="https://other.example/">')
    assert titles(brief(before, answer(item(1), head=based))) == ["Новина 1"]
    assert titles(brief(before, answer(item(1), url="https://other.example/rss"))) == ["Новина 1"]


@pytest.mark.parametrize(
    "body",
    [
        answer().body,
        answer("<item><description><![CDATA[<item>in an item</item>]]></description></item>").body,
        answer("<item><title>a</title>").body,
        answer(item(1), "<item/>").body,
        answer("<description>x</description><itunes:summary>y</itunes:summary>", item(1)).body,
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        answer(item(1), "x" * 600_000).body,
        b"",
    ],
    ids=["no items", "one in another", "no end", "empty", "a summary of its own", "JSON", "large", "nothing"],
)
def test_where_items_can_not_be_told_by_their_bytes_nothing_is_cut(body: bytes) -> None:
    assert items_of(raw(body)) is None


def test_items_of_other_kinds_are_told_too() -> None:
    atom = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry a="1"><id>x</id></entry><entry><id>y</id></entry></feed>'
    rdf = b"<rdf:RDF><channel><items><li/></items></channel><item rdf:about='a'></item></rdf:RDF>"
    assert [len(known(raw(body)).names) for body in (atom, rdf)] == [2, 1]


@pytest.mark.parametrize(
    ("items", "clear"),
    [
        ([item(1), item(2)], True),
        ([item(1), item(1, "Інша")], False),
        ([item(1), item(2).replace("<link>/2<", "<link>/1<")], False),
        ([item(1).replace("/1<", "/live?utm_source=a<"), item(2).replace("/2<", "/live?utm_source=b<")], False),
        ([item(1), "<item><title>Без імені</title></item>"], False),
        ([item(1), "<item><guid isPermaLink='false'>2</guid></item>"], False),
        ([item(1), "<!--", item(2), "-->"], False),
    ],
    ids=["all well", "a guid twice", "a page twice", "a page by two links", "no name", "nothing said", "in a comment"],
)
def test_a_body_is_remembered_whose_items_each_make_an_entry_of_their_own(items: list[str], clear: bool) -> None:
    one = answer(*items)
    assert is_clear(parse_feed(one.body, url=URL).entries, len(known(one).names)) is clear
    newest = brief(answer(item(7)), answer(*items, item(7)))
    assert (newest is not None) is clear


def test_what_was_not_asked_for_in_a_day_makes_room() -> None:
    seen, body = Seen(most=5), known(answer(item(1), item(2)))

    def asked(number: int, **later: float) -> Feed:
        return replace(FEED, id=number, succeeded_at=NOW + timedelta(**later))

    for number in (1, 2, 3):
        seen.remember(asked(number), body)
    assert [number for number in (1, 2, 3) if seen.knows(asked(number))] == [1, 2]
    seen.remember(asked(2, hours=20), body)
    seen.remember(asked(3, hours=25), body)
    assert len(seen) == 4
    assert [seen.knows(one) for one in (asked(1), asked(2, hours=20), asked(3, hours=25))] == [False, True, True]
    seen.forget(2)
    assert len(seen) == 2


def test_a_body_that_has_not_changed_is_remembered_on() -> None:
    seen, body = Seen(), known(answer(item(1)))
    seen.remember(FEED, body)
    later = replace(FEED, succeeded_at=NOW + timedelta(hours=1))
    seen.unchanged(FEED, later)
    assert (seen.knows(FEED), seen.knows(later)) == (False, True)
    seen.unchanged(FEED, replace(FEED, succeeded_at=NOW + timedelta(hours=2)))
    assert seen.knows(later)


def test_a_feed_is_read_whole_once_a_week() -> None:
    seen, body = Seen(), known(answer(item(1)))

    def day(number: float) -> Feed:
        return replace(FEED, succeeded_at=NOW + timedelta(days=number))

    seen.remember(day(0), body)
    seen.remember(day(3), body)
    seen.unchanged(day(3), day(6))
    assert seen.knows(day(6))
    seen.unchanged(day(6), day(7))
    assert not seen.knows(day(7))
    seen.remember(day(8), body)
    seen.remember(day(14), body)
    assert seen.knows(day(14))
    seen.unchanged(day(14), day(15))
    assert not seen.knows(day(15))


def test_a_head_that_opens_without_end_is_read_in_time() -> None:
    head = HEAD + "<!-- " + "<rss " * 90_000 + "-->"
    assert len(known(answer(item(1), head=head)).names) == 1


# The Harbour Post's links carry a new tracking parameter with every edition, so each of its items is new.
STEADY = [outlet.slug for outlet in OUTLETS if outlet.feed != "json" and outlet.slug != "harbour"]


@pytest.mark.parametrize("slug", STEADY)
def test_the_newsrooms_new_items_read_as_in_the_whole_body(slug: str) -> None:
    newsroom = Newsroom(backlog=20, now=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    outlet, kind = newsroom.outlet(slug), f"application/xml; charset={newsroom.outlet(slug).profile.charset}"
    before = raw(written_feed(outlet, "https://outlet.example"), content_type=kind)
    newsroom.publish_next(slug)
    now = raw(written_feed(outlet, "https://outlet.example"), content_type=kind)
    found, whole = brief(before, now), parse_feed(now.body, url=now.url, content_type=kind)
    assert found is not None
    assert found.entries == whole.entries[:1]
    assert replace(found, entries=()) == replace(whole, entries=())
    fresh = decide_update(FEED, found, {}, now=NOW).new
    others = {
        key: Known(1, one.fingerprint) for one in decide_update(FEED, whole, {}, now=NOW).new[:-1] for key in one.keys
    }
    assert fresh == decide_update(FEED, whole, others, now=NOW).new


async def test_a_check_reads_what_is_new_and_remembers_it(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    assert len(here.desk.seen) == 3
    first = here.newsroom.publish_next("bereg")
    assert await here.poll() == 1
    assert len(here.desk.seen) == 4
    here.newsroom.publish_next("bereg")
    assert await here.poll() == 1
    here.newsroom.correct(first, title="Зовсім інший заголовок")
    assert await here.poll() == 0
    assert here.count("SELECT count(*) FROM articles WHERE title = 'Зовсім інший заголовок'") == 1


async def test_a_guid_that_is_used_again_for_another_page_is_seen_in_the_whole_body(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    here.newsroom.publish("bereg", title="Перша", guid="той самий", link="https://outlet.example/1")
    assert await here.poll() == 1
    here.newsroom.publish("bereg", title="Друга", guid="той самий", link="https://outlet.example/2")
    assert await here.poll() == 1
    titles = here.count("SELECT count(*) FROM articles WHERE title IN ('Перша', 'Друга')")
    assert titles == 2


async def test_a_live_page_reported_again_and_again_is_news_each_time(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    page = "https://outlet.example/live"
    here.newsroom.publish("bereg", title="Наживо 1", link=page)
    here.newsroom.publish("bereg", title="Наживо 2", link=page)
    assert await here.poll() == 2
    here.newsroom.publish("bereg", title="Наживо 3", link=page)
    assert await here.poll() == 1


async def test_a_feed_that_said_not_modified_in_between_is_known_on(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    assert await here.poll() == 0
    feed = await here.store.feeds.find(followed.feed.url)
    assert feed is not None
    assert feed.succeeded_at == here.clock()
    assert here.desk.seen.knows(feed)
