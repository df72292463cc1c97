import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import BadRequest, RetryAfter

from handlers.limits import PAID, Windows
from handlers.measure import plain_text
from handlers.message import Attachment, Button, Cards, Message
from handlers.pacer import Pacer
from handlers.render import card
from handlers.sender import PATIENCE, TelegramSender, certainly
from handlers.speech import speech
from news.article import Article
from news.chat import Address, Chat
from news.delivery import Delivery, Form, InDoubt, Moved, Outcome, Refused, Retry, Sent, Unreachable, Void
from sandbox.telegram import Fault, Limits, Telegram, Topic
from tests.handlers.hourglass import run
from tests.handlers.lines import bot_at, bot_in

NOW = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
READER, FORUM = Address("telegram", 7), Address("telegram", -100, 5)
ARTICLE = Article(
    id=42,
    feed_id=1,
    story_id=1,
    outlet="iPress",
    title="Уряд подав <проєкт> & бюджет",
    summary="Видатки зростуть на 8 %, якщо 1 < 2.",
    text="",
    link="https://example.com/a?b=1&c=2",
    image=None,
    language="uk",
    published_at=NOW,
    found_at=NOW,
)


@dataclass(frozen=True)
class Room:
    """A sandbox with a reader and a forum, and the sender that writes there."""

    telegram: Telegram
    sender: TelegramSender
    pacer: Pacer

    async def push(
        self, to: Address = READER, *, text: str = "", article: Article | None = ARTICLE, attempts: int = 0
    ) -> Outcome:
        return await self.sender.send(delivery(to, text=text, article=article, attempts=attempts), certainly)


@asynccontextmanager
async def room(limits: Limits | None = None, windows: Windows | None = None) -> AsyncIterator[Room]:
    telegram = Telegram(limits=limits)
    telegram.user(7, language_code="uk", started=True)
    telegram.group(-100, members=[7], topics=[Topic(5, "Новини"), Topic(6, "Закрита", closed=True)])
    pacer = Pacer(windows or Windows(second=0.01, minute=0.1))
    async with bot_in(telegram) as bot:
        yield Room(telegram, TelegramSender(bot, pacer, lambda: NOW), pacer)


def delivery(to: Address = READER, *, text: str = "", article: Article | None = ARTICLE, attempts: int = 0) -> Delivery:
    chat = Chat(1, to, "private" if to.chat_id > 0 else "supergroup", "uk", "Europe/Kyiv")
    form = Form.PUSH if article else Form.BROADCAST
    return Delivery(1, chat, form, article, text, attempts)


# What arrives


async def test_a_push_arrives_as_it_was_meant() -> None:
    async with room() as here:
        assert await here.push() == Sent(1)
        message = here.telegram.messages(7)[0]
    assert message.text.startswith(
        "Уряд подав <проєкт> & бюджет\niPress · 14:05\n\nВидатки зростуть на 8 %, якщо 1 < 2."
    )
    assert {(one["type"], one.get("url")) for one in message.entities} >= {("bold", None), ("text_link", ARTICLE.link)}
    assert message.body["link_preview_options"]["url"] == ARTICLE.link
    assert message.button("rel:42")


async def test_a_broadcast_is_sent_as_it_was_typed() -> None:
    async with room() as here:
        assert await here.push(article=None, text="1 < 2 & <b>не жирно</b>") == Sent(1)
        assert here.telegram.messages(7)[0].text == "1 < 2 & <b>не жирно</b>"


async def test_a_topics_push_goes_to_the_topic() -> None:
    async with room() as here:
        await here.push(FORUM)
        assert here.telegram.messages(-100)[0].thread == 5


@pytest.mark.parametrize("topic", [6, 404])
async def test_where_the_topic_is_gone_or_closed_the_chat_goes_on(topic: int) -> None:
    async with room() as here:
        assert await here.push(replace(FORUM, topic=topic)) == Moved(replace(FORUM, topic=0))
        await here.sender.say(replace(FORUM, topic=topic), Message("відповідь"))
        assert [message.thread for message in here.telegram.messages(-100)] == [None]


