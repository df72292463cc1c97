"""The limits by themselves; tests/handlers/test_pacer.py has them at work."""

from handlers.limits import NEVER, Ceiling, Chats, Slots, Windows

WINDOWS = Windows()


def test_a_slot_is_free_one_window_after_the_answer() -> None:
    slots = Slots(1.0)
    slots.begin()
    assert slots.free_at(0.0, 1) == NEVER
    slots.end(0.5)
    assert slots.free_at(0.6, 1) == 1.5
    assert slots.free_at(1.5, 1) == 1.5
    assert slots.idle(1.5)


def test_fewer_slots_are_free_later() -> None:
    slots = Slots(1.0)
    for moment in (0.1, 0.2, 0.3):
        slots.begin()
        slots.end(moment)
    assert [slots.free_at(0.5, size) for size in (4, 3, 2, 1)] == [0.5, 1.1, 1.2, 1.3]


def test_a_call_never_made_takes_no_slot() -> None:
    slots = Slots(1.0)
    slots.begin()
    slots.give_back()
    assert slots.free_at(0.0, 1) == 0.0


def test_what_is_no_answer_leaves_a_fifth_of_the_slots_unless_it_is_answered() -> None:
    ceiling = Ceiling(10, WINDOWS)
    for turn in range(8):
        assert ceiling.opens_at(turn, 1.0, reply=False) == turn
        ceiling.begin(turn, 1.0, reply=False)
    assert ceiling.opens_at(8.0, 1.0, reply=False) == NEVER
    assert ceiling.opens_at(8.0, 1.0, reply=True) == 8.0
    ceiling.end(8.0, reply=False)
    assert ceiling.opens_at(8.0, 1.0, reply=False) == 8.0


def test_a_smaller_share_is_a_slower_pace() -> None:
    ceiling = Ceiling(10, WINDOWS)
    ceiling.begin(5.0, 1.0, reply=False)
    due = 5.0 - Ceiling.CATCH_UP
    assert [ceiling.opens_at(5.0, share, reply=False) for share in (1.0, 0.5, 0.01)] == [due + 0.1, due + 0.2, NEVER]


def test_chats_at_rest_are_forgotten() -> None:
    chats = Chats(WINDOWS)
    for number in range(20_000):
        moment = number / 30
        chat_id = number if number % 2 else -number
        chats.begin(chat_id, moment)
        chats.end(chat_id, moment)
    # A group is awake for a minute: nine hundred of them, and as many more may wait to be forgotten.
    assert len(chats) <= 2 * Chats.ROOM


def test_a_busy_chat_is_known_as_such_from_what_happens_to_it() -> None:
    chats = Chats(WINDOWS)
    for _ in range(3):
        chats.begin(7, 0.0)
    assert chats.busy(0.0) == {7}
    chats.give_back(7, 0.0)
    assert chats.busy(0.0) == set()
    chats.end(7, 0.0)
    chats.end(7, 0.0)
    chats.hold(8, 5.0, 0.0)
    chats.hold(8, 1.0, 0.0)
    assert chats.busy(1.0) == {8}
    assert chats.free_at(8, 1.0) == 5.0
    assert chats.busy(5.0) == set()


def test_twenty_to_a_group_and_then_none_until_its_minute_is_over() -> None:
    chats = Chats(WINDOWS)
    for turn in range(20):
        assert chats.free_at(-100, float(turn)) == turn
        chats.begin(-100, float(turn))
        chats.end(-100, float(turn))
    assert chats.free_at(-100, 20.0) == WINDOWS.minute
