"""What an owed report becomes when its turn has come."""

from dataclasses import replace

from news.parcel import MOST_LISTED, SINGLY, Join, List, Push, Report, Situation, Told, also, decide_parcel

FIRST, SECOND, THIRD = (Report(id_, story_id=7, feed_id=id_, outlet=f"Outlet {id_}") for id_ in (1, 2, 3))
CROWD = tuple(Report(id_, story_id=id_, feed_id=1, outlet="Outlet 1") for id_ in range(10, 20))


def test_a_report_of_what_nobody_told_is_a_push() -> None:
    assert decide_parcel(Situation(FIRST)) == Push()


def test_what_else_is_owed_of_the_story_goes_along() -> None:
    assert decide_parcel(Situation(FIRST, same_story=(SECOND, THIRD))) == Push((SECOND, THIRD))


def test_a_report_of_what_was_told_joins_that_message_and_changes_it() -> None:
    told = Told(9, frozenset({"Outlet 1"}), changes=True)
    assert decide_parcel(Situation(SECOND, told=told)) == Join(told, change=True)


def test_an_outlet_named_already_changes_nothing() -> None:
    told = Told(9, frozenset({"Outlet 1", "Outlet 2"}), changes=True)
    assert decide_parcel(Situation(SECOND, told=told)) == Join(told, change=False)


def test_lists_and_digests_are_not_changed() -> None:
    told = Told(9, frozenset(), changes=False)
    assert decide_parcel(Situation(SECOND, told=told)) == Join(told, change=False)


def test_who_wants_every_report_is_pushed_each_by_itself() -> None:
    told = Told(9, frozenset({"Outlet 1"}), changes=True)
    every = replace(SECOND, every=True)
    assert decide_parcel(Situation(every, same_story=(THIRD,), told=told)) == Push()


def test_a_report_that_is_wanted_by_itself_goes_along_with_none() -> None:
    itself = replace(THIRD, every=True)
    assert decide_parcel(Situation(FIRST, same_story=(SECOND, itself))) == Push((SECOND,))


def test_five_of_a_feed_go_singly_and_the_next_make_a_list() -> None:
    assert decide_parcel(Situation(FIRST, same_feed=CROWD, lately=SINGLY - 1)) == Push()
    assert decide_parcel(Situation(FIRST, same_feed=CROWD, lately=SINGLY)) == List((FIRST, *CROWD))


def test_one_alone_is_no_list() -> None:
    assert decide_parcel(Situation(FIRST, lately=SINGLY + 3)) == Push()


def test_a_list_has_an_end() -> None:
    parcel = decide_parcel(Situation(FIRST, same_feed=CROWD * 10, lately=SINGLY))
    assert isinstance(parcel, List)
    assert len(parcel.reports) == MOST_LISTED


def test_outlets_are_named_once_each_and_the_first_not_again() -> None:
    assert also("A", ["B", "A", "C", "B"]) == ("B", "C")
