"""An article comes off its page once: title, lead, text, picture, date."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trafilatura import external

from news.extract import MAX_PAGE, MAX_TEXT, PageText, extract_article
from sandbox.newsroom import Newsroom
from sandbox.newsroom.pages import article_page

URL = "https://bereg.example/news/1.html"
PARAGRAPHS = (
    "Перший пором вийшов із порту опівночі, і на пристані його проводжали кілька сотень містян із ліхтариками.",
    "Капітан розповів, що дорога триватиме шість годин, а вранці пасажири зможуть поснідати на верхній палубі.",
    "Квитки на найближчі два тижні вже розкупили, тож перевізник обіцяє другий рейс іще до кінця місяця.",
)
HEADING = "Нічний пором вийшов у море"
LEAD = "Після двадцяти років перерви пором знову ходить уночі."
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Берег"},
        {
            "@type": "NewsArticle",
            "headline": "Нічний пором вийшов у море",
            "description": "Після двадцяти років перерви пором знову ходить уночі.",
            "datePublished": "2026-11-24T08:30:00+02:00",
            "image": [{"url": "/img/ferry.jpg"}],
        },
    ],
}


def page(head: str = "", body: str = "") -> str:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<html lang='uk'><head><title>Пором | Берег</title>{head}</head><body><nav><a href='/'>Головна</a></nav>"
        f"<article><h1>Нічний пором вийшов у море</h1>{told}{body}</article><footer>Усі права</footer></body></html>"
    )


def og(name: str, content: str) -> str:
    return f"<meta property='og:{name}' content='{content}'>"


def linked(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def test_linked_data_says_it_best() -> None:
    article = extract_article(page(linked(LINKED)), url=URL)
    assert article.title == "Нічний пором вийшов у море"
    assert article.lead == "Після двадцяти років перерви пором знову ходить уночі."
    assert article.image == "https://bereg.example/img/ferry.jpg"
    assert article.published == datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    assert article.language == "uk"


def test_meta_elements_speak_where_linked_data_is_silent() -> None:
    head = (
        "<meta property='og:title' content='Пором &amp; море'><meta name='description' content='Коротко.'>"
        "<meta property='article:published_time' content='2026-11-24T08:30:00Z'>"
        "<meta property='og:image' content='https://bereg.example/a.jpg'>"
    )
    article = extract_article(page(head), url=URL)
    assert (article.title, article.lead) == ("Пором & море", "Коротко.")
    assert article.image == "https://bereg.example/a.jpg"
    assert article.published == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def test_the_text_is_the_paragraphs_alone() -> None:
    clutter = "<p>Читайте також: Погода</p><p>Поділитися</p><p>Підписуйтесь на наш канал</p>"
    text = extract_article(page(linked(LINKED), clutter), url=URL).text
    assert text.split("\n") == list(PARAGRAPHS)


def test_bytes_are_read_in_the_encoding_the_page_names() -> None:
    html = page("<meta charset='windows-1251'>").encode("windows-1251")
    assert extract_article(html, url=URL).text.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "data", [None, [], "x", {"@type": 5}, {"@graph": 1}, {"@type": "NewsArticle", "image": {"url": 7}}]
)
def test_odd_linked_data_is_passed_over(data: object) -> None:
    assert extract_article(page(linked(data)), url=URL).title == "Нічний пором вийшов у море"


@pytest.mark.parametrize("image", ["javascript:alert(1)", "data:image/png;base64,AA", "http://[", "ftp://x/y.png"])
def test_an_image_has_a_web_address_or_there_is_none(image: str) -> None:
    assert extract_article(page(f"<meta property='og:image' content='{image}'>"), url=URL).image is None


# --- What is said of the article ---


def test_a_title_is_what_two_of_the_page_say() -> None:
    head = linked({"@type": "NewsArticle", "headline": "Пором: графік, ціни, фото"}) + og(
        "title", "Нічний пором вийшов у море"
    )
    assert extract_article(page(head), url=URL).title == "Нічний пором вийшов у море"


def test_a_title_is_shown_without_the_site_it_names() -> None:
    assert extract_article(page(og("title", "Нічний пором вийшов у море - Берег")), url=URL).title == HEADING


def test_the_window_says_the_title_where_nothing_else_does() -> None:
    html = f"<html><head><title>{HEADING} | Берег</title></head><body><div>{HEADING}</div><p>Текст.</p></body></html>"
    assert extract_article(html, url=URL).title == HEADING


@pytest.mark.parametrize("block", ["<div class='article-lead'>{}</div>", "<h2 class='standfirst'>{}</h2>"])
def test_a_block_that_calls_itself_a_lead_is_one(block: str) -> None:
    html = page().replace("</h1>", "</h1>" + block.format(LEAD))
    assert extract_article(html, url=URL).lead == LEAD


@pytest.mark.parametrize(
    ("block", "moment"),
    [
        ("<div>24 листопада 2026, 08:30</div>", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
        ("<span class='date'>November 24, 2026 8:30 PM</span>", datetime(2026, 11, 24, 20, 30, tzinfo=UTC)),
        ("<time datetime='2026-11-24T08:30:00+02:00'>сьогодні</time>", datetime(2026, 11, 24, 6, 30, tzinfo=UTC)),
        ("<meta itemprop='datePublished' content='2026-11-24'>", datetime(2026, 11, 24, tzinfo=UTC)),
    ],
)
def test_a_date_is_found_where_it_stands(block: str, moment: datetime) -> None:
    assert extract_article(page().replace("</h1>", "</h1>" + block), url=URL).published == moment


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ('<link rel="canonical" href="/one">', "https://outlet.example/one"),
        ("<link rel='Canonical alternate' href='https://other.example/a'>", "https://other.example/a"),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical">', None),
        ('<link rel="stylesheet" href="/style">', None),
    ],
)
def test_a_page_says_by_which_address_it_goes(link: str, canonical: str | None) -> None:
    page = f"<html><head>{link}</head><body><p>Text.</p></body></html>"
    assert extract_article(page, url="https://outlet.example/go?to=1").canonical == canonical


def test_a_programs_zero_time_is_no_date() -> None:
    data = {"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z"}
    assert extract_article(page(linked(data)), url=URL).published is None


def test_an_outlets_stand_in_is_no_picture() -> None:
    head = og("image", "https://bereg.example/opengraph_default.png")
    assert extract_article(page(head), url=URL).image is None
    large = "<img src='/img/ferry.jpg' width='800'>"
    assert extract_article(page(head, large), url=URL).image == "https://bereg.example/img/ferry.jpg"


# --- The text ---


def test_a_lead_that_is_the_first_paragraph_stays_in_the_text() -> None:
    article = extract_article(page(og("description", PARAGRAPHS[0])), url=URL)
    assert article.lead == PARAGRAPHS[0]
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_a_lead_in_a_block_of_its_own_is_not_in_the_text() -> None:
    html = page(og("description", LEAD)).replace("<article>", f"<article><div class='head'><h2>{LEAD}</h2></div>")
    assert extract_article(html, url=URL).text.split("\n") == list(PARAGRAPHS)


def test_a_first_paragraph_in_bold_is_a_paragraph() -> None:
    html = page(og("description", PARAGRAPHS[0])).replace(PARAGRAPHS[0] + "</p>", f"<b>{PARAGRAPHS[0]}</b></p>")
    assert extract_article(html, url=URL).text.split("\n") == list(PARAGRAPHS)


def test_a_list_of_links_that_is_the_article_stays() -> None:
    items = "".join(f"<p><a href='/{place}'>{line}</a></p>" for place, line in enumerate(PARAGRAPHS))
    html = f"<html><body><article><h1>{HEADING}</h1>{items}</article></body></html>"
    assert len(extract_article(html, url=URL).text.split("\n")) == len(PARAGRAPHS)


def test_tables_that_lay_out_a_page_hold_its_text() -> None:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<html><body><table><tr><td><h1>{HEADING}</h1>{told}</td></tr></table></body></html>"
    assert all(paragraph in extract_article(html, url=URL).text for paragraph in PARAGRAPHS)


@dataclass(frozen=True)
class Outlet:
    """The words of an outlet whose pages say everything twice, in <div>s that tell nothing."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]
    related: tuple[str, ...]
    menu: str
    share: str
    also: str
    date: str


