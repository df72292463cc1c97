"""/sub: follow a feed, or the one that a page names."""

from handlers.message import Answer, Message, Question
from handlers.render import headline
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.trouble import why
from news.address import read_addresses, shown
from news.errors import BadAddress, Lasting
from news.follow import Followed, follow
from news.text import shortened


async def sub(question: Question, services: Services) -> Answer:
    """Check the feed at once, follow it, and show what it wrote last."""
    speech = speech_for(question.chat)
    typed = question.text.strip()
    if not typed:
        return Answer(Message(speech.say("Which source? Send /sub and its address: /sub example.com")))
    try:
        followed = await follow(services.desk, services.chats, services.doorman, question.chat, typed)
    except BadAddress:
        return Answer(Message(_not_an_address(typed, speech)))
    except Lasting as error:
        return Answer(Message(why(error.problem, read_addresses(typed)[0], speech)))
    services.wake_schedule()
    services.wake_courier()
    return Answer(Message(_told(followed, speech, services)))


def _not_an_address(typed: str, speech: Speech) -> Html:
    return speech.say(
        "“{text}” is not the address of a site. Send one that begins with https://, or a name such as example.com.",
        text=shortened(" ".join(typed.split()), 60),
    )


def _told(followed: Followed, speech: Speech, services: Services) -> Html:
    feed = followed.feed
    name = shortened(feed.title or shown(feed.url), 200)
    if feed.problem:
        when = speech.moment(feed.next_check_at, now=services.now())
        trouble = why(feed.problem, feed.url, speech)
        promise = speech.say("You follow it; it will be tried again at {when}.", when=when)
        return Html(f"{trouble} {promise}")
    if followed.already:
        return speech.say("You already follow <b>{name}</b>.", name=name)
    told = speech.say("You now follow <b>{name}</b>. New articles will come here.", name=name)
    titles = "\n".join(f"• {headline(article)}" for article in followed.latest)
    last = speech.say("Latest:")
    return Html(f"{told}\n\n{last}\n{titles}" if titles else told)
