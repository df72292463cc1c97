"""Somebody's first visit from beginning to end, in either language: greeted, a source added, its news pushed, read,
saved, filtered and gathered in a digest. The real bot and a real browser, all by what a person sees."""

from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.box import Box
from sandbox.cast import READER_ID, SAILOR_ID
from tests.sandbox.web.test_visit import PUSHED, visnyk

__all__ = ["visnyk"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass(frozen=True)
class Words:
    """What a reader of a language presses and sees, and what their outlet tells."""

    user: int
    slug: str
    outlet: str
    # The page's own.
    start: str
    log: str
    entry: str
    reply: str
    # The bot's.
    greeting: str
    follow: str
    followed: str
    read: str
    save: str
    saved: str
    saved_list: str
    filter: str
    filtered: str
    filter_off: str
    keep: str
    kept: str
    digest: str
    hours: str
    hours_told: str
    # Headlines: the first, one that the filter spares, and three that it lets through.
    first: str
    spared: str
    passing: tuple[str, str, str]
    sentence: str


UKRAINIAN = Words(
    user=READER_ID,
    slug="bereg",
    outlet="Вільний Берег",
    start="Почати",
    log="Повідомлення",
    entry="Повідомлення",
    reply="Відповісти",
    greeting="Вісник стежить за новинами",
    follow="➕ Стежити",
    followed="Ви стежите за джерелом Вільний Берег",
    read="📖 Читати",
    save="🔖 Зберегти",
    saved="Збережено. Усе збережене: /saved",
    saved_list="🔖 1 збережена новина",
    filter="/filter трамваї, -ярмарок",
    filtered="З джерела Вільний Берег надходить лише те, що пропускає фільтр: трамваї, -ярмарок",
    filter_off="Прибрати фільтр",
    keep="Потім дайджестом",
    kept="Новини за цей час надійдуть потім дайджестом.",
    digest="2 новини, 2 події",
    hours="/digest 9:00 18:30 будні",
    hours_told="Новини надходять дайджестом у будні: 09:00 і 18:30.",
    first="Новий міст через Лиманку відкрили для трамваїв",
    spared="Маяк на мисі Тихий пофарбували в зелене",
    passing=(
        "У трамваї знайшли віолончель без власника",
        "Трамвай № 7 подовжать до Липової",
        "Водійка трамвая виграла мистецьку премію",
    ),
    sentence="Речення {number} про рейки, які клали одинадцять років і двічі перекладали. ",
)
ENGLISH = Words(
    user=SAILOR_ID,
    slug="harbour",
    outlet="The Harbour Post",
    start="Start",
    log="Messages",
    entry="Message",
    reply="Reply",
    greeting="Visnyk follows the news",
    follow="➕ Follow",
    followed="You now follow The Harbour Post",
    read="📖 Read",
    save="🔖 Save",
    saved="Saved. /saved shows what you have.",
    saved_list="🔖 1 saved article",
    filter="/filter trams, -fair",
    filtered="Of The Harbour Post comes what passes this filter: trams, -fair",
    filter_off="Remove the filter",
    keep="Digest afterwards",
    kept="News of this time comes afterwards as a digest.",
    digest="2 articles, 2 stories",
    hours="/digest 9:00 18:30 weekdays",
    hours_told="News comes as a digest, on weekdays at 09:00 and 18:30.",
    first="New bridge over the Lymanka opens to trams",
    spared="Lighthouse at Cape Tykhyi is painted green",
    passing=(
        "A cello without an owner found on a tram",
        "Line 7 trams to go on to Linden Street",
        "Tram driver wins the arts prize",
    ),
    sentence="Sentence {number} about rails that took eleven years and were laid twice over. ",
)


@dataclass(frozen=True)
class Visit:
    """Somebody before the page, and what they can do there."""

    page: Page
    box: Box
    words: Words

    @property
    def messages(self) -> Locator:
        return self.page.get_by_role("log", name=self.words.log).get_by_role("article")

    @property
    def push(self) -> Locator:
        """The message that brought the first news."""
        reads = self.page.get_by_role("button", name=self.words.read)
        return self.messages.filter(has_text=self.words.first).filter(has=reads)

    async def sees(self, text: str) -> None:
        """The newest message comes to say so."""
        await expect(self.messages.last).to_contain_text(text, timeout=PUSHED)

    async def writes(self, text: str, answer: str) -> None:
        await self.types(text)
        await self.sees(answer)

    async def types(self, text: str) -> None:
        entry = self.page.get_by_role("textbox", name=self.words.entry)
        await entry.fill(text)
        await entry.press("Enter")

    async def presses(self, button: str, message: Locator | None = None) -> None:
        await (message or self.messages.last).get_by_role("button", name=button).click()

    async def is_pushed(self, title: str, lead: str = "") -> None:
        """The outlet has news, and they come."""
        self.box.newsroom.publish(self.words.slug, title=title, lead=lead or f"{title}.")
        push = self.messages.get_by_role("link", name=title)
        await expect(push).to_be_visible(timeout=PUSHED)


@pytest.mark.parametrize("words", [UKRAINIAN, ENGLISH], ids=["uk", "en"])
@pytest.mark.usefixtures("visnyk")
async def test_a_first_visit_from_the_start_to_a_digest(page: Page, box: Box, words: Words) -> None:
    await page.goto(f"{box.url}/?user={words.user}")
    if words is ENGLISH:
        await page.get_by_role("button", name="Switch to English").click()
    visit = Visit(page, box, words)
    await starts_and_adds(visit)
    await visit.is_pushed(words.first, "".join(words.sentence.format(number=each) for each in range(60)))
    await reads_and_saves(visit)
    await filters(visit)
    await gathers(visit)


async def starts_and_adds(visit: Visit) -> None:
    words = visit.words
    await visit.page.get_by_role("button", name=words.start).click()
    await visit.sees(words.greeting)
    await visit.writes(f"{visit.box.url}/news/{words.slug}/", words.outlet)
    newest = visit.box.newsroom.outlet(words.slug).newest
    for article in newest[:3]:
        await expect(visit.messages.last.get_by_role("link", name=article.title).first).to_be_visible()
    await visit.presses(words.follow)
    await visit.sees(words.followed)


async def reads_and_saves(visit: Visit) -> None:
    words = visit.words
    await visit.presses(words.read, visit.push)
    await visit.sees(words.sentence.format(number=0).strip())
    await visit.presses("▶")
    await visit.sees(words.sentence.format(number=59).strip())
    await expect(visit.messages.last).not_to_contain_text(words.sentence.format(number=0).strip())
    await expect(visit.messages.last.get_by_role("button", name="2/2")).to_be_visible()
    await visit.presses(words.save, visit.push)
    await expect(visit.page.get_by_role("status").get_by_text(words.saved)).to_be_visible()
    await visit.writes("/saved", words.saved_list)
    await expect(visit.messages.last.get_by_role("link", name=words.first)).to_be_visible()


async def filters(visit: Visit) -> None:
    """In reply to the push; what came before shows what the filter does, and what comes next that it does."""
    words = visit.words
    await visit.push.hover()
    await visit.presses(words.reply, visit.push)
    await visit.writes(words.filter, words.filtered)
    tried = visit.messages.last
    older = visit.box.newsroom.outlet(words.slug).newest[1]
    await expect(tried).to_contain_text(f"✓ {words.first}")
    await expect(tried).to_contain_text(f"– {older.title}")
    await expect(tried.get_by_role("button", name=words.filter_off)).to_be_visible()
    visit.box.newsroom.publish(words.slug, title=words.spared, lead=f"{words.spared}.")
    await visit.is_pushed(words.passing[0])
    await expect(visit.messages.filter(has_text=words.spared)).to_have_count(0)


async def gathers(visit: Visit) -> None:
    """What comes while the bot is silent, and the hours for every day."""
    words, newsroom = visit.words, visit.box.newsroom
    await visit.writes("/pause 2h", "/resume")
    await visit.presses(words.keep)
    await visit.sees(words.kept)
    for title in words.passing[1:]:
        newsroom.publish(words.slug, title=title, lead=f"{title}.")
    # The check after the next one begins when what that one found is saved.
    await newsroom.requested(words.slug, newsroom.outlet(words.slug).requests + 2)
    await visit.types("/resume")
    # It may overtake the word that the pause is over.
    digest = visit.messages.filter(has_text=words.digest)
    await expect(digest).to_be_visible(timeout=PUSHED)
    for title in words.passing[1:]:
        await expect(visit.messages.filter(has_text=title)).to_have_count(1)
        await expect(digest.get_by_role("link", name=title)).to_be_visible()
    await visit.writes(words.hours, words.hours_told)
