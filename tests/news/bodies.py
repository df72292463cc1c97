"""Bodies that strangers might send: feeds and pages of random shape, and real ones with something broken in them."""

import json
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from hypothesis import strategies as st

from sandbox.newsroom import Newsroom
from sandbox.newsroom.channel import channel_page
from sandbox.newsroom.feeds import encoded, feed
from sandbox.newsroom.pages import article_page, home_page
from tests.news.scraps import (
    ALL_DECLARED,
    ATTRIBUTES,
    CHARSETS,
    CLASSES,
    DATES,
    DEFAULTS,
    FORMS,
    HTML,
    NAMES,
    NAMESPACES,
    SOUND_ATTRIBUTES,
    SOUND_NAMES,
    VALUES,
    each,
)

HOME = "https://outlet.example"
CONTENT_TYPES = st.sampled_from(
    [
        None,
        "",
        "application/rss+xml",
        "text/html; charset=utf-8",
        "text/xml",
        "application/feed+json",
        "&&&",
        "a/b; charset*=utf-8''x",
        *(f"{kind}; charset={name}" for name in CHARSETS for kind in ("application/xml", "text/xml")),
    ]
)
URLS = st.sampled_from(
    [
        f"{HOME}/news/rss.xml",
        f"{HOME}/feed",
        "http://outlet.example:8080/?feed=rss2",
        "http://127.0.0.1:8080/",
        "http://[::1]/feed",
        "https://їжак.example/стрічка?a=1&b=2#c",
        f"{HOME}/" + "a/" * 400,
    ]
)
NO_URLS = st.sampled_from(["", "http://[", "no address", "https://outlet.example/\ud800"])


# --- XML ---


def written(element: Any) -> str:
    """A tree of (name, attributes, insides) as text; what stands as text is taken as it is."""
    if isinstance(element, str):
        return element
    name, attributes, insides = element
    marks = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{marks}>{''.join(map(written, insides))}</{name}>"


def _of_xml(text: str) -> str:
    return text.replace("\0", "").replace("\x85", "")


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', '')}]]>"


scraps = st.lists(st.sampled_from(HTML), max_size=5).map("".join)
sound_texts = st.one_of(
    scraps.map(lambda text: escape(_of_xml(text), quote=False)),
    scraps.map(lambda text: _cdata(_of_xml(text))),
    st.sampled_from(DATES),
    st.sampled_from(VALUES).map(escape),
)
texts = st.one_of(
    sound_texts,
    st.text(max_size=10).map(escape),
    scraps,
    st.sampled_from(["<!-- x -->", "<?pi x?>", "&x;", "&nbsp;", "&#xD800;", "&#55296 ", "<br>"]),
)
values = st.sampled_from(VALUES).map(escape)
attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), values, max_size=2)
sound_attributes = st.sampled_from(SOUND_ATTRIBUTES)
elements = st.recursive(
    st.tuples(st.sampled_from(NAMES), attributes, st.lists(texts, max_size=2)),
    lambda inner: st.tuples(st.sampled_from(NAMES), attributes, st.lists(inner | texts, max_size=4)),
    max_leaves=8,
)
sound_elements: st.SearchStrategy[Any] = st.tuples(
    st.sampled_from(SOUND_NAMES), sound_attributes, st.lists(sound_texts, max_size=2)
)
sound_groups = st.tuples(st.just("media:group"), st.just({}), st.lists(sound_elements, max_size=3))
some_declared = st.lists(st.sampled_from(sorted(NAMESPACES)), unique=True).map(
    lambda names: {f"xmlns:{name}": NAMESPACES[name] for name in names}
)
prologs = st.one_of(
    st.just(""),
    st.sampled_from(CHARSETS).map(lambda name: f'<?xml version="1.0" encoding="{name}"?>'),
    st.sampled_from(
        ["\ufeff", "  \n<!-- x -->", '<!DOCTYPE rss [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/passwd">]>']
    ),
)


