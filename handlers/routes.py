"""The whole bot on one page: which words and buttons lead where."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers import (
    broadcast,
    burst,
    digest,
    digest_page,
    forget,
    list,
    mydata,
    opml,
    pages,
    pause,
    privacy,
    quiet,
    related,
    search,
    start,
    stats,
    story,
    sub,
    summary,
    timezone,
    top,
    unknown,
    unsub,
    urgent,
)
from handlers.message import Answer, Heard, Question
from handlers.render import RELATED, STORY
from handlers.services import Services
from handlers.speech import sentence

Handler = Callable[[Question, Services], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `menu` is its line in Telegram's command menu (in English, as the catalogues have it)."""

    name: str
    answer: Handler
    menu: str = ""
    admin: bool = False


COMMANDS = (
    Command("start", start.start),
    Command("sub", sub.sub, sentence("follow a source")),
    Command("list", list.list_, sentence("what you follow")),
    Command("search", search.search, sentence("find in the news")),
    Command("related", related.related, sentence("more about the same thing")),
    Command("top", top.top, sentence("what most outlets tell")),
    Command("unsub", unsub.unsub, sentence("stop following")),
    Command("summary", summary.summary, sentence("how much is told under a headline")),
    Command("digest", digest.digest, sentence("news together, at your hours")),
    Command("quiet", quiet.quiet, sentence("hours without messages")),
    Command("pause", pause.pause, sentence("silence for a while")),
    Command("resume", pause.resume, sentence("end the pause")),
    Command("timezone", timezone.timezone, sentence("your time zone")),
    Command("urgent", urgent.urgent, sentence("words whose news comes at once")),
    Command("import", opml.import_, sentence("follow the feeds of an OPML file")),
    Command("privacy", privacy.privacy, sentence("what is kept about you")),
    Command("mydata", mydata.mydata, sentence("all that is kept, as a file")),
    Command("forget", forget.forget, sentence("remove all that is kept")),
    Command("help", start.give_help, sentence("all commands")),
    Command("story", story.story),
    Command("pages", pages.pages, admin=True),
    Command("stats", stats.stats, admin=True),
    Command("health", stats.health, admin=True),
    Command("broadcast", broadcast.broadcast, admin=True),
)

# By the name before the first colon of what a button carries.
BUTTONS = {
    RELATED: related.press,
    STORY: story.press,
    burst.BURST: burst.choose,
    digest_page.DIGEST_PAGE: digest_page.leaf,
    search.SEARCH: search.leaf,
    list.LIST: list.leaf,
    sub.CHOICE: sub.choose,
    summary.SUMMARY: summary.choose,
    digest.DIGEST: digest.choose,
    quiet.QUIET: quiet.choose,
    pause.PAUSE: pause.choose,
    timezone.TIMEZONE: timezone.choose,
    urgent.URGENT: urgent.press,
    forget.FORGET: forget.confirm,
    pages.PAGES: pages.choose,
    broadcast.BROADCAST: broadcast.confirm,
}
ADMIN_BUTTONS = frozenset([pages.PAGES, broadcast.BROADCAST])

_BY_NAME = {command.name: command for command in COMMANDS}


def route(heard: Heard, *, admin: bool) -> tuple[Handler, str]:
    """Who answers, and the text that is theirs. For others than admins, admins' commands don't exist."""
    if heard.press_id:
        name, _, rest = heard.press.partition(":")
        hidden = name in ADMIN_BUTTONS and not admin
        return (unknown.button if hidden else BUTTONS.get(name, unknown.button)), rest
    if heard.forwarded_from is not None and not (heard.document and opml.may_be_opml(heard.document)):
        return sub.forwarded, heard.forwarded_from
    if not heard.command:
        return (opml.receive if heard.document else unknown.words), heard.text
    command = _BY_NAME.get(heard.command)
    if command is None or (command.admin and not admin):
        return unknown.command, heard.text
    return command.answer, heard.text
