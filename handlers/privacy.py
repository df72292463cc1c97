"""/privacy: what is kept, for how long, and who sees it."""

from handlers.message import Answer, Message, Question
from handlers.services import Policy, Services
from handlers.speech import Html, Speech, speech_for
from news.chat import Chat


async def privacy(question: Question, services: Services) -> Answer:
    """Tell it in a screen."""
    speech, policy = speech_for(question.chat), services.policy
    kept = _kept(policy, speech), *_of_places(question.chat, speech)
    parts = (*kept, _articles(policy, speech), _shown(policy, speech), _logs(speech), _deeds(speech))
    return Answer(Message("\n\n".join(parts)))


def _kept(policy: Policy, speech: Speech) -> Html:
    return speech.count(
        "<b>Kept about this chat</b>\nIts Telegram number, language and settings, and what it follows, saved and "
        "muted: until you change or remove them. What it was sent, and what it looked for: {number} day. A "
        "message to me: until it is answered. When the bot is removed or blocked, all of it goes after {number} day.",
        "<b>Kept about this chat</b>\nIts Telegram number, language and settings, and what it follows, saved and "
        "muted: until you change or remove them. What it was sent, and what it looked for: {number} days. A "
        "message to me: until it is answered. When the bot is removed or blocked, all of it goes after {number} days.",
        policy.days,
    )


def _of_places(chat: Chat, speech: Speech) -> tuple[Html, ...]:
    """What is kept of others than private chats."""
    if chat.kind == "private":
        return ()
    return (speech.say("Kept as long: what the group and its topics are called, and who let the bot in."),)


def _articles(policy: Policy, speech: Speech) -> Html:
    """Of feeds, not of people."""
    if policy.article_days is None:
        return speech.say("Articles of the feeds are kept without end; they say nothing about who reads them.")
    return speech.count(
        "Articles of the feeds are kept for {number} day, saved ones for longer; they say nothing about who "
        "reads them.",
        "Articles of the feeds are kept for {number} days, saved ones for longer; they say nothing about who "
        "reads them.",
        policy.article_days,
    )


def _shown(policy: Policy, speech: Speech) -> Html:
    told = speech.say(
        "<b>Who else sees it</b>\nTelegram carries all messages. Publishers see that this bot reads their feeds, not "
        "for whom."
    )
    if policy.model_host is None:
        return told
    model = speech.say(
        "Articles of public feeds go to {host}, which writes summaries; nothing that you write does.",
        host=policy.model_host,
    )
    return Html(f"{told} {model}")


def _logs(speech: Speech) -> Html:
    return speech.say(
        "The log of this service, which its operator keeps, holds numbers of chats, addresses of feeds and faults; not "
        "what you write."
    )


def _deeds(speech: Speech) -> Html:
    return speech.say(
        "/mydata – all that is kept about this chat, as a file\n"
        "/unsub – stop following a source\n"
        "/forget – remove all that is kept about this chat"
    )