async def test_html_that_telegram_refuses_arrives_once_as_plain_text() -> None:
    async with room() as here:
        await here.sender.say(READER, Message("<b>1 &lt; 2 &amp; <i>курсив</b>", ((Button("Так", "yes"),),)))
        assert [message.text for message in here.telegram.messages(7)] == ["1 < 2 & курсив"]
        assert here.telegram.messages(7)[0].button("yes")
        assert [call.status for call in here.telegram.calls] == [400, 200]


async def test_wrong_html_in_a_closed_topic_still_arrives() -> None:
    async with room() as here:
        await here.sender.say(replace(FORUM, topic=6), Message("<b>жирно"))
        assert [message.text for message in here.telegram.messages(-100)] == ["жирно"]


@pytest.mark.parametrize("character", ["а", "🦘"])
async def test_a_text_too_long_is_cut_and_not_lost(character: str) -> None:
    async with room() as here:
        await here.sender.say(READER, Message(f"<b>{character * 5000}</b>"))
        assert len(here.telegram.messages(7)[0].text.encode("utf-16-le")) == 2 * 4096


def test_plain_text_keeps_the_words_and_splits_no_character() -> None:
    assert (
        plain_text('<b><a href="https://e.com/?a=1&amp;b=2">А &lt;Б&gt;</a></b>\nі &amp;amp; й') == "А <Б>\nі &amp; й"
    )
    assert plain_text("а" + "🦘" * 4096) == "а" + "🦘" * 2047


async def test_an_empty_message_is_tried_only_once() -> None:
    async with room() as here:
        assert isinstance(await here.push(article=None, text=""), Refused)
        assert len(here.telegram.calls) == 1


# Pictures

PICTURED = replace(ARTICLE, image="https://img.example/a.jpg")


def methods(here: Room) -> list[str]:
    return [call.method for call in here.telegram.calls]


async def test_news_with_a_picture_come_as_its_caption() -> None:
    async with room() as here:
        assert await here.push(FORUM, article=PICTURED) == Sent(here.telegram.sent[0].id, pictured=True)
        message = here.telegram.messages(-100)[0]
    assert message.photo
    assert message.text.startswith("Уряд подав <проєкт> & бюджет\niPress · 14:05")
    assert (message.thread, bool(message.button("rel:42"))) == (5, True)


async def test_a_picture_known_to_telegram_is_not_fetched_again() -> None:
    async with room() as here:
        await here.push(article=PICTURED)
        await here.push(FORUM, article=PICTURED)
        first, second = (call.parameters["photo"] for call in here.telegram.calls)
        assert first == PICTURED.image
        assert second == here.telegram.messages(7)[0].body["photo"][-1]["file_id"]


async def test_a_picture_that_fails_is_sent_as_text_at_once() -> None:
    async with room() as here:
        here.telegram.add_fault(Fault("no_picture"))
        assert await here.push(article=PICTURED) == Sent(1)
        message = here.telegram.messages(7)[0]
        assert methods(here) == ["sendPhoto", "sendMessage"]
    assert message.body["link_preview_options"]["url"] == ARTICLE.link
    assert message.button("rel:42")


async def test_a_host_whose_pictures_fail_is_spared() -> None:
    async with room() as here:
        here.telegram.add_fault(Fault("no_picture"))
        for _ in range(4):
            await here.push(article=PICTURED)
        assert methods(here) == ["sendPhoto", "sendMessage"] * 3 + ["sendMessage"]


async def test_a_chat_that_is_over_is_not_tried_with_text() -> None:
    async with room() as here:
        here.telegram.add_fault(Fault("no_rights", chat=7))
        assert isinstance(await here.push(article=PICTURED), Unreachable)
        assert methods(here) == ["sendPhoto"]


@pytest.mark.parametrize(("fault", "kind"), [("blocked", Unreachable), ("flood", Retry), ("cut_after", InDoubt)])
async def test_what_concerns_no_picture_has_its_outcome(fault: str, kind: type[Outcome]) -> None:
    async with room() as here:
        here.telegram.add_fault(Fault(fault, chat=7))
        assert isinstance(await here.push(article=PICTURED), kind)


