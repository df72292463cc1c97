"""/story, in reply to a push: all who report the event; asked for, why these are taken for the same, in figures."""

import asyncio

from handlers.message import Answer, Button, Message, Question
from handlers.pressed import article_pressed, gone
from handlers.related import about
from handlers.render import STORY, articles, headline, outlet
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.which import which
from news.article import Article
from news.explain import Explained, explain
from news.search import find_related
from news.story import DEEDS_ALIKE, THRESHOLD

SHOWN = 8
# What a button carries besides the article's number, to ask for reasons.
_WHY = "why"


async def story(question: Question, services: Services) -> Answer:
    """The story of the message that this one replies to, or of the article at an address."""
    if several := await which(STORY, question, services):
        return several
    article = await about(question, services)
    if article is None:
        speech = speech_for(question.chat)
        return Answer(Message(speech.say("Which story? Send /story in reply to an article's message.")))
    return Answer(await _answer(article, question, services))


async def press(question: Question, services: Services) -> Answer:
    """The story of the article whose button was pressed; with the reasons, in the same message, where these were asked
    for."""
    article = await article_pressed(question, services)
    if article is None:
        return gone(question)
    if question.text.endswith(f":{_WHY}"):
        return Answer(await _explained(article, question, services), edit=True)
    return Answer(await _answer(article, question, services))


async def _answer(article: Article, question: Question, services: Services) -> Message:
    speech = speech_for(question.chat)
    reports = await services.articles.story(article.story_id, viewer=question.chat.id)
    head = speech.count(
        "🧩 <b>Who reports it</b> · {number} report", "🧩 <b>Who reports it</b> · {number} reports", len(reports)
    )
    told = articles(reports[:SHOWN], speech, now=services.now())
    asking = Button(speech.plainly("Why these?"), f"{STORY}:{article.id}:{_WHY}")
    return Message(f"{head}\n\n{told}", buttons=((asking,),))


async def _explained(article: Article, question: Question, services: Services) -> Message:
    viewer = question.chat.id
    reports = await services.articles.story(article.story_id, viewer=viewer)
    inside = [one for one in reports if one.id != article.id][:SHOWN]
    outside = [
        one for one in await find_related(services.desk, article.id, viewer=viewer) if one.story_id != article.story_id
    ]
    told = await asyncio.to_thread(explain, article, [*inside, *outside])
    return Message(_shown(article, told, speech_for(question.chat), number=len(reports)))


def _shown(article: Article, told: list[Explained], speech: Speech, *, number: int) -> Html:
    head = speech.count(
        "🧩 <b>Story {id}</b> · {number} report",
        "🧩 <b>Story {id}</b> · {number} reports",
        number,
        id=article.story_id,
    )
    needed = speech.say(
        "Reports of one event are alike by {likeness} or more, without names and numbers by {deeds} or more.",
        likeness=f"{THRESHOLD:.2f}",
        deeds=f"{DEEDS_ALIKE:.2f}",
    )
    rows = [_row(one, speech, mine=one.article.story_id == article.story_id) for one in told]
    return Html("\n\n".join([f"{head}\n{headline(article)}\n   {outlet(article)}", *rows, needed]))


def _row(told: Explained, speech: Speech, *, mine: bool) -> Html:
    verdict, sign = told.verdict, "✓" if mine else "✗"
    likeness, deeds = f"{verdict.likeness:.2f}", f"{verdict.deeds:.2f}"
    said = [speech.say("alike {likeness}, without names {deeds}", likeness=likeness, deeds=deeds)]
    said += [speech.say("two editions of one mould")] if verdict.contradict else []
    said += [speech.say("each title says something of its own")] if verdict.apart else []
    said += [speech.say("shared: {words}", words=", ".join(told.shared))] if told.shared else []
    return Html(f"{sign} {headline(told.article)}\n   {outlet(told.article)} · {'; '.join(said)}")
