"""No secret reaches a log."""

from bot.logs import blotter


def test_tokens_and_passwords_are_blotted_out() -> None:
    event = {
        "event": "GET https://api.telegram.org/bot123456:AAE-x_y/getMe",
        "url": "postgresql://visnyk:hunter2@host/db",
        "number": 5,
        "said": "hush: 7:short is no token",
    }
    assert blotter(["hush"])(None, "", event) == {
        "event": "GET https://api.telegram.org/bot***/getMe",
        "url": "postgresql://visnyk:***@host/db",
        "number": 5,
        "said": "***: 7:short is no token",
    }
