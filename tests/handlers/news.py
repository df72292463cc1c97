"""What messages are drawn from in tests: an article, and whatever feeds may say."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from handlers.message import Message
from handlers.speech import speech
from news.article import Article
from sandbox.telegram.formatted import MAX_ENTITIES, Formatted, utf16_length
from sandbox.telegram.keyboard import read_keyboard
from sandbox.telegram.markup import parse_html
from sandbox.telegram.posting import MAX_RAW_BYTES, MAX_TEXT

NOW = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
SPEECH, ENGLISH = speech("uk", "Europe/Kyiv"), speech("en", "Europe/Kyiv")
ARTICLE = Article(
    id=42,
    feed_id=1,
    story_id=1,
    outlet="iPress",
    title="Уряд подав проєкт бюджету",
    summary="Видатки зростуть. Так каже уряд.",
    text="",
    link="https://example.com/a",
    image=None,
    language="uk",
    published_at=NOW,
    found_at=NOW,
)


def article(id_: int, **changes: Any) -> Article:
    """An article of its own story, unless said otherwise."""
    plain: dict[str, Any] = {"id": id_, "story_id": id_, "title": f"Новина {id_}"}
    return replace(ARTICLE, **(plain | changes))


# What a feed may say at its worst: `news` takes out surrogates and control characters before anything is kept.
_SIGNS = st.characters(exclude_categories=["Cs", "Cc"])
_WORDS = st.one_of(
    st.text(_SIGNS, max_size=400),
    st.sampled_from(
        [
            "🦘" * 300,
            "&" * 300,
            "<b>" * 100,
            "</a></b>" * 40,
            "&amp;&lt;" * 40,
            "{0} %s {number}",
            "#тег @хтось /list " * 16,
            "слово " * 50,
        ]
    ),
)
_LINKS = st.one_of(
    st.none(), st.builds("https://example.com/{}".format, _WORDS), st.just("https://e.com/" + "&" * 9_000)
)
any_article = st.builds(
    replace,
    st.just(ARTICLE),
    id=st.integers(1, 2**63 - 1),
    story_id=st.integers(1, 40),
    feed_id=st.integers(1, 5),
    title=_WORDS,
    outlet=_WORDS,
    summary=_WORDS,
    link=_LINKS,
)
any_words = _WORDS


def taken(message: Message, most: int = MAX_TEXT) -> Formatted:
    """What Telegram reads in a message, which is within all its limits."""
    read = parse_html(message.html)
    assert 0 < utf16_length(read.text.strip()) <= most
    assert len(message.html.encode()) <= MAX_RAW_BYTES
    assert len(read.entities) <= MAX_ENTITIES
    rows = [[{"text": button.label, "callback_data": button.press} for button in row] for row in message.buttons]
    read_keyboard({"inline_keyboard": rows})
    assert all(len(row) <= 8 for row in rows)
    return read
