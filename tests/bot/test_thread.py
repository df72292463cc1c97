"""One thread through the whole house, the bot started as an operator starts it."""

import asyncio

from sandbox.telegram import Fault, Message
from tests.bot.world import Process, World

STARTING = 30.0


def link_of(message: Message) -> str:
    return str(next(entity["url"] for entity in message.entities if entity["type"] == "text_link"))


async def test_greets_subscribes_pushes_finds_relates_lists_unsubscribes_and_stops(
    stage: World, process: Process
) -> None:
    newsroom = stage.newsroom
    reader = stage.telegram.user(7, language_code="uk")
    await process.start()
    await reader.says("/start")
    await reader.expects("Вісник стежить за новинами", timeout=STARTING)

    await reader.says(f"/sub {stage.feed('bereg')}")
    told = await reader.expects("Ви стежите за джерелом Вільний Берег")
    assert "Останні публікації" in told.text

    first = newsroom.publish(
        "bereg",
        title="У Заріччі відкрили новий міст через річку Лиманку",
        lead="Міст через Лиманку відкрили в суботу. Ним пішло вже тисяча людей.",
    )
    push = await reader.expects(first.title)
    assert "Вільний Берег · " in push.text
    assert "Ним пішло вже тисяча людей." in push.text
    assert link_of(push).endswith(f"/news/bereg/{first.id}.html")
    assert {entity["type"] for entity in push.entities} == {"bold", "text_link"}

    second = newsroom.publish(
        "bereg", title="Мостом через Лиманку в Заріччі пустили перший трамвай", lead="Трамвай іде мостом через Лиманку."
    )
    push = await reader.expects(second.title)
    await reader.presses("Схоже", push)
    related = await reader.expects("Про те саме")
    assert first.title in related.text
    assert second.title in related.text.splitlines()[0]
    assert second.title not in "\n".join(related.text.splitlines()[1:])
    await reader.says("/related", reply_to=push)
    again = await reader.expects("Про те саме")
    # All but how many seconds ago it was.
    assert again.text.splitlines()[:-1] == related.text.splitlines()[:-1]

    await reader.says("/search трамваями")
    assert second.title in (await reader.expects("🔎 трамваями")).text
    await reader.says("/list")
    listed = await reader.expects("1 джерело")
    assert "Вільний Берег" in listed.text
    assert "/news/bereg/feed.xml" in listed.text
    assert second.title in listed.text

    assert await process.terminate() == 0
    missed = newsroom.publish("bereg", title="Поки бот спав, у Заріччі настав ранок", lead="Сонце зійшло о сьомій.")
    await reader.says("/list")
    await process.start()
    await reader.expects(missed.title, timeout=STARTING)
    await reader.says("/unsub 1")
    await reader.expects("більше не стежите")

    pushes = [message.text for message in stage.telegram.said(7) if " · " in message.text and "🔎" not in message.text]
    assert len(pushes) == len(set(pushes))
    assert sum(missed.title in text for text in pushes) == 1


async def test_a_command_typed_while_the_bot_is_down_is_answered_once(stage: World, process: Process) -> None:
    reader = stage.telegram.user(7, language_code="en")
    await reader.says("/start")
    await process.start()
    await reader.expects("Visnyk follows the news", timeout=STARTING)
    await process.kill()
    await reader.says("/help")
    await process.start()
    await reader.expects("Sources", timeout=STARTING)
    assert sum("Sources" in message.text for message in stage.telegram.said(7)) == 1


async def test_a_number_whose_answer_is_interrupted_ends_one_subscription(stage: World, process: Process) -> None:
    reader = stage.telegram.user(7, language_code="uk")
    await process.start()
    for slug in ("misto", "bereg"):
        await reader.says(f"/sub {stage.feed(slug)}")
        await reader.expects("Ви стежите за", timeout=STARTING)
    stage.telegram.add_fault(Fault("cut_before", method="sendMessage"))
    await reader.says("/unsub 1")
    async with asyncio.timeout(STARTING):
        while not any(call.method == "sendMessage" and call.status != 200 for call in stage.telegram.calls):
            await stage.telegram.changed.rung()
    await process.kill()
    stage.telegram.clear_faults()
    await process.start()
    await reader.expects("Ви за цим уже не стежите.", timeout=STARTING)
    await reader.says("/list")
    assert "Вільний Берег" in (await reader.expects("1 джерело")).text
