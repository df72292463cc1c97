import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from sandbox.newsroom import OUTLETS, Newsroom, Pace, Profile, serve
from sandbox.newsroom.live import Turns
from sandbox.newsroom.stock import Stock
from sandbox.newsroom.stories import events

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
IN_NO_TIME = Pace(first=0, least=0, most=0, welcome=0)


def test_forty_events_are_told_and_many_by_several_outlets() -> None:
    assert len(events()) >= 40
    assert sum(len(event.tellings) > 1 for event in events()) >= 20
    assert {len(event.tellings) for event in events()} == {1, 2, 3, 4}
    assert len({event.name for event in events()}) == len(events())


@pytest.mark.parametrize("profile", OUTLETS, ids=lambda profile: profile.slug)
def test_every_outlet_tells_of_a_dozen_events(profile: Profile) -> None:
    assert sum(profile.slug in event.tellings for event in events()) >= 12


def test_no_outlet_repeats_another_word_for_word() -> None:
    tellings = [telling for event in events() for telling in event.tellings.values()]
    assert len({telling.title for telling in tellings}) == len(tellings)
    assert len({telling.lead for telling in tellings}) == len(tellings)
    assert all(telling.body for telling in tellings)


@pytest.mark.parametrize("profile", OUTLETS, ids=lambda profile: profile.slug)
def test_stories_never_end_and_rarely_repeat_a_headline(profile: Profile) -> None:
    stock = Stock(profile.slug, 1)
    titles = [stock.next().title for _ in range(400)]
    assert all(len(set(titles[start : start + 200])) == 200 for start in range(0, 201, 50))
    assert not any("{" in title for title in titles)


def test_the_backlog_lies_in_the_last_hours() -> None:
    newsroom = Newsroom(now=lambda: NOON)
    for outlet in newsroom.outlets:
        dates = [article.published for article in outlet.articles]
        assert dates == sorted(dates)
        assert len(dates) == 5
        assert NOON - timedelta(hours=5) < dates[0] < dates[-1] < NOON


async def test_it_publishes_by_itself_over_all_outlets_in_turn() -> None:
    newsroom = Newsroom()
    running = asyncio.create_task(newsroom.run(IN_NO_TIME))
    await asyncio.wait_for(newsroom.outlet("harbour").has_published(8), 5)
    running.cancel()
    counts = [outlet.published for outlet in newsroom.outlets]
    assert len(counts) == 6
    assert max(counts) - min(counts) <= 1


def test_outlets_come_to_an_event_at_about_the_same_time() -> None:
    newsroom = Newsroom()
    for _ in range(30):
        for outlet in newsroom.outlets:
            newsroom.publish_next(outlet)
    places: dict[str, set[int]] = {}
    for outlet in newsroom.outlets:
        for place, article in enumerate(outlet.articles):
            places.setdefault(article.event, set()).add(place)
    del places[""]
    assert len(places) == 35
    assert all(len(at) == 1 for at in places.values())


def test_an_event_is_told_by_several_outlets_at_once_and_by_none_of_them_again() -> None:
    newsroom = Newsroom(backlog=0)
    told = newsroom.publish_event(outlets=3)
    assert len({article.outlet for article in told}) == 3
    assert len({article.event for article in told}) == 1
    assert len({article.title for article in told}) == 3
    for article in told:
        later = [newsroom.publish_next(article.outlet).event for _ in range(60)]
        assert article.event not in later


def test_a_restart_knows_which_events_were_told_out_of_turn(tmp_path: Path) -> None:
    first = Newsroom(state=tmp_path / "newsroom.jsonl")
    [told, *_] = first.publish_event(outlets=2)
    slug = told.outlet
    for _ in range(20):
        first.publish_next(slug)
    second = Newsroom(state=tmp_path / "newsroom.jsonl")
    following = [second.publish_next(slug) for _ in range(60)]
    events_told = [article.event for article in second.outlet(slug).articles if article.event]
    assert len(events_told) == len(set(events_told))
    assert following[0].title not in {article.title for article in first.outlet(slug).articles}


