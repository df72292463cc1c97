"""The article that a button is about."""

from handlers.message import Answer, Question
from handlers.number import number_of
from handlers.services import Services
from handlers.speech import speech_for
from news.article import Article


async def article_pressed(question: Question, services: Services) -> Article | None:
    """The article whose number stands first in what the button carries; None where it is gone, or where those in this
    chat may not see it (any more)."""
    return await article_numbered(question.text.partition(":")[0], question, services)


async def article_numbered(text: str, question: Question, services: Services) -> Article | None:
    """The same of an article whose number is given by itself."""
    number = number_of(text)
    known = await services.articles.get([number], viewer=question.chat.id) if number else []
    return known[0] if known else None


def gone(question: Question) -> Answer:
    """What is said where there is none."""
    return Answer(toast=speech_for(question.chat).plainly("This article is no longer kept."))
