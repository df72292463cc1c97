"""How well an article is read off its page, beside plain trafilatura.

    python -m benchmarks.extraction FOLDER

FOLDER holds pages (`<id>.html.gz`) and their texts (`ground-truth.json`: id → url, articleBody) in the form of
scrapinghub/article-extraction-benchmark. The texts are scored as there: the four-word shingles of a text, told and
true, are counted with their repetitions; precision and recall are the means of the pages', and F1 is that of the two
means. `halves` is the F1 of every other page and of the rest: a rule that helps only the pages it was found on shows
there. `ms a page` is processor time, the better of two rounds; trafilatura's is for the text alone.

The second table counts the titles, leads, dates and pictures that are right by `extraction_answers.json`, which was
written by hand from the pages' own markup. Each answer is a list of what counts as right, as some pages call their
article by two names; null means that the page has none. A title is right if its letters and digits are the answer's; a
lead if it and the answer begin with the same sixty letters, or share four words of five; a date if it is the same day;
a picture if it has the same file name, its size put aside.
"""

import gzip
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean
from urllib.parse import unquote

import trafilatura
from rich.console import Console
from rich.table import Table

from news.extract import PageText, extract_article
from news.language import warm
from news.text import letters

ANSWERS = Path(__file__).with_name("extraction_answers.json")
SHINGLE = 4
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.)")

Answers = dict[str, dict[str, list[str | None]]]


@dataclass(frozen=True)
class Page:
    """One page of the set, and the article text that people found on it."""

    id: str
    html: bytes
    url: str
    text: str


@dataclass(frozen=True)
class Scores:
    """How one page's text was read: None where there is nothing to be measured, as the precision of nothing told."""

    precision: float | None
    recall: float | None


# --- The set ---


def read_pages(folder: Path) -> list[Page]:
    """The pages of a set, in the order of their ids."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Page(key, gzip.decompress((folder / f"{key}.html.gz").read_bytes()), told["url"], told["articleBody"])
        for key, told in sorted(truth.items())
    ]


# --- The text ---


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words stands in a text; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = (tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(run for run in runs if run)


def score(true: str, told: str) -> Scores:
    """How much of what was told is true, and how much of what is true was told."""
    expected, found = shingles(true), shingles(told)
    shared = (expected & found).total()
    return Scores(_share(shared, found.total()), _share(shared, expected.total()))


def f1(scores: Iterable[Scores]) -> tuple[float, float, float]:
    """Mean precision, mean recall, and F1 of these means."""
    measured = list(scores)
    precision = mean(one.precision for one in measured if one.precision is not None)
    recall = mean(one.recall for one in measured if one.recall is not None)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def text_row(name: str, pages: Sequence[Page], read: Callable[[Page], str]) -> list[str]:
    """One reader's figures as a row of the first table."""
    # The first round loads what the second has; the cheaper one is the less disturbed.
    rounds = [_round(pages, read) for _ in range(2)]
    texts, cost = rounds[0][0], min(cost for _, cost in rounds)
    scores = [score(page.text, text) for page, text in zip(pages, texts, strict=True)]
    halves = " ".join(f"{f1(half)[2]:.3f}" for half in (scores[::2], scores[1::2]))
    return [name, *(f"{figure:.3f}" for figure in f1(scores)), halves, f"{cost:.1f}"]


def _round(pages: Sequence[Page], read: Callable[[Page], str]) -> tuple[list[str], float]:
    """The texts, and the milliseconds that one took."""
    started = time.process_time()
    texts = [read(page) for page in pages]
    return texts, (time.process_time() - started) / len(pages) * 1000


def plain_trafilatura(*, fast: bool = False, favor_precision: bool = False) -> Callable[[Page], str]:
    """Trafilatura alone, comments left out."""
    extract = partial(trafilatura.extract, fast=fast, favor_precision=favor_precision, include_comments=False)
    return lambda page: extract(page.html, url=page.url) or ""


# --- Title, lead, date, picture ---


def is_title(answer: str, told: PageText) -> bool:
    """Whether the title says the same, however it is set."""
    return letters(answer) == letters(told.title)


def is_lead(answer: str, told: PageText) -> bool:
    """Whether the lead is this one, or as good as."""
    first, second = letters(answer), letters(told.lead)
    return bool(second) and (
        first.startswith(second[:60]) or second.startswith(first[:60]) or _alike(answer, told.lead)
    )


def is_day(answer: str, told: PageText) -> bool:
    """Whether the article was published on this day."""
    return told.published is not None and told.published.date().isoformat() == answer


def is_picture(answer: str, told: PageText) -> bool:
    """Whether the picture is this one, in whatever size."""
    return _file(answer) == _file(told.image or "")


RIGHTS: dict[str, tuple[Callable[[str, PageText], bool], Callable[[PageText], object]]] = {
    "title": (is_title, lambda told: told.title),
    "lead": (is_lead, lambda told: told.lead),
    "published": (is_day, lambda told: told.published),
    "image": (is_picture, lambda told: told.image),
}


def is_right(field: str, answers: Sequence[str | None], told: PageText) -> bool:
    """Whether what was told is among the answers; None among them stands for nothing told."""
    agrees, value = RIGHTS[field]
    return any(not value(told) if answer is None else agrees(answer, told) for answer in answers)


def _alike(first: str, second: str) -> bool:
    some, others = set(re.findall(r"\w+", first.lower())), set(re.findall(r"\w+", second.lower()))
    return len(some & others) >= 0.8 * min(len(some), len(others)) > 0


def _file(address: str) -> str:
    path = re.split(r"[?#](?!url=)", unquote(address), maxsplit=1)[0]
    return _SIZE.sub("", path.rstrip("/").rsplit("/", 1)[-1])


# --- The tables ---


def text_table(pages: Sequence[Page]) -> Table:
    """Precision, recall and F1 of the text, and what they cost."""
    table = Table(title=f"The text of {len(pages)} article pages")
    for heading in ("reader", "precision", "recall", "F1", "halves", "ms a page"):
        table.add_column(heading, justify="left" if heading == "reader" else "right")
    readers: dict[str, Callable[[Page], str]] = {
        "trafilatura": plain_trafilatura(),
        "trafilatura, fast": plain_trafilatura(fast=True),
        "trafilatura, favor_precision": plain_trafilatura(favor_precision=True),
        "Visnyk": lambda page: extract_article(page.html, url=page.url).text,
    }
    for name, read in readers.items():
        table.add_row(*text_row(name, pages, read))
    return table


def rights_table(pages: Sequence[Page], answers: Answers) -> Table:
    """How many titles, leads, dates and pictures are right, and where they are not."""
    told = {page.id: extract_article(page.html, url=page.url) for page in pages if page.id in answers}
    table = Table(title=f"Title, lead, date and picture of {len(told)} pages answered by hand")
    for heading in ("what", "right", "share", "wrong on"):
        table.add_column(heading)
    for field in RIGHTS if told else ():
        wrong = [key[:8] for key, one in told.items() if not is_right(field, answers[key][field], one)]
        right = len(told) - len(wrong)
        table.add_row(field, str(right), f"{right / len(told):.0%}", " ".join(wrong))
    return table


def main(folder: Path | None) -> None:
    """Print both tables, or say what is missing."""
    console = Console()
    if folder is None or not (folder / "ground-truth.json").is_file():
        console.print(
            "Give the folder of the pages: python -m benchmarks.extraction FOLDER (it is not in the project)."
        )
        return
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    warm()
    pages = read_pages(folder)
    console.print(text_table(pages))
    console.print(rights_table(pages, json.loads(ANSWERS.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
