"""The whole bot on one page: which words and buttons lead where."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

from handlers import (
    about_channel,
    broadcast,
    burst,
    channels,
    digest,
    digest_page,
    export,
    filters,
    forget,
    hello,
    help,
    lang,
    less,
    list,
    location,
    more,
    mute,
    mydata,
    opml,
    pages,
    pause,
    popular,
    preview,
    privacy,
    proposal,
    quiet,
    read,
    related,
    reports,
    rights,
    save,
    saved,
    search,
    settings,
    settings_page,
    share,
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
    watch,
)
from handlers.administrators import Need
from handlers.message import Answer, Heard, Question
from handlers.place import Place
from handlers.render import LESS, MORE, MUTE, READ, RELATED, SAVE, STORY
from handlers.services import Services
from handlers.speech import sentence

Handler = Callable[[Question, Services], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `menu` is its line in Telegram's command menu (in English, as the catalogues have it).

    `need`: whose it is, where others are; `need_of_words`: with words behind it. `admin`: it is the operator's.
    `place`: where it is offered. `aliases` are names that are understood, and not shown.
    """

    name: str
    answer: Handler
    menu: str = ""
    need: Need = Need.NOTHING
    admin: bool = False
    place: Place = Place.ANYWHERE
    aliases: tuple[str, ...] = ()
    need_of_words: Need | None = None


COMMANDS = (
    Command("start", start.start),
    Command("sub", sub.sub, sentence("follow a source"), need=Need.CHANGER, aliases=("add", "subscribe", "follow")),
    Command("list", list.list_, sentence("what you follow"), aliases=("feeds",)),
    Command("search", search.search, sentence("find in the news")),
    Command("related", related.related, sentence("more about the same thing")),
    Command("top", top.top, sentence("what most outlets tell")),
    Command("saved", saved.saved, sentence("what you saved")),
    Command(
        "unsub",
        unsub.unsub,
        sentence("stop following"),
        need=Need.CHANGER,
        aliases=("remove", "unsubscribe", "unfollow"),
    ),
    Command("settings", settings.settings, sentence("how news comes, by source too"), need=Need.CHANGER),
    Command("unsub_all", unsub.unsub_all, need=Need.CHANGER),
    Command("share", share.share, sentence("a link for others to follow the same")),
    Command("summary", summary.summary, sentence("how much is told under a headline"), need=Need.CHANGER),
    Command("reports", reports.reports, sentence("each story once, or every report"), need=Need.CHANGER),
    Command("mute", mute.mute, sentence("no more of a story"), need=Need.CHANGER),
    Command("digest", digest.digest, sentence("news together, at your hours"), need=Need.CHANGER),
    Command("quiet", quiet.quiet, sentence("hours without messages"), need=Need.CHANGER),
    Command("pause", pause.pause, sentence("silence for a while"), need=Need.CHANGER),
    Command("resume", pause.resume, sentence("end the pause"), need=Need.CHANGER),
    Command("timezone", timezone.timezone, sentence("your time zone"), need=Need.CHANGER),
    Command("lang", lang.lang, sentence("your language"), need=Need.CHANGER),
    Command("urgent", urgent.urgent, sentence("words whose news comes at once"), need=Need.CHANGER),
    Command("filter", filters.filter_, sentence("what of a source is wanted"), need=Need.CHANGER),
    Command("watch", watch.watch, sentence("words to be told of from all sources"), need=Need.CHANGER),
    Command("watches", watch.watches, sentence("what you watch for")),
    Command("import", opml.import_, sentence("follow the feeds of an OPML file"), need=Need.CHANGER),
    Command("export", export.export, sentence("what you follow, as an OPML file")),
    Command("privacy", privacy.privacy, sentence("what is kept about you")),
    Command("mydata", mydata.mydata, sentence("all that is kept, as a file"), need=Need.ADMINISTRATOR),
    Command("forget", forget.forget, sentence("remove all that is kept"), need=Need.ADMINISTRATOR),
    Command("help", help.give_help, sentence("all commands")),
    Command("story", story.story),
    Command(
        "rights",
        rights.rights,
        sentence("who may change things"),
        place=Place.GROUPS,
        need_of_words=Need.ADMINISTRATOR,
    ),
    Command("channels", channels.channels, sentence("your channels"), place=Place.PRIVATE),
    Command("unwatch", watch.unwatch, need=Need.CHANGER),
    Command("less", less.less, need=Need.CHANGER),
    Command("pages", pages.pages, admin=True),
    Command("stats", stats.stats, admin=True),
    Command("health", stats.health, admin=True),
    Command("broadcast", broadcast.broadcast, admin=True),
)

