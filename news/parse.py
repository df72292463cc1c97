"""A feed's body, read into records: pure.

JSON by parse_json, a Telegram channel's page by parse_channel; XML by parse_surely, which is fast and knows when it is
not sure, and then by parse_patiently, which is feedparser.
"""

from news.charset import header_charset
from news.feed import ParsedFeed
from news.parse_channel import looks_like_channel, parse_channel
from news.parse_json import looks_like_json, parse_json_feed
from news.parse_patiently import parse_patiently
from news.parse_surely import parse_surely
from news.shorten import shortened
from news.skipping import with_wishes


def parse_feed(body: bytes, *, url: str, content_type: str | None = None) -> ParsedFeed:
    """Read RSS, RDF, Atom, JSON Feed, or the web preview of a Telegram channel.

    `url` is where the body came from: relative links are relative to it. `content_type` is the HTTP header,
    which says the charset where the body doesn't. An entry that can't be read is left out; of more than a thousand
    the first and the last 500 are read. Raises NotAFeed for a body with neither a feed's name nor an entry.

    Whoever wrote the body decides how long this takes: news.aside.read_feed sets a limit.
    """
    feed = parse_quickly(body, url=url, content_type=content_type)
    return feed or with_wishes(parse_patiently(shortened(body), url=url, content_type=content_type), body)


def parse_quickly(body: bytes, *, url: str, content_type: str | None = None) -> ParsedFeed | None:
    """As parse_feed, in time that grows with the body's length; None where feedparser has to be asked."""
    if looks_like_json(body):
        return parse_json_feed(body, url=url, charset=header_charset(content_type))
    if looks_like_channel(body):
        return parse_channel(body, url=url)
    feed = parse_surely(shortened(body), url=url, content_type=content_type)
    return with_wishes(feed, body) if feed else None
