from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.worth import (
    FIRST_REST,
    LONGEST_REST,
    MEMORY,
    PATIENCE,
    PageRule,
    Tried,
    Worth,
    allowance,
    rests_until,
    worth_after,
)
from tests.news.given import NOW

GAVE, NOTHING = Tried(gave=True), Tried(gave=False)
lists = st.lists(st.builds(Tried, st.booleans(), st.none() | st.floats(0, 1e9)), max_size=60)


def after(*tried: Tried) -> Worth:
    """What is known of a feed once these pages were tried one after the other."""
    known = worth_after(None, tried, now=NOW)
    assert known is not None
    return known


def allowed(worth: Worth | None, rule: PageRule = PageRule.AUTO, **later: float) -> int:
    return allowance(rule, worth, now=NOW + timedelta(**later))


def test_of_a_feed_never_tried_a_few_pages_are() -> None:
    assert allowed(None) == PATIENCE


def test_where_nothing_was_tried_nothing_is_learnt() -> None:
    assert worth_after(None, [], now=NOW) is None
    assert worth_after(after(GAVE), [], now=NOW + timedelta(days=9)) == after(GAVE)


def test_pages_that_give_something_are_fetched() -> None:
    assert allowed(after(*[GAVE] * 50)) == PATIENCE


@pytest.mark.parametrize("barren", range(PATIENCE))
def test_no_more_pages_are_asked_for_than_may_fail(barren: int) -> None:
    assert allowed(after(GAVE, *[NOTHING] * barren)) == PATIENCE - barren


def test_after_too_many_that_gave_nothing_none_is_asked_for_until_one_is_tried_again() -> None:
    known = after(*[NOTHING] * PATIENCE)
    assert allowed(known) == 0
    assert rests_until(known, now=NOW) == NOW + FIRST_REST
    assert allowed(known, hours=1) == 1
    assert rests_until(known, now=NOW + FIRST_REST) is None


def test_trials_that_give_nothing_become_rarer_up_to_a_bound() -> None:
    known, now, rests = after(*[NOTHING] * PATIENCE), NOW, []
    for barren in range(PATIENCE + 1, 40):
        until = rests_until(known, now=now)
        assert until is not None
        rests.append(until - now)
        now = until
        known = worth_after(known, [NOTHING], now=now) or known
        assert known.barren == min(barren, MEMORY)
    assert rests[:5] == [FIRST_REST * 2**doublings for doublings in range(5)]
    assert set(rests[5:]) == {LONGEST_REST}


def test_a_trial_that_gives_something_lets_the_others_follow_at_once() -> None:
    mended = worth_after(after(*[NOTHING] * 9), [GAVE], now=NOW)
    assert allowed(mended) == PATIENCE
    assert rests_until(mended, now=NOW) is None


def test_a_publisher_that_asks_to_be_left_alone_is_and_an_admin_does_not_overrule_that() -> None:
    known = after(GAVE, Tried(gave=False, retry_after=600))
    for rule in PageRule:
        assert allowed(known, rule, minutes=9) == 0
    assert allowed(known, minutes=10) == PATIENCE - 1
    assert allowed(known, PageRule.ALWAYS, minutes=10) == PATIENCE
    assert allowed(after(Tried(gave=False, retry_after=1e9)), days=1) > 0


@pytest.mark.parametrize("known", [None, after(GAVE), after(*[NOTHING] * 20)])
def test_an_admins_word_goes_above_what_was_learnt(known: Worth | None) -> None:
    assert allowed(known, PageRule.ALWAYS) == PATIENCE
    assert allowed(known, PageRule.NEVER) == 0


def test_a_clock_that_went_back_keeps_no_page_away() -> None:
    known = after(Tried(gave=False, retry_after=600), *[NOTHING] * 9)
    assert allowed(known, days=-400) == 1


def test_what_is_remembered_is_counted() -> None:
    known = after(*[GAVE] * 50, NOTHING, GAVE, NOTHING, NOTHING)
    assert (len(known.told), known.gave, known.barren) == (MEMORY, MEMORY - 3, 2)


@given(lists, lists)
def test_pages_tried_in_two_checks_teach_the_same_as_in_one(first: list[Tried], second: list[Tried]) -> None:
    one_by_one = worth_after(worth_after(None, first, now=NOW), second, now=NOW)
    at_once = worth_after(None, [*first, *second], now=NOW)
    assert (one_by_one and one_by_one.told) == (at_once and at_once.told)
    assert rests_until(one_by_one, now=NOW) == rests_until(at_once, now=NOW)


@given(lists)
def test_whatever_was_learnt_a_page_is_tried_within_the_longest_rest(tried: list[Tried]) -> None:
    known = worth_after(None, tried, now=NOW)
    assert allowance(PageRule.AUTO, known, now=NOW + LONGEST_REST) > 0
