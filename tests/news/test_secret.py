import contextlib
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import BadAddress
from news.secret import Secret, address_to_show, is_secret, read_secret, showable, typed


def basic(pair: str) -> str:
    return f"Basic {b64encode(pair.encode()).decode()}"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://user:pass@a.example/rss", Secret("https://a.example/rss", basic("user:pass"))),
        ("<https://user:pass@A.example:443/rss?x=1#y>", Secret("https://a.example/rss?x=1", basic("user:pass"))),
        ("https://us%40er:p%3Aа@a.example", Secret("https://a.example/", basic("us@er:p:а"))),
        ("https://user:p@ss@a.example/", Secret("https://a.example/", basic("user:p@ss"))),
        ("https://user@a.example/", Secret("https://a.example/", basic("user:"))),
        ("https://a.example/rss?token=x private", Secret("https://a.example/rss?token=x")),
        ("a.example/rss?token=x приватно", Secret("https://a.example/rss?token=x")),
        ("https://user:pass@a.example/rss PRIVATE", Secret("https://a.example/rss", basic("user:pass"))),
    ],
)
def test_a_secret_is_read(text: str, secret: Secret) -> None:
    assert read_secret(text) == secret
    assert is_secret(text)
    assert address_to_show(text) == "https://a.example/"


@pytest.mark.parametrize(
    "text",
    [
        "https://user:pass@a.example/rss",
        "https://us%40er:p%3Aа%2F@a.example:8443/rss?x=1",
        "https://:pass@a.example/",
        "https://user@a.example/",
        "https://a.example/rss?token=x private",
        "http://a.example/rss приватно",
    ],
)
def test_a_secret_given_back_is_read_as_the_same(text: str) -> None:
    secret = read_secret(text)
    assert secret is not None
    assert read_secret(typed(secret)) == secret


@pytest.mark.parametrize("text", ["https://a.example/@me", "a.example", "me@a.example", "private", "a b private", ""])
def test_what_is_public_or_nothing_is_no_secret(text: str) -> None:
    assert read_secret(text) is None
    assert not is_secret(text)


@pytest.mark.parametrize(
    "text", ["https://u:p@", "ftp://u:p@a.example/", "https://u:p@a.example:6000/", "//u:p@a.example/"]
)
def test_a_secret_at_no_address_is_refused_and_still_a_secret(text: str) -> None:
    with pytest.raises(BadAddress):
        read_secret(text)
    assert is_secret(text)


@pytest.mark.parametrize("text", ["https://@a.example/", "https://:@a.example/", "no-address private"])
def test_a_key_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        read_secret(text)


def test_a_secret_shows_nothing_of_itself() -> None:
    secret = Secret("https://a.example/rss?token=hush", basic("user:hush"))
    assert repr(secret) == "Secret()"
    assert secret.origin == "https://a.example/"
    assert showable("https://user:hush@a.example/rss") == "https://…@a.example/rss"


@given(st.text() | st.from_regex(r"https?://[^ ]*@[^ ]*( private)?"))
def test_any_text_is_a_secret_a_bad_address_or_neither(text: str) -> None:
    with contextlib.suppress(BadAddress):
        read_secret(text)
    is_secret(text)
