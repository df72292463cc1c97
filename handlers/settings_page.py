"""How news comes to a chat, or from one of its sources, in one message with a button for each choice: pure. The look is
docs/messages.md's."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handlers.followed import name_of
from handlers.hours import choice, in_pairs
from handlers.message import Button, Message
from handlers.speech import Html, Speech, sentence, speech_for
from news.chat import Chat, Subscription
from news.look import AS_THE_CHAT, LENGTHS, USUAL_LOOK, Look, Overrides, laid_over

SETTINGS = "set"
ON, OFF, RESET = "on", "off", "reset"
# As `news.look` names them.
LENGTH, AT_ONCE = "summary_length", "at_once"


class Switch(NamedTuple):
    """What is wanted or not: its button, and what is told of it either way."""

    label: str
    on: str
    off: str


_LABELS = (
    sentence("Without summary"),
    sentence("Short summary"),
    sentence("Usual summary"),
    sentence("Long summary"),
)
# By the names that `news.look` has for them.
SWITCHES = {
    "pictures": Switch(
        sentence("Pictures"), sentence("With the article's picture, if it has one"), sentence("Without pictures")
    ),
    "preview": Switch(
        sentence("Link preview"),
        sentence("With a preview of the page, where there is no picture"),
        sentence("Without previews of pages"),
    ),
    "silent": Switch(sentence("No sound"), sentence("Without a sound"), sentence("With a sound")),
    "every_report": Switch(
        sentence("Every report"),
        sentence("Each report of a story by itself"),
        sentence("Each story as one message"),
    ),
    "hashtags": Switch(
        sentence("Hashtags"), sentence("With the outlet as a hashtag at the end"), sentence("Without hashtags")
    ),
}
PACE = Switch(sentence("At once"), sentence("At once, not with the digests"), sentence("With the digests"))


def page_of_chat(chat: Chat) -> Message:
    """What holds for all that the chat follows."""
    speech = speech_for(chat)
    head = speech.say("<b>How news comes here</b>")
    told = [f"• {line}" for line in _told(chat.look, speech).values()]
    foot = speech.say(
        "A source may have it otherwise: /settings and its number in /list.\n"
        "When news comes: /digest, /quiet, /timezone. What passes these hours: /urgent. The language: /lang"
    )
    reset = ((Button(speech.plainly("All as at first"), f"{SETTINGS}::{RESET}"),),) if chat.look != USUAL_LOOK else ()
    return Message(_html(head, told, foot), buttons=(*_buttons(chat.look, "", speech), *reset))


def page_of_subscription(subscription: Subscription, number: int, chat: Chat) -> Message:
    """What holds for one source, by its number in the list, and how much of that is as the chat has it."""
    speech, overrides, feed = speech_for(chat), subscription.overrides, subscription.feed
    look = laid_over(chat.look, overrides)
    name = name_of(subscription)
    head = speech.say("<b>{name}</b>: how its news comes", name=name)
    told = list(_compared(look, overrides, speech)) + _pace_told(chat, overrides, speech)
    buttons = (
        *_buttons(look, str(feed.id), speech),
        *_pace_buttons(chat, overrides, str(feed.id), speech),
        *((_reset(feed.id, speech),) if overrides != AS_THE_CHAT else ()),
    )
    return Message(_html(head, told, _hint(number, speech)), buttons=buttons)


def _html(head: Html, told: Sequence[str], foot: Html) -> Html:
    return Html("\n".join([head, *told, "", foot]))


def _told(look: Look, speech: Speech) -> dict[str, Html]:
    """A line for each of what chat and subscription share, by its name."""
    length = look.summary_length
    summary = (
        speech.say("A summary of at most {number} characters", number=length)
        if length
        else speech.say("Headlines alone, without a summary")
    )
    switches = {name: speech.say(one.on if getattr(look, name) else one.off) for name, one in SWITCHES.items()}
    return {LENGTH: summary} | switches


def _compared(look: Look, overrides: Overrides, speech: Speech) -> Iterator[str]:
    for name, line in _told(look, speech).items():
        tags = Html("".join(f" #{tag}" for tag in look.tags)) if name == "hashtags" and look.hashtags else ""
        as_chat = speech.say("<i>(as the chat)</i>") if getattr(overrides, name) is None else ""
        yield f"• {line}{tags} {as_chat}".rstrip()


def _pace_told(chat: Chat, overrides: Overrides, speech: Speech) -> list[str]:
    """Whether it waits for digests is a question only where there are any."""
    return [f"• {speech.say(PACE.on if overrides.at_once else PACE.off)}"] if chat.hours.digest else []


def _hint(number: int, speech: Speech) -> Html:
    return speech.say(
        "Another name: <code>/settings {number} title New name</code>\n"
        "Hashtags of your own: <code>/settings {number} tags #one #two</code>",
        number=number,
    )


def _buttons(look: Look, feed: str, speech: Speech) -> tuple[tuple[Button, ...], ...]:
    lengths = [
        choice(speech.plainly(label), _press(feed, LENGTH, length), chosen=length == look.summary_length)
        for length, label in zip(LENGTHS, _LABELS, strict=True)
    ]
    switches = [_switch(name, one, getattr(look, name), feed, speech) for name, one in SWITCHES.items()]
    return in_pairs(lengths + switches)


def _pace_buttons(chat: Chat, overrides: Overrides, feed: str, speech: Speech) -> tuple[tuple[Button, ...], ...]:
    return ((_switch(AT_ONCE, PACE, overrides.at_once, feed, speech),),) if chat.hours.digest else ()


def _switch(name: str, switch: Switch, wanted: bool, feed: str, speech: Speech) -> Button:
    """A press wants the opposite of what is now, however often it is repeated."""
    return choice(speech.plainly(switch.label), _press(feed, name, OFF if wanted else ON), chosen=wanted)


def _reset(feed_id: int, speech: Speech) -> tuple[Button, ...]:
    return (Button(speech.plainly("All as the chat has it"), f"{SETTINGS}:{feed_id}:{RESET}"),)


def _press(feed: str, name: str, value: object) -> str:
    return f"{SETTINGS}:{feed}:{name}:{value}"
