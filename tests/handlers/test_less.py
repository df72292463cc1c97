"""What a press under "less like this" makes of a filter."""

from handlers.less import after_press, mark_of
from news.wishes import Want, Wish, read_wish


def spared(*words: str) -> list[Want]:
    return [read_wish(f"-{word}").wants[0] for word in words]


def pressed(wish: Wish, want: Want, what: str, proposed: list[Want]) -> str:
    changed = after_press(wish, f"{mark_of(want)}:{what}", proposed)
    assert changed is not None
    return changed.text


def test_a_press_names_its_word_wherever_that_stands_by_now() -> None:
    match, rain = spared("матч", "дощ")
    assert pressed(Wish(), match, "+", [match, rain]) == pressed(Wish(), match, "+", [rain, match]) == "-матч"


def test_a_word_that_is_proposed_no_more_is_taken_back_and_not_added() -> None:
    match, rain = spared("матч", "дощ")
    assert pressed(Wish(), match, "+", [rain]) == ""
    assert pressed(read_wish("-матч, -дощ"), match, "-", [rain]) == "-дощ"


def test_the_same_word_written_otherwise_is_taken_back() -> None:
    (match,) = spared("матч")
    assert pressed(read_wish("-МАТЧ"), match, "-", [match]) == ""


def test_a_full_filter_takes_no_more() -> None:
    full = read_wish(", ".join(f"слово{number}" for number in range(100)))
    (match,) = spared("матч")
    assert after_press(full, f"{mark_of(match)}:+", [match]) is None


def test_garbage_changes_nothing() -> None:
    wish = read_wish("-матч")
    assert all(after_press(wish, garbage, []) == wish for garbage in ("", ":", "0:+", "x:-"))