async def test_a_document_comes_with_its_text() -> None:
    file = Attachment("усе.json", '{"слово": 1}'.encode())
    message = Message("<b>Усе</b>", ((Button("Так", "yes"),),), document=file)
    async with room() as here:
        await here.sender.say(READER, message)
        await here.sender.say(FORUM, replace(message, html="<b>Усе"))
        sent, plain = here.telegram.messages(7)[0], here.telegram.messages(-100)[0]
        kept = here.telegram.files.get(sent.body["document"]["file_id"])
    assert kept is not None
    assert (kept.name, kept.content) == (file.name, file.content)
    assert (sent.text, [one["type"] for one in sent.entities]) == ("Усе", ["bold"])
    assert sent.button("yes")
    assert (plain.text, plain.thread) == ("Усе", 5)


async def test_where_it_is_quiet_nothing_sounds() -> None:
    async with room() as here:
        message = Message("тихо", picture=PICTURED.image, silent=True)
        await here.sender.say(READER, message)
        await here.sender.say(READER, replace(message, picture=None))
        await here.sender.say(READER, Message("гучно"))
        assert [message.silent for message in here.telegram.messages(7)] == [True, True, False]


@pytest.mark.parametrize("picture", [None, "https://example.com/a.jpg"])
async def test_an_answer_replies_to_its_question_and_does_without_where_that_is_gone(picture: str | None) -> None:
    async with room() as here:
        asked = await here.telegram.user(7).says("/list")
        for question in (asked.id, 404):
            await here.sender.say(READER, Message("відповідь", picture=picture, reply_to=question))
    replies = [message.reply_to for message in here.telegram.said(7)]
    assert [reply and reply["message_id"] for reply in replies] == [asked.id, None]


# What goes wrong

FAULTS: list[tuple[Fault, Callable[[Outcome], bool]]] = [
    (Fault("blocked", chat=7), lambda outcome: isinstance(outcome, Unreachable)),
    (Fault("deactivated", chat=7), lambda outcome: isinstance(outcome, Unreachable)),
    (Fault("kicked", chat=7), lambda outcome: isinstance(outcome, Unreachable)),
    (Fault("no_rights", chat=7), lambda outcome: isinstance(outcome, Unreachable)),
    (Fault("gone", chat=7), lambda outcome: isinstance(outcome, Retry) and not outcome.whole_chat),
    (Fault("migrated", chat=7, to=-900), lambda outcome: outcome == Moved(Address("telegram", -900))),
    (Fault("error", status=500), lambda outcome: isinstance(outcome, InDoubt)),
    (Fault("error", status=502), lambda outcome: isinstance(outcome, InDoubt)),
    (Fault("cut_before"), lambda outcome: isinstance(outcome, InDoubt)),
    (Fault("cut_after"), lambda outcome: isinstance(outcome, InDoubt)),
    (
        Fault("flood", chat=7, retry_after=9),
        lambda outcome: outcome == Retry(NOW + timedelta(seconds=9), "flood", whole_chat=True),
    ),
]


@pytest.mark.parametrize(("fault", "fits"), FAULTS, ids=[f"{fault.kind}-{fault.status}" for fault, _ in FAULTS])
async def test_each_fault_has_its_outcome(fault: Fault, fits: Callable[[Outcome], bool]) -> None:
    async with room() as here:
        here.telegram.add_fault(fault)
        outcome = await here.push()
        assert fits(outcome), outcome


async def test_a_chat_not_found_for_the_third_time_is_over() -> None:
    nobody = Address("telegram", 404)
    async with room() as here:
        outcome = await here.push(nobody)
        assert isinstance(outcome, Retry)
        twice = replace(delivery(nobody, attempts=2), reason=outcome.reason)
        assert isinstance(await here.sender.send(twice, certainly), Unreachable)
        waited = replace(delivery(nobody, attempts=9), reason="no place")
        assert isinstance(await here.sender.send(waited, certainly), Retry)


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    async with bot_at("http://127.0.0.1:1") as bot:
        sender = TelegramSender(bot, Pacer(), lambda: NOW)
        outcome = await sender.send(delivery(), certainly)
        assert isinstance(outcome, Retry)
        again = await sender.send(replace(delivery(attempts=2), reason=outcome.reason), certainly)
    assert isinstance(again, Retry)
    assert again.at == NOW + timedelta(seconds=4)


