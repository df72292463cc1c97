"""Moments and texts as columns take them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given as given_any
from hypothesis import strategies
from sqlalchemy import Dialect, make_url

from news.short_name import digest
from storage.columns import UtcTime, clean

ENGINES: list[Dialect] = [make_url(url).get_dialect()() for url in ("sqlite://", "postgresql+asyncpg://")]


@pytest.mark.parametrize("engine", ENGINES, ids=["sqlite", "postgresql"])
def test_a_moment_comes_back_in_utc(engine: Dialect) -> None:
    kyiv = datetime(2026, 11, 24, 14, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    kept = UtcTime().process_bind_param(kyiv, engine)
    back = UtcTime().process_result_value(kept, engine)
    assert back == kyiv
    assert back is not None
    assert back.tzinfo is UTC


@pytest.mark.parametrize("engine", ENGINES, ids=["sqlite", "postgresql"])
def test_a_moment_without_a_zone_is_refused(engine: Dialect) -> None:
    with pytest.raises(ValueError, match="zone"):
        UtcTime().process_bind_param(datetime(2026, 11, 24), engine)


@given_any(strategies.text(strategies.characters()))
def test_clean_text_can_always_be_stored_and_is_clean_already(text: str) -> None:
    once = clean(text)
    assert "\0" not in once
    once.encode("utf-8")
    assert clean(once) == once


@given_any(strategies.text(strategies.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_text_that_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_a_digest_is_short_and_tells_texts_apart() -> None:
    texts = ["", "a", "A", "й" * 10_000, "\ud800"]
    assert {len(digest(text)) for text in texts} == {32}
    assert len({digest(text) for text in texts}) == len(texts)
