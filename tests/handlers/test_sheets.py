"""A long text in pages."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.measure import units
from handlers.sheets import sheets


def test_a_text_that_fits_is_one_page_with_its_paragraphs_apart() -> None:
    assert sheets("Перший.\nДругий.\n\n Третій. ") == ["Перший.\n\nДругий.\n\nТретій."]
    assert sheets("") == [""]


def test_a_page_ends_with_a_paragraph_where_it_is_half_full() -> None:
    assert sheets(f"{'а' * 60}\n{'б' * 60}", 100) == ["а" * 60, "б" * 60]


def test_a_paragraph_too_long_for_the_rest_of_a_page_is_cut_between_sentences() -> None:
    first, second = f"Перше {'речення ' * 4}тут.", f"Друге {'речення ' * 8}там."
    assert sheets(f"Коротко.\n{first} {second}", 100) == [f"Коротко.\n\n{first}", second]


def test_a_sentence_longer_than_a_page_is_cut_between_words() -> None:
    pages = sheets("слово " * 100, 60)
    assert " ".join(pages).split() == ["слово"] * 100


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\n. 🦘"), max_size=900))
def test_nothing_is_lost_and_every_page_fits(text: str) -> None:
    pages = sheets(text, 80)
    assert "".join("".join(pages).split()) == "".join(text.split())
    assert all(units(page) <= 80 for page in pages)
    assert all(pages) or pages == [""]
