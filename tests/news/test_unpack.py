import gzip
import random
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import FeedError, TooLarge, Unreachable
from news.unpack import MOST_MEMBERS, Body, most

TEXT = b"<rss><title>" + b"Lots of news. " * 5_000 + b"</title></rss>"
NOISE = random.Random(1).randbytes(200_000)
LIMIT = 10_000_000


def bare(content: bytes) -> bytes:
    """Deflated without zlib's frame, as many servers do."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def unpacked(coding: str | None, body: bytes, *, limit: int = LIMIT, chunk: int = 65_536) -> bytes:
    taken = Body(coding, limit=limit)
    for start in range(0, len(body), chunk):
        taken.take(body[start : start + chunk])
    return taken.whole()


CODED = [
    (None, TEXT),
    ("", TEXT),
    ("identity", TEXT),
    ("gzip", gzip.compress(TEXT)),
    (" GZip ", gzip.compress(TEXT)),
    ("x-gzip", gzip.compress(TEXT)),
    ("deflate", zlib.compress(TEXT)),
    ("deflate", bare(TEXT)),
    ("gzip", gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:])),
    ("gzip", gzip.compress(TEXT) + b"\0" * 100),
    ("deflate", zlib.compress(TEXT) + b"padding"),
]


@pytest.mark.parametrize(("coding", "body"), CODED)
@pytest.mark.parametrize("chunk", [1, 7, 100, 65_536])
def test_what_was_packed_is_unpacked_however_it_comes(coding: str | None, body: bytes, chunk: int) -> None:
    assert unpacked(coding, body, chunk=chunk) == TEXT


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_072])
def test_a_body_that_fills_whole_pieces_is_complete(size: int) -> None:
    assert unpacked("gzip", gzip.compress(b"a" * size)) == b"a" * size


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
@pytest.mark.parametrize("text", [TEXT, b'{"version": "1"}', b"User-agent: *\n", b"\xef\xbb\xbf<rss/>", b" \n<rss/>"])
@pytest.mark.parametrize("chunk", [1, 65_536])
def test_readable_text_is_taken_as_it_is_whatever_it_says(coding: str, text: bytes, chunk: int) -> None:
    assert unpacked(coding, text, chunk=chunk) == text


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(NOISE)[:100_000]),
        ("gzip", gzip.compress(TEXT)[:-1]),
        ("gzip", b"\x1f"),
        ("deflate", zlib.compress(TEXT)[:-1]),
        ("deflate", bare(TEXT)[:-2]),
        ("gzip", gzip.compress(TEXT)[:-8] + bytes(8)),
        ("gzip", zlib.compress(TEXT)),
        ("br", NOISE),
        ("gzip", b"\x1f\x8b\x08" + NOISE),
    ],
)
def test_what_is_cut_or_broken_is_no_body(coding: str, body: bytes) -> None:
    with pytest.raises(Unreachable):
        unpacked(coding, body)


@pytest.mark.parametrize("coding", [None, "gzip", "deflate", "br"])
def test_an_empty_body_is_one_in_any_coding(coding: str | None) -> None:
    assert unpacked(coding, b"") == b""


@pytest.mark.parametrize(("coding", "body"), [(None, NOISE), ("gzip", gzip.compress(NOISE))])
def test_the_limit_is_on_what_comes_out(coding: str | None, body: bytes) -> None:
    assert unpacked(coding, body, limit=len(body)) == NOISE
    with pytest.raises(TooLarge):
        unpacked(coding, body, limit=len(NOISE) - 1)


def test_the_limit_is_on_what_goes_in_as_well() -> None:
    nothings = b"".join(gzip.compress(b"") for _ in range(500))
    with pytest.raises(TooLarge):
        unpacked("gzip", nothings, limit=1000)


def test_of_what_is_too_large_the_beginning_is_there() -> None:
    body = Body("gzip", limit=1000)
    with pytest.raises(TooLarge):
        body.take(gzip.compress(TEXT))
    assert body.beginning() == TEXT[:1000]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, bare])
def test_a_bomb_is_given_up_long_before_the_limit(pack: object) -> None:
    assert callable(pack)
    body = Body("gzip" if pack is gzip.compress else "deflate", limit=LIMIT)
    with pytest.raises(TooLarge, match="times"):
        body.take(pack(b"x" * LIMIT))
    assert len(body.beginning()) < 1_200_000


def test_a_small_body_may_be_packed_tightly() -> None:
    assert len(unpacked("gzip", gzip.compress(b" " * 999_999))) == 999_999


def test_an_honest_large_body_is_taken() -> None:
    lines = "".join(f"<item><guid>{number}</guid><title>News of the day</title></item>" for number in range(60_000))
    assert unpacked("gzip", gzip.compress(lines.encode())) == lines.encode()


def test_a_member_of_noise_pays_for_no_bomb_behind_it() -> None:
    with pytest.raises(TooLarge, match="times"):
        unpacked("gzip", gzip.compress(b"x" * 5_000_000) + gzip.compress(NOISE))


def test_members_without_end_are_no_body() -> None:
    with pytest.raises(Unreachable):
        unpacked("gzip", gzip.compress(b"a") * (MOST_MEMBERS + 1))


def test_memory_is_bounded_whatever_was_packed() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            unpacked("gzip", bomb)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


@given(st.sampled_from([None, "gzip", "deflate", "br"]), st.binary(max_size=200), st.integers(1, 50))
def test_any_bytes_are_a_body_or_an_error_of_ours(coding: str | None, body: bytes, chunk: int) -> None:
    try:
        unpacked(coding, body, chunk=chunk)
    except FeedError:
        return


@given(st.binary(max_size=2000), st.integers(1, 500), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_survive_being_packed(content: bytes, chunk: int, coding: str) -> None:
    pack = gzip.compress if coding == "gzip" else zlib.compress
    assert unpacked(coding, pack(content), chunk=chunk) == content


@pytest.mark.parametrize(
    ("coding", "length", "largest"),
    [
        *((None, None, LIMIT), ("gzip", None, LIMIT), (None, 7, 7), (" Identity", 7, 7), ("gzip", 7, 1_000_000)),
        *(("gzip", 20_000, 2_000_000), ("deflate", 5_000_000, LIMIT), (None, 2 * LIMIT, LIMIT)),
    ],
)
def test_how_large_a_body_may_become_is_known_by_its_length(coding: str | None, length: int, largest: int) -> None:
    assert most(coding, length, limit=LIMIT) == largest