def test_events_are_told_anew_once_all_are_told() -> None:
    newsroom = Newsroom(backlog=0)
    enough = [event.name for event in events() if len(event.tellings) >= 4]
    first = [newsroom.publish_event(outlets=4) for _ in enough]
    assert sorted(articles[0].event for articles in first) == sorted(enough)
    again = newsroom.publish_event(outlets=4)
    assert [article.title for article in again] == [article.title for article in first[0]]
    assert not {article.guid for article in again} & {article.guid for article in first[0]}
    with pytest.raises(LookupError):
        newsroom.publish_event(outlets=5)


def test_an_outlet_that_is_new_gets_its_backlog_at_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "newsroom.jsonl"
    Newsroom(state=state, profiles=OUTLETS[:3])
    assert [outlet.published for outlet in Newsroom(state=state).outlets] == [5] * 6


async def test_an_outlet_that_a_newcomer_reads_comes_next_and_soon() -> None:
    turns = Turns(["one", "two", "three"])
    assert [turns.take(), turns.take()] == ["one", "two"]
    pause = asyncio.create_task(turns.pause(3600, welcome=0))
    await asyncio.sleep(0)
    turns.bring_forward("two")
    await asyncio.wait_for(pause, 5)
    assert [turns.take(), turns.take(), turns.take()] == ["two", "three", "one"]


async def test_newcomers_who_come_together_all_see_something_soon() -> None:
    turns = Turns(["one", "two", "three", "four"])
    for slug in ("three", "two", "three"):
        turns.bring_forward(slug)
    async with asyncio.timeout(5):
        await turns.pause(3600, welcome=0)
        assert turns.take() == "three"
        await turns.pause(3600, welcome=0)
        assert turns.take() == "two"
    assert [turns.take(), turns.take()] == ["one", "four"]


async def test_only_an_outlet_that_is_well_is_brought_forward_by_a_newcomer() -> None:
    newsroom = Newsroom(backlog=0)
    running = asyncio.create_task(newsroom.run(Pace(first=0, least=3600, most=3600, welcome=0)))
    await asyncio.wait_for(newsroom.outlet("bereg").has_published(1), 5)
    async with serve(newsroom) as server, aiohttp.ClientSession(server.url) as session:
        newsroom.outlet("harbour").gone()
        await session.get("/news/harbour/feed.xml")
        await session.get("/news/likhtar/gnit/vypusk-1887")
        await asyncio.wait_for(newsroom.outlet("likhtar").has_published(1), 5)
    running.cancel()
    assert newsroom.outlet("harbour").published == 0


def test_a_restart_goes_on_where_it_stopped(tmp_path: Path) -> None:
    state = tmp_path / "newsroom.jsonl"
    first = Newsroom(state=state)
    told = [first.publish_next("bereg") for _ in range(3)]
    own = first.publish("bereg", title="Своє", guid="own")
    corrected = first.correct(own, title="Своє, виправлене")
    second = Newsroom(state=state)
    assert second.outlet("bereg").articles == first.outlet("bereg").articles
    assert second.outlet("bereg").article(own.id) == corrected
    following = second.publish_next("bereg")
    assert following.title not in {article.title for article in [*first.outlet("bereg").articles, *told]}
    assert following.id > corrected.id


def test_a_torn_line_costs_only_its_article(tmp_path: Path) -> None:
    state = tmp_path / "newsroom.jsonl"
    Newsroom(state=state, backlog=1).publish("bereg", title="Остання")
    state.write_bytes(state.read_bytes()[:-20])
    newsroom = Newsroom(state=state)
    newsroom.publish("bereg", title="Наступна")
    titles = [article.title for article in Newsroom(state=state).outlet("bereg").articles]
    assert titles[1:] == ["Наступна"]


def test_the_same_seed_tells_the_same_stories() -> None:
    def titles(seed: int) -> list[str]:
        return [article.title for article in Newsroom(seed=seed).outlet("bereg").articles]

    assert titles(1) == titles(1) != titles(2)
