import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.feed import Entry
from news.identity import clean_link, entry_keys, fingerprint, link_key, with_page, without_repeats
from tests.news.given import ago, entry

HOME = "https://outlet.example/"


def same(first: Entry, second: Entry) -> bool:
    """Whether two entries, each seen in a body with another, go by a common key."""
    [one, _], [other, _] = entry_keys([first, entry("another")]), entry_keys([second, entry("another")])
    return not set(one).isdisjoint(other)


@pytest.mark.parametrize(
    ("link", "clean"),
    [
        ("https://outlet.example/a?utm_source=rss&id=1", "https://outlet.example/a?id=1"),
        ("https://outlet.example/a?fbclid=x#utm_medium=y", "https://outlet.example/a"),
        ("https://outlet.example/a?id=1&page=2#part", "https://outlet.example/a?id=1&page=2#part"),
    ],
)
def test_a_link_loses_only_what_tracks(link: str, clean: str) -> None:
    assert clean_link(link) == clean


@pytest.mark.parametrize(
    "spelling",
    [
        "http://outlet.example/a?b=1&c=2",
        "https://www.outlet.example/a?b=1&c=2",
        "https://outlet.example/a/?c=2&b=1",
        "https://OUTLET.example:443/a?b=1&c=2&utm_campaign=x",
    ],
)
def test_spellings_of_one_page_share_a_key(spelling: str) -> None:
    assert link_key(spelling) == link_key("https://outlet.example/a?b=1&c=2")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Corrected", "description": "Other words."},
        {"published": ago(days=2)},
        {"guid": "changed"},
        {"guid": None},
        {"link": "https://outlet.example/changed"},
        {"link": None},
        {"link": "http://www.outlet.example/one?utm_source=rss"},
    ],
)
def test_an_entry_is_known_again(changes: dict[str, object]) -> None:
    assert same(entry("one"), entry("one", **changes))


def test_a_guid_that_is_an_address_is_known_by_any_spelling() -> None:
    first = entry("one", guid="http://outlet.example/one?utm_source=a", link=None)
    assert same(first, entry("one", guid="https://www.outlet.example/one", link=None))


def test_different_entries_share_no_key() -> None:
    assert not same(entry("one"), entry("two"))


@pytest.mark.parametrize(
    "shared",
    [
        {"guid": "same"},
        {"link": "https://outlet.example/same"},
        {"link": HOME},
        {"guid": "same", "link": None},
        {"guid": None, "link": "https://outlet.example/same"},
        {"guid": None, "link": HOME},
        {"guid": None, "link": None},
        {"guid": "  ", "link": None},
    ],
)
def test_entries_that_share_guid_or_link_are_told_apart(shared: dict[str, object]) -> None:
    keys = entry_keys([entry(name, **shared) for name in ("one", "two", "three")])
    assert without_repeats(keys) == [0, 1, 2]


def test_a_pages_own_address_is_one_more_key() -> None:
    [keys], [own] = (entry_keys([entry("one", link=f"https://outlet.example/{at}")]) for at in ("go?to=one", "one"))
    assert with_page(keys, "http://www.outlet.example/one/?utm_source=rss") == (*keys, own[-1])
    assert with_page(keys, "https://outlet.example/go?to=one") == keys
    assert with_page(keys, HOME) == with_page(keys, None) == keys


def test_an_entry_repeated_in_a_body_counts_once() -> None:
    keys = entry_keys([entry("one"), entry("two"), entry("one", title="Corrected")])
    assert without_repeats(keys) == [0, 1]


def test_every_entry_has_a_key() -> None:
    [keys] = entry_keys([Entry(guid=None, title="", link=None)])
    assert keys


def test_a_fingerprint_changes_with_the_words_only() -> None:
    print_ = fingerprint(entry("one"))
    assert fingerprint(entry("one", published=ago(days=1), link=HOME, guid="x")) == print_
    assert fingerprint(entry("one", title="Corrected")) != print_
    assert fingerprint(entry("one", description="Other")) != print_
    assert len(print_) >= 32


@given(st.lists(st.builds(Entry, guid=st.none() | st.text(), title=st.text(), link=st.none() | st.text()), max_size=8))
def test_keys_never_fail(entries: list[Entry]) -> None:
    keys = entry_keys(entries)
    assert len(keys) == len(entries)
    assert all(keys)