async def test_a_flood_silences_its_chat_and_no_other() -> None:
    async with room() as here:
        here.telegram.add_fault(Fault("flood", chat=7, times=1, retry_after=30))
        await here.push()
        assert here.sender.busy_chats() == {7}
        assert isinstance(await here.push(FORUM), Sent)


def test_a_push_that_finds_no_place_goes_back_to_the_outbox() -> None:
    async def push_to_a_held_chat() -> tuple[Outcome, float]:
        pacer = Pacer()
        pacer.refused(7, 3600)
        async with bot_at("http://127.0.0.1:1") as bot:
            outcome = await TelegramSender(bot, pacer, lambda: NOW).send(delivery(), certainly)
        return outcome, asyncio.get_running_loop().time()

    outcome, waited = run(push_to_a_held_chat())
    assert isinstance(outcome, Retry)
    assert not outcome.whole_chat
    assert waited == pytest.approx(PATIENCE)


# Edits and presses


async def test_an_edit_takes_the_place_of_a_message() -> None:
    async with room() as here:
        sent = await here.sender.say(READER, Message("перша"))
        await here.sender.change(READER, sent, Message("<b>друга</b>", ((Button("▶", "next"),),)))
        assert [message.text for message in here.telegram.messages(7)] == ["друга"]
        assert here.telegram.messages(7)[0].button("next")


async def test_an_edit_that_changes_nothing_is_no_error() -> None:
    async with room() as here:
        sent = await here.sender.say(READER, Message("та сама"))
        await here.sender.change(READER, sent, Message("та сама"))


def change(message_id: int, *, pictured: bool = False, article: Article = ARTICLE) -> Delivery:
    return replace(delivery(article=article), form=Form.EDIT, message_id=message_id, pictured=pictured, also=("УП",))


async def test_buttons_give_way_to_others_and_the_message_stays() -> None:
    async with room() as here:
        await here.push()
        before = here.telegram.sent[0]
        keys = ((Button("‹", "more:42:back"),),)
        for _ in range(2):
            await here.sender.change_buttons(READER, before.id, keys)
        after = here.telegram.messages(7)[-1]
        assert after.button("more:42:back")
        assert not after.button("rel:42")
        assert after.text == before.text
        await here.sender.change_buttons(READER, 999, keys)


async def test_a_push_is_changed_in_its_place() -> None:
    async with room() as here:
        await here.push()
        assert await here.sender.send(change(1), certainly) == Sent(1)
        [message] = here.telegram.messages(7)
        assert message.text.endswith("\n\nтакож: УП")
        assert message.button("rel:42")
        assert message.body["link_preview_options"]["url"] == ARTICLE.link


async def test_a_caption_is_changed_under_its_picture() -> None:
    async with room() as here:
        await here.push(article=PICTURED)
        assert await here.sender.send(change(1, pictured=True, article=PICTURED), certainly) == Sent(1, pictured=True)
        [message] = here.telegram.messages(7)
        assert message.photo
        assert message.text.endswith("\n\nтакож: УП")
        assert message.button("rel:42")


@pytest.mark.parametrize("pictured", [True, False])
async def test_a_change_that_was_made_before_is_made(pictured: bool) -> None:
    async with room() as here:
        await here.push(article=PICTURED if pictured else ARTICLE)
        edit = change(1, pictured=pictured)
        assert [await here.sender.send(edit, certainly) for _ in range(2)] == [Sent(1, pictured)] * 2


@pytest.mark.parametrize(("message_id", "pictured"), [(404, False), (404, True), (1, True)])
async def test_a_change_of_what_is_gone_or_not_ours_is_void(message_id: int, pictured: bool) -> None:
    async with room() as here:
        await here.push()
        assert isinstance(await here.sender.send(change(message_id, pictured=pictured), certainly), Void)


async def test_a_change_where_the_chat_is_over_says_so() -> None:
    async with room() as here:
        await here.push()
        here.telegram.add_fault(Fault("no_rights", chat=7))
        assert isinstance(await here.sender.send(change(1), certainly), Unreachable)


async def test_an_edit_of_a_message_that_is_gone_is_no_error() -> None:
    async with room() as here:
        assert not await here.sender.change(READER, 404, Message("нова"))


