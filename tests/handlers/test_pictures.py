"""Which pictures are sent, and which are left alone for a while."""

from datetime import timedelta

import pytest

from handlers.pictures import IN_A_ROW, REMEMBERED, REST, Pictures, is_picture
from tests.handlers.news import NOW

PICTURE, OTHER = "https://img.example/a.jpg", "https://img.example/b.jpg"


class Hour:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        return self.now


@pytest.mark.parametrize(
    "address",
    [
        PICTURE,
        "http://img.example/photo?id=7&w=1200",
        "https://img.example/photo.webp",
        "https://img.example/1920x1080/a.jpg",
        "https://img.example/pixels/a.jpg",
    ],
)
def test_a_picture_is_taken_for_one(address: str) -> None:
    assert is_picture(address)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "/a.jpg",
        "data:image/png;base64,AAAA",
        "ftp://img.example/a.jpg",
        "https://[img.example/a.jpg",
        "https://img.example/logo.SVG",
        "https://img.example/move.gif?x=1",
        "https://img.example/favicon.ico",
        "https://img.example/1x1.png",
        "https://img.example/a.png?width=1&height=1",
        "https://img.example/pixel?u=7",
        "https://img.example/" + "a" * 2_000,
    ],
)
def test_what_shows_nothing_is_none(address: str | None) -> None:
    assert not is_picture(address)


def at(hour: Hour) -> Pictures:
    return Pictures(hour)  # type: ignore[arg-type]


def test_a_picture_is_sent_by_its_address_until_telegram_knows_it() -> None:
    pictures = at(Hour())
    assert pictures.to_send(PICTURE, 7) == PICTURE
    pictures.taken(PICTURE, 7, "file-1")
    assert pictures.to_send(PICTURE, 8) == "file-1"
    assert pictures.to_send(OTHER, 8) == OTHER


def test_a_host_that_failed_three_times_in_a_row_rests_for_an_hour() -> None:
    hour = Hour()
    pictures = at(hour)
    for _ in range(IN_A_ROW):
        assert pictures.to_send(OTHER, 7) == OTHER
        pictures.failed(PICTURE)
    assert pictures.to_send(OTHER, 7) is None
    assert pictures.to_send("https://other.example/a.jpg", 7)
    hour.now += REST - timedelta(seconds=1)
    assert pictures.to_send(OTHER, 7) is None
    hour.now += timedelta(seconds=1)
    assert pictures.to_send(OTHER, 7) == OTHER


def test_one_more_failure_after_the_rest_is_another_rest() -> None:
    hour = Hour()
    pictures = at(hour)
    for _ in range(IN_A_ROW):
        pictures.failed(PICTURE)
    hour.now += REST
    pictures.failed(PICTURE)
    assert pictures.to_send(PICTURE, 7) is None


def test_a_success_in_between_begins_anew() -> None:
    pictures = at(Hour())
    for _ in range(3):
        for _ in range(IN_A_ROW - 1):
            pictures.failed(PICTURE)
        pictures.taken(OTHER, 7, "file-1")
    assert pictures.to_send(PICTURE, 7) == PICTURE


def test_what_telegram_knows_needs_no_host() -> None:
    pictures = at(Hour())
    pictures.taken(PICTURE, 7, "file-1")
    for _ in range(IN_A_ROW):
        pictures.failed(OTHER)
    assert pictures.to_send(PICTURE, 7) == "file-1"


def test_an_id_that_is_no_longer_good_is_forgotten() -> None:
    pictures = at(Hour())
    pictures.taken(PICTURE, 7, "file-1")
    pictures.failed(PICTURE)
    assert pictures.to_send(PICTURE, 7) == PICTURE


def test_a_chat_that_takes_no_pictures_is_sent_none() -> None:
    pictures = at(Hour())
    for _ in range(IN_A_ROW):
        pictures.unwanted(-100)
    assert pictures.to_send(PICTURE, -100) is None
    assert pictures.to_send(PICTURE, 7) == PICTURE


def test_memory_has_an_end() -> None:
    pictures = at(Hour())
    for number in range(REMEMBERED + 1):
        pictures.taken(f"https://img.example/{number}.jpg", 7, str(number))
    assert pictures.to_send("https://img.example/0.jpg", 7) == "https://img.example/0.jpg"
    assert pictures.to_send("https://img.example/1.jpg", 7) == "1"
