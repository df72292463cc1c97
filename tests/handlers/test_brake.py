from itertools import pairwise

import pytest

from handlers.brake import LONGEST_HOLD, MANY, MANY_AGAIN, TOGETHER, Brake


def brake_after(refusals: int, *, seconds: float = 10, now: float = 0.0) -> Brake:
    brake = Brake(1.0)
    refuse(brake, refusals, seconds=seconds, now=now)
    return brake


def refuse(brake: Brake, chats: int, *, seconds: float = 10, now: float = 0.0) -> list[bool]:
    return [brake.refused(chat_id, seconds, now) for chat_id in range(chats)]


def test_many_chats_refused_mean_all_and_fewer_do_not() -> None:
    assert refuse(Brake(1.0), MANY) == [False] * (MANY - 1) + [True]
    assert brake_after(MANY - 1).held_until == 0.0


def test_one_chat_refused_again_and_again_is_one_chat() -> None:
    brake = Brake(1.0)
    assert not any(brake.refused(7, 1, now=turn) for turn in range(10 * MANY))


def test_calls_accepted_meanwhile_speak_for_the_others() -> None:
    brake = Brake(1.0)
    for chat_id in range(10 * MANY):
        assert not brake.refused(chat_id, 10, now=chat_id / 10)
        for _ in range(12):
            brake.accepted()


def test_calls_accepted_before_are_no_credit() -> None:
    brake = Brake(1.0)
    for _ in range(1000):
        brake.accepted()
    assert refuse(brake, MANY)[-1]


def test_after_a_silence_all_is_forgotten() -> None:
    brake = brake_after(MANY - 1)
    assert not brake.refused(1000, 10, now=TOGETHER + 1)


@pytest.mark.parametrize(("asked", "held"), [(3, 3), (3600, LONGEST_HOLD)])
def test_all_are_held_as_long_as_telegram_asks_but_not_for_ever(asked: float, held: float) -> None:
    assert brake_after(MANY, seconds=asked, now=100).held_until == 100 + held


def test_what_was_under_way_when_a_hold_began_cuts_nothing_more() -> None:
    brake = brake_after(MANY)
    assert not any(refuse(brake, MANY, seconds=12, now=1))
    assert brake.held_until == 13
    assert brake.share(13) == 0.5


def test_the_pace_recovers_step_by_step_and_answers_first() -> None:
    brake = brake_after(MANY)
    shares = [brake.share(now) for now in range(10, 31)]
    assert shares[0] == 0.5
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert max(later - earlier for earlier, later in pairwise(shares)) <= 0.1
    assert brake.share(10, reply=True) == 1.0


def test_while_it_recovers_fewer_refusals_are_enough() -> None:
    brake = brake_after(MANY)
    assert refuse(brake, MANY_AGAIN, now=10)[-1]
    assert (brake.share(20), brake.share(20, reply=True)) == (0.25, 0.5)


def test_something_is_always_left_and_a_night_brings_all_back() -> None:
    brake = brake_after(MANY)
    for turn in range(1, 10):
        refuse(brake, MANY_AGAIN, now=10.0 * turn)
    assert brake.share(100) == 1 / 16
    assert brake.share(100_000) == 1.0
