import pytest

from news.parse import parse_feed
from news.skipping import skipped

WISH = (
    b"<skipHours><hour>0</hour><hour> 7 </hour><hour>24</hour><hour>99</hour></skipHours>"
    b"<skipDays>\n<day>Sunday</day><day>monday</day><day>Doomsday</day></skipDays>"
)
ITEM = b"<item><title>One</title><description>&lt;skipDays&gt;</description></item>"


@pytest.mark.parametrize("channel", [WISH + ITEM, ITEM + WISH, WISH])
def test_hours_and_days_are_read_wherever_they_stand(channel: bytes) -> None:
    parsed = parse_feed(b'<rss version="2.0"><channel><title>T</title>' + channel + b"</channel></rss>", url="")
    assert parsed.skip_hours == {0, 7}
    assert parsed.skip_days == {0, 6}


@pytest.mark.parametrize(
    "body", [b"", b"<skipHours>", b"<skipHours><hour>1", b"<item><skipDays><day>Monday</day></skipDays></item>"]
)
def test_what_is_no_wish_is_none(body: bytes) -> None:
    assert skipped(body) == (frozenset(), frozenset())


def test_a_hostile_body_is_read_in_no_time() -> None:
    assert skipped(b"<skipHours>" * 200_000) == (frozenset(), frozenset())
