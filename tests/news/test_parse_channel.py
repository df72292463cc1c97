from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import NoPreview
from news.feed import Entry
from news.identity import fingerprint
from news.parse_channel import looks_like_channel, parse_channel

URL = "https://t.me/s/bereg"
HEADER = """
<div class="tgme_channel_info"><div class="tgme_channel_info_header">
<i class="tgme_page_photo_image"><img src="https://cdn4.telesco.pe/file/a.jpg"></i>
<div class="tgme_channel_info_header_title_wrap">
<div class="tgme_channel_info_header_title"><span dir="auto">Берег</span></div>
<div class="tgme_channel_info_header_username"><a href="https://t.me/bereg">@bereg</a></div></div></div></div>
"""
PHOTO = """<a class="tgme_widget_message_photo_wrap 1 2_3" href="https://t.me/bereg/5"
style="width:800px;background-image:url('https://cdn4.telesco.pe/file/photo.jpg')">
<div class="tgme_widget_message_photo"></div></a>"""
VIDEO = """<a class="tgme_widget_message_video_player"><i class="tgme_widget_message_video_thumb"
style="background-image:url('https://cdn4.telesco.pe/file/video.jpg')"></i>
<time class="message_video_duration js-message_video_duration">0:16</time></a>"""
REPLY = """<a class="tgme_widget_message_reply" href="https://t.me/bereg/1"><i class="tgme_widget_message_reply_thumb"
style="background-image:url('https://cdn4.telesco.pe/file/quoted.jpg')"></i>
<div class="tgme_widget_message_text js-message_reply_text" dir="auto">Що було раніше</div></a>"""
LINK = """<a class="tgme_widget_message_link_preview" href="https://outlet.example/1">
<i class="link_preview_image" style="background-image:url('https://cdn4.telesco.pe/file/page.jpg')"></i>
<div class="link_preview_site_name" dir="auto">Газета</div>
<div class="link_preview_title" dir="auto">Міст відкрили</div></a>"""
FORWARDED = """<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;<a
class="tgme_widget_message_forwarded_from_name" href="https://t.me/misto/7"><span dir="auto">Місто</span></a></div>"""
POLL = """<div class="tgme_widget_message_poll">
<div class="tgme_widget_message_poll_question">Чи буде міст?</div></div>"""
FILE = """<a class="tgme_widget_message_document_wrap">
<div class="tgme_widget_message_document_title">план.pdf</div></a>"""