# Buttons that may carry a channel.
_ABOUT_CHANNELS: dict[str, Handler] = {
    settings_page.SETTINGS: settings.press,
    summary.SUMMARY: summary.choose,
    reports.REPORTS: reports.choose,
    digest.DIGEST: digest.choose,
    quiet.QUIET: quiet.choose,
    pause.PAUSE: pause.choose,
    timezone.TIMEZONE: timezone.choose,
    filters.FILTER: filters.press,
}
# By the name before the first colon of what a button carries.
BUTTONS: dict[str, Handler] = {
    **_ABOUT_CHANNELS,
    about_channel.ABOUT: about_channel.press_about(_ABOUT_CHANNELS),
    RELATED: related.press,
    STORY: story.press,
    READ: read.press,
    SAVE: save.press,
    MORE: more.press,
    MUTE: mute.press,
    mute.MUTES: mute.press_listed,
    saved.SAVED: saved.press,
    burst.BURST: burst.choose,
    digest_page.DIGEST_PAGE: digest_page.leaf,
    search.SEARCH: search.leaf,
    top.TOP: top.leaf,
    list.LIST: list.leaf,
    sub.CHOICE: sub.choose,
    lang.LANGUAGE: lang.choose,
    start.SPEAK: start.speak,
    urgent.URGENT: urgent.press,
    filters.FILTERS: filters.leaf,
    watch.WATCH: watch.press,
    watch.WATCHES: watch.leaf,
    watch.UNWATCH: watch.end,
    LESS: less.press,
    rights.RIGHTS: rights.choose,
    forget.FORGET: forget.confirm,
    start.ADD: start.add,
    popular.POPULAR: popular.popular,
    popular.CATALOGUE: popular.catalogue,
    popular.SECTION: popular.section,
    proposal.FOLLOW: preview.press,
    unsub.UNSUB: unsub.choose,
    unsub.UNSUB_ALL: unsub.confirm,
    share.SHARE: share.choose,
    pages.PAGES: pages.choose,
    broadcast.BROADCAST: broadcast.confirm,
    channels.CHANNEL: channels.press,
}
ADMIN_BUTTONS = frozenset([pages.PAGES, broadcast.BROADCAST])
# Whose a button is, where others are; everybody's, if it is not named here.
NEEDS = {
    MUTE: Need.CHANGER,
    mute.MUTES: Need.CHANGER,
    sub.CHOICE: Need.CHANGER,
    settings_page.SETTINGS: Need.CHANGER,
    lang.LANGUAGE: Need.CHANGER,
    start.SPEAK: Need.CHANGER,
    summary.SUMMARY: Need.CHANGER,
    reports.REPORTS: Need.CHANGER,
    digest.DIGEST: Need.CHANGER,
    quiet.QUIET: Need.CHANGER,
    pause.PAUSE: Need.CHANGER,
    timezone.TIMEZONE: Need.CHANGER,
    urgent.URGENT: Need.CHANGER,
    filters.FILTER: Need.CHANGER,
    watch.WATCH: Need.CHANGER,
    watch.UNWATCH: Need.CHANGER,
    LESS: Need.CHANGER,
    rights.RIGHTS: Need.ADMINISTRATOR,
    forget.FORGET: Need.ADMINISTRATOR,
    proposal.FOLLOW: Need.CHANGER,
    unsub.UNSUB: Need.CHANGER,
    unsub.UNSUB_ALL: Need.CHANGER,
}

_BY_NAME = {name: command for command in COMMANDS for name in (command.name, *command.aliases)}


class Route(NamedTuple):
    """Who answers, the text that is theirs, and what whoever is answered must be."""

    answer: Handler
    text: str
    need: Need = Need.NOTHING


def route(heard: Heard, *, admin: bool) -> Route:
    """Where an update leads. For others than admins, admins' commands don't exist."""
    if heard.arrived:
        return Route(hello.hello, "")
    if heard.press_id:
        return _route_of_press(heard, admin=admin)
    if heard.forwarded_from is not None and not (heard.document and opml.may_be_opml(heard.document)):
        return Route(preview.propose_forwarded, heard.forwarded_from)
    if heard.picked_chat is not None:
        return Route(channels.picked, str(heard.picked_chat))
    if heard.location:
        return Route(location.located, "")
    if not heard.command:
        return Route(opml.receive if heard.document else unknown.words, heard.text)
    command = _BY_NAME.get(heard.command)
    if command is None or (command.admin and not admin):
        return Route(unknown.command, heard.text)
    need = command.need_of_words if heard.text and command.need_of_words else command.need
    if heard.kind == "private" and (of_it := channels.of_a_channel(command.name, heard.text)):
        return Route(of_it, heard.text)
    if heard.kind == "private" and about_channel.is_about_channel(command.name, heard.text):
        return Route(about_channel.about_channel(command.answer), heard.text)
    return Route(command.answer, heard.text, need)


def _route_of_press(heard: Heard, *, admin: bool) -> Route:
    name, _, rest = heard.press.partition(":")
    if name not in BUTTONS or (name in ADMIN_BUTTONS and not admin):
        return Route(unknown.button, rest)
    return Route(BUTTONS[name], rest, NEEDS.get(name, Need.NOTHING))
