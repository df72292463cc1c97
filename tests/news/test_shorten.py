from news.shorten import KEPT, shortened


def feed(items: int) -> bytes:
    return b"<rss>" + b"".join(b"<item>%d</item>" % number for number in range(items)) + b"</rss>"


def test_a_feed_stays_as_it_is() -> None:
    assert shortened(feed(2 * KEPT)) == feed(2 * KEPT)


def test_of_an_archive_both_ends_are_kept() -> None:
    short = shortened(feed(3 * KEPT))
    assert short.count(b"<item>") == short.count(b"</item>") == 2 * KEPT
    assert short.startswith(b"<rss><item>0</item>")
    assert b"<item>499</item><item>1000</item>" in short
    assert short.endswith(b"<item>1499</item></rss>")
