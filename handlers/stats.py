"""/stats and /health, for admins: the service in figures."""

from handlers.message import Answer, Message, Question
from handlers.services import Services
from handlers.speech import speech_for


async def stats(question: Question, services: Services) -> Answer:
    """How much there is."""
    speech = speech_for(question.chat)
    now = services.now()
    seen = await services.keeper.overview(now=now)
    return Answer(
        Message(
            speech.say(
                "<b>Visnyk in figures</b>\n"
                "Feeds: {feeds}, failing: {failing}\n"
                "Articles: {articles}, the oldest found {oldest}\n"
                "Chats: {chats}, unreachable: {suspended}\n"
                "Subscriptions: {subscriptions}\n"
                "Deliveries owed: {owed}, sent: {sent}, failed: {failed}\n"
                "Database: {size} MB",
                feeds=seen.feeds,
                failing=seen.failing,
                articles=seen.articles,
                chats=seen.chats,
                suspended=seen.suspended,
                subscriptions=seen.subscriptions,
                owed=seen.owed,
                sent=seen.sent,
                failed=seen.failed,
                oldest=speech.ago(seen.oldest, now=now) if seen.oldest else "–",
                size=speech.decimal(seen.size / 1_000_000),
            )
        )
    )


async def health(question: Question, services: Services) -> Answer:
    """How it is doing right now."""
    speech, now = speech_for(question.chat), services.now()
    seen = await services.keeper.overview(now=now)
    polled, updated = seen.last_poll_at, services.last_update_at()
    return Answer(
        Message(
            speech.say(
                "<b>How Visnyk is doing</b>\n"
                "Last poll: {polled}\n"
                "Last update: {updated}\n"
                "Lag of polls: {lag} s\n"
                "Feeds with errors: {failing}\n"
                "Deliveries owed: {owed}, failed: {failed}\n"
                "Updates waiting: {waiting}",
                polled=speech.ago(polled, now=now) if polled else "–",
                updated=speech.ago(updated, now=now) if updated else "–",
                lag=speech.decimal(seen.lag),
                failing=seen.failing,
                owed=seen.owed,
                failed=seen.failed,
                waiting=seen.waiting_updates,
            )
        )
    )
