"""Somebody who tries everything the bot offers, in their language, and takes pictures of what it answers."""

import asyncio
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

from sandbox.box import Box
from sandbox.telegram import Player
from sandbox.telegram.messages import Message
from sandbox.telegram.people import Chat

MESSAGES = Path(__file__).parent / "messages"
PATIENCE = 60.0
# A moment for what slides and fades.
SETTLED = 250
# Few colours, where there is no photograph, take a third of the room in a file.
COLOURS = 256


@dataclass(frozen=True)
class Tongue:
    """A reader's language, and the outlets in it: the one that tells first, and one that tells the same later."""

    code: str
    locale: str
    reader: str
    neighbour: str
    first: str
    second: str
    # What the page calls its list of chats, and the button that shows it.
    chats: str
    show_chats: str


TONGUES = (
    Tongue("uk", "uk-UA", "Олена", "Тарас", "bereg", "misto", "Чати", "Показати чати"),
    Tongue("en", "en-GB", "Emma", "Anna", "harbour", "tideline", "Chats", "Show chats"),
)


@dataclass
class Walk:
    """Somebody who tries everything, and the page on which it is seen."""

    box: Box
    page: Page
    player: Player
    neighbour: Player
    tongue: Tongue
    # How much of what the bot said is heard, by chat.
    heard: dict[int, int] = field(default_factory=dict)

    def of(self, ukrainian: str, english: str) -> str:
        """What this reader says or sees."""
        return ukrainian if self.tongue.code == "uk" else english

    async def says(
        self, text: str, chat: Chat | None = None, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """Write, and wait for the answer."""
        self._forget(chat)
        await self.player.says(text, chat, reply_to=reply_to, thread=thread)
        return await self.told(chat)

    async def presses(self, button: tuple[str, str], message: Message) -> Message:
        """Press a button, and wait for what comes of it."""
        self._forget()
        await self.player.presses(self.of(*button), message, timeout=PATIENCE)
        return await self.told()

    async def told(self, chat: Chat | None = None, wanted: str = "") -> Message:
        """What the bot says next, with these words in it."""
        there = chat.id if chat else self.player.id
        async with asyncio.timeout(PATIENCE):
            while True:
                said = self.box.telegram.said(there)
                for place in range(self.heard.get(there, 0), len(said)):
                    if wanted in said[place].text:
                        self.heard[there] = place + 1
                        return said[place]
                await self.box.telegram.changed.rung()

    def _forget(self, chat: Chat | None = None) -> None:
        """What was said before is no answer to what comes now."""
        there = chat.id if chat else self.player.id
        self.heard[there] = len(self.box.telegram.said(there))

    def publishes(self, outlet: str, told: tuple[str, str, str], topic: str) -> None:
        """An outlet has news: headline, lead and text."""
        title, lead, text = told
        self.box.newsroom.publish(outlet, title=title, lead=f"{lead} {text}".strip(), topic=topic)

    async def checked(self, outlet: str) -> None:
        """Wait until all that the outlet published by now is saved."""
        await self.box.newsroom.requested(outlet, self.box.newsroom.outlet(outlet).requests + 2)

    async def takes(self, name: str, message: Message) -> None:
        """A picture of a message as it stands now."""
        seen = self.page.locator(f"#message-{message.id}")
        await seen.wait_for()
        await self.page.wait_for_timeout(SETTLED)
        shot = Image.open(BytesIO(await seen.screenshot()))
        photographs = await seen.locator("img").count()
        file = MESSAGES / f"{name}.{self.tongue.code}.png"
        (shot if photographs else shot.quantize(COLOURS)).save(file, optimize=True)

    async def goes_to(self, chat: str) -> None:
        """Open another chat on the page."""
        await self.page.get_by_role("button", name=self.tongue.show_chats).click()
        chats = self.page.get_by_role("navigation", name=self.tongue.chats)
        await chats.get_by_role("button", name=re.compile(rf"^\s*{re.escape(chat)}")).click()
