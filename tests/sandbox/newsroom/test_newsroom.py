import asyncio
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from sandbox.newsroom import OUTLETS, Newsroom, Pace, Profile
from sandbox.newsroom.live import Turns
from sandbox.newsroom.stories import events, stories_of

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
IN_NO_TIME = Pace(first=0, least=0, most=0, welcome=0)


def test_forty_events_are_told_and_many_by_several_outlets() -> None:
    assert len(events()) >= 40
    assert sum(len(event.tellings) > 1 for event in events()) >= 20
    assert {len(event.tellings) for event in events()} == {1, 2, 3}
    assert len({event.name for event in events()}) == len(events())


def test_no_outlet_repeats_another_word_for_word() -> None:
    tellings = [telling for event in events() for telling in event.tellings.values()]
    assert len({telling.title for telling in tellings}) == len(tellings)
    assert len({telling.lead for telling in tellings}) == len(tellings)
    assert all(telling.body for telling in tellings)


@pytest.mark.parametrize("profile", OUTLETS, ids=lambda profile: profile.slug)
def test_stories_never_end_and_rarely_repeat_a_headline(profile: Profile) -> None:
    titles = [telling.title for telling in islice(stories_of(profile.slug, profile.language, 1), 400)]
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
    assert max(counts) - min(counts) <= 1


async def test_an_outlet_that_a_newcomer_reads_comes_next_and_soon() -> None:
    turns = Turns(["one", "two", "three"])
    assert [turns.take(), turns.take()] == ["one", "two"]
    pause = asyncio.create_task(turns.pause(3600, welcome=0))
    await asyncio.sleep(0)
    turns.bring_forward("two")
    await asyncio.wait_for(pause, 5)
    assert [turns.take(), turns.take(), turns.take()] == ["two", "three", "one"]


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
