from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import NotOpml
from news.look import AS_THE_CHAT, Overrides
from news.opml import Outline, Section, read_catalogue, read_opml, write_opml
from news.text import headline

NESTED = """<?xml version="1.0" encoding="UTF-8"?>
<!-- exported -->
<opml version="2.0">
  <head><title>Мої стрічки</title></head>
  <body>
    <outline text="Новини">
      <outline text="Берег" title="Інша назва" type="rss" xmlUrl="https://bereg.example/feed" htmlUrl="https://x/"/>
      <outline text="Місто" TYPE="rss">
        <outline title="Порт" type="rss" xmlURL=" https://port.example/rss "/>
      </outline>
    </outline>
    <outline text="Ще раз Берег" xmlUrl="https://bereg.example/feed"/>
    <outline xmlUrl="https://nameless.example/"/>
    <outline text="Посилання" type="link" url="https://link.example/"/>
  </body>
</opml>
"""
BOMB = b"""<!DOCTYPE opml [<!ENTITY a "lollollol">%s]>
<opml><body><outline text="&j;" xmlUrl="https://a.example/"/></body></opml>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij"
)


def one(address: str, title: str = "") -> bytes:
    return f'<opml><body><outline text="{title}" xmlUrl="{address}"/></body></opml>'.encode()


def test_feeds_come_in_their_order_out_of_all_folders_and_each_once() -> None:
    assert read_opml(NESTED.encode()) == [
        Outline("Берег", "https://bereg.example/feed"),
        Outline("Порт", "https://port.example/rss"),
        Outline("", "https://nameless.example/"),
    ]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("UTF-16", "utf-16"), ("windows-1251", "cp1251"), ("KOI8-U", "koi8-u"), ("UTF-8", "utf-8-sig")],
)
def test_a_file_is_read_in_the_encoding_it_declares(declared: str, codec: str) -> None:
    body = NESTED.replace("UTF-8", declared).encode(codec)
    assert [outline.title for outline in read_opml(body)] == ["Берег", "Порт", ""]


def test_a_namespace_and_capitals_do_not_matter() -> None:
    body = b'<OPML xmlns="urn:x"><body><Outline Text="A" XMLURL="https://a.example/"/></body></OPML>'
    assert read_opml(body) == [Outline("A", "https://a.example/")]


def test_a_bare_ampersand_in_an_address_is_one() -> None:
    assert read_opml(one("https://a.example/?a=1&b=2&c=3")) == [Outline("", "https://a.example/?a=1&b=2&c=3")]


def test_a_file_that_was_cut_gives_what_it_has() -> None:
    cut = NESTED[: NESTED.index('<outline text="Місто"')]
    assert [outline.title for outline in read_opml(cut.encode())] == ["Берег"]


def test_a_file_without_feeds_names_none() -> None:
    assert read_opml(b"<opml><body><outline text='a folder'/></body></opml>") == []


def test_a_title_is_one_plain_line() -> None:
    assert read_opml(one("https://a.example/", "&lt;b&gt;Новини&lt;/b&gt;&#10;дня \u202e"))[0].title == "Новини дня"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"garbage",
        b"PK\x03\x04" + bytes(range(256)),
        b"<html><body>outline</body></html>",
        b"<rss><outline xmlUrl='https://a.example/'/></rss>",
        b"<?xml version='1.0' encoding='no-such-encoding'?><nothing/>",
        BOMB,
        b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;"/></body></opml>',
        b"<a>" * 100_000,
        "<rss/>".encode("utf-16"),
    ],
)
def test_what_is_no_opml_is_refused_with_one_error(body: bytes) -> None:
    with pytest.raises(NotOpml):
        read_opml(body)


def test_a_document_type_without_entities_is_harmless() -> None:
    assert read_opml(b'<!DOCTYPE opml SYSTEM "http://127.0.0.1:9/opml.dtd">' + one("https://a.example/"))


@given(st.binary(max_size=200), st.integers(0, 400))
def test_whatever_comes_there_is_a_list_or_one_error(garbage: bytes, place: int) -> None:
    body = NESTED.encode()
    with suppress(NotOpml):
        read_opml(body[:place] + garbage + body[place:])


# Writing


def test_a_written_file_is_one_that_other_readers_open() -> None:
    body = write_opml(
        "Visnyk", [Outline("Берег & «море»", "https://bereg.example/feed?a=1&b=2", "https://bereg.example/")]
    )
    assert body.decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<opml xmlns:visnyk="urn:visnyk:opml" version="2.0">\n'
        "  <head>\n    <title>Visnyk</title>\n  </head>\n"
        "  <body>\n"
        '    <outline type="rss" text="Берег &amp; «море»" title="Берег &amp; «море»" '
        'xmlUrl="https://bereg.example/feed?a=1&amp;b=2" htmlUrl="https://bereg.example/"/>\n'
        "  </body>\n"
        "</opml>\n"
    )


def test_what_is_private_stays_so_on_the_way_through_a_file() -> None:
    outlines = [Outline("A", "https://a.example/?token=x private"), Outline("B", "https://user:pass@b.example/")]
    body = write_opml("Visnyk", outlines)
    assert b'xmlUrl="https://a.example/?token=x"' in body
    assert read_opml(body) == outlines


@given(st.lists(st.tuples(st.text(), st.text()), unique=True))
def test_whatever_titles_a_file_is_written_with_it_is_read_again(titles: list[tuple[str, str]]) -> None:
    outlines = [Outline(title, f"https://{number}.example/", site) for number, (title, site) in enumerate(titles)]
    read = read_opml(write_opml("<&\0>", outlines))
    assert [one.address for one in read] == [one.address for one in outlines]


@given(st.text(st.characters(categories=("L", "N", "P", "S"))).map(headline).filter(bool))
def test_a_title_comes_back_as_it_was(title: str) -> None:
    assert [one.title for one in read_opml(write_opml("", [Outline(title, "https://a.example/")]))] == [headline(title)]


# Settings

_WANTED = st.none() | st.booleans()
overrides = st.builds(
    Overrides,
    summary_length=st.sampled_from([None, 0, 150, 300, 600]),
    pictures=_WANTED,
    preview=_WANTED,
    silent=_WANTED,
    every_report=_WANTED,
    hashtags=_WANTED,
    at_once=st.booleans(),
    title=st.text(st.characters(categories=("L", "N", "P", "S")), max_size=80).map(headline),
    tags=st.lists(st.sampled_from(["море", "Порт_2", "news"]), unique=True).map(tuple),
)


@given(overrides)
def test_settings_come_back_as_they_were(wanted: Overrides) -> None:
    body = write_opml("", [Outline("A", "https://a.example/", overrides=wanted), Outline("B", "https://b.example/")])
    assert [one.overrides for one in read_opml(body)] == [wanted, AS_THE_CHAT]


def test_a_filter_comes_back_as_it_was() -> None:
    outline = Outline("Берег", "https://bereg.example/feed.xml", filter='вибори, "прем\'єр <міністр>", -футбол')
    assert read_opml(write_opml("", [outline])) == [outline]


def test_settings_are_attributes_that_other_readers_pass_over() -> None:
    wanted = Overrides(summary_length=0, silent=True, at_once=True, title="Берег", tags=("море",))
    written = write_opml("", [Outline("A", "https://a.example/", overrides=wanted)]).decode()
    assert (
        'visnyk:summaryLength="0" visnyk:silent="true" visnyk:atOnce="true" visnyk:name="Берег" visnyk:tags="море"/>'
        in written
    )


@pytest.mark.parametrize(
    "said",
    [
        'v:summaryLength="7" v:silent="yes" v:atOnce="1" v:name="" v:tags="- 24"',
        'v:summaryLength="99999999999999999999" v:pictures="" v:tags="&lt;b&gt;"',
        'summaryLength="0" silent="true" name="Z" tags="z"',
    ],
)
def test_settings_that_make_no_sense_or_are_not_ours_are_none(said: str) -> None:
    body = f'<opml xmlns:v="urn:visnyk:opml"><body><outline xmlUrl="https://a.example/" {said}/></body></opml>'
    [one] = read_opml(body.encode())
    assert replace(one.overrides, tags=()) == AS_THE_CHAT
    assert one.overrides.tags in ((), ("b",))


def test_a_name_from_a_file_is_one_plain_line_of_its_length() -> None:
    name = "&lt;i&gt;Берег&lt;/i&gt;&#10;і море " + "а" * 500
    body = f'<opml xmlns:v="urn:visnyk:opml"><body><outline xmlUrl="https://a.example/" v:name="{name}"/></body></opml>'
    [one] = read_opml(body.encode())
    assert one.overrides.title.startswith("Берег і море")
    assert len(one.overrides.title) <= 80


# A catalogue


CATALOGUE = """<opml version="2.0"><body>
  <outline text="Новини">
    <outline text="Берег" xmlUrl="https://bereg.example/feed"/>
    <outline text="Порт"><outline text="Судна" xmlUrl="@port_ships"/></outline>
    <outline text="Місто" xmlUrl="https://misto.example/feed"/>
    <outline text="Берег удруге" xmlUrl="https://bereg.example/feed"/>
  </outline>
  <outline text="Нічия" xmlUrl="nobody.example"/>
  <outline text="Таємна" xmlUrl="https://user:hush@secret.example/"/>
  <outline xmlns:v="urn:visnyk:opml" text="Приватна" xmlUrl="https://private.example/" v:private="true"/>
  <outline text="Ніщо" xmlUrl="javascript:alert(1)"/>
  <outline text="Порожня"/>
</body></opml>"""


def test_a_catalogue_has_its_folders_as_sections_and_nothing_that_is_private_or_no_address() -> None:
    assert read_catalogue(CATALOGUE.encode()) == (
        Section(
            "Новини",
            (Outline("Берег", "https://bereg.example/feed"), Outline("Місто", "https://misto.example/feed")),
        ),
        Section("Новини · Порт", (Outline("Судна", "@port_ships"),)),
        Section("", (Outline("Нічия", "nobody.example"),)),
    )


@pytest.mark.parametrize("body", [b"", b"<html/>", b"{}", BOMB])
def test_what_is_no_opml_is_no_catalogue(body: bytes) -> None:
    with pytest.raises(NotOpml):
        read_catalogue(body)
