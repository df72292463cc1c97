"""/related: more about the same thing, in reply to a push or by its button."""

from handlers.message import Answer, Message, Question
from handlers.number import number_of
from handlers.render import RELATED, articles
from handlers.services import Services
from handlers.speech import speech_for
from news.article import Article
from news.search import find_related
from news.text import shortened


async def related(question: Question, services: Services) -> Answer:
    """For the message that this one replies to."""
    article = await _replied_to(question, services)
    if article is None:
        speech = speech_for(question.chat)
        hint = speech.say("Related to what? Send /related in reply to an article's message.")
        return Answer(Message(hint))
    return Answer(await _answer(article, question, services))


async def press(question: Question, services: Services) -> Answer:
    """For the article whose button was pressed."""
    article = await _article(question.text, question, services)
    if article is None:
        return Answer(toast=speech_for(question.chat).plainly("This article is no longer kept."))
    return Answer(await _answer(article, question, services))


async def _replied_to(question: Question, services: Services) -> Article | None:
    """The article pushed as that message; else the one its *Related* button stands for."""
    heard = question.heard
    if heard.replied_to is None:
        return None
    pushed = await services.articles.pushed(question.chat.address, heard.replied_to)
    name, _, number = heard.replied_press.partition(":")
    return pushed or (await _article(number, question, services) if name == RELATED else None)


async def _article(number: str, question: Question, services: Services) -> Article | None:
    article_id = number_of(number)
    known = await services.articles.get([article_id], viewer=question.chat.id) if article_id else []
    return known[0] if known else None


async def _answer(article: Article, question: Question, services: Services) -> Message:
    speech, now = speech_for(question.chat), services.now()
    found = await find_related(services.articles, article.id, viewer=question.chat.id)
    title = shortened(article.title, 100)
    if not found:
        return Message(speech.say("Nothing else is known about “{title}” yet.", title=title))
    head = speech.say("🔗 About the same as “{title}”", title=title)
    return Message(f"{head}\n\n{articles(found, speech, now=now)}")
