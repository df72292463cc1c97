from datetime import datetime

from news.bulk import AT_ONCE, Tried, follow_all
from news.chat import Chat
from news.errors import Problem
from news.look import AS_THE_CHAT, Overrides
from news.opml import Outline
from tests.news.world import World


async def follow_addresses(
    here: World, chat: Chat, *addresses: str, since: datetime | None = None
) -> tuple[list[Tried], list[int]]:
    """What came of each, and what was told in between."""
    told: list[int] = []

    async def done(number: int) -> None:
        told.append(number)

    outlines = [Outline("", address) for address in addresses]
    here.clock.goes_on(seconds=1)
    tried = await follow_all(
        here.desk, here.store.chats, here.doorman, chat, outlines, since=since or here.clock(), done=done
    )
    return tried, told


async def test_each_is_followed_and_one_that_fails_disturbs_no_other(here: World) -> None:
    chat = await here.chat()
    await here.follow(here.feed_url("harbour"), chat)
    here.newsroom.outlet("misto").fails_with(404)
    tried, told = await follow_addresses(
        here, chat, here.feed_url("misto"), here.feed_url("bereg"), "javascript:alert(1)", here.feed_url("harbour")
    )
    assert [(one.problem, one.followed and one.followed.already) for one in tried] == [
        (Problem.MISSING, None),
        (None, False),
        (None, None),
        (None, True),
    ]
    assert told == [1, 2, 3, 4]
    assert len(await here.store.chats.subscriptions(chat.id)) == 2


async def test_what_fails_now_but_may_mend_is_followed(here: World) -> None:
    here.newsroom.outlet("bereg").fails_with(503)
    [tried], _ = await follow_addresses(here, await here.chat(), here.feed_url("bereg"))
    assert tried.followed is not None
    assert tried.followed.feed.problem is Problem.SERVER_TROUBLE


async def test_many_more_than_go_at_once_are_followed_and_nothing_old_is_owed(here: World) -> None:
    addresses = [f"{here.feed_url('bereg')}?number={number}" for number in range(3 * AT_ONCE)]
    tried, told = await follow_addresses(here, await here.chat(), *addresses)
    assert [one.outline.address for one in tried] == addresses
    assert all(one.followed for one in tried)
    assert told[-1] == len(addresses)
    assert await here.owed() == []


async def test_gone_on_with_after_an_interruption_it_tells_of_the_whole(here: World) -> None:
    chat, addresses = await here.chat(), [here.feed_url(slug) for slug in ("harbour", "bereg", "misto")]
    await here.follow(addresses[0], chat)
    here.clock.goes_on(seconds=1)
    asked_at = here.clock()
    await follow_addresses(here, chat, *addresses[:2], since=asked_at)
    tried, _ = await follow_addresses(here, chat, *addresses, since=asked_at)
    assert [one.followed and one.followed.already for one in tried] == [True, False, False]


async def test_a_feed_with_several_addresses_is_new_once(here: World) -> None:
    address = here.feed_url("bereg")
    tried, _ = await follow_addresses(here, await here.chat(), address, address.removeprefix("http://"))
    assert [one.followed and one.followed.already for one in tried] == [False, True]


async def test_what_a_file_wants_otherwise_holds_for_the_feeds_that_it_adds(here: World) -> None:
    chat, wanted = await here.chat(), Overrides(silent=True, title="Мій берег")
    await here.follow(here.feed_url("harbour"), chat)
    here.clock.goes_on(seconds=1)
    asked_at = here.clock()
    outlines = [Outline("", here.feed_url(slug), overrides=wanted) for slug in ("harbour", "bereg")]

    async def done(_: int) -> None:
        return

    # Again after an interruption: what was followed meanwhile counts as added.
    for _ in range(2):
        await follow_all(here.desk, here.store.chats, here.doorman, chat, outlines, since=asked_at, done=done)
    assert [one.overrides for one in await here.store.chats.subscriptions(chat.id)] == [AS_THE_CHAT, wanted]
