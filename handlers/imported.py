"""What came of a file of feeds, in one message: pure. The look is docs/messages.md's."""

from collections.abc import Iterator, Sequence
from html import escape

from handlers.speech import Html, Speech
from handlers.trouble import why
from news.address import shown
from news.bulk import Tried
from news.secret import address_to_show, showable
from news.text import shortened, visible

MOST_FAILURES = 10
LONGEST_NAME, LONGEST_REASON = 60, 200


def report(name: str, tried: Sequence[Tried], speech: Speech, *, left_out: int = 0) -> Html:
    """How many are followed now, were before, or failed, the first of these with the reason."""
    blocks = [f"<b>{escape(name, quote=False)}</b>\n" + "\n".join(_counts(tried, speech))]
    if failed := [one for one in tried if one.followed is None]:
        blocks.append("\n".join(_failures(failed, speech)))
    if left_out:
        blocks.append(
            speech.count(
                "The file names {number} feed more than is read at once. Send it in a file of its own.",
                "The file names {number} feeds more than are read at once. Send them in a file of their own.",
                left_out,
            )
        )
    return Html("\n\n".join(blocks))


def _counts(tried: Sequence[Tried], speech: Speech) -> Iterator[Html]:
    followed = [one.followed for one in tried if one.followed]
    fresh = [one for one in followed if not one.already]
    known, failing = len(followed) - len(fresh), sum(1 for one in fresh if one.feed.problem)
    yield speech.count("{number} source added.", "{number} sources added.", len(fresh))
    if failing:
        yield speech.count(
            "{number} of them can't be read at present; it will be tried again.",
            "{number} of them can't be read at present; they will be tried again.",
            failing,
        )
    if known:
        yield speech.count("You already followed {number} source.", "You already followed {number} sources.", known)


def _failures(failed: Sequence[Tried], speech: Speech) -> Iterator[str]:
    yield speech.count("{number} source could not be added:", "{number} sources could not be added:", len(failed))
    yield from (f"• {_name(one)} – {_reason(one, speech)}" for one in failed[:MOST_FAILURES])
    if failed[MOST_FAILURES:]:
        yield speech.say("and {number} more", number=len(failed) - MOST_FAILURES)


def _name(one: Tried) -> str:
    return escape(shortened(one.outline.title or _address(one), LONGEST_NAME), quote=False)


def _address(one: Tried) -> str:
    """The address as people write it; what is none, in one plain line."""
    address = showable(" ".join(visible(one.outline.address).split()))
    return shortened(shown(address) if one.problem else address, LONGEST_NAME)


def _reason(one: Tried, speech: Speech) -> Html:
    """A host's name may be very long; it has no characters that are escaped, so the sentence may be cut."""
    if one.problem is None:
        return speech.say("“{text}” is not an address.", text=_address(one))
    return Html(shortened(why(one.problem, address_to_show(one.outline.address), speech), LONGEST_REASON))
