"""The list of what a chat follows, as it is drawn."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.list import PER_PAGE, listed
from news.article import Article
from news.chat import Subscription
from news.errors import Problem
from news.feed import Feed
from tests.handlers.news import ARTICLE, ENGLISH, NOW, SPEECH, any_article, any_words, taken

FEED = Feed(12, "https://bereg.example/feed.xml", "Вільний Берег", NOW + timedelta(minutes=5), succeeded_at=NOW)
FAILING = replace(FEED, problem=Problem.SERVER_TROUBLE, failing_since=NOW - timedelta(days=2), failures=3)


def row_of(feed: Feed, newest: Article | None = ARTICLE) -> str:
    """What the list says of how a feed is doing."""
    return (
        taken(listed([Subscription(1, feed, newest)], 0, ENGLISH, now=NOW))
        .text.split("\n\n")[1]
        .splitlines()[-1]
        .strip()
    )


@pytest.mark.parametrize(
    ("feed", "newest", "told"),
    [
        (FEED, ARTICLE, "Fresh. Read 1 second ago; next time at 14:10."),
        (
            FEED,
            replace(ARTICLE, published_at=NOW - timedelta(days=30)),
            "Quiet since 25 Oct, 14:05. Read 1 second ago;",
        ),
        (replace(FEED, succeeded_at=None), None, "Not read yet."),
        (FAILING, ARTICLE, "⚠️ The server of bereg.example has a fault. Failing since 22 Nov, 14:05. Last read"),
    ],
)
def test_each_says_how_it_is_doing(feed: Feed, newest: Article | None, told: str) -> None:
    assert row_of(feed, newest).startswith(told)


def test_each_row_has_a_button_with_its_number_that_opens_its_settings() -> None:
    followed = [Subscription(one, replace(FEED, id=100 + one), None) for one in range(PER_PAGE + 1)]
    first, last = (listed(followed, page, SPEECH, now=NOW).buttons for page in (0, 9))
    assert [(button.label, button.press) for button in first[0]][::5] == [("1", "set:100"), ("6", "set:105")]
    assert [button.press for button in first[1]] == ["list:0", "list:1"]
    assert [(button.label, button.press) for button in last[0]] == [("7", "set:106")]


troubled = st.builds(
    replace,
    st.just(FAILING),
    title=any_words,
    url=st.builds("https://{}.example/{}".format, st.just("a" * 60), any_words),
    problem=st.sampled_from(Problem),
    private=st.booleans(),
)


@given(st.lists(st.builds(Subscription, st.just(1), troubled, any_article), min_size=PER_PAGE, max_size=PER_PAGE))
def test_a_page_of_whatever_feeds_say_is_taken(followed: list[Subscription]) -> None:
    taken(listed(followed, 0, SPEECH, now=NOW))
