"""Each story once, or every report of it, as a chat wishes."""

import pytest

from tests.bot.world import World
from tests.news.test_story import FERRY, FERRY_AGAIN


async def test_who_wants_every_report_gets_each_as_a_message(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    for outlet in ("bereg", "misto"):
        await reader.says(f"/sub {world.feed(outlet)}")
        await reader.expects("Ви стежите за")
    await reader.says("/reports")
    told = await reader.expects("Про кожну подію надсилаю першу новину")
    await reader.presses("Щоразу", told)
    assert (await reader.expects("все, що пишуть видання")).id == told.id
    shown = []
    for outlet, story in (("bereg", FERRY), ("misto", FERRY_AGAIN)):
        world.newsroom.publish(outlet, title=story.title, lead=story.text)
        shown.append(await reader.expects(story.title))
    assert shown[0].id != shown[1].id
    assert "також" not in shown[1].text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("every", "Of each story I send every report"), ("once", "the first report"), ("2", "Once or")],
)
async def test_it_may_be_typed(world: World, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="en")
    await reader.says(f"/reports {typed}")
    await reader.expects(answer)