UKRAINIAN = Outlet(
    HEADING,
    LEAD,
    PARAGRAPHS,
    ("У порту відкрили новий причал для катерів", "Міська рада ухвалила бюджет на наступний рік"),
    "Головна Політика Економіка Спорт",
    "Поділитися",
    "Читайте також",
    "24 листопада 2026, 08:30",
)
ENGLISH = Outlet(
    "The night ferry is back at sea after twenty years",
    "The first crossing left at midnight, and the next two weeks are sold out.",
    (
        "The first ferry left the port at midnight, seen off by several hundred people with lanterns.",
        "The captain said the crossing would take six hours, and that breakfast would be served on the upper deck.",
        "Tickets for the coming two weeks are gone, and the company promises a second sailing before the month is out.",
    ),
    ("A new pier for small boats opens in the port", "The town council has passed its budget for next year"),
    "Home Politics Business Sport",
    "Share",
    "Read also",
    "November 24, 2026 08:30",
)


def soup(outlet: Outlet, head: str = "", piece: str = "<div>{}</div>") -> str:
    menu = "".join(f"<div><a href='/{word}'>{word}</a></div>" for word in outlet.menu.split())
    share = f"<div>{outlet.share} <a href='#'>Facebook</a> <a href='#'>Telegram</a> <a href='#'>Twitter</a></div>"
    told = "".join(piece.format(line) for line in (outlet.lead, *outlet.paragraphs))
    related = "".join(
        f"<div><a href='/n'><img alt='{line}'>{line}</a></div><div>{line}</div>" for line in outlet.related
    )
    return (
        f"<html><head><title>{outlet.title} - Bereg</title>{head}</head><body><div>{menu}</div>"
        f"<div><div>{outlet.title}</div><div>{outlet.title}</div><div>{outlet.date}</div><div><b>{outlet.lead}</b></div>"
        f"{share}<div>{told}</div>{share}<div>{outlet.also}</div>{related}</div><div>{menu} © Bereg</div></body></html>"
    )


