import pytest

from sandbox.telegram.formatted import MAX_ENTITIES, Formatted, cut, found, tidy
from sandbox.telegram.markup import parse_html


def words(text: str) -> list[tuple[str, str]]:
    return [(one["type"], cut(text, one)) for one in found(text)]


def test_text_is_trimmed_and_entities_move_with_it() -> None:
    tidied = tidy(parse_html("  \n <b> word </b>\n "))
    assert tidied.text == "word"
    assert tidied.entities == ({"type": "bold", "offset": 0, "length": 4},)


def test_returns_and_control_characters_go() -> None:
    tidied = tidy(parse_html("a\r\n<b>b</b>\x00c"))
    assert tidied.text == "a\nb c"
    assert tidied.entities == ({"type": "bold", "offset": 2, "length": 1},)


def test_commands_links_mentions_and_hashtags_are_found() -> None:
    assert words("/sub https://a.com/x, @visnyk_bot #новини example.com 1/2 a@b") == [
        ("bot_command", "/sub"),
        ("url", "https://a.com/x"),
        ("mention", "@visnyk_bot"),
        ("hashtag", "#новини"),
        ("url", "example.com"),
    ]


def test_a_command_may_name_its_bot() -> None:
    assert words("/start@visnyk_bot now") == [("bot_command", "/start@visnyk_bot")]


def test_nothing_is_found_within_a_link() -> None:
    tidied = tidy(parse_html('<a href="https://a.com/">b.com</a>'))
    assert [one["type"] for one in tidied.entities] == ["text_link"]


def test_entities_over_the_same_letters_come_in_telegrams_order() -> None:
    for source in ('<a href="a.com"><b>x</b></a>', '<b><a href="a.com">x</a></b>'):
        assert [one["type"] for one in tidy(parse_html(source)).entities] == ["text_link", "bold"]


@pytest.mark.timeout(5)
@pytest.mark.parametrize("letter", ["-", "a.", "#1", "/", "@", "http://", "_", ".-"])
def test_long_monotony_is_looked_through_quickly(letter: str) -> None:
    found(letter * (30_000 // len(letter)))


def test_a_hundred_entities_are_kept() -> None:
    assert len(tidy(parse_html("<b>a</b> " * 120)).entities) == MAX_ENTITIES


def test_entities_given_by_the_caller_are_clipped_to_the_text() -> None:
    given: dict[str, object] = {"type": "bold", "offset": 1, "length": 50}
    assert tidy(Formatted("ab", (given,))).entities == ({"type": "bold", "offset": 1, "length": 1},)
