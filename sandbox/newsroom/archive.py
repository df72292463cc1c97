"""What was published, in a file of JSON lines: a line an article; a later line of the same id corrects it.

Lines are only ever added, so a killed process loses at most the line it was writing. Neither host nor
port is kept: a link given at the last start leads to the same article at the next.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.newsroom.article import Article


class Archive:
    """The file behind a newsroom; with no path it keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._torn = path is not None and path.exists() and not path.read_bytes().endswith(b"\n")

    def read(self) -> list[Article]:
        """Every article as last corrected, in the order of publishing. A torn line is passed over."""
        if self._path is None or not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        return list({(article.outlet, article.id): article for article in _articles(lines)}.values())

    def add(self, article: Article) -> None:
        """Writes the article down. Raises OSError when the file can't be written."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write("\n" * self._torn + _line(article) + "\n")
        self._torn = False


def _line(article: Article) -> str:
    return json.dumps(asdict(article) | {"published": article.published.isoformat()}, ensure_ascii=False)


def _articles(lines: list[str]) -> Iterator[Article]:
    for line in lines:
        try:
            yield _article(json.loads(line))
        except (ValueError, TypeError, KeyError):
            continue


def _article(row: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(row["published"])
    return Article(**row | {"published": published, "body": tuple(row["body"])})
