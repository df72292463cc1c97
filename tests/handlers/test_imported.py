from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from handlers.imported import MOST_FAILURES, report
from handlers.speech import speech
from news.bulk import Tried
from news.errors import Problem
from news.feed import Feed
from news.follow import Followed
from news.opml import Outline
from sandbox.telegram.formatted import utf16_length
from sandbox.telegram.markup import parse_html

NOW = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
UK, EN = speech("uk", "Europe/Kyiv"), speech("en", "Europe/Kyiv")


def followed(*, already: bool = False, problem: Problem | None = None) -> Tried:
    feed = Feed(id=1, url="https://a.example/", title="A", next_check_at=NOW, problem=problem)
    return Tried(Outline("A", feed.url), Followed(feed, already, ()))


def failed(problem: Problem | None, title: str = "", address: str = "https://b.example/feed") -> Tried:
    return Tried(Outline(title, address), problem=problem)


def test_a_report_looks_as_agreed() -> None:
    tried = [
        followed(),
        followed(problem=Problem.TOO_SLOW),
        followed(already=True),
        failed(Problem.UNKNOWN_HOST, "Старий блог"),
        failed(None, address="feed:x"),
    ]
    assert report("feeds.opml", tried, UK, left_out=3) == (
        "<b>feeds.opml</b>\n"
        "Додано 2 джерела.\n"
        "З них 1 поки не читається; спробую знову.\n"
        "За 1 джерелом ви вже стежили.\n\n"
        "Не вдалося додати 2 джерела:\n"
        "• Старий блог – Сайту b.example не існує. Перевірте адресу.\n"
        "• feed:x – «feed:x» – не адреса.\n\n"
        "У файлі є ще 3 стрічки понад те, що читається за раз. Надішліть їх окремим файлом."
    )


def test_a_report_of_nothing_but_success_is_one_line() -> None:
    assert report("feeds.opml", [followed()], EN) == "<b>feeds.opml</b>\n1 source added."


def test_a_failed_feed_without_a_title_goes_by_its_address() -> None:
    assert "• b.example/feed – There is no site" in report("feeds.opml", [failed(Problem.UNKNOWN_HOST)], EN)


@given(
    st.text(max_size=300),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
    st.text(max_size=3000),
    st.integers(1, 200),
)
def test_whatever_a_file_says_the_report_fits_into_a_message(name: str, title: str, address: str, number: int) -> None:
    long_host = f"https://{'b.' * 1000}example/"
    tried = [failed(None, title, address), *[failed(Problem.NOT_A_FEED, title, long_host)] * number]
    read = parse_html(report(name[:60], tried, UK, left_out=1800))
    assert {entity["type"] for entity in read.entities} <= {"bold"}
    assert utf16_length(read.text) <= 4096
    assert read.text.count("• ") >= min(number + 1, MOST_FAILURES)
