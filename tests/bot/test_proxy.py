"""An outbound proxy is for publishers, not for Telegram."""

from tests.bot.world import Process, World
from tests.news.proxy import proxy_to


async def test_feeds_come_through_the_proxy_and_telegram_does_not(stage: World, process: Process) -> None:
    secret = stage.folder / "proxy"
    async with proxy_to(stage.press_url, login="name:hunter2") as proxy:
        secret.write_text(f"{proxy.url}\n")
        process.environment["FETCH_PROXY_FILE"] = str(secret)
        await process.start()
        reader = stage.telegram.user(7, language_code="uk")
        await reader.says(f"/sub {stage.feed('bereg')}")
        await reader.expects("Ви стежите за", timeout=30)
        assert await process.terminate() == 0
    assert {target for _, target in proxy.asked} == {stage.feed("bereg")}


async def test_a_proxy_that_is_down_is_told_as_no_fault_of_the_site(stage: World, process: Process) -> None:
    async with proxy_to(stage.press_url) as proxy:
        process.environment["FETCH_PROXY"] = proxy.url
    await process.start()
    reader = stage.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {stage.feed('bereg')}")
    await reader.expects("сайт тут ні до чого", timeout=30)
