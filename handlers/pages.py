"""/pages, for admins: whether the article pages of a feed are fetched, and what was learnt of them."""

from datetime import datetime

from handlers.followed import feed_name
from handlers.message import Answer, Button, Message, Question
from handlers.named import feed_named
from handlers.number import number_of
from handlers.services import Services
from handlers.speech import Html, Speech, sentence, speech_for
from news.channel import is_preview
from news.feed import Feed
from news.secret import is_secret, showable
from news.text import shortened
from news.worth import PageRule, rests_until

PAGES = "pages"
LABELS = {PageRule.AUTO: sentence("Auto"), PageRule.ALWAYS: sentence("Always"), PageRule.NEVER: sentence("Never")}
# What may be typed after a number or an address.
WORDS = {
    "auto": PageRule.AUTO,
    "always": PageRule.ALWAYS,
    "never": PageRule.NEVER,
    "авто": PageRule.AUTO,
    "завжди": PageRule.ALWAYS,
    "ніколи": PageRule.NEVER,
}
STATES = {
    PageRule.AUTO: sentence("<b>{name}</b>: article pages are fetched where the feed itself says too little."),
    PageRule.ALWAYS: sentence("<b>{name}</b>: the page of every new article is fetched."),
    PageRule.NEVER: sentence("<b>{name}</b>: article pages are not fetched."),
}


async def pages(question: Question, services: Services) -> Answer:
    """Take the admin's word on a feed's pages, if there is one, and tell how things stand."""
    speech = speech_for(question.chat)
    name, rule = _read(question.text)
    if not name or (" " in name and not is_secret(name)):
        return Answer(
            Message(
                speech.say(
                    "Which one? Send /pages and its number in /list, or its address; to change it, add always, never "
                    "or auto."
                )
            )
        )
    feed = await feed_named(name, await services.chats.subscriptions(question.chat.id), services.desk)
    if feed and rule:
        feed = await services.desk.feeds.rule_pages(feed.id, rule)
    if feed is None:
        text = shortened(showable(name), 60)
        return Answer(Message(speech.say("I know no source “{text}”. See /list for the numbers.", text=text)))
    return Answer(_told(feed, speech, services))


async def choose(question: Question, services: Services) -> Answer:
    """Take the word of the button that was pressed."""
    feed_id, _, word = question.text.partition(":")
    rule = WORDS.get(word)
    feed = await services.desk.feeds.rule_pages(number_of(feed_id) or 0, rule) if rule else None
    speech = speech_for(question.chat)
    if feed is None:
        return Answer(toast=speech.plainly("This source is no longer kept."))
    return Answer(_told(feed, speech, services), edit=True)


def _read(typed: str) -> tuple[str, PageRule | None]:
    """A number or an address, and the choice behind it, if there is one."""
    words = typed.split()
    rule = WORDS.get(words[-1].casefold()) if len(words) > 1 else None
    return " ".join(words[:-1] if rule else words), rule


def _told(feed: Feed, speech: Speech, services: Services) -> Message:
    name = feed_name(feed)
    if is_preview(feed.url, services.desk.telegram):
        return Message(
            speech.say("<b>{name}</b> is a channel: its posts are whole, and no pages are fetched.", name=name)
        )
    state = speech.say(STATES[feed.page_rule], name=name)
    return Message(Html(f"{state} {_learnt(feed, speech, services.now())}"), buttons=(_buttons(feed, speech),))


def _learnt(feed: Feed, speech: Speech, now: datetime) -> Html:
    worth = feed.page_worth
    if worth is None:
        return speech.say("None was fetched so far.")
    until = rests_until(worth, now=now) if feed.page_rule is PageRule.AUTO else None
    if until:
        return speech.say(
            "The last ones ({number}) said no more than the feed, so the next is tried no earlier than {when}.",
            number=worth.barren,
            when=speech.moment(until, now=now),
        )
    return speech.say(
        "Of the last ones ({number}), {gave} said more than the feed.", number=len(worth.told), gave=worth.gave
    )


def _buttons(feed: Feed, speech: Speech) -> tuple[Button, ...]:
    return tuple(
        Button(f"{'✓ ' if rule is feed.page_rule else ''}{speech.plainly(label)}", f"{PAGES}:{feed.id}:{rule.value}")
        for rule, label in LABELS.items()
    )
