"""/related: more about the same thing, in reply to a push, with an article's address, or by a push's button.

A button carries the article and the page, and what is related is looked for anew: it works after a restart.
"""

import asyncio

from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.pressed import article_numbered, gone
from handlers.render import MUTE, ONE_OF_SEVERAL, READ, RELATED, articles, pager
from handlers.services import Services
from handlers.speech import Speech, speech_for
from handlers.which import which
from news.article import Article
from news.explain import explain
from news.search import find_related
from news.text import shortened

# What a button carries besides the article's number, to ask for reasons.
_WHY = "why"
# What the first button under a message that is of one article may be.
_OF_ONE = frozenset([READ, RELATED, MUTE])
_MOST_SHARED = 4
PER_PAGE, MOST = 5, 15


async def related(question: Question, services: Services) -> Answer:
    """For the message that this one replies to, or for the article at the address given."""
    if several := await which(RELATED, question, services):
        return several
    article = await about(question, services)
    if article is None:
        return Answer(Message(_unknown(question)))
    return Answer(await _answer(article, question, services))


async def press(question: Question, services: Services) -> Answer:
    """For the article whose button was pressed; another page, or the reasons, in the same message, where these were
    asked for."""
    number, wish, behind = (*question.text.split(":"), "", "")[:3]
    article = await article_numbered(number, question, services)
    if article is None:
        return gone(question)
    why, page = wish == _WHY, number_of(wish)
    message = await _answer(article, question, services, page=number_of(behind) if why else page, why=why)
    return Answer(message, edit=why or page is not None)


async def about(question: Question, services: Services) -> Article | None:
    """The article that a question is about: that at the address in its text, else that of the message that it replies
    to."""
    if question.text:
        return await services.articles.at(question.text, viewer=question.chat.id)
    return await replied_to(question, services)


async def replied_to(question: Question, services: Services) -> Article | None:
    """The article pushed as the message that a question replies to, or that this message's first button under it stands
    for."""
    heard = question.heard
    if heard.replied_to is None:
        return None
    pushed = await services.articles.pushed(question.chat.address, heard.replied_to)
    name, number, rest = (*heard.replied_press.split(":"), "", "")[:3]
    is_of_one = name in _OF_ONE and rest != ONE_OF_SEVERAL
    return pushed or (await article_numbered(number, question, services) if is_of_one else None)


def _unknown(question: Question) -> str:
    speech = speech_for(question.chat)
    if question.text:
        return speech.say("I know no article at this address: {text}", text=shortened(question.text, 100))
    return speech.say("Related to what? Send /related in reply to an article's message.")


async def _answer(
    article: Article, question: Question, services: Services, *, page: int | None = None, why: bool = False
) -> Message:
    speech, now = speech_for(question.chat), services.now()
    found = await find_related(services.desk, article.id, viewer=question.chat.id, most=MOST)
    title = speech.within_quotes(shortened(article.title, 100))
    if not found:
        return Message(speech.say("Nothing else is known about “{title}” yet.", title=title))
    head = speech.say("🔗 About the same as “{title}”", title=title)
    pages = -(-len(found) // PER_PAGE)
    page = min(page or 0, pages - 1)
    first = page * PER_PAGE
    shown = found[first : first + PER_PAGE]
    reasons = await asyncio.to_thread(_reasons, article, shown, speech) if why else ()
    asking = () if why else ((Button(speech.plainly("Why these?"), f"{RELATED}:{article.id}:{_WHY}:{page}"),),)
    told = articles(shown, speech, now=now, first=first + 1, notes=reasons)
    return Message(f"{head}\n\n{told}", buttons=(*pager(f"{RELATED}:{article.id}", page, pages), *asking))


def _reasons(article: Article, found: list[Article], speech: Speech) -> list[str]:
    told = explain(article, found)
    return [
        speech.say("shared: {words}", words=", ".join(one.shared[:_MOST_SHARED])) if one.shared else "" for one in told
    ]
