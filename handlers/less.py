"""/less: less like this article, by what its headline names; each press changes the filter of its source."""

import asyncio
from collections.abc import Sequence
from hashlib import blake2s

from handlers.dry_run import MOST_TRIED, dry_run
from handlers.followed import name_of, not_followed
from handlers.message import Answer, Button, Message, Question
from handlers.pressed import article_pressed, gone
from handlers.related import replied_to
from handlers.render import LESS, ONE_OF_SEVERAL
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.which import which
from news.article import Article
from news.chat import Subscription
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
    article = await article_pressed(question, services)
    if article is None:
        return gone(question)
    wish = question.text.partition(":")[2]
    return await _answer(article, question, services, "" if wish == ONE_OF_SEVERAL else wish)


async def _answer(article: Article, question: Question, services: Services, pressed: str = "") -> Answer:
    chat, speech = question.chat, speech_for(question.chat)
    mine = await _followed(article, question, services)
    if mine is None:
        return Answer(not_followed(article.outlet, speech))
    proposed = await _proposed(article, services)
    if not proposed:
        return Answer(Message(speech.say("This headline names nothing to go by. You may say it: /filter")))
    words = (await services.chats.filters(chat.id)).get(mine.feed.id, "")
    wish = await asyncio.to_thread(read_wish, words)
    changed = after_press(wish, pressed, proposed)
    if changed is None:
        return Answer(toast=speech.plainly("The filter is full: it takes no more words."))
    if changed != wish:
        await services.chats.set_filter(chat.id, mine.feed.id, changed.text or None)
    told = await _told(article, mine, changed, speech, services)
    return Answer(Message(told, buttons=_buttons(article, proposed, changed)), edit=bool(pressed))


async def _followed(article: Article, question: Question, services: Services) -> Subscription | None:
    followed = await services.chats.subscriptions(question.chat.id)
    return next((one for one in followed if one.feed.id == article.feed_id), None)


async def _proposed(article: Article, services: Services) -> list[Want]:
    others = await services.articles.readings(article.feed_id, MOST_TRIED)
    return await asyncio.to_thread(proposals, report_of(article), others)


def after_press(wish: Wish, pressed: str, proposed: Sequence[Want]) -> Wish | None:
    """The filter after a press, which carries a proposal's mark and what is to become of it; None where there is no
    room. What was proposed once may be proposed no more, as the article was corrected or others came: then it is but
    taken back."""
    mark, _, what = pressed.partition(":")
    taken_back = what == _TAKE_BACK
    among = (*proposed, *wish.wants) if taken_back else proposed
    want = next((one for one in among if mark_of(one) == mark), None)
    if want is None:
        return wish
    if taken_back:
        return wish.without(want)
    more = wish.and_also(want)
    return more if more.has(want) else None


def mark_of(want: Want) -> str:
    """What a button carries of a proposal: its place may be another's by the time it is pressed."""
    return blake2s(want.text.encode(), digest_size=4).hexdigest()


async def _told(article: Article, mine: Subscription, wish: Wish, speech: Speech, services: Services) -> Html:
    title = speech.within_quotes(shortened(article.title, 100))
    asked = speech.say(
        "Less like “{title}”: what of <b>{name}</b> should not come any more?", title=title, name=name_of(mine)
    )
    if not wish.wants:
        return asked
    state = speech.say("Filter: <b>{words}</b>", words=speech.quoted(wish.text))
    missed = (await dry_run(mine.feed.id, wish, services)).missed(speech)
    return Html(f"{asked}\n\n{state}\n{missed}")


def _buttons(article: Article, proposed: list[Want], wish: Wish) -> tuple[tuple[Button, ...], ...]:
    buttons = []
    for want in proposed:
        named = shortened(want.text.removeprefix("-").strip('"'), 40)
        spared = wish.has(want)
        label, what = (f"✓ {named}", _TAKE_BACK) if spared else (named, _SPARE)
        buttons.append(Button(label, f"{LESS}:{article.id}:{mark_of(want)}:{what}"))
    return tuple(tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW))