def text(content: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{content}</div>'


def post(inside: str, number: int = 5, kind: str = "", meta: str = "") -> str:
    """A post as the page has it."""
    return f"""<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message text_not_supported_wrap {kind} js-widget_message" data-post="bereg/{number}">
<div class="tgme_widget_message_user"><a href="https://t.me/bereg"><i class="tgme_widget_message_user_photo"></i></a>
</div>
<div class="tgme_widget_message_bubble">
<div class="tgme_widget_message_author accent_color">
<a class="tgme_widget_message_owner_name" href="https://t.me/bereg"><span dir="auto">Берег</span></a></div>{inside}
<div class="tgme_widget_message_footer compact js-message_footer">
<div class="tgme_widget_message_info short js-message_info">
<span class="tgme_widget_message_views">1.2K</span><span class="copyonly"> views</span>
<span class="tgme_widget_message_meta">{meta}<a class="tgme_widget_message_date" href="https://t.me/bereg/{number}">
<time datetime="2026-11-24T12:05:00+00:00" class="time">14:05</time></a></span></div></div></div></div></div>"""


def page(*posts: str, header: str = HEADER) -> bytes:
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta property="og:title" content="Вільний Берег &amp; Ко">
<meta property="og:site_name" content="Telegram"></head><body class="widget_frame_base tgme_webpreview">
<main class="tgme_main">{header}<section class="tgme_channel_history js-message_history">{"".join(posts)}</section>
</main></body></html>""".encode()


def only(inside: str, **how: str) -> Entry:
    """The entry that a page with one such post gives."""
    [entry] = parse_channel(page(post(inside, **how)), url=URL).entries  # type: ignore[arg-type]
    return entry


def test_a_channel_is_read_newest_first() -> None:
    feed = parse_channel(page(post(text("Перша"), 1), post(text("Друга"), 2)), url=URL)
    assert (feed.title, feed.link) == ("Вільний Берег & Ко", "https://t.me/bereg")
    assert [entry.title for entry in feed.entries] == ["Друга", "Перша"]


def test_a_posts_first_line_is_its_headline() -> None:
    entry = only(PHOTO + text("<b>Пором <i>вийшов</i></b> у море<br/><br/>Він повернеться &lt;ввечері&gt;."))
    assert entry == Entry(
        guid="bereg/5",
        title="Пором вийшов у море",
        link="https://t.me/bereg/5",
        description="<b>Пором <i>вийшов</i></b> у море<br><br>Він повернеться &lt;ввечері&gt;.",
        published=datetime(2026, 11, 24, 12, 5, tzinfo=UTC),
        image="https://cdn4.telesco.pe/file/photo.jpg",
        whole=True,
    )


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("❗️❗️<br/>Міст відкрито", "Міст відкрито"),
        (
            "<i class=emoji style=\"background-image:url('//telegram.org/img/emoji/40/E2.png')\"><b>⚡</b></i>Міст",
            "⚡Міст",
        ),
        ('<tg-emoji emoji-id="5"><i class="emoji"><b>✅</b></i></tg-emoji> Міст', "✅ Міст"),
        ("2 &lt; 3 &amp; 4", "2 < 3 & 4"),
        ("<script>alert(1)</script>Міст", "Міст"),
        (text("Вкладений текст<br/>далі"), "Вкладений текст"),
        (
            "Увага. Новий міст через Лиманку відкрили для трамваїв. " + "Далі довго про міст. " * 9,
            "Увага. Новий міст через Лиманку відкрили для трамваїв.",
        ),
        ("слово " * 200, ("слово " * 50).strip() + "…"),
    ],
)
def test_headlines_are_plain_and_of_a_length(content: str, title: str) -> None:
    assert only(text(content)).title == title


def test_a_bare_link_goes_by_its_pages_title_and_picture() -> None:
    entry = only(text('<a href="https://outlet.example/1">https://outlet.example/1</a>') + LINK)
    assert (entry.title, entry.image) == ("Міст відкрили", "https://cdn4.telesco.pe/file/page.jpg")


@pytest.mark.parametrize(
    ("inside", "title", "image"),
    [
        (PHOTO, "🖼 Вільний Берег & Ко", "photo.jpg"),
        (VIDEO, "🖼 Вільний Берег & Ко", "video.jpg"),
        (POLL, "Чи буде міст?", ""),
        (FILE, "план.pdf", ""),
        (VIDEO + PHOTO + text("Міст"), "Міст", "photo.jpg"),
        (REPLY + text("Міст"), "Міст", ""),
    ],
)
def test_a_post_shows_what_it_has(inside: str, title: str, image: str) -> None:
    entry = only(inside)
    assert (entry.title, (entry.image or "").rpartition("/")[2]) == (title, image)


def test_whose_post_it_was_is_its_author() -> None:
    assert only(FORWARDED + text("Міст")).author == "Місто"


@pytest.mark.parametrize(
    "silent",
    [
        post(text("Channel photo updated") + PHOTO, kind="service_message"),
        post('<div class="message_media_not_supported_wrap">Please open Telegram to view this post</div>'),
        post(REPLY),
        post(text("Міст")).replace('data-post="bereg/5"', ""),
    ],
)
def test_what_says_nothing_is_left_out(silent: str) -> None:
    assert parse_channel(page(silent), url=URL).entries == ()


def test_an_edit_is_noticed_and_a_view_is_not() -> None:
    first = only(text("Міст<br/>О шостій."))
    assert fingerprint(first) == fingerprint(only(text("Міст<br/>О шостій."), meta="edited &nbsp;"))
    assert fingerprint(first) != fingerprint(only(text("Міст<br/>О сьомій."), meta="edited &nbsp;"))


INFO = "<!doctype html><div class='tgme_channel_info'></div>"
POST = "<div class='tgme_widget_message' data-post='bereg/{}'>{}</div>"
WORD = "<div class='js-message_text'>Word</div>"


def test_a_post_in_a_post_is_none() -> None:
    page = INFO + POST.format(6, WORD + POST.format(7, WORD))
    assert [entry.guid for entry in parse_channel(page.encode(), url=URL).entries] == ["bereg/6"]


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "2026-11-24T10:00", "soon"])
def test_a_date_that_no_clock_here_shows_is_none(date: str) -> None:
    page = INFO + POST.format(6, f"{WORD}<time datetime='{date}'></time>")
    assert parse_channel(page.encode(), url=URL).entries[0].published is None


def test_a_picture_in_a_channel_without_a_name_goes_by_a_sign() -> None:
    photo = "<a class='tgme_widget_message_photo_wrap' style='background-image:url(/1.jpg)'></a>"
    assert parse_channel((INFO + POST.format(6, photo)).encode(), url=URL).entries[0].title == "🖼"


def test_a_channel_without_posts_is_one() -> None:
    assert parse_channel(page(), url=URL).title == "Вільний Берег & Ко"


LANDING = b"""<!DOCTYPE html><html><head><meta property="og:title" content="Anna"></head><body>
<div class="tgme_page"><div class="tgme_page_title"><span dir="auto">Anna</span></div></div></body></html>"""


def test_where_telegram_shows_no_posts_there_is_no_preview() -> None:
    assert looks_like_channel(LANDING)
    with pytest.raises(NoPreview):
        parse_channel(LANDING, url="https://t.me/anna")


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        (page(), True),
        (b"\n<html><div class='a tgme_page'></div>", True),
        (b"<rss><item>" + page(post(text("x"))) + b"</item></rss>", False),
        (b"<html><p>tgme_page</p><div class='my_tgme_page'></html>", False),
        (b"", False),
    ],
)
def test_only_telegrams_own_pages_are_taken_for_channels(body: bytes, is_one: bool) -> None:
    assert looks_like_channel(body) is is_one


pieces = st.sampled_from(
    [
        "<div class='tgme_widget_message' data-post='a/1'>",
        "<div class='js-message_text'>",
        "</div>",
        "<br>",
        "<i>",
        "<!--",
        "<time datetime='2026'>",
        "<a href='http://['>",
        'style="background-image:url(\'"',
        "&#0;",
        "\x00",
        "слово",
    ]
)


@given(st.lists(pieces | st.text(max_size=4)).map("".join))
def test_any_page_is_read_or_has_no_preview(inside: str) -> None:
    body = ("<!doctype html><div class='tgme_page'></div>" + inside).encode("utf-8", "replace")
    try:
        feed = parse_channel(body, url=URL)
    except NoPreview:
        return
    assert all(entry.title and entry.guid for entry in feed.entries)
