"""Takes the pictures of docs/gallery.md anew: each kind of message, as a phone shows it, in both languages.

make pictures
"""

import asyncio
import sys

from playwright.async_api import Browser, ViewportSize
from stage import TOWN, stage
from walk import PATIENCE, TONGUES, Tongue, Walk

from sandbox.box import Box
from sandbox.telegram import Topic
from sandbox.telegram.messages import Message

# As wide as a phone, and as high as the longest message.
PHONE = ViewportSize(width=390, height=2000)
# A plain ground, and nothing over the messages.
PLAIN = (
    ".log-frame { background: #cfe0d0 !important } .message { max-width: 370px !important } "
    ".log-frame::before, .reply, .toasts { display: none !important }"
)
GROUP, FORUM, CHANNEL = -1_000_000_000_021, -1_000_000_000_022, -1_000_000_000_023


FOLLOW, RELATED, SAVE, READ = (
    ("➕ Стежити", "➕ Follow"),
    ("🔗 Схоже", "🔗 Related"),
    ("🔖 Зберегти", "🔖 Save"),
    ("📖 Читати", "📖 Read"),
)
STORY = {
    "uk": (
        (
            "Новий міст через Лиманку відкрили для трамваїв",
            "Першим у суботу вранці проїхав святковий вагон. Рух міст витримав без зауважень.",
            "Рейки на мосту клали одинадцять років: двічі мінявся підрядник, тричі – проєкт. Міський голова Остап "
            "Гречаний назвав це «найдовшою хвилиною в історії міста». "
            "Відтепер дорога з правого берега до вокзалу коротша на двадцять хвилин. У вихідні проїзд безкоштовний. "
            "Старим мостом і далі ходитимуть автобуси 4 і 11; восени його закриють на ремонт.",
        ),
        (
            "Трамвай уперше поїхав новим мостом через Лиманку",
            "Дорога з правого берега до вокзалу скоротилася на двадцять хвилин. Міст відкрили в суботу.",
            "",
        ),
    ),
    "en": (
        (
            "New bridge over the Lymanka opens to trams",
            "A decorated car was the first across on Saturday morning. The bridge bore it without a murmur.",
            "The rails took eleven years: the builders changed twice, the plans three times. Mayor Ostap Hrechanyi "
            "called it “the longest minute in the history of the town”. "
            "The trip from the right bank to the station is now twenty minutes shorter, and free at weekends. "
            "Buses 4 and 11 keep to the old bridge, which closes for repairs in autumn.",
        ),
        (
            "First tram crosses the new bridge over the Lymanka",
            "The trip from the right bank to the station is now twenty minutes shorter. The bridge opened on Saturday.",
            "",
        ),
    ),
}


async def start(walk: Walk) -> None:
    """First contact: the greeting, a source shown, followed; what is popular."""
    greeting = await walk.says("/start")
    await walk.takes("greeting", greeting)
    await walk.takes("popular", await walk.presses(("🔥 Популярні тут", "🔥 Popular here"), greeting))
    seen = await walk.says(f"{TOWN}/news/{walk.tongue.first}/")
    await walk.takes("preview", seen)
    await walk.takes("followed", await walk.presses(FOLLOW, seen))
    await walk.says(f"/sub {TOWN}/news/{walk.tongue.second}/")
    await walk.takes("help", await walk.says("/help"))


async def push(walk: Walk) -> Message:
    """A push, what its buttons do, and what is asked in reply to it."""
    first, second = STORY[walk.tongue.code]
    walk.publishes(walk.tongue.first, first, "transport")
    sent = await walk.told(wanted=first[0])
    walk.publishes(walk.tongue.second, second, "transport")
    await walk.told(wanted=walk.of("також", "also"))
    await walk.takes("push", sent)
    await walk.presses(("⋯", "⋯"), sent)
    await walk.takes("more", sent)
    await walk.presses(("🔇 Більше не про це", "🔇 Mute this story"), sent)
    await walk.takes("mute-menu", sent)
    for _ in range(2):
        await walk.presses(("‹ Назад", "‹ Back"), sent)
    await walk.takes("read", await walk.presses(READ, sent))
    await walk.takes("related", await walk.presses(RELATED, sent))
    await walk.player.presses(walk.of(*SAVE), sent, timeout=PATIENCE)
    await walk.takes("saved", await walk.says("/saved"))
    listed = await walk.says("/story", reply_to=sent)
    await walk.takes("story", listed)
    await walk.takes("story-why", await walk.presses(("Чому саме ці?", "Why these?"), listed))
    return sent