@st.composite
def sound_feeds(draw: st.DrawFn) -> str:
    """RSS, Atom or RDF that is well-formed, if nothing else."""
    kind = draw(st.sampled_from(sorted(FORMS)))
    name, spaces = FORMS[kind]
    head: list[Any] = [("title", draw(sound_attributes), [draw(sound_texts)]), ("link", draw(sound_attributes), ["/"])]
    insides = st.lists(sound_elements | sound_groups, max_size=6)
    items: list[Any] = [(name, draw(sound_attributes), draw(insides)) for _ in range(draw(st.integers(1, 3)))]
    if kind == "rss":
        head, items = [("channel", draw(sound_attributes), [*head, *items])], []
    if kind == "rdf:RDF":
        head = [("channel", {}, head)]
    return written((kind, ALL_DECLARED | spaces | draw(sound_attributes), [*head, *items]))


@st.composite
def odd_feeds(draw: st.DrawFn) -> str:
    """What has the names of RSS, Atom and RDF, with anything at all inside."""
    kind = draw(st.sampled_from(sorted(FORMS)))
    spaces = draw(st.just(ALL_DECLARED) | some_declared) | draw(
        st.sampled_from([{}, *({"xmlns": uri} for uri in DEFAULTS)])
    )
    items = [
        (FORMS[kind][0], draw(attributes), draw(st.lists(elements, max_size=6))) for _ in range(draw(st.integers(0, 3)))
    ]
    insides = [*draw(st.lists(elements, max_size=3)), *items]
    channel = insides if kind == "feed" else [("channel", {}, insides)]
    return draw(prologs) + written((kind, spaces | draw(attributes), channel))


# --- Other forms ---

keys = st.sampled_from(
    [
        *each("id url title summary content_html content_text image attachments authors author external_url"),
        *each("date_published date_modified mime_type name version items banner_image"),
    ]
)
json_values = st.recursive(
    st.one_of(st.none(), st.integers(), st.floats(), scraps, st.sampled_from(VALUES), st.sampled_from(DATES)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=12,
)
json_items = st.fixed_dictionaries(
    {"title": scraps},
    optional={
        "id": st.sampled_from(VALUES) | st.integers(),
        "url": st.sampled_from(VALUES),
        "content_html": st.lists(st.sampled_from(HTML), max_size=60).map("".join),
        "content_text": scraps,
        "summary": scraps,
        "date_published": st.sampled_from(DATES),
        "image": st.sampled_from(VALUES),
        "authors": st.lists(st.fixed_dictionaries({"name": scraps}), max_size=2),
    },
)
json_feeds = st.builds(
    lambda items, more: json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, **more}),
    st.lists(json_items | st.dictionaries(keys, json_values, min_size=1, max_size=6), max_size=4),
    st.dictionaries(keys.filter(lambda key: key not in ("version", "items")), json_values, max_size=2),
)

