"""/search: find articles by words in any form."""

from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.render import articles, pager
from handlers.services import Services
from handlers.speech import speech_for
from news.query import Query, parse_query
from news.search import PER_PAGE, Page, find

SEARCH = "find"


async def search(question: Question, services: Services) -> Answer:
    """The first page of what is found."""
    speech = speech_for(question.chat)
    query = parse_query(question.text)
    if not query.terms:
        return Answer(Message(speech.say("What should I look for? Send /search and some words: /search budget")))
    return Answer(await _answer(query, 0, question, services))


async def leaf(question: Question, services: Services) -> Answer:
    """Another page, in place of the one whose button was pressed."""
    number, page = (number_of(part) for part in question.text.partition(":")[::2])
    text = await services.articles.recall(question.chat.id, number) if number else None
    if text is None or page is None:
        return Answer(toast=speech_for(question.chat).plainly("This search is too old. Search again."))
    return Answer(await _answer(parse_query(text), page, question, services), edit=True)


async def _answer(query: Query, number: int, question: Question, services: Services) -> Message:
    now = services.now()
    page = await find(services.articles, query, viewer=question.chat.id, page=number, now=now)
    if not page.total:
        return Message(_nothing(query, question))
    speech = speech_for(question.chat)
    head = speech.count(
        "🔎 <b>{query}</b> · {number} article",
        "🔎 <b>{query}</b> · {number} articles",
        page.total,
        query=query.text,
    )
    rows = articles(page.articles, speech, now=now, first=page.number * PER_PAGE + 1)
    return Message(f"{head}\n\n{rows}", buttons=await _buttons(page, query, question, services))


async def _buttons(page: Page, query: Query, question: Question, services: Services) -> tuple[tuple[Button, ...], ...]:
    if page.pages < 2:
        return ()
    number = await services.articles.remember(question.chat.id, query.text, now=services.now())
    return pager(f"{SEARCH}:{number}", page.number, page.pages)


def _nothing(query: Query, question: Question) -> str:
    return speech_for(question.chat).say(
        "Nothing in the news for “{query}”. Try another word, or fewer words.",
        query=query.text,
    )
