"""What a delivery becomes: the message that is sent, or that takes the place of one. Pure."""

from dataclasses import replace
from datetime import datetime
from html import escape

from handlers.burst import burst
from handlers.digest_page import View, digest
from handlers.measure import LONGEST_CAPTION, LONGEST_TEXT, fits
from handlers.message import Message
from handlers.mishap import mishap
from handlers.notice import notice
from handlers.outcome import FLOOD, NO_PLACE
from handlers.pictures import is_picture
from handlers.render import push
from handlers.speech import speech_for
from news.article import Article
from news.delivery import Delivery, Form, Urgency
from news.hashtags import hashtag
from news.hours import is_quiet
from news.summary import resized

# A picture that Telegram fetches too slowly keeps no push back: after so many tries it goes without.
TRIES_WITH_PICTURE = 2
CHANNEL = "channel"


def written(delivery: Delivery, *, now: datetime) -> Message:
    """The message of a delivery, in the language and zone of its chat; without a sound where that is wanted so, or has
    quiet hours and the matter is not urgent."""
    quiet = delivery.urgency is not Urgency.URGENT and is_quiet(delivery.chat.hours, now)
    return replace(_message(delivery, now), silent=quiet or delivery.chat.look.silent)


def _message(delivery: Delivery, now: datetime) -> Message:
    speech, is_channel = speech_for(delivery.chat), delivery.chat.kind == CHANNEL
    if delivery.article:
        return _pushed(delivery, delivery.article, now)
    if delivery.notice:
        return notice(delivery.notice, speech)
    if delivery.mishap:
        return mishap(delivery.mishap, speech)
    match delivery.form:
        case Form.LIST:
            listed = burst(delivery.articles, speech)
            return replace(listed, buttons=()) if is_channel else listed
        case Form.DIGEST:
            told = delivery.chat.look.summary_length > 0
            view, lead_in = View.at(now), delivery.summary
            return digest(delivery.articles, view, speech, told=told, asks=not is_channel, lead_in=lead_in)
        case _:
            return Message(escape(delivery.text, quote=False))


def _pushed(delivery: Delivery, article: Article, now: datetime) -> Message:
    """With the article's picture, if that is wanted and the text can be its caption; where it is one it stays one."""
    look = delivery.chat.look
    told = delivery.summary or resized(article, look.summary_length)
    most = LONGEST_CAPTION if delivery.pictured else LONGEST_TEXT
    tags = (hashtag(article.outlet), *look.tags) if look.hashtags else ()
    speech = speech_for(delivery.chat)
    message = push(article, speech, now=now, summary=told, also=delivery.also, most=most, tags=tags)
    message = message if look.preview else replace(message, preview=None)
    tries = 0 if delivery.reason in (NO_PLACE, FLOOD) else delivery.attempts
    with_picture = (
        look.pictures and delivery.form is Form.PUSH and tries < TRIES_WITH_PICTURE and is_picture(article.image)
    )
    can_be_caption = with_picture and fits(message.html, LONGEST_CAPTION)
    if delivery.chat.kind == CHANNEL:
        # There the answer to a press would be a post for all, whoever pressed.
        message = replace(message, buttons=())
    return replace(message, picture=article.image) if can_be_caption else message