page_names = st.sampled_from(
    each("div p a b i span h1 h2 img time title meta link script article section ul li table td blockquote base")
)
page_attributes = st.dictionaries(
    st.sampled_from(
        each("class id href src rel type content property name itemprop datetime width data-post style lang charset")
    ),
    st.one_of(
        st.sampled_from(VALUES),
        st.sampled_from(DATES),
        st.sampled_from(each(CLASSES)),
        st.sampled_from(
            [
                *each(
                    "lead date og:title og:image og:description description article:published_time canonical tag 640"
                ),
                *each("datePublished headline signup application/ld+json channel/5 service/0"),
                "background-image:url('/a.jpg')",
                "width:1px; background-image: url(javascript:x)",
            ]
        ),
    ).map(lambda text: escape(text)),
    max_size=3,
)
page_texts = st.one_of(
    scraps,
    st.sampled_from(DATES),
    st.text(max_size=10),
    st.sampled_from(
        ["Пором вийшов у море о шостій ранку, повідомили в порту. " * 3, "Читайте також: Пором вийшов у море"]
    ),
    st.builds(
        lambda kind, more: json.dumps({"@type": kind, **more}),
        st.sampled_from(["NewsArticle", "WebPage", ["Report"], 5]),
        st.dictionaries(
            st.sampled_from(["headline", "description", "articleBody", "image", "datePublished", "@graph"]),
            st.one_of(scraps, st.sampled_from(DATES), st.sampled_from(VALUES), st.lists(scraps, max_size=2)),
            max_size=4,
        ),
    ),
)
page_elements = st.recursive(
    st.tuples(page_names, page_attributes, st.lists(page_texts, max_size=2)),
    lambda inner: st.tuples(page_names, page_attributes, st.lists(inner | page_texts, max_size=4)),
    max_leaves=15,
)
pages = st.lists(page_elements, max_size=6).map(
    lambda insides: "<!DOCTYPE html><html>" + "".join(map(written, insides)) + "</html>"
)
channel_pages = st.lists(page_elements, max_size=4).map(
    lambda insides: (
        "<!doctype html><html><div class='tgme_channel_info'></div>"
        + "".join(
            f"<div class='tgme_widget_message' data-post='a/{n}'><p class='js-message_text'>{written(one)}</p></div>"
            for n, one in enumerate(insides)
        )
    )
)


def as_bytes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """A text in some charset, not always the one that it names, and not always one that can hold it."""
    charsets = st.sampled_from(["utf-8"] * 8 + ["windows-1251", "koi8-u", "utf-16", "utf-16-be", "iso-8859-1"])
    errors = st.sampled_from(["replace", "xmlcharrefreplace"])
    return st.builds(lambda text, charset, how: text.encode(charset, how), texts, charsets, errors)


# --- Real bodies, broken ---


@cache
def real_feeds() -> tuple[bytes, ...]:
    """A feed of each outlet of the newsroom, and a channel's preview."""
    outlets = Newsroom(backlog=5).outlets
    return (*(feed(outlet, HOME) for outlet in outlets), channel_page(outlets[0], "https://t.me").encode())


@cache
def real_pages() -> tuple[bytes, ...]:
    """An article's page of each outlet, and a front page."""
    outlets = Newsroom(backlog=5).outlets
    articles = (encoded(article_page(outlet.newest[0], outlet, HOME), outlet.profile) for outlet in outlets)
    return (*articles, home_page(outlets[0], HOME).encode())


Change = Callable[[bytes, int, int, bytes], bytes]
CHANGES: list[Change] = [
    lambda body, start, end, scrap: body[:start] + scrap + body[start:],
    lambda body, start, end, scrap: body[:start] + scrap + body[end:],
    lambda body, start, end, scrap: body[:end],
    lambda body, start, end, scrap: body[:start] + body[start:end] * 2 + body[end:],
    lambda body, start, end, scrap: (
        body[:start] + bytes(byte ^ 0x80 for byte in body[start : start + 3]) + body[start + 3 :]
    ),
    lambda body, start, end, scrap: body[:start] + body[start:end][::-1] + body[end:],
]


@st.composite
def broken(draw: st.DrawFn, bodies: Callable[[], tuple[bytes, ...]]) -> bytes:
    """A real body with a few changes: something put in, cut out, doubled, flipped, taken from another, recoded."""
    body = draw(st.sampled_from(bodies()))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(len(body) - 1, 0)))
        end = min(start + draw(st.integers(0, 400)), len(body))
        other = draw(st.sampled_from(bodies()))
        scrap = draw(
            st.one_of(
                scraps.map(lambda text: text.encode("utf-8", "replace")),
                st.binary(max_size=4),
                elements.map(lambda element: written(element).encode("utf-8", "replace")),
                st.just(other[start:end]),
            )
        )
        body = draw(st.sampled_from(CHANGES))(body, start, end, scrap)
    if draw(st.integers(0, 5)) == 0:
        body = body.decode("utf-8", "replace").encode(
            draw(st.sampled_from(["utf-16", "koi8-u", "windows-1251"])), "replace"
        )
    return body
