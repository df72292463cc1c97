"""Bookmarks as a file."""

from datetime import UTC, datetime

from lxml import html

from news.bookmarks import Bookmark, write_bookmarks

SINCE = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_file_has_each_bookmark_with_its_date_and_outlet() -> None:
    content = write_bookmarks("Збережене", [Bookmark("https://e.com/a", "Міст", "Берег", SINCE)])
    assert content.startswith(b"<!DOCTYPE NETSCAPE-Bookmark-file-1>")
    read = html.fromstring(content)
    [link] = read.iter("a")
    assert (link.get("href"), link.get("add_date"), link.text) == ("https://e.com/a", "1795521600", "Міст")
    assert [each.text.strip() for each in read.iter("dd")] == ["Берег"]
    assert read.findtext(".//h1") == "Збережене"


def test_whatever_an_article_says_is_text_and_stays_on_its_line() -> None:
    mark = Bookmark('https://e.com/"><script>', "</A><script>\n& {0}", "<b>", SINCE)
    [link] = html.fromstring(write_bookmarks("<i>", [mark])).iter("a")
    assert link.get("href") == 'https://e.com/"><script>'
    assert link.text == "</A><script> & {0}"
    assert b"<script>" not in write_bookmarks("", [mark])


def test_an_article_without_a_title_goes_by_its_address() -> None:
    [link] = html.fromstring(write_bookmarks("", [Bookmark("https://e.com/a", "", "", SINCE)])).iter("a")
    assert link.text == "https://e.com/a"
