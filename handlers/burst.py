"""A burst of one outlet's: many articles, one message. Its *Related* asks of which: numbers take the bullets' place."""

from collections.abc import Sequence

from handlers.measure import first_fitting
from handlers.message import Answer, Button, Message, Question
from handlers.render import RELATED, STORY, choices, headline, outlet
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from news.article import Article

BURST = "many"
# In how many characters headlines are told, and how many bytes of a link are kept: the first with which all fits.
ROOMS = ((160, 4_000), (120, 1_000), (90, 700), (60, 600))
MINUTES_TOLD = 90


def burst(articles: Sequence[Article], speech: Speech, *, aim: str = "", origin: int = 0) -> Message:
    """A list of articles of one feed, oldest first.

    With an `aim` each has a number and a button that leads to what is RELATED to it, to its STORY, or to MUTE that;
    `origin` is then the message that they were listed in, if this is another one.
    """
    signs = [f"{number}." for number in range(1, len(articles) + 1)] if aim else ["•"] * len(articles)
    head = speech.say("Which one? Press its number.") if origin else _head(articles, speech)
    html = first_fitting("\n".join([head, *_rows(articles, signs, *room)]) for room in ROOMS)
    asks = Button(speech.plainly("🔗 Related"), f"{BURST}:{RELATED}")
    return Message(html, buttons=choices(articles, aim) if aim else ((asks,),))


async def choose(question: Question, services: Services) -> Answer:
    """Ask of which of the articles in the message whose button was pressed."""
    speech, aim = speech_for(question.chat), question.text
    there = question.heard.message_id or 0
    found = await services.articles.carried(question.chat.address, there) if aim in (RELATED, STORY) else []
    if not found:
        return Answer(toast=speech.plainly("This news is no longer kept."))
    return Answer(burst(found, speech, aim=aim), edit=True, toast=speech.plainly("Which one? Press its number."))


def _rows(articles: Sequence[Article], signs: Sequence[str], title: int, link: int) -> list[str]:
    return [f"{sign} {headline(article, title, link)}" for sign, article in zip(signs, articles, strict=True)]


def _head(articles: Sequence[Article], speech: Speech) -> Html:
    """Whose they are, how many, and how fast they came."""
    number = speech.count("{number} article", "{number} articles", len(articles))
    found = [article.found_at for article in articles]
    minutes = max(round((max(found) - min(found)).total_seconds() / 60), 1)
    hours = round(minutes / 60)
    span = (
        speech.count("in {number} minute", "in {number} minutes", minutes)
        if minutes < MINUTES_TOLD
        else speech.count("in {number} hour", "in {number} hours", hours)
    )
    return Html(f"<b>{outlet(articles[0])}</b> · {number} {span}")
