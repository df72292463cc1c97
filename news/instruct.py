"""What a model is asked, and what of its answer is let through: pure.

The article is a stranger's text. It is fenced and said to be data (the words are in summary_prompt.txt), and whatever
comes of it all the same is checked: an answer is a few plain sentences with no address in them that the article hasn't.
A digest's lead-in is asked for in the same way, of the digest as if it were an article (lead_in_prompt.txt).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from news.article import Article
from news.style import Style
from news.summary import is_told_anew, whole_sentences
from news.text import sentences, visible

# What is asked costs by its length, and news say what matters at their beginning.
LONGEST_TEXT = 8_000
# Of each article of a digest so much is told.
_OF_EACH = 300
# The id of a digest that is asked of as if it were an article: no article has it.
DIGEST = 0
# An answer so many times longer than was asked for is no summary, however it begins.
FAR_TOO_LONG = 3
NAMES = {
    "uk": "Ukrainian",
    "ru": "Russian",
    "en": "English",
    "pl": "Polish",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "cs": "Czech",
    "ro": "Romanian",
    "tr": "Turkish",
}
_MARKUP = re.compile(
    r"</?[a-z!][^>\n]*>|```|\*\*|__|\]\s*\(|&(?:#\d+|#x[0-9a-f]+|[a-z]+);|^\s*(?:#{1,6}\s|[-*•]\s|\d{1,2}[.)]\s|>|\|)",
    re.IGNORECASE | re.MULTILINE,
)
# What a messenger may make a link of: addresses, hosts, names and commands.
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://\S+|(?:mailto|tg|tel):\S+|[\w.+-]*@\w+|(?<![\w/])/[a-z]\w*|"
    r"(?<![\w.])[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:/\S*)?",
    re.IGNORECASE,
)


def instruction(article: Article, style: Style) -> str:
    """What the model is to do, in its own words and none of the article's."""
    language = NAMES.get(style.language, "the language of the article")
    prompt = _prompt("lead_in" if article.id == DIGEST else "summary")
    return prompt.format(language=language, length=style.length, fence=fence_of(article))


def as_one(articles: Sequence[Article]) -> Article:
    """A digest of these articles as an article without a headline, whose text tells of each in a paragraph."""
    told = (f"{one.title}. {one.summary}"[:_OF_EACH] for one in articles)
    return replace(articles[0], id=DIGEST, title="", summary="", text="\n".join(told))


def fenced(article: Article) -> str:
    """The article as data, between two lines that its author can't have written."""
    fence = fence_of(article)
    return f"{fence}\n{article.title}\n\n{_text(article)}\n{fence}"


def fence_of(article: Article) -> str:
    """A line with a digest of the whole text: nobody can write a text that holds its own."""
    told = f"{article.title}\n{article.text}\n{article.summary}"
    return f"=== ARTICLE {blake2b(told.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()} ==="


def accepted(answer: str, article: Article, style: Style) -> str | None:
    """The answer as a summary to show: its whole sentences that fit the length; None for what is no plain summary."""
    text = visible(answer).strip()
    if not text or len(text) > FAR_TOO_LONG * style.length or _MARKUP.search(text):
        return None
    line = " ".join(text.split())
    if strange_links(line, article) or not is_told_anew(line, article.title):
        return None
    # One without its full stop is whole all the same: had it been cut off, it would be too long.
    bare = len(sentences(line)) == 1 and len(line) <= style.length
    return line if bare else whole_sentences(line, style.length) or None


def strange_links(text: str, article: Article) -> list[str]:
    """What could become a link in a message and doesn't stand in the article."""
    known = f"{article.title}\n{article.text}\n{article.summary}".lower()
    found = (link.rstrip(".,;:!?»”\"')") for link in _LINK.findall(text))
    return [link for link in found if link.lower() not in known]


def _text(article: Article) -> str:
    return visible(article.text or article.summary)[:LONGEST_TEXT]


@cache
def _prompt(name: str) -> str:
    return files(__package__).joinpath(f"{name}_prompt.txt").read_text(encoding="utf-8").strip()