@pytest.mark.parametrize("piece", ["<div>{}</div>", "<p>{}</p>", "{}<br><br>"])
@pytest.mark.parametrize("described", [True, False])
@pytest.mark.parametrize("outlet", [UKRAINIAN, ENGLISH], ids=["uk", "en"])
def test_a_page_that_says_everything_twice_comes_out_clean(outlet: Outlet, described: bool, piece: str) -> None:
    head = og("title", outlet.title) + og("description", outlet.lead) if described else ""
    article = extract_article(soup(outlet, head, piece), url=URL)
    assert (article.title, article.lead) == (outlet.title, outlet.lead)
    assert article.text.split("\n") == list(outlet.paragraphs)
    assert article.published == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def test_the_sample_newsrooms_pages_come_out_clean() -> None:
    newsroom = Newsroom()
    outlet = newsroom.outlets[0]
    told = newsroom.publish_next(outlet)
    article = extract_article(article_page(told, outlet, "https://bereg.example"), url=URL)
    assert (article.title, article.lead, article.text) == (told.title, told.lead, "\n".join(told.body))


# --- Hostile pages ---


@pytest.mark.parametrize("html", [b"", "", b"\x00\xff\xfe", "\ud800", b"PK\x03\x04" * 50, "<" * 500, "{}"])
def test_garbage_gives_an_empty_page(html: bytes | str) -> None:
    assert extract_article(html, url=URL) == PageText()


@pytest.mark.parametrize(
    "kind", ["https://schema.org/NewsArticle", "LiveBlogPosting", " Report\n", ["Thing", "Article"]]
)
def test_an_article_is_known_by_how_its_type_ends(kind: object) -> None:
    assert extract_article(page(linked({"@type": kind, "headline": "Пором пливе"})), url=URL).title == "Пором пливе"


