"""An address is shown before it is followed: what a bare link, a forwarded post and a deep link lead to."""

from dataclasses import replace

from handlers.message import Answer, Message, Question
from handlers.number import number_of
from handlers.proposal import NOT_NOW, followed_already, proposal
from handlers.render import related_button
from handlers.services import Services
from handlers.speech import speech_for
from handlers.sub import follow_at, which_feed, why_not
from news.article import Article
from news.errors import BadAddress, Lasting, SeveralFeeds
from news.feed import Feed
from news.preview import Preview, preview, preview_of


async def propose(typed: str, question: Question, services: Services) -> Answer:
    """Show what is at an address, or ask which of its feeds; an article that is kept stands for its outlet."""
    article = await services.articles.at(typed, viewer=question.chat.id)
    if article:
        return await _propose_outlet(article, question, services)
    try:
        seen = await preview(services.desk, typed)
    except SeveralFeeds as several:
        return Answer(await which_feed(several.feeds, question, services))
    except (BadAddress, Lasting) as error:
        return Answer(Message(why_not(error, typed, speech_for(question.chat))))
    return Answer(await _message(seen, question, services))


async def propose_feed(feed: Feed, question: Question, services: Services) -> Message:
    """Show a feed that is kept, and that everybody may know of."""
    return await _message(await preview_of(services.desk, feed), question, services)


async def propose_forwarded(question: Question, services: Services) -> Answer:
    """The channel that a forwarded post is from; of a closed one, the site that its link leads to."""
    if question.text:
        return await propose(f"@{question.text}", question, services)
    if question.heard.link:
        return await propose(question.heard.link, question, services)
    hint = speech_for(question.chat).say("This post is from a closed channel. Only public channels can be followed.")
    return Answer(Message(hint))


async def press(question: Question, services: Services) -> Answer:
    """Follow what was proposed, or leave it."""
    speech = speech_for(question.chat)
    if question.text == NOT_NOW:
        return Answer(Message(speech.say("All stays as it is.")), edit=True)
    note = number_of(question.text)
    address = await services.articles.recall(question.chat.id, note) if note else None
    if address is None:
        return Answer(toast=speech.plainly("This choice is too old. Send the address again."))
    return Answer(await follow_at(address, question, services), edit=True)


async def _propose_outlet(article: Article, question: Question, services: Services) -> Answer:
    """The feed that an article came from, and what is related to it. A private one is followed by whoever sees it."""
    followed = await _followed(article.feed_id, question, services)
    feed = followed or await services.desk.feeds.public(article.feed_id)
    if feed is None:
        return Answer(Message(speech_for(question.chat).say("This article is no longer kept.")))
    speech = speech_for(question.chat)
    message = followed_already(feed, speech) if followed else await propose_feed(feed, question, services)
    return Answer(replace(message, buttons=(*message.buttons, (related_button(article, speech),))))


async def _message(seen: Preview, question: Question, services: Services) -> Message:
    speech = speech_for(question.chat)
    if seen.feed and await _followed(seen.feed.id, question, services):
        return followed_already(seen.feed, speech)
    note = await services.articles.remember(question.chat.id, seen.address, now=services.now())
    return proposal(seen, note, speech)


async def _followed(feed_id: int, question: Question, services: Services) -> Feed | None:
    """The feed of this id, if the chat follows it."""
    mine = await services.chats.subscriptions(question.chat.id)
    return next((one.feed for one in mine if one.feed.id == feed_id), None)
