"""The same bot on PostgreSQL."""

from typing import Any

from tests.bot.world import Process, World
from tests.postgres import new_database


async def test_on_postgresql_it_subscribes_pushes_finds_and_goes_on_after_a_kill(stage: World, server: Any) -> None:
    stage.database_url = new_database(server)
    process, reader = Process(stage), stage.telegram.user(7, language_code="en")
    await process.start()
    await reader.says(f"/sub {stage.feed('harbour')}")
    await reader.expects("You now follow The Harbour Post", timeout=30)
    first = stage.newsroom.publish("harbour", title="Lighthouse keeper retires", lead="He kept the light for years.")
    await reader.expects(first.title)
    await process.kill()
    second = stage.newsroom.publish("harbour", title="New keeper for the lighthouse", lead="She starts on Monday.")
    await process.start()
    await reader.expects(second.title, timeout=30)
    await reader.says("/search keepers lighthouses")
    assert "2 articles" in (await reader.expects("🔎")).text
    assert await process.terminate() == 0