@pytest.mark.parametrize(
    ("said", "image"),
    [
        ("/a b.jpg", "https://bereg.example/a%20b.jpg"),
        ("https://user:word@other.example/a.jpg", None),
        ("https://other.example:22/a.jpg", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_picture_has_an_address_that_one_may_visit(said: str, image: str | None) -> None:
    assert extract_article(page(f"<meta property='og:image' content='{said}'>"), url=URL).image == image


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000,
        "<b><i>" * 60_000,
        "<table><tr><td>" * 60_000,
        "<p>x</p>" * 60_000,
        "<div>" * 200 + "<p>a b <a href='/x'>c</a></p>" * 4_000,
        "<p>a b c</p>" * 19_000,
        "<div class='" + "lead " * 500_000 + "'>x</div>",
        "<script type='application/ld+json'>" + "[" * 300_000 + "</script>",
        "<p>" + "&amp;lt;" * 600_000,
        "<h1>" * 50_000,
        "<meta name='description' content='a b'>" + "<p>a b</p>" * 15_000,
        ("<h1 itemprop='headline'>" * 250 + "a " * 1_000 + "</h1>" * 250) * 300,
        linked({"@type": "a" * 290_000}),
        linked({"@type": "Article", "articleBody": "\n".join(f"zz zz zzzzzzz{n:05}" for n in range(5_000))})
        + "".join(f"<a href=x>aaaa bbbb {n:05}</a>" for n in range(90_000)),
        "<meta name='description' content='aaaaaaaaa aaaaaaaaaa b'>"
        + linked({"@type": "Article", "articleBody": "aaaaaaaaa aaaaaaaaaa b\nc\nd\n" + "eee eee eee eee " * 30})
        + ("<div>aaaaaaaaa aaaaaaaaaa" * 250 + "a " * 1_000 + "</div>" * 250) * 250,
        "<p " + " ".join(f"a{n}=x" for n in range(15_000)) + ">a b c",
    ],
    ids=[
        *("deep", "inline", "tables", "endless", "nested", "short", "class", "json", "entities", "headings", "leads"),
        *("marked", "type", "links", "places", "attributes"),
    ],
)
def test_a_page_of_any_shape_is_done_with(body: str) -> None:
    html = f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"
    assert isinstance(extract_article(html, url=URL), PageText)


def test_of_a_page_with_hundreds_of_attributes_on_an_element_the_head_is_read() -> None:
    attributes = " ".join(f"data-{n}=x" for n in range(1_000))
    article = extract_article(page(og("title", HEADING)).replace("<p>", f"<p {attributes}>", 1), url=URL)
    assert (article.title, article.text) == (HEADING, "")


def test_the_common_words_of_our_languages_are_all_that_is_kept_of_them() -> None:
    extract_article(page(body="<p>Пором.</p>"), url=URL)
    assert 10_000 < len(external.JT_STOPLIST or ()) < 30_000


@pytest.mark.timeout(60)
def test_entities_of_entities_stay_small() -> None:
    html = f"<!DOCTYPE x [<!ENTITY e0 'lol'>{ENTITIES}]><html><body><p>&e9;</p></body></html>"
    assert len(extract_article(html, url=URL).text) < 1_000


@pytest.mark.timeout(60)
def test_of_a_huge_page_the_beginning_is_read() -> None:
    line = "Капітан розповів, що дорога триватиме шість годин. "
    html = page(body="".join(f"<p>{number}. {line * 20}</p>" for number in range(5_000)))
    assert len(html) > MAX_PAGE
    text = extract_article(html, url=URL).text
    assert text.startswith(PARAGRAPHS[0])
    assert len(text) <= MAX_TEXT


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-u", "iso-8859-1", "no-such", "utf-16", "hex"])
def test_a_wrongly_named_encoding_hurts_nobody(charset: str) -> None:
    html = page(f"<meta charset='{charset}'>")
    assert extract_article(html.encode(), url=URL).text.split("\n") == list(PARAGRAPHS)
    assert isinstance(extract_article(html.encode("windows-1251"), url=URL), PageText)


@pytest.mark.timeout(30)
def test_no_encoding_takes_forever() -> None:
    html = b"<html><meta charset=punycode><body>" + b"<p>a9\xff</p>" * 200_000
    assert isinstance(extract_article(html, url=URL), PageText)


def test_a_broken_letter_spoils_no_others() -> None:
    html = (
        page("<meta charset='utf-8'>").encode().replace("порту опівночі".encode(), "порту ".encode() + b"\xd0 \xff", 1)
    )
    assert extract_article(html, url=URL).text.split("\n")[1:] == list(PARAGRAPHS[1:])


SCRAPS = st.sampled_from(
    [
        "<html>",
        "<head>",
        "<title>",
        "<h1>",
        "<article>",
        "<p>",
        "<div class='lead date'>",
        "<a href='/x'>",
        "<time datetime='",
        "</p>",
        "</div>",
        "</h1>",
        "<meta property='og:image' content='",
        "'>",
        "<script type='application/ld+json'>",
        "</script>",
        '{"@type": "Article", "headline": ',
        '["',
        '"]',
        "}",
        "<img width='999' src='",
        "2026-11-24",
        "<table>",
        "<td>",
        "&#0;",
    ]
)


@pytest.mark.timeout(120)
@settings(max_examples=150)
@given(st.text() | st.binary() | st.lists(SCRAPS | st.text(max_size=30), max_size=60).map("".join))
def test_nothing_makes_it_fail(html: bytes | str) -> None:
    assert isinstance(extract_article(html, url=URL), PageText)
