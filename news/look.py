"""How news looks where it comes: as its chat wants it, and what a subscription wants otherwise. Pure."""

from dataclasses import dataclass, replace
from typing import Any

from news.summary import USUAL_LENGTH

# A summary has at most so many characters; 0: none is wanted.
LENGTHS = (0, 150, USUAL_LENGTH, 600)
LONGEST_TITLE, MOST_TAGS = 80, 5


@dataclass(frozen=True, slots=True)
class Look:
    """How news looks.

    `summary_length` is how many characters a summary may have, 0 where none is wanted. `pictures`: with the article's
    picture; `preview`: with a card of its page, where there is no picture; `silent`: without a sound; `every_report`:
    not only the first of a story is pushed; `hashtags`: the outlet stands at the end as one, with these `tags`.
    """

    summary_length: int = USUAL_LENGTH
    pictures: bool = True
    preview: bool = True
    silent: bool = False
    every_report: bool = False
    hashtags: bool = False
    tags: tuple[str, ...] = ()


USUAL_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a subscription wants otherwise than its chat; None: as the chat.

    `at_once`: not with the chat's digests, though still not in its quiet hours. `title` is what its outlet is called
    here, empty for its own name; `tags` are further hashtags, without their sign.
    """

    summary_length: int | None = None
    pictures: bool | None = None
    preview: bool | None = None
    silent: bool | None = None
    every_report: bool | None = None
    hashtags: bool | None = None
    at_once: bool = False
    title: str = ""
    tags: tuple[str, ...] = ()


AS_THE_CHAT = Overrides()
# What a subscription may have otherwise, by name.
SHARED = ("summary_length", "pictures", "preview", "silent", "every_report", "hashtags")


def laid_over(look: Look, overrides: Overrides) -> Look:
    """The chat's look, but for what its subscription wants otherwise."""
    wanted = {name: value for name in SHARED if (value := getattr(overrides, name)) is not None}
    return replace(look, **wanted, tags=overrides.tags)


def override(look: Look, overrides: Overrides, name: str, value: int | bool) -> Overrides:
    """The overrides with another wish for one of SHARED; what is wanted as the chat has it follows the chat."""
    wanted: dict[str, Any] = {name: None if getattr(look, name) == value else value}
    return replace(overrides, **wanted)
