import pytest

from news.charset import as_utf8, header_charset

TEXT = "<rss><title>Військові навчання біля моря почалися вранці</title></rss>"
WESTERN = "<rss><title>Größe café naïve Ærø</title></rss>"


def declared(charset: str, text: str = TEXT) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>{text}'


@pytest.mark.parametrize(
    "body",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-32"),
        declared("utf-16").encode("utf-16-le"),
        declared("utf-16").encode("utf-16-be"),
        declared("utf-32").encode("utf-32-le"),
        declared("windows-1251").encode("cp1251"),
        declared("koi8-u").encode("koi8-u"),
        declared("none").encode(),
        declared("punycode").encode(),
    ],
)
def test_what_is_declared_or_marked_is_kept(body: bytes) -> None:
    assert as_utf8(body, None).decode() == TEXT


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT.encode("cp1251"), None),
        (TEXT.encode("koi8-u"), "text/xml"),
        (declared("utf-8").encode("cp1251"), "text/xml; charset=utf-8"),
        (declared("iso-8859-1").encode("cp1251"), None),
        (TEXT.encode("cp1251"), "text/xml; charset=ISO-8859-1"),
        (declared("windows-1251").encode(), None),
        (TEXT.encode(), "application/rss+xml; charset=windows-1251"),
        (TEXT.encode("cp1251"), "application/rss+xml; charset='windows-1251'"),
        (declared("utf-8").encode("cp1251"), "application/xml; charset=cp1251"),
    ],
)
def test_what_is_undeclared_or_wrongly_declared_is_seen_from_the_bytes(body: bytes, content_type: str | None) -> None:
    assert as_utf8(body, content_type).decode() == TEXT


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8"])
def test_western_text_stays_western(charset: str) -> None:
    assert as_utf8(declared(charset, WESTERN).encode(charset), None).decode() == WESTERN
    assert as_utf8(WESTERN.encode("cp1252"), None).decode() == WESTERN


def test_bytes_of_no_charset_cost_only_themselves() -> None:
    assert as_utf8(b"\x81\x00<\xff", "text/xml; charset=utf-8").endswith(b"<\xcb\x99")
    assert as_utf8(b"", None) == b""


@pytest.mark.parametrize(
    ("header", "charset"),
    [(None, ""), ("text/xml", ""), ("text/xml; charset=UTF-8", "utf-8"), ("a; charset='x'", "x"), (";;=;charset", "")],
)
def test_a_charset_is_found_in_the_header(header: str | None, charset: str) -> None:
    assert header_charset(header) == charset
