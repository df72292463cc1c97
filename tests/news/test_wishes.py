"""Whatever is typed is a wish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.wishes import MAX_READ, MOST_WANTS, Wish, read_wish


def texts(wish: Wish) -> tuple[list[str], list[str]]:
    return [want.text for want in wish.wanted], [want.text for want in wish.unwanted]


def test_a_comma_a_semicolon_or_a_new_line_ends_a_want() -> None:
    wanted = ["вибори", "курс валют", "тривога", "футбол"]
    assert texts(read_wish("вибори, курс валют;тривога\nфутбол")) == (wanted[:2] + wanted[2:], [])


def test_a_phrase_may_hold_a_comma() -> None:
    assert texts(read_wish("«так, ні», може")) == (['"так ні"', "може"], [])


@pytest.mark.parametrize("typed", ["!курс валют", "-курс валют", "−курс валют", "!!курс валют", "!-курс валют"])
def test_a_sign_before_a_want_holds_for_all_of_it(typed: str) -> None:
    assert texts(read_wish(f"вибори, {typed}")) == (["вибори"], ["-курс валют"])


def test_a_sign_before_a_later_word_holds_for_that_word_alone() -> None:
    assert texts(read_wish('бюджет -спорт 2027 !"курс валют"')) == (["бюджет 2027"], ['-"курс валют"', "-спорт"])


def test_a_sign_that_stands_alone_or_within_a_word_means_nothing() -> None:
    assert texts(read_wish("- вибори, Су-35, ! футбол!, так!ні")) == (["вибори", "Су-35", "так ні", "футбол"], [])


def test_the_operator_of_the_title_goes_by_two_names() -> None:
    assert read_wish('заголовок:міст, !title:"курс валют"') == read_wish('title:міст, -заголовок:"курс валют"')
    [want] = read_wish("заголовок:міст вибори").wanted
    assert {clue.titled for clue in want.clues} == {True, False}


def test_other_operators_of_a_search_are_words() -> None:
    assert read_wish("source:bbc").text == "source bbc"


@pytest.mark.parametrize(
    "typed",
    [
        "тривога, обстріл",
        "  обстріл ,,  тривога ; тривога",
        "«обстріл», тривога!",
        "обстріл\r\nтри\u0301вога\u200b",
        "обстріл, тривога, обстріл",
    ],
)
def test_equal_wishes_have_one_text(typed: str) -> None:
    wish = read_wish("обстріл, тривога")
    assert (read_wish(typed), read_wish(typed).text) == (wish, "обстріл, тривога")


@pytest.mark.parametrize(("one", "other"), [("зв'язок", "зв’язок"), ("F-16", "F‑16"), ("«F-16»", '"F‐16"')])
def test_spellings_of_apostrophes_and_hyphens_are_one(one: str, other: str) -> None:
    assert read_wish(one) == read_wish(other)


@pytest.mark.parametrize(
    "text", ["", "  ", ",;,\n", "😀, 🔥", '"', '""', "!", "- !", "title:", "\ud800", "\u202e", "\0"]
)
def test_signs_alone_are_an_empty_wish(text: str) -> None:
    wish = read_wish(text.replace("title:", "title:!"))
    assert (wish, wish.text) == (Wish(), "")


def test_a_wish_is_bounded() -> None:
    assert len(read_wish(",".join(map(chr, range(0x4E00, 0x5000)))).wants) == MOST_WANTS
    assert len(read_wish(",".join(f"сло{n}" for n in range(1000))).text) <= MAX_READ
    assert len(read_wish("слово " * 100_000).text) <= MAX_READ
    [want] = read_wish(" ".join(f"с{n}" for n in range(1000))).wants
    assert len(want.clues) <= 12
    [phrase] = read_wish(f'"{" ".join(f"с{n}" for n in range(200))}"').wants
    assert len(phrase.text.split()) <= 12


SIGNS = '- ! , ; « » „ : title: заголовок: source: бюджет F-16 зв\'язок "так, ні" * ( ) a_b ё е\u0308'
HARSH = ('"', "\ud800", "\udfff", "\u202e", "\0", "9" * 40, "\n", "\u0301", "ﬁ", "İ", "ǅ", "\u0344", "क़" * 30)
typed = st.lists(st.sampled_from([*SIGNS.split(), *HARSH]) | st.text(max_size=20), max_size=60)


@given(typed, st.sampled_from(["", " ", ",", ", !"]))
def test_nothing_makes_it_fail_and_its_text_reads_as_itself(parts: list[str], between: str) -> None:
    wish = read_wish(between.join(parts))
    assert len(wish.text) <= MAX_READ
    assert len(wish.wants) <= MOST_WANTS
    assert all(want.clues and all(clue.pattern for clue in want.clues) for want in wish.wants)
    assert read_wish(wish.text) == wish
    assert "\n" not in wish.text


BOMBS = [
    "(" * 9000,
    '"' * 9000,
    '"a' * 9000,
    "-" * 9000,
    "!" * 9000,
    ":" * 9000,
    "title:" * 1500,
    '!"' * 4000,
    "a" * 9000,
]


@pytest.mark.parametrize("text", [*BOMBS, *(f"{bomb}, б" for bomb in BOMBS)])
def test_bombs_are_read_at_once(text: str) -> None:
    wish = read_wish(text)
    assert read_wish(wish.text) == wish


def test_a_want_is_added_once_and_taken_out_however_it_is_written() -> None:
    wish = read_wish("вибори, -футбол")
    (unwanted,) = read_wish("!ФУТБОЛ").wants
    assert wish.has(unwanted)
    assert wish.and_also(unwanted) == wish
    assert wish.without(unwanted).text == "вибори"
    assert wish.without(unwanted).and_also(unwanted).text == "вибори, -ФУТБОЛ"
    assert not wish.has(read_wish("футбол").wants[0])


def test_a_full_wish_takes_no_more() -> None:
    full = read_wish(", ".join(f"{number:04d}" for number in range(90)))
    (more,) = read_wish(f"-{'довге' * 12}").wants
    assert full.and_also(more) == full
