"""What may be said is what is translated: no more, no less, and with the same values and markup."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import handlers
from handlers.speech import LANGUAGES, SOURCE

KEYWORDS = {"say": None, "plainly": None, "sentence": None, "count": (1, 2)}
TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
MessageId = str | tuple[str, ...]


@cache
def said() -> dict[MessageId, str]:
    """Every sentence in the source, with where it stands."""
    folder = Path(handlers.__file__).parent
    found = extract_from_dir(folder, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=())
    return {id_if_plural(message): f"{name}:{line}" for name, line, message, _, _ in found if all(message)}


def id_if_plural(message: str | list[str] | tuple[str, ...]) -> MessageId:
    return message if isinstance(message, str) else tuple(message)


@cache
def catalogue(language: str) -> Catalog:
    with files("locales").joinpath(f"{language}.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def written(language: str) -> dict[MessageId, Message]:
    return {id_if_plural(message.id): message for message in catalogue(language) if message.id}


def forms(message: str | Sequence[str] | None) -> tuple[str, ...]:
    """A sentence's forms: one, or one for each kind of number."""
    return (message,) if isinstance(message, str) else tuple(message or ())


def values_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def markup_in(sentence: str) -> list[str]:
    """Tags and the commands that a reader is told to type."""
    return sorted(re.findall(r"</?[a-z][^>]*>|(?<![\w<])/[a-z]+", sentence))


pairs = [
    pytest.param(language, message, id=f"{language}: {forms(id_)[0][:40]}")
    for language in TRANSLATED
    for id_, message in written(language).items()
]


def test_there_is_something_to_say() -> None:
    assert len(said()) > 30


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    assert said().keys() - written(language).keys() == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_unused(language: str) -> None:
    assert written(language).keys() - said().keys() == set()


@pytest.mark.parametrize(("language", "message"), pairs)
def test_a_translation_is_whole(language: str, message: Message) -> None:
    texts = forms(message.string)
    assert texts
    assert all(text.strip() for text in texts)
    assert not message.fuzzy
    assert len(texts) == (catalogue(language).num_plurals if message.pluralizable else 1)


@pytest.mark.parametrize(("language", "message"), pairs)
def test_a_translation_has_the_same_values_and_markup(language: str, message: Message) -> None:
    original = forms(message.id)[-1]
    for text in (*forms(message.id), *forms(message.string)):
        assert values_in(text) == values_in(original)
        assert markup_in(text) == markup_in(original)


@pytest.mark.parametrize(("language", "message"), pairs)
def test_a_translation_keeps_the_tone(language: str, message: Message) -> None:
    for text in (*forms(message.id), *forms(message.string)):
        assert "!" not in text
        assert text == text.strip()
    assert '"' not in re.sub(r"<[^>]*>", "", "".join(forms(message.string)))
