"""*Save*: an article is kept for whoever saves it, in their private chat wherever they press."""

from handlers.hear import PLATFORM
from handlers.message import Answer, Question
from handlers.pressed import article_pressed, gone
from handlers.services import Services
from handlers.speech import language_of, sentence, speech_for
from news.chat import Address, Chat

# What is said in the chat itself, and elsewhere; first where it is new.
_TOASTS = {
    (True, True): sentence("Saved. /saved shows what you have."),
    (True, False): sentence("It is saved already. /saved shows what you have."),
    (False, True): sentence("Saved in your private chat with me. Send /saved there."),
    (False, False): sentence("It is saved already in your private chat with me. Send /saved there."),
}


async def press(question: Question, services: Services) -> Answer:
    """Save the article whose button was pressed; pressed again, say that it is."""
    article = await article_pressed(question, services)
    if article is None:
        return gone(question)
    speech, home = speech_for(question.chat), await _home(question, services)
    is_here = home.id == question.chat.id
    if not is_here and not await services.articles.get([article.id], viewer=home.id):
        return Answer(toast=speech.plainly("Its source is private to this group, so it can't be saved elsewhere."))
    new = await services.articles.save(home.id, article.id, now=services.now())
    return Answer(toast=speech.plainly(_TOASTS[is_here, new]))


async def _home(question: Question, services: Services) -> Chat:
    """The private chat of whoever presses, met if need be; one that blocked the bot is left as it is."""
    if question.chat.kind == "private":
        return question.chat
    heard, address = question.heard, Address(PLATFORM, question.heard.user_id)
    return await services.chats.find(address) or await services.chats.meet(
        address,
        kind="private",
        language=language_of(heard.language, services.default_language),
        timezone=services.default_timezone,
        now=services.now(),
    )
