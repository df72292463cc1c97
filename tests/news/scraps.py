"""The words that hostile bodies are made of: of feeds, of pages, and of those who break in."""


def each(words: str) -> list[str]:
    return words.split()


NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "odd": "https://odd.example/",
    "a": "https://odd.example/",
}
DEFAULTS = ("http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
PLAIN_NAMES = """
title link guid id description summary content pubDate updated published author name email category image url source
enclosure ttl skipHours hour skipDays day item entry channel contributor textInput cloud subtitle rights div svg
"""
NAMES = [
    *each(PLAIN_NAMES),
    *each("content:encoded dc:date dc:creator dc:title dc:description dcterms:modified media:title media:group"),
    *each("media:content media:thumbnail media:description itunes:image itunes:summary itunes:author atom:link"),
    *each("atom:updated xhtml:div xhtml:body rdf:li odd:title odd:media a:title"),
]
SOUND_NAMES = [
    *each("title link guid id description summary content pubDate updated published author category url enclosure"),
    *[name for name in NAMES if ":" in name and "xhtml" not in name and name != "a:title"],
]
ATTRIBUTES = [
    *each("type href url rel isPermaLink xml:base xml:lang base mode medium src rdf:about media:url odd:href xmlns"),
    *each("xmlns:odd xmlns:a xmlns:media lang"),
]
VALUES = [
    *each("html xhtml text text/html text/plain image/png image/jpeg alternate self enclosure false base64 image"),
    *each(
        "javascript:alert(1) data:text/html,x //other.example/ ../up #here ?q=1 http://[ https://b.example/ mailto:x"
    ),
    *(
        *NAMESPACES.values(),
        *DEFAULTS,
        "",
        "їжак",
        "&#0;",
        "a b",
        "http://a.example:99999/",
        "http://user:x@a.example/",
    ),
]
HTML = [
    *"""
<p>
</p>
<b>b</b>
<br>
<br/>
<a href="/1">
</a>
<a href='javascript:alert(1)' onclick='x()'>
<img src="javascript:alert(1)" onerror=x>
<img src=x onerror=alert(1)
<script>alert(1)</script>
<script>
<style>p{}</style>
<svg><a xlink:href='javascript:alert(1)'>
<svg onload=x>
</svg>
<math>
<!-- c -->
<!--><script>x</script>-->
<!--
-->
<![CDATA[
<iframe src='//evil.example'>
<form action="javascript:x">
<p style='color: red; background: url(javascript:x)'>
<x-y z>
<
>
&
&amp;
&lt;b&gt;
&nbsp;
&#150;
&#xD800;
&#0;
&#x202e;
&T
&#39;
'
"
їжак
é
Ã©
]]>
word
&#106;avascript:
<a href=' java&#10;script:x'>
""".strip().splitlines(),
    "\x00",
    "\u202e",
    "\u200b",
    "\ud7ff",
    "\x85",
    "\n",
]
DATES = """
Tue, 24 Nov 2026 10:00:00 GMT
Tue, 24 Nov 2026 10:00:00 +9999
2026-11-24T10:00:00Z
2026-11-24T10:00:00+25:00
0001-01-01T00:00:00+05:00
9999-12-31T23:59:59-12:00
2026-02-30
24 листопада 2026
2026년 11월 24일
1e9
yesterday
""".strip().splitlines()
CHARSETS = [
    *each("utf-8 UTF-16 utf-16-le utf-16-be utf-32 utf-7 windows-1251 windows-1252 koi8-u iso-8859-1 iso-8859-5"),
    *each("us-ascii shift_jis gb2312 big5 euc-kr iso-2022-jp hz idna punycode unicode_escape rot13 hex zlib no-such"),
]
CLASSES = """
tgme_widget_message js-message_text tgme_widget_message_photo_wrap tgme_widget_message_date service_message
tgme_widget_message_forwarded_from_name link_preview_title link_preview_image tgme_channel_info
tgme_channel_info_header_title tgme_channel_info_header_username emoji tgme_widget_message_poll_question
"""
ALL_DECLARED = {f"xmlns:{name}": uri for name, uri in NAMESPACES.items() if name != "a"}
# The forms of feeds: what an entry is called, and the namespaces of the root.
FORMS = {
    "rss": ("item", {}),
    "feed": ("entry", {"xmlns": DEFAULTS[0]}),
    "rdf:RDF": ("item", {"xmlns": DEFAULTS[1], "xmlns:atom": "urn:atom"}),
}
# Mostly none, else such as belong somewhere, though not always there.
SOUND_ATTRIBUTES: list[dict[str, str]] = [
    *({} for _ in range(100)),
    *({"type": kind} for kind in each("html html text text/html text/plain")),
    *({"isPermaLink": said} for said in each("false true")),
    *({"href": to} for to in each("/1 ../up ?q=1 #here //other.example/ https://b.example/b javascript:x")),
    *({"rel": rel, "href": "/1"} for rel in each("alternate self enclosure")),
    *({"url": "/1.png", "type": kind} for kind in each("image/png IMAGE/JPEG audio/mpeg")),
    *({"xml:base": base} for base in each("https://b.example/a/ /up/ javascript:x")),
    {"medium": "image", "url": "javascript:x"},
    {"base": "http://["},
    {"xmlns:new": NAMESPACES["media"]},
    {"xmlns:new": "urn:new"},
    {"xmlns:a": NAMESPACES["odd"]},
    {"xmlns": "urn:x"},
]
