"""Feeds of 30 items as outlets write them, for benchmarks: news with pictures, a blog in full, a podcast, Atom, RDF.

    python -m benchmarks.outlets

prints how large each is.
"""

from collections.abc import Callable
from xml.sax.saxutils import escape

from rich.console import Console

URL = "https://outlet.example/rss"
ITEMS = 30
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
LEAD = "Пором, який ремонтували всю зиму, вийшов у море в суботу вранці. Квитки продали за день"
PARAGRAPH = (
    f"<p>{LEAD}, пише <a href='/berih?a=1&b=2' rel='nofollow'>«Берег»</a>. <b>Далі</b> &mdash; більше&nbsp;…</p>\n"
)
PICTURE = '<figure class="wide"><img src="/i/{0}.jpg" alt="Пором" width="640" height="360" /><br/></figure>'


def rss(item: Callable[[int], str]) -> bytes:
    """RSS 2.0 with such items."""
    start = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMESPACES}><channel>'
    head = f'<title>Берег</title><link>https://outlet.example/</link><atom:link rel="self" href="{URL}"/>'
    items = "".join(f"<item>{item(number)}</item>\n" for number in range(ITEMS))
    return f"{start}{head}{items}</channel></rss>".encode()


def _news(number: int) -> str:
    return (
        f"<title>Пором № {number} вийшов у море</title><link>https://outlet.example/{number}?utm_source=rss</link>"
        f'<guid isPermaLink="false">g{number}</guid><pubDate>Tue, 24 Nov 2026 12:{number:02}:00 +0200</pubDate>'
        f"<category>Новини</category><description>{escape(LEAD)}</description>"
        f'<enclosure url="https://outlet.example/i/{number}.jpg" type="image/jpeg" length="1"/>'
    )


def _blog(number: int) -> str:
    content = PICTURE.format(number) + "".join(PARAGRAPH.format(number * 100 + part) for part in range(12))
    return (
        f"{_news(number)}<dc:creator><![CDATA[Олена Коваль]]></dc:creator><slash:comments>{number}</slash:comments>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
    )


def _podcast(number: int) -> str:
    return (
        f"{_news(number)}<itunes:summary>{escape(PARAGRAPH.format(number))}</itunes:summary><itunes:author>Берег</itunes:author>"
        f'<itunes:image href="https://outlet.example/i/{number}.jpg"/><itunes:duration>12:00</itunes:duration>'
    )


def _entry(number: int) -> str:
    content = escape(PARAGRAPH.format(number) * 4)
    return (
        f"<entry><id>tag:outlet.example,2026:{number}</id><title>Пором № {number} вийшов у море</title>"
        f'<link href="/{number}"/><updated>2026-11-24T12:{number:02}:00+02:00</updated>'
        f"<author><name>Олена</name></author><summary>{LEAD}</summary>"
        f'<content type="html">{content}</content></entry>\n'
    )


def _atom() -> bytes:
    head = f'<id>{URL}</id><title>Берег</title><link rel="self" href="{URL}"/><link href="/"/>'
    entries = "".join(map(_entry, range(ITEMS)))
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk">{head}{entries}</feed>'.encode()


def _rdf() -> bytes:
    names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    items = "".join(
        f'<item rdf:about="{URL}#{number}"><title>Пором № {number}</title><link>/{number}</link>'
        f"<description>{LEAD}</description></item>"
        for number in range(ITEMS)
    )
    return f"<rdf:RDF {names}><channel><title>Берег</title><link>/</link></channel>{items}</rdf:RDF>".encode()


FEEDS = {
    "news, RSS 2.0": rss(_news),
    "blog in full, RSS 2.0": rss(_blog),
    "podcast, RSS 2.0": rss(_podcast),
    "Atom 1.0": _atom(),
    "RSS 1.0 (RDF)": _rdf(),
    "news in Windows-1251": rss(_news).decode().replace("UTF-8", "windows-1251").encode("cp1251"),
}


if __name__ == "__main__":
    for name, body in FEEDS.items():
        Console().print(f"{name}: {len(body):,} bytes")
