"""A feed's body without the middle of an archive: pure, a few searches over its bytes."""

# Of a body the newest 500 entries count (news.decide), and an archive has its newest at one of its ends.
KEPT = 500


def shortened(body: bytes) -> bytes:
    """The body with no more than the first and the last 500 of its items or entries."""
    for end in (b"</item>", b"</entry>"):
        if body.count(end) > 2 * KEPT:
            return body[: _after_first(body, end)] + body[_after_last(body, end) :]
    return body


def _after_first(body: bytes, end: bytes) -> int:
    """Where the first items to keep have ended."""
    place = 0
    for _ in range(KEPT):
        place = body.index(end, place) + len(end)
    return place


def _after_last(body: bytes, end: bytes) -> int:
    """Where the item before the last ones to keep has ended."""
    place = len(body)
    for _ in range(KEPT + 1):
        place = body.rindex(end, 0, place)
    return place + len(end)
