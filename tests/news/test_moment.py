from datetime import UTC, datetime

import pytest

from news.moment import moment

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 24 Nov 2026 12:00:00 GMT",
        "Tue, 24 Nov 2026 14:00:00 +0200",
        "24 Nov 2026 06:30:00 -0530",
        "Tue, 24 Nov 2026 07:00 EST",
        "2026-11-24T12:00:00Z",
        "2026-11-24T14:00:00.123+02:00",
        "2026-11-24 12:00:00",
        "Tue Nov 24 12:00:00 2026",
    ],
)
def test_a_date_is_read_in_any_usual_form(text: str) -> None:
    assert moment(text) == NOON


@pytest.mark.parametrize(
    "text", ["", "soon", "24 листопада", "Tue, 31 Feb 2026 12:00:00 GMT", "x" * 100_000, "Fri, 2006/99/15 08:19:53 EDT"]
)
def test_what_names_no_moment_is_none(text: str) -> None:
    assert moment(text) is None
