"""Prepared word lists say what simplemma's own say, and are used only where they are whole."""

import sys
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import pytest
from simplemma.strategies.dictionaries import StreamDictionaryFactory
from structlog.testing import capture_logs

from news.dictionaries import Dictionaries, Trie, main, prepare, prepared_folder
from news.language import LANGUAGES


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment's own files, or, where it has none, some made now."""
    if Dictionaries(prepared_folder()).prepared:
        return prepared_folder()
    made = tmp_path_factory.mktemp("lemmas")
    prepare(made)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_prepared_and_packed_lists_hold_the_same_lemmas(folder: Path, language: str) -> None:
    prepared = Trie(folder / f"{language}.trie")
    packed = StreamDictionaryFactory(cache_max_size=1).get_dictionary(language)
    words = list(islice(packed, 0, None, 1000))
    unknown = [word + "ъ" for word in words]
    assert len(prepared) == len(packed)
    assert [prepared.get(word) for word in words] == [packed[word] for word in words]
    assert [prepared.get(word) for word in unknown] == [packed.get(word) for word in unknown]


def test_words_of_a_prepared_list_can_be_gone_through(folder: Path) -> None:
    assert {"law", "laws"} <= set(Trie(folder / "en.trie"))


def test_a_prepared_list_is_taken_from_its_file(folder: Path) -> None:
    assert isinstance(Dictionaries(folder).get_dictionary("en"), Trie)


def test_without_files_the_lemmas_are_the_same_and_the_log_says_once_how_to_make_them(tmp_path: Path) -> None:
    dictionaries = Dictionaries(tmp_path)
    with capture_logs() as logs:
        found = [dictionaries.get_dictionary(language)[word] for language, word in (("en", "laws"), ("fr", "lois"))]
    assert found == ["law", "loi"]
    assert [entry["prepare_with"] for entry in logs] == [f"{sys.executable} -m news.dictionaries"]
    assert not dictionaries.prepared


@pytest.mark.parametrize("kept", [0, 0.5, 0.999])
def test_a_torn_file_is_not_used(folder: Path, tmp_path: Path, kept: float) -> None:
    whole = (folder / "en.trie").read_bytes()
    (tmp_path / "en.trie").write_bytes(whole[: int(len(whole) * kept)])
    dictionary = Dictionaries(tmp_path).get_dictionary("en")
    assert not isinstance(dictionary, Trie)
    assert dictionary["laws"] == "law"


def test_making_files_leaves_whole_ones_and_nothing_else(tmp_path: Path) -> None:
    prepare(tmp_path / "new", ["en"])
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["en.trie"]
    assert Trie(tmp_path / "new" / "en.trie")["laws"] == "law"


def test_files_of_another_version_of_simplemma_are_elsewhere() -> None:
    assert version("simplemma") in prepared_folder().name


def test_what_is_made_already_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "en.trie").write_bytes(b"there")
    prepare(tmp_path, ["en"])
    assert (tmp_path / "en.trie").read_bytes() == b"there"


def test_where_files_cannot_be_made_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "share").write_text("a file where a folder should be")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with pytest.raises(SystemExit, match=r"can't be prepared in .*share"):
        main()
