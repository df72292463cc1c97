"""/help: the commands that work where it is asked, by sections. A new command adds its line here."""

from typing import NamedTuple

from handlers.message import Answer, Message, Question
from handlers.place import Place
from handlers.services import Services
from handlers.speech import Html, sentence, speech_for


class Line(NamedTuple):
    """What commands do, and where they are offered."""

    text: str
    place: Place = Place.ANYWHERE


class Section(NamedTuple):
    """A title, and the lines under it."""

    title: str
    lines: tuple[Line, ...]


SECTIONS = (
    Section(
        sentence("<b>Sources</b>"),
        (
            Line(
                sentence(
                    "/sub <i>address or @channel</i> – follow a site, a feed, or a public Telegram channel; in private "
                    "the address alone shows it first"
                )
            ),
            Line(
                sentence(
                    "/sub <i>address</i> private – only you will see and find it; likewise an address with a password"
                ),
                Place.PRIVATE,
            ),
            Line(
                sentence(
                    "/unsub <i>number or address</i>, or in reply to a message – stop following; /unsub_all – all of it"
                )
            ),
            Line(sentence("/list – what you follow, with numbers, and how it is doing")),
            Line(sentence("/share <i>number</i> – a link for others to follow the same")),
            Line(sentence("/import – follow the feeds of an OPML file; sending the file will do"), Place.PRIVATE),
            Line(sentence("/import – in reply to an OPML file: follow its feeds"), Place.GROUPS),
            Line(sentence("/export – what you follow, as such a file")),
        ),
    ),
    Section(
        sentence("<b>Reading</b>"),
        (
            Line(
                sentence(
                    '/search <i>words</i> – find articles; words are found in any form. <code>"a phrase"</code>, '
                    "<code>-without</code>, <code>title:</code>, <code>source:</code>, <code>lang:</code>, "
                    "<code>since:3d</code> narrow it; /search alone shows examples"
                )
            ),
            Line(
                sentence(
                    "/related – in reply to a message, or with an article's address: more about the same thing; "
                    "/story – all who report it"
                )
            ),
            Line(sentence("/top <i>hours</i> – the stories that most outlets tell now")),
            Line(
                sentence(
                    "/settings – how news comes: summaries, pictures, previews, sound, hashtags; with a number, or in "
                    "reply to a message, for one source"
                )
            ),
            Line(sentence("/saved <i>words</i> – what you saved, or what of it has these words")),
            Line(sentence("/summary – how much is told under a headline: nothing, a little, or more")),
            Line(sentence("/reports – each story once, or every report of it")),
            Line(sentence("/urgent <i>words</i> – what comes at once, in quiet hours and between digests too")),
            Line(
                sentence(
                    "/filter <i>number words</i> – what of a source you want; in reply to a message no number is needed"
                )
            ),
            Line(sentence("/less – in reply to a message: less like this")),
            Line(
                sentence("/watch <i>words</i> – news with them from all sources, past filters; /watches – all of these")
            ),
            Line(sentence("@{bot} <i>words</i> – in any chat: find an article and send it there")),
        ),
    ),
    Section(
        sentence("<b>Your peace</b>"),
        (
            Line(sentence("/digest <i>9:00 18:30 weekdays</i> – news comes together at these hours")),
            Line(sentence("/quiet <i>22:00-7:00</i> – nothing comes between these hours")),
            Line(
                sentence(
                    "/mute – in reply to a message: no more of its story, for a day, a week or for good; alone: what "
                    "is muted"
                )
            ),
            Line(sentence("/pause <i>2h</i> or <i>until 8:00</i>, /resume – silence for a while")),
            Line(sentence("/timezone <i>city</i> – your time zone; /lang – your language")),
        ),
    ),
    Section(
        sentence("<b>In a group</b>"),
        (Line(sentence("/rights <i>all</i> or <i>admins</i> – who may change things"), Place.GROUPS),),
    ),
    Section(
        sentence("<b>In a channel</b>"),
        (
            Line(sentence("/channels – your channels, and what they follow"), Place.PRIVATE),
            Line(
                sentence(
                    "/sub, /list, /unsub, /settings, /filter, /digest <i>@channel …</i> – the same for a channel, "
                    "sent here"
                ),
                Place.PRIVATE,
            ),
        ),
    ),
    Section(
        sentence("<b>For you as the operator</b>"),
        (
            Line(sentence("/stats, /health – the service in figures, and how it is doing"), Place.OPERATOR),
            Line(sentence("/pages <i>number</i> – whether a source's article pages are fetched"), Place.OPERATOR),
            Line(sentence("/broadcast <i>text</i> – a message to all chats"), Place.OPERATOR),
        ),
    ),
    Section(
        sentence("<b>Your data</b>"),
        (
            Line(
                sentence(
                    "/privacy – what is kept, and for how long; /mydata – all of it as a file; /forget – remove it"
                )
            ),
        ),
    ),
)
LAST = sentence(
    "Each story comes as one message; what was published before you subscribed is not sent, but is found by /search."
)


async def give_help(question: Question, services: Services) -> Answer:
    """List the commands that there are for whoever asks, where they ask."""
    speech, heard = speech_for(question.chat), question.heard
    private = question.chat.kind == "private"
    here = {Place.ANYWHERE, Place.PRIVATE if private else Place.GROUPS}
    if private and heard.user_id in services.admin_ids:
        here.add(Place.OPERATOR)
    blocks = []
    for section in SECTIONS:
        lines = [speech.say(one.text, bot=services.username()) for one in section.lines if one.place in here]
        if lines:
            blocks.append("\n".join([speech.say(section.title), *lines]))
    return Answer(Message(Html("\n\n".join([*blocks, speech.say(LAST)]))), menu=True)