async def search(walk: Walk) -> None:
    """What is asked."""
    await walk.takes("search", await walk.says(walk.of("/search трамваями", "/search trams")))
    await walk.takes("nothing", await walk.says(walk.of("/search кенгуру", "/search kangaroo")))
    await walk.takes("examples", await walk.says("/search"))
    await walk.takes("top", await walk.says("/top"))
    await walk.takes("list", await walk.says("/list"))


async def wishes(walk: Walk, sent: Message) -> None:
    """What is wanted, and what is not."""
    await walk.takes("filter-hint", await walk.says("/filter"))
    wanted = walk.of("міст, пором, -футбол", "bridge, ferry, -football")
    filtered = await walk.says(f"/filter 1 {wanted}")
    await walk.takes("filter", filtered)
    await walk.takes("filters", await walk.says("/filter"))
    await walk.presses(("Прибрати фільтр", "Remove the filter"), filtered)
    less = await walk.says("/less", reply_to=sent)
    await walk.takes("less", less)
    label = less.buttons[0]["text"]
    await walk.takes("less-chosen", await walk.presses((label, label), less))
    await walk.says("/filter 1 off")
    await walk.takes("watch", await walk.says(walk.of("/watch трамвай", "/watch tram")))
    await walk.says(walk.of("/watch вибори мера", "/watch mayor election"))
    await walk.takes("watches", await walk.says("/watches"))
    await walk.takes("urgent", await walk.says(walk.of('/urgent "повітряна тривога"', '/urgent "air raid", storm')))
    await walk.takes("mute", await walk.says("/mute", reply_to=sent))
    await walk.presses(("Тиждень", "A week"), await walk.says("/mute", reply_to=sent))
    await walk.takes("mutes", await walk.says("/mute"))


async def settings(walk: Walk) -> None:
    """How news comes."""
    for name in ("settings", "summary", "reports", "quiet", "timezone", "lang"):
        await walk.takes(name, await walk.says(f"/{name}"))
    await walk.takes("settings-source", await walk.says("/settings 1"))
    await walk.takes("digest-none", await walk.says("/digest"))
    await walk.takes(
        "digest-hours", await walk.says(walk.of("/digest 9:00 18:30 будні", "/digest 9:00 18:30 weekdays"))
    )
    await walk.takes("quiet-hours", await walk.says("/quiet 22:00-7:00"))
    await walk.says("/digest off")
    await walk.says("/quiet off")


async def gathered(walk: Walk) -> None:
    """A digest after a pause, and a burst."""
    await walk.takes("pause", await walk.says("/pause"))
    paused = await walk.says("/pause 2h")
    await walk.takes("paused", await walk.presses(("Потім дайджестом", "Digest afterwards"), paused))
    for _ in range(6):
        walk.box.newsroom.publish_next(walk.tongue.first)
    walk.box.newsroom.publish_next(walk.tongue.second)
    await walk.checked(walk.tongue.first)
    await walk.checked(walk.tongue.second)
    await walk.takes("resumed", await walk.says("/resume"))
    await walk.takes("digest", await walk.told())
    articles = [walk.box.newsroom.publish_next(walk.tongue.first) for _ in range(10)]
    for article in articles[:5]:
        await walk.told(wanted=article.title)
    burst = await walk.told(wanted=walk.of("новин за", "articles in"))
    await walk.takes("burst", burst)
    await walk.takes("burst-choice", await walk.presses(RELATED, burst))


async def sources(walk: Walk) -> None:
    """Sources given on, left, and in files."""
    for name in ("share", "unsub", "unsub_all"):
        await walk.takes(name.replace("_", "-"), await walk.says(f"/{name}"))
    await walk.takes("share-link", await walk.says("/share 1"))
    slugs = (walk.tongue.first, "likhtar", "surma")
    feeds = [(walk.box.newsroom.outlet(slug).profile.name, f"{TOWN}/news/{slug}/") for slug in slugs]
    feeds.append((walk.of("Старий блог", "An old blog"), f"{TOWN}/blog/"))
    lines = "".join(f'<outline text="{name}" xmlUrl="{url}"/>' for name, url in feeds)
    await walk.player.sends_file("feeds.opml", f"<opml version='2.0'><body>{lines}</body></opml>".encode())
    await walk.takes("opml", await walk.told(wanted=walk.of("Додано", "added")))
    await walk.takes("export", await walk.says("/export"))
    await walk.takes("unsubbed", await walk.says("/unsub 2"))


