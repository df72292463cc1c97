import contextlib
from typing import Any

import pytest

from sandbox.telegram.markup import parse_html
from sandbox.telegram.refusal import Refusal


def entities(source: str) -> list[tuple[Any, ...]]:
    return [(one["type"], one["offset"], one["length"]) for one in parse_html(source).entities]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_a_tag_becomes_its_entity(tag: str, kind: str) -> None:
    parsed = parse_html(f"a <{tag}>word</{tag}> b")
    assert parsed.text == "a word b"
    assert parsed.entities == ({"type": kind, "offset": 2, "length": 4},)


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<a href='https://a.com/?q=1&amp;w=2'>x</a>", {"type": "text_link", "url": "https://a.com/?q=1&w=2"}),
        ('<a href="tg://resolve?domain=x">x</a>', {"type": "text_link", "url": "tg://resolve?domain=x"}),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>', {"custom_emoji_id": "5368324170671202286"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
        (
            '<tg-time unix="1700000000" format="wDT">x</tg-time>',
            {"type": "date_time", "unix_time": 1700000000, "date_time_format": "wDT"},
        ),
    ],
)
def test_attributes_are_kept_in_the_entity(source: str, entity: dict[str, Any]) -> None:
    (parsed,) = parse_html(source).entities
    assert entity.items() <= parsed.items()


def test_offsets_count_utf16_units() -> None:
    assert entities("😀<b>ґ😀</b>") == [("bold", 2, 3)]


def test_tags_nest() -> None:
    assert sorted(entities("<b>a<i>b</i>c</b>")) == [("bold", 0, 3), ("italic", 1, 1)]


def test_tags_may_be_written_in_capitals_and_closed_without_a_name() -> None:
    assert entities("<B>a</>") == [("bold", 0, 1)]


@pytest.mark.parametrize(
    "source",
    [
        f'<a href="tg://user?id={"9" * 5000}">x</a>',
        f'<tg-emoji emoji-id="{"9" * 5000}">x</tg-emoji>',
        f'<tg-time unix="{"9" * 5000}">x</tg-time>',
        f"&#{'9' * 5000};",
        "<b>" * 2000,
        "<" * 5000,
        "<a " + "x " * 5000,
    ],
)
def test_markup_out_of_all_measure_is_parsed_or_refused(source: str) -> None:
    with contextlib.suppress(Refusal):
        parse_html(source)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "ftp://a.com/x", "http://localhost/x", "http://"])
def test_a_link_that_telegram_does_not_know_is_only_its_text(href: str) -> None:
    parsed = parse_html(f'<a href="{href}">word</a>')
    assert (parsed.text, parsed.entities) == ("word", ())


def test_an_empty_tag_leaves_nothing() -> None:
    assert parse_html("a<b></b>c").entities == ()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#1028;&#x404;", "ЄЄ"),
        ("&nbsp;&copy; a & b", "&nbsp;&copy; a & b"),
        ("&#0;&#xffffffff;&#xd800;", "&#0;&#xffffffff;&#xd800;"),
        ("&lt", "<"),
        ("a > b", "a > b"),
    ],
)
def test_only_the_four_named_references_and_numbers_are_resolved(source: str, text: str) -> None:
    assert parse_html(source).text == text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("ґ<x>a</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("a <br/> b", 'Unsupported start tag "br/" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<i><b>a</b>", 'Can\'t find end tag corresponding to start tag "i"'),
        ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_what_is_wrong_is_said_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"