async def test_an_edit_that_telegram_refuses_arrives_as_plain_text() -> None:
    async with room() as here:
        sent = await here.sender.say(READER, Message("перша"))
        await here.sender.change(READER, sent, Message("<b>друга &amp; остання"))
        assert [message.text for message in here.telegram.messages(7)] == ["друга & остання"]


async def test_a_flood_of_edits_is_told() -> None:
    async with room() as here:
        sent = await here.sender.say(READER, Message("перша"))
        here.telegram.add_fault(Fault("flood", chat=7, times=1, retry_after=30))
        with pytest.raises(RetryAfter):
            await here.sender.change(READER, sent, Message("друга"))
        assert here.sender.busy_chats() == {7}


async def test_a_press_too_old_to_answer_is_no_error() -> None:
    async with room() as here:
        await here.sender.acknowledge("404", "Пізно")


async def test_saying_something_to_a_chat_that_is_unknown_raises() -> None:
    async with room() as here:
        with pytest.raises(BadRequest):
            await here.sender.say(Address("telegram", 404), Message("Є хто?"))


# The limits


async def test_a_broadcast_within_the_limits_meets_no_refusal() -> None:
    second, minute = 0.3, 3.0
    async with room(Limits(second=second, minute=minute), Windows(second=second, minute=minute)) as here:
        for chat_id in range(1000, 1100):
            here.telegram.user(chat_id, started=True)
        chats = [Address("telegram", chat_id) for chat_id in [*range(1000, 1100)] * 2]
        began = here.telegram.clock()
        outcomes = await asyncio.gather(*(here.push(chat) for chat in chats))
        took = here.telegram.clock() - began
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert here.telegram.refused == 0
    assert took < 3 * len(chats) / 30 * second


async def test_a_paid_broadcast_passes_the_free_thirty_and_answers_are_not_paid() -> None:
    async with room(Limits(), Windows(in_all=PAID)) as here:
        for chat_id in range(1000, 1100):
            here.telegram.user(chat_id, started=True)
        chats = [Address("telegram", chat_id) for chat_id in range(1000, 1100)]
        await asyncio.gather(*(here.push(chat) for chat in chats), here.sender.say(READER, Message("Ось.")))
        assert here.telegram.refused == 0
        assert len(here.telegram.sent) == 101
        unpaid = [call for call in here.telegram.calls if "allow_paid_broadcast" not in call.parameters]
    assert [call.parameters["chat_id"] for call in unpaid if call.method == "sendMessage"] == ["7"]


async def test_nobody_pays_who_did_not_say_so() -> None:
    async with room() as here:
        await here.push()
        assert "allow_paid_broadcast" not in here.telegram.calls[-1].parameters


async def test_a_chatty_group_and_a_chatty_reader_meet_no_refusal() -> None:
    limits, windows = Limits(burst=3, second=0.05, minute=0.5), Windows(second=0.05, minute=0.5)
    async with room(limits, windows) as here:
        to = [replace(FORUM, topic=0), FORUM] * 12 + [READER] * 8
        said = (here.sender.say(address, Message(str(number))) for number, address in enumerate(to))
        await asyncio.gather(*said)
        assert here.telegram.refused == 0
        assert len(here.telegram.sent) == len(to)


# Inquiries


async def test_cards_are_the_askers_own_and_soon_forgotten() -> None:
    async with room() as here:
        asking = asyncio.create_task(here.telegram.user(7).asks_inline("бюджет"))
        [update] = await here.telegram.updates.wait(1, 10)
        cards = Cards((card(ARTICLE, speech("uk", "Europe/Kyiv"), now=NOW),), next_offset="1")
        await here.sender.offer(update["inline_query"]["id"], cards)
        answer = await asking
    assert [result.title for result in answer.results] == [ARTICLE.title]
    assert (answer.next_offset, answer.personal, answer.cache_seconds) == ("1", True, 30)
    assert answer.button is None


async def test_an_inquiry_that_is_too_old_is_let_go() -> None:
    async with room() as here:
        await here.sender.offer("404", Cards(way_in="Open Visnyk"))
        assert [call.status for call in here.telegram.calls] == [400]


async def test_cards_that_telegram_refuses_are_an_error() -> None:
    async with room() as here:
        with pytest.raises(BadRequest):
            await here.sender.offer("404", Cards(next_offset="x" * 65))