async def errors(walk: Walk) -> None:
    """What goes wrong, and who is told what of themselves."""
    await walk.takes("no-feed", await walk.says(f"/sub {TOWN}/blog/"))
    broken = walk.box.newsroom.outlet(walk.of("tideline", "bereg"))
    broken.fails_with(503)
    await walk.takes("fails", await walk.says(TOWN + broken.profile.feed_path))
    await walk.takes("not-followed", await walk.says("/unsub 99"))
    await walk.takes("unknown-command", await walk.says("/dance"))
    await walk.takes("unknown-words", await walk.says(walk.of("Добрий вечір", "Good evening")))
    await walk.takes("bad-hours", await walk.says(walk.of("/digest 9 колись", "/digest 9 sometime")))
    await walk.takes("privacy", await walk.says("/privacy"))
    await walk.takes("mydata", await walk.says("/mydata"))
    await walk.takes("forget", await walk.says("/forget"))


async def places(walk: Walk) -> None:
    """A group, a forum, a channel."""
    telegram, admin = walk.box.telegram, walk.player
    admins, members = [admin], [walk.neighbour]
    group = telegram.group(
        GROUP, title=walk.of("Сусіди з Липової", "Linden Street"), admins=admins, members=members, bot="left"
    )
    await walk.goes_to(group.name)
    admin.adds_bot(group)
    await walk.takes("hello", await walk.told(group))
    await walk.neighbour.says("/sub example.com", group)
    await walk.takes("refusal", await walk.told(group, wanted=walk.of("адміністратори", "administrators")))
    await walk.takes("rights", await walk.says("/rights", group))
    topics = [Topic(2, walk.of("Порт", "Harbour")), Topic(3, walk.of("Трамваї", "Trams"))]
    title = walk.of("Форум Заріччя", "Town forum")
    forum = telegram.group(FORUM, title=title, admins=admins, members=members, bot="left", topics=topics)
    await walk.goes_to(forum.name)
    admin.adds_bot(forum)
    await walk.told(forum)
    await walk.says(f"/sub {TOWN}/news/{walk.tongue.first}/", forum)
    await walk.says(f"/sub {TOWN}/news/{walk.tongue.second}/", forum, thread=2)
    await walk.takes("forum", await walk.says("/list", forum))


async def channel(walk: Walk) -> None:
    """A channel, managed from the private chat."""
    name = walk.of("zarichchia_news", "port_ember_news")
    title = walk.of("Заріччя коротко", "Zarichchia in brief")
    there = walk.box.telegram.channel(CHANNEL, title=title, username=name, admins=[walk.player], bot="left")
    await walk.takes("channels-none", await walk.says("/channels"))
    walk.player.adds_bot(there, "administrator")
    await walk.takes("channel-hello", await walk.told())
    await walk.takes("channel-sub", await walk.says(f"/sub @{name} {TOWN}/news/{walk.tongue.first}/"))
    await walk.takes("channel", await walk.says(f"/list @{name}"))


async def visit(walk: Walk) -> None:
    """All of it, in an order in which each thing has what it needs."""
    await start(walk)
    sent = await push(walk)
    await search(walk)
    await wishes(walk, sent)
    await settings(walk)
    await gathered(walk)
    await sources(walk)
    await errors(walk)
    await channel(walk)
    await places(walk)


async def main() -> None:
    """Both walks, one after the other."""
    for tongue in TONGUES:
        if sys.argv[1:] in ([], [tongue.code]):
            async with stage() as (box, browser):
                await _walk(box, browser, tongue)


async def _walk(box: Box, browser: Browser, tongue: Tongue) -> None:
    player, neighbour, other = (
        box.telegram.user(number, first_name=name, language_code=tongue.code)
        for number, name in ((21, tongue.reader), (22, tongue.neighbour), (23, "Tom"))
    )
    for slug in (tongue.first, tongue.second):
        for one in (neighbour, other):
            await one.says(f"/sub {TOWN}/news/{slug}/")
            await one.expects("", timeout=PATIENCE)
    page = await browser.new_page(
        viewport=PHONE, locale=tongue.locale, timezone_id="Europe/Kyiv", reduced_motion="reduce", bypass_csp=True
    )
    await page.goto(f"{box.url}/?user={player.id}")
    await page.add_style_tag(content=PLAIN)
    await visit(Walk(box, page, player, neighbour, tongue))
    await page.close()


if __name__ == "__main__":
    asyncio.run(main())
