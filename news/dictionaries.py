"""simplemma's word lists, from files that are mapped into memory: what of them is in use counts, and little is.

    python -m news.dictionaries

makes the files, once for an environment (about a minute, and 400 MB meanwhile). Where they are missing, simplemma's
own packed form serves: the same lemmas, found five times slower, in 145 MB for eleven languages instead of 7 to 40.
"""

import os
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path

import structlog
from marisa_trie import BytesTrie
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY, DictionaryFactory, frontcode
from simplemma.strategies.dictionaries.dictionary_factory import DecodedStrMapping, _read_decompressed

from news.language import LANGUAGES

# Part of the folder's name, as simplemma's version is: to be raised when what stands in a file changes.
_FORM = 1
log = structlog.get_logger(__name__)


def prepared_folder() -> Path:
    """Where this environment keeps its files for this version of simplemma; it may not be there."""
    return Path(sys.prefix, "share", "visnyk", f"lemmas-{version('simplemma')}-{_FORM}")


class Trie(DecodedStrMapping):
    """Lemmas by words, in a file; for each word how much of its end goes and what comes instead.

    Raises RuntimeError when the file can't be read or is none.
    """

    __slots__ = ("_trie",)

    def __init__(self, file: Path) -> None:
        self._trie = BytesTrie()
        self._trie.mmap(str(file))

    def _lookup(self, key: str) -> str | None:
        found = self._trie.get(key)
        return _changed(key, found[0].decode()) if found else None

    def __iter__(self) -> Iterator[str]:
        yield from self._trie.iterkeys()

    def __len__(self) -> int:
        return len(self._trie)


class Dictionaries(DictionaryFactory):
    """The word list of each language, from the folder where it is there; each is opened once, whichever threads ask."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opening = threading.Lock()
        self._opened: dict[str, Mapping[str, str]] = {}
        self._has_told = False

    @cached_property
    def prepared(self) -> bool:
        """Whether all languages have their files."""
        return all(_file(self._folder, language).exists() for language in LANGUAGES)

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """The word list of one of simplemma's languages; raises ValueError for others."""
        with self._opening:
            if lang not in self._opened:
                self._opened[lang] = self._open(lang)
            return self._opened[lang]

    def _open(self, language: str) -> Mapping[str, str]:
        try:
            return Trie(_file(self._folder, language))
        except RuntimeError as error:
            self._tell(error)
            return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)

    def _tell(self, error: RuntimeError) -> None:
        if not self._has_told:
            prepare_with = f"{sys.executable} -m news.dictionaries"
            log.warning("dictionaries_not_prepared", prepare_with=prepare_with, reason=str(error))
            self._has_told = True


def prepare(folder: Path, languages: Iterable[str] = LANGUAGES) -> None:
    """Make the files that are missing. Each comes to be at once and whole; raises OSError where it can't."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages:
        if not _file(folder, language).exists():
            _write(_file(folder, language), BytesTrie(_changes(language)))


def _file(folder: Path, language: str) -> Path:
    return folder / f"{language}.trie"


def _write(file: Path, trie: BytesTrie) -> None:
    """On the disk before it has its name: a torn file would be believed."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    trie.save(str(beside))
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.replace(file)


def _changes(language: str) -> Iterator[tuple[str, bytes]]:
    """Each word of a language with what its lemma changes, read one by one: as a dict Polish alone takes 400 MB."""
    packed = _read_decompressed(language)
    backwards, _, start = frontcode._read_header(packed)
    step = -1 if backwards else 1
    for _, word, lemma in frontcode._iter_records(packed, start):
        yield _change(word[::step].decode(), lemma[::step].decode())


def _change(word: str, lemma: str) -> tuple[str, bytes]:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, lemma, strict=False))
    common = sum(1 for _ in alike)
    return word, (chr(len(word) - common) + lemma[common:]).encode()


def _changed(word: str, change: str) -> str:
    return word[: len(word) - ord(change[0])] + change[1:]


DICTIONARIES = Dictionaries(prepared_folder())


def main() -> None:
    """Make this environment's files, and end with a sentence where that can't be."""
    folder = prepared_folder()
    try:
        prepare(folder)
    except OSError as error:
        sys.exit(f"The dictionaries can't be prepared in {folder}: {error.strerror or error}")


if __name__ == "__main__":
    main()
