import asyncio
from contextlib import suppress

from news.hosts import Errand, Hosts


class Visitor:
    """One errand at a host, held until told to leave."""

    def __init__(self, hosts: Hosts, errand: Errand, host: str = "outlet.example") -> None:
        self.entered = asyncio.Event()
        self.entered_at = 0.0
        self._leaves = asyncio.Event()
        self.task = asyncio.create_task(self._visit(hosts, errand, host))

    async def _visit(self, hosts: Hosts, errand: Errand, host: str) -> None:
        async with hosts.visit(host, errand):
            self.entered_at = asyncio.get_running_loop().time()
            self.entered.set()
            await self._leaves.wait()

    async def enters(self) -> None:
        async with asyncio.timeout(5):
            await self.entered.wait()

    async def leaves(self) -> None:
        self._leaves.set()
        async with asyncio.timeout(5):
            await self.task

    async def gives_up(self) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task


async def settled() -> None:
    """Until everything that can go on has."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_two_are_served_at_once_and_a_third_waits() -> None:
    hosts = Hosts(pause=0)
    first, second, third = (Visitor(hosts, Errand.POLL) for _ in range(3))
    await first.enters()
    await second.enters()
    await settled()
    assert not third.entered.is_set()
    await first.leaves()
    await third.enters()
    await second.leaves()
    await third.leaves()


async def test_a_person_has_a_slot_of_their_own_but_only_one() -> None:
    hosts = Hosts(pause=0)
    polls = [Visitor(hosts, Errand.POLL) for _ in range(2)]
    person, another = Visitor(hosts, Errand.PERSON), Visitor(hosts, Errand.PERSON)
    await person.enters()
    await settled()
    assert not another.entered.is_set()
    await person.leaves()
    await another.enters()
    for visitor in (*polls, another):
        await visitor.leaves()


async def test_polls_go_before_pages_and_people_before_both() -> None:
    hosts = Hosts(at_once=1, pause=0.005)
    inside = Visitor(hosts, Errand.PAGE)
    await inside.enters()
    page, poll, person = (Visitor(hosts, errand) for errand in (Errand.PAGE, Errand.POLL, Errand.PERSON))
    await settled()
    await inside.leaves()
    for visitor in (person, poll, page):
        await visitor.enters()
        await visitor.leaves()
    assert person.entered_at < poll.entered_at < page.entered_at


async def test_starts_at_one_host_are_a_pause_apart() -> None:
    hosts = Hosts(at_once=3, pause=0.02)
    visitors = [Visitor(hosts, Errand.POLL) for _ in range(3)]
    for visitor in visitors:
        await visitor.enters()
    first, second, third = (visitor.entered_at for visitor in visitors)
    assert second - first >= 0.019
    assert third - second >= 0.019
    for visitor in visitors:
        await visitor.leaves()


async def test_no_host_waits_for_another() -> None:
    hosts = Hosts(pause=60)
    busy = [Visitor(hosts, Errand.POLL) for _ in range(5)]
    await busy[0].enters()
    other = Visitor(hosts, Errand.PAGE, "other.example")
    await other.enters()
    await other.leaves()
    for visitor in busy:
        await visitor.gives_up()


async def test_one_who_gives_up_waiting_leaves_no_trace() -> None:
    hosts = Hosts(at_once=1, pause=0)
    inside, impatient, patient = (Visitor(hosts, Errand.POLL) for _ in range(3))
    await inside.enters()
    await impatient.gives_up()
    await inside.leaves()
    await patient.enters()
    await patient.leaves()


async def test_a_slot_is_free_again_when_all_are_cancelled_at_one_moment() -> None:
    hosts = Hosts(at_once=1, pause=0)
    visitors = [Visitor(hosts, Errand.POLL) for _ in range(3)]
    await visitors[0].enters()
    for visitor in visitors:
        visitor.task.cancel()
    for visitor in visitors:
        await visitor.gives_up()
    newcomer = Visitor(hosts, Errand.POLL)
    await newcomer.enters()
    await newcomer.leaves()


async def test_one_cancelled_while_being_let_in_gives_the_slot_back() -> None:
    hosts = Hosts(at_once=1, pause=0)
    inside, next_one = Visitor(hosts, Errand.POLL), Visitor(hosts, Errand.POLL)
    await inside.enters()
    inside.task.add_done_callback(lambda _: next_one.task.cancel())
    await inside.leaves()
    await next_one.gives_up()
    newcomer = Visitor(hosts, Errand.POLL)
    await newcomer.enters()
    await newcomer.leaves()


async def test_hosts_are_forgotten_once_nothing_is_held_back() -> None:
    hosts = Hosts(pause=0.001)
    for number in range(20):
        async with hosts.visit(f"outlet{number}.example", Errand.POLL):
            pass
    forgotten = asyncio.Event()

    def look() -> None:
        forgotten.set() if not len(hosts) else asyncio.get_running_loop().call_later(0.001, look)

    look()
    async with asyncio.timeout(5):
        await forgotten.wait()
