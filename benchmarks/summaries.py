"""How near a summary comes to what the outlet itself wrote above its article.

    python -m benchmarks.summaries [FOLDER]

FOLDER holds article pages as `benchmarks.extraction` has them; without it only the newsroom's articles are measured.
The outlet's own lead (on a page: what it states as such, or as its description) is what a summary of the text is
compared with. Some pages state the beginning of their text as the lead: whoever takes the beginning is right there, so
these pages are counted apart.

ROUGE-L as in C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004), 3.1, with β = 1: the longest
common subsequence of words is held against the words of the one (recall) and of the other (precision). Written here,
as the usual packages take Latin letters alone for words. It rewards the same words only, and most leads are told in
other words than the text: 0.2 is usual, and the difference of two rows counts more than either.

Beside the figures stand ten summaries to read, and what one costs.
"""

import logging
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from rich.console import Console
from rich.table import Table

from benchmarks.extraction import read_pages
from news.extract import extract_article
from news.language import warm
from news.summary import summarize
from news.text import letters, sentences
from sandbox.newsroom.stories import events

EXAMPLES = 10
LIMIT = 300
# A lead whose first so many letters stand in the text is its beginning, or quoted from it.
COPIED = 60
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Led:
    """An article with the lead that its outlet wrote."""

    title: str
    lead: str
    text: str

    @property
    def copied(self) -> bool:
        """Whether the lead is a part of the text."""
        return letters(self.lead)[:COPIED] in letters(self.text)


@dataclass(frozen=True)
class Rouge:
    """ROUGE-L: the longest common subsequence as a share of the summary's words and of the lead's."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


# --- The measure ---


def rouge_l(lead: str, told: str) -> Rouge:
    """How alike the two are, in words of any alphabet."""
    wanted, said = _WORD.findall(lead.lower()), _WORD.findall(told.lower())
    if not wanted or not said:
        return Rouge(0.0, 0.0)
    shared = common(wanted, said)
    return Rouge(shared / len(said), shared / len(wanted))


def common(first: Sequence[str], second: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for word in first:
        diagonal = 0
        for place, other in enumerate(second, 1):
            above = row[place]
            row[place] = diagonal + 1 if word == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]


# --- What is compared ---


def first_three(article: Led) -> str:
    """The text's first three sentences, however long."""
    return " ".join(sentences(article.text)[:3])


def first_that_fit(article: Led) -> str:
    """The text's first sentences within the limit, one at least."""
    told = sentences(article.text)
    while len(told) > 1 and len(" ".join(told)) > LIMIT:
        told.pop()
    return " ".join(told)[:LIMIT]


def ours(article: Led) -> str:
    """Visnyk's summary of title and text."""
    return summarize(article.title, article.text, limit=LIMIT)


WRITERS: dict[str, Callable[[Led], str]] = {
    "first three sentences": first_three,
    f"first sentences in {LIMIT} characters": first_that_fit,
    "Visnyk": ours,
}


def of_pages(folder: Path) -> list[Led]:
    """The articles of a folder of pages that have a lead and a text."""
    told = [extract_article(page.html, url=page.url) for page in read_pages(folder)]
    return [Led(page.title, page.lead, page.text) for page in told if page.lead and page.text]


def of_newsroom() -> list[Led]:
    """Every telling of every event in the sample newsroom."""
    told = [telling for event in events() for telling in event.tellings.values()]
    return [Led(one.title, one.lead, "\n".join(one.body)) for one in told if one.lead and one.body]


# --- The tables ---


def score_table(sets: dict[str, list[Led]]) -> Table:
    """ROUGE-L of each way of writing on each set, and the summaries' mean length."""
    table = Table(title="Summaries beside the outlets' own leads")
    for heading in ("articles", "number", "summary", "precision", "recall", "ROUGE-L", "characters"):
        table.add_column(heading, justify="left" if heading in ("articles", "summary") else "right")
    for name, articles in sets.items():
        for writer, write in WRITERS.items() if articles else ():
            table.add_row(name, str(len(articles)), writer, *_figures(articles, write))
    return table


def _figures(articles: Sequence[Led], write: Callable[[Led], str]) -> list[str]:
    told = [write(article) for article in articles]
    scores = [rouge_l(article.lead, summary) for article, summary in zip(articles, told, strict=True)]
    means = (mean(score.precision for score in scores), mean(score.recall for score in scores))
    return [
        *(f"{figure:.3f}" for figure in (*means, mean(score.f1 for score in scores))),
        f"{mean(map(len, told)):.0f}",
    ]


def cost(articles: Sequence[Led]) -> str:
    """What one summary takes."""
    spent = sorted(_milliseconds(article) for article in articles)
    return f"One takes {median(spent):.2f} ms at the median, {spent[-1]:.2f} ms at worst (of {len(spent)} articles)."


def _milliseconds(article: Led) -> float:
    """The best of three."""
    tries = []
    for _ in range(3):
        started = time.perf_counter()
        ours(article)
        tries.append((time.perf_counter() - started) * 1000)
    return min(tries)


def examples(articles: Sequence[Led]) -> list[Led]:
    """Ten of these, spread evenly."""
    return list(articles[:: max(1, len(articles) // EXAMPLES)])[:EXAMPLES]


def main(folder: Path | None) -> None:
    """Print the table, the cost, and ten summaries."""
    console = Console(width=120, soft_wrap=True)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    warm()
    pages = of_pages(folder) if folder and (folder / "ground-truth.json").is_file() else []
    own, copied = ([page for page in pages if page.copied is kind] for kind in (False, True))
    newsroom = of_newsroom()
    console.print(
        score_table({"pages, lead of its own": own, "pages, lead from the text": copied, "newsroom": newsroom})
    )
    console.print(cost([*pages, *newsroom]))
    if not pages:
        console.print("For pages give their folder: python -m benchmarks.summaries FOLDER (it is not in the project).")
    for article in examples([*pages, *newsroom]):
        console.print(
            f"\n# {article.title}\nlead: {article.lead}\nours: {ours(article)}", markup=False, highlight=False
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
