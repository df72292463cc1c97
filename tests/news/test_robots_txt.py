import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.robots_txt import Rules, read_rules


def allowed(text: str, path: str) -> bool:
    return read_rules(text.encode()).allow(f"https://outlet.example{path}")


def by(*rules: str, path: str) -> bool:
    """Whether these rules for everybody allow a path."""
    return allowed("\n".join(["User-agent: *", *rules]), path)


@pytest.mark.parametrize("text", ["", "Disallow: /", "<html><p>Not found: /</p></html>", "\0\xff", "User-agent: *"])
def test_a_file_without_rules_for_us_allows_everything(text: str) -> None:
    assert allowed(text, "/news/1.html")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: visnyk\nDisallow: /", False),
        ("user-agent: VISNYK/2.0 (news)\r\nDISALLOW: /", False),
        ("\ufeffUser-agent: visnyk\rDisallow: /", False),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: visnyk-too\nDisallow: /", True),
        ("User-agent: vis\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: visnyk\nDisallow: /private", True),
        ("User-agent: visnyk\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: visnyk\nCrawl-delay: 5\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: other\nUser-agent: visnyk\nDisallow: /", False),
        ("User-agent: other\nSitemap: /map.xml\n\nUser-agent: visnyk\nDisallow: /", False),
        ("User-agent: other\nDisallow: /a\nUser-agent: visnyk\nDisallow: /b", True),
        (
            "User-agent: visnyk\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: visnyk\nDisallow: /news",
            False,
        ),
        ("User-agent: * # everybody\nDisallow: / # everything", False),
        ("User-agent: *\n# Disallow: /", True),
        ("User agent: *\nDissallow: /", False),
    ],
)
def test_the_group_that_names_us_counts_or_else_the_one_for_everybody(text: str, answer: bool) -> None:
    assert allowed(text, "/news/1.html") is answer


@pytest.mark.parametrize(
    ("rules", "path", "answer"),
    [
        (["Allow: /p", "Disallow: /"], "/page", True),
        (["Disallow: /", "Allow: /p"], "/page", True),
        (["Allow: /folder", "Disallow: /folder"], "/folder/page", True),
        (["Allow: /page", "Disallow: /*.htm"], "/page.htm", False),
        (["Allow: /page", "Disallow: /*.ph"], "/page.php5", True),
        (["Allow: /$", "Disallow: /"], "/", True),
        (["Allow: /$", "Disallow: /"], "/page.htm", False),
    ],
)
def test_the_longest_rule_counts_and_of_two_as_long_the_milder(rules: list[str], path: str, answer: bool) -> None:
    assert by(*rules, path=path) is answer


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/fish", "/fish.html", True),
        ("/fish", "/Fish", False),
        ("/fish", "/catfish", False),
        ("/fish/", "/fish", False),
        ("/fish*", "/fishheads/yummy.html", True),
        ("/*.php", "/folder/any.php?id=1", True),
        ("/*.php", "/", False),
        ("/*.php$", "/filename.php", True),
        ("/*.php$", "/filename.php?x=1", False),
        ("/*.php$", "/filename.php5", False),
        ("/fish*.php", "/fishheads/catfish.php?id=2", True),
        ("/page$", "/page", True),
        ("/page$", "/pages", False),
        ("*", "/anything", True),
        ("*/print", "/a/b/print", True),
        ("/a*b*c", "/a-c-b", False),
        ("/a*aa$", "/aa", False),
        ("/a**b", "/axb", True),
        ("/*?*", "/search?q=1", True),
        ("/*?*", "/search", False),
        ("/a$b", "/a$b/c", True),
        ("/a%24", "/a$", True),
        ("/a%24", "/a", False),
        ("/a%2A", "/a*", True),
        ("/a%2A", "/ab", False),
        ("/новини", "/новини/1", True),
        ("/новини", "/%d0%bd%d0%BE%D0%B2%D0%B8%D0%BD%D0%B8", True),
        ("/%d0%bd", "/новини", True),
        ("/foo/bar/baz", "/foo/bar/%62%61%7A", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("/foo?to=https%3A//x", "/foo?to=https://x", True),
        ("/a%2Fb", "/a/b", False),
        ("/a%2fb", "/a%2Fb", True),
        ("/100%", "/100%/x", True),
        ("fish", "/fish", False),
    ],
)
def test_a_pattern_matches_the_beginning_of_a_path(pattern: str, path: str, matches: bool) -> None:
    assert by(f"Disallow: {pattern}", path=path) is not matches


def test_only_our_lines_are_kept() -> None:
    others = "".join(f"User-agent: bot{number}\nDisallow: /\n\n" for number in range(100))
    assert read_rules(f"{others}User-agent: *\nDisallow: /a\nAllow: /abc\n".encode()) == Rules("+/abc\n-/a")


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_file_can_be_read_and_any_address_asked_about(body: bytes, path: str) -> None:
    read_rules(b"User-agent: *\n" + body).allow(f"https://outlet.example/{path}")


@given(st.lists(st.tuples(st.sampled_from("+-"), st.text("ab*$/", max_size=6)), max_size=6), st.text("ab/", max_size=8))
def test_matching_is_what_the_words_of_the_standard_say(rules: list[tuple[str, str]], path: str) -> None:
    lines = [f"{'Allow' if sign == '+' else 'Disallow'}: /{pattern}" for sign, pattern in rules]
    assert by(*lines, path=f"/{path}") is _by_the_book(rules, f"/{path}")


def _by_the_book(rules: list[tuple[str, str]], path: str) -> bool:
    best = (-1, True)
    for sign, rest in rules:
        written = f"/{rest}"
        inside, end = (written[:-1], r"\Z") if written.endswith("$") else (written, "")
        if re.match("".join(".*" if letter == "*" else re.escape(letter) for letter in inside) + end, path):
            best = max(best, (len(inside.replace("$", "%24")) + bool(end), sign == "+"))
    return best[1]
