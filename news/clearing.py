"""What on a page is not its article, by its own markup and by the look of its lines."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from news.text import letters, visible

# An lxml element, which has no types of its own.
Tree = Any

_SILENT = ("script", "style", "noscript", "template")
_MARKED = (
    ".//a[contains(concat(' ', @rel, ' '), ' tag ')] | .//*[@itemprop='datePublished' or @itemprop='dateModified']"
)
_SIGN_UPS = ".//@class[contains(., 'ewsletter') or contains(., 'sign-up') or contains(., 'signup')]/.."
# No name is that long, and the extractor searches each of them by many patterns.
_BLOATED = ".//@class[string-length() > 2000]/.."
_MARKED_LENGTH = 100
_SIGN_UP_LENGTH = 1_000

_WORD = re.compile(r"\w+")
_LINK_LENGTH = 12
_SHORT = 250
# A line is a link with its label ("Read more: …", "… [VIDEO]") when the link is the larger part of it by far.
_LINK_SHARE = 0.75
# A page whose text is links for the most part is a list of them, and they are what it has to say.
_LIST_SHARE = 1 / 3

# Shares, invitations, credits and comment counts that stand among paragraphs.
_CLUTTER = re.compile(
    r"(?:читайте|дивіться|смотрите|читай)\s+(?:також|также|ще|ещ[её])"
    r"|read\s+(?:also\b|more(?:\s*[:»>…]|\s+(?:about|on|at|in|here)\b|$))|see\s+(?:also\b|more\s*:)"
    r"|share\s+(?:this|on|via)\b|поділитис[яь]|поделиться|підпи(?:суйтесь|суйтеся|сатис[яь]|шіться)"
    r"|подпис(?:ывайтесь|аться)|follow\s+\w+(?:\s+\w+){0,3}\s+on\s|follow\s+us|subscribe(?:\s+(?:to|now|here)\b|$)"
    r"|sign\s+up\s+(?:for|to)\b|реклама$|advertisement$|(?:за темою|по теме|related(?:\s+\w+)?:?$|related:)"
    r"|don.t\s+miss:?$|\d+\s+(?:comments?|коментар\w*|комментари\w*)$|comments?$|коментарі$|комментарии$"
    r"|tags?:?$|теги:?$|мітки:?$|метки:?$|(?:filed\s+under|tags?|теги|мітки|метки|topics?|ключові слова):\s"
    r"|(?:copyright\b|©|\(c\)\s+\d{4})|all\s+rights\s+reserved|усі права (?:застережено|захищено)|все права защищены"
    r"|\S+@\S+\.\w+$|(?:www\.)?twitter\.com/\S+$|.{3,200}\scontributed\s+to\s+this\s+(?:report|story|article)\.?$",
    re.IGNORECASE,
)

# A line of nothing but these is a row of buttons.
_BUTTON_WORDS = """
share facebook twitter telegram whatsapp viber instagram youtube messenger linkedin pinterest reddit email e mail print
copy link x tweet pin it поділитися поширити поделиться твітнути друк друкувати копіювати посилання
"""
_BUTTONS = frozenset(_BUTTON_WORDS.split())


def clear(tree: Tree) -> None:
    """Take out of the tree what its markup says is not the article: scripts, tags, dates, sign-ups."""
    for bloated in tree.xpath(_BLOATED):
        bloated.attrib.clear()
    _drop(list(tree.iter(*_SILENT)))
    _drop(one for one in tree.xpath(_MARKED) if _is_shorter(one, _MARKED_LENGTH))
    _drop(one for one in tree.xpath(_SIGN_UPS) if _is_shorter(one, _SIGN_UP_LENGTH))


def link_texts(tree: Tree) -> frozenset[str]:
    """The letters of the links on a page that lead elsewhere, but for those of a word or an address."""
    elsewhere = (link for link in tree.iter("a") if not (link.get("href") or "#").startswith("#"))
    texts = (str(link.text_content())[:_SHORT].strip() for link in elsewhere)
    return frozenset(said for text in texts if " " in text and len(said := letters(text)) >= _LINK_LENGTH)


def article_lines(text: str, links: frozenset[str]) -> list[str]:
    """The lines of a text, without those that invite, share or only name another page."""
    lines = (" ".join(line.split()).strip("| ") for line in visible(text).splitlines())
    kept = [line for line in lines if letters(line) and not _is_clutter(line)]
    sizes = {len(link) for link in links}
    linked = {line for line in kept if _is_link(line, links, sizes)}
    if sum(map(len, linked)) > _LIST_SHARE * sum(map(len, kept)):
        return kept
    return [line for line in kept if line not in linked]


def _drop(elements: Iterable[Tree]) -> None:
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _is_shorter(element: Tree, length: int) -> bool:
    return len(element.text_content()) < length


def _is_clutter(line: str) -> bool:
    bare = line.lstrip("-–—•>▶→|* ")
    return len(bare) < _SHORT and (_CLUTTER.match(bare) is not None or _BUTTONS.issuperset(_WORD.findall(bare.lower())))


def _is_link(line: str, links: frozenset[str], sizes: Collection[int]) -> bool:
    """Whether a line is a link's words, give or take a label. `sizes` are those of the links.

    The line's parts are looked up among the links, not the links in the line: a page may have a hundred thousand.
    """
    said = letters(line) if len(line) < _SHORT else ""
    fitting = [size for size in sizes if _LINK_SHARE * len(said) <= size <= len(said)]
    return any(said[start : start + size] in links for size in fitting for start in range(len(said) - size + 1))
