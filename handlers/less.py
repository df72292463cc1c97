"""/less: less like this article, by what its headline names; each press changes the filter of its source."""

import asyncio

from handlers.dry_run import MOST_TRIED, dry_run
from handlers.filters import name_of
from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.related import replied_to
from handlers.render import LESS, ONE_OF_SEVERAL
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.which import which
from news.article import Article
from news.feed import Feed
from news.reading import report_of
from news.sparing import proposals
from news.text import shortened
from news.wishes import Want, Wish, read_wish

_SPARE, _TAKE_BACK = "+", "-"
_IN_A_ROW = 2


async def less(question: Question, services: Services) -> Answer:
    """Propose what to be spared, for the article of the message that this one replies to."""
    if several := await which(LESS, question, services):
        return several
    article, speech = await replied_to(question, services), speech_for(question.chat)
    if article is None:
        return Answer(Message(speech.say("Less like what? Send /less in reply to an article's message.")))
    return await _answer(article, question, services)


async def press(question: Question, services: Services) -> Answer:
    """The same for the article whose button was pressed; or name one of the proposals, or take it back, in place."""
    number, _, wish = question.text.partition(":")
    article_id = number_of(number)
    known = await services.articles.get([article_id], viewer=question.chat.id) if article_id else []
    if not known:
        return Answer(toast=speech_for(question.chat).plainly("This article is no longer kept."))
    return await _answer(known[0], question, services, "" if wish == ONE_OF_SEVERAL else wish)


async def _answer(article: Article, question: Question, services: Services, pressed: str = "") -> Answer:
    chat, speech = question.chat, speech_for(question.chat)
    feed = await _followed(article, question, services)
    if feed is None:
        text = shortened(article.outlet, 60)
        return Answer(Message(speech.say("You do not follow “{text}”. See /list for the numbers.", text=text)))
    proposed = await _proposed(article, services)
    if not proposed:
        return Answer(Message(speech.say("This headline names nothing to go by. You may say it: /filter")))
    wish = read_wish((await services.chats.filters(chat.id)).get(feed.id, ""))
    changed = _changed(wish, pressed, proposed)
    if changed is None:
        return Answer(toast=speech.plainly("The filter is full: it takes no more words."))
    if changed != wish:
        await services.chats.set_filter(chat.id, feed.id, changed.text or None)
    told = await _told(article, feed, changed, speech, services)
    return Answer(Message(told, buttons=_buttons(article, proposed, changed)), edit=bool(pressed))


async def _followed(article: Article, question: Question, services: Services) -> Feed | None:
    followed = await services.chats.subscriptions(question.chat.id)
    return next((one.feed for one in followed if one.feed.id == article.feed_id), None)


async def _proposed(article: Article, services: Services) -> list[Want]:
    others = await services.articles.readings(article.feed_id, MOST_TRIED)
    return await asyncio.to_thread(proposals, report_of(article), others)


def _changed(wish: Wish, pressed: str, proposed: list[Want]) -> Wish | None:
    """The filter after a press, which carries a proposal's place and what is to become of it; None where there is no
    room. What was proposed once may be proposed no more, as the article was corrected: then nothing changes."""
    place, _, what = pressed.partition(":")
    number = number_of(place)
    if number is None or number >= len(proposed):
        return wish
    want = proposed[number]
    if what == _TAKE_BACK:
        return wish.without(want)
    changed = wish.and_also(want)
    return changed if changed.has(want) else None


async def _told(article: Article, feed: Feed, wish: Wish, speech: Speech, services: Services) -> Html:
    title = speech.within_quotes(shortened(article.title, 100))
    asked = speech.say(
        "Less like “{title}”: what of <b>{name}</b> should not come any more?", title=title, name=name_of(feed)
    )
    if not wish.wants:
        return asked
    state = speech.say("Filter: <b>{words}</b>", words=speech.quoted(wish.text))
    missed = (await dry_run(feed.id, wish, services)).missed(speech)
    return Html(f"{asked}\n\n{state}\n{missed}")


def _buttons(article: Article, proposed: list[Want], wish: Wish) -> tuple[tuple[Button, ...], ...]:
    buttons = []
    for place, want in enumerate(proposed):
        named = shortened(want.text.removeprefix("-").strip('"'), 40)
        spared = wish.has(want)
        label, what = (f"✓ {named}", _TAKE_BACK) if spared else (named, _SPARE)
        buttons.append(Button(label, f"{LESS}:{article.id}:{place}:{what}"))
    return tuple(tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW))
