import pytest

from handlers import channels


@pytest.mark.parametrize(
    ("command", "text", "answered_by"),
    [
        ("sub", "@harbour_news example.com", channels.sub),
        ("sub", "@harbour_news   https://example.com/feed.xml", channels.sub),
        ("sub", "-1001234567890 example.com", channels.sub),
        ("sub", "@harbour_news @other_channel", channels.sub),
        ("unsub", "@harbour_news 2", channels.unsub),
        ("list", "@harbour_news", channels.list_),
        ("list", "-1001234567890", channels.list_),
        # That channel's own posts.
        ("sub", "@harbour_news", None),
        ("sub", "@harbour_news private", None),
        ("sub", "@harbour_news приватно", None),
        ("unsub", "@harbour_news", None),
        # No channel at all.
        ("sub", "example.com private", None),
        ("sub", "", None),
        ("list", "", None),
        ("list", "2", None),
        ("list", "@x", None),
        ("unsub", "-5 2", None),
        ("search", "@harbour_news words", None),
    ],
)
def test_a_command_is_about_a_channel_where_it_names_one_first(command: str, text: str, answered_by: object) -> None:
    assert channels.of_a_channel(command, text) is answered_by
