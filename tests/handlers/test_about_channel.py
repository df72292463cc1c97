import pytest

from handlers.about_channel import is_about_channel


@pytest.mark.parametrize(
    ("command", "text", "is_so"),
    [
        ("digest", "@harbour_news 9:00", True),
        ("digest", "@harbour_news", True),
        ("pause", "-1001234567890 2h", True),
        ("settings", "@harbour_news 1", True),
        ("settings", "@harbour_news 12 tags порт", True),
        ("filter", "@harbour_news 1 порт", True),
        ("filter", "@harbour_news порт", False),
        # A source of the chat's own, by its name.
        ("settings", "@harbour_news", False),
        ("settings", "@harbour_news title Гавань", False),
        # Words to be told of.
        ("watch", "@harbour_news", False),
        ("digest", "9:00", False),
        ("settings", "2", False),
        ("lang", "@harbour_news uk", False),
    ],
)
def test_a_command_is_about_the_channel_that_it_names_first_unless_that_may_be_a_source(
    command: str, text: str, is_so: bool
) -> None:
    assert is_about_channel(command, text) is is_so
