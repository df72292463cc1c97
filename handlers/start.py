"""/start and /help: what this is, and what to do next."""

from handlers.message import Answer, Message, Question
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for


async def start(question: Question, services: Services) -> Answer:
    """Greet in one screen, and say what to do next."""
    speech = speech_for(question.chat)
    return Answer(
        Message(
            speech.say(
                "Visnyk follows the news and sends them here. Send the address of a site or a feed – "
                "or a command:\n\n"
                "/sub <i>address</i> – follow a source\n"
                "/list – what you follow\n"
                "/search <i>words</i> – find in the news\n"
                "/help – all commands"
            )
        ),
        menu=True,
    )


async def give_help(question: Question, services: Services) -> Answer:
    """List the commands."""
    speech = speech_for(question.chat)
    return Answer(Message(Html(f"{_commands(speech, services.username())}\n\n{_about_data(speech)}")), menu=True)


def _about_data(speech: Speech) -> Html:
    return speech.say(
        "<b>Your data</b>\n"
        "/privacy – what is kept, and for how long; /mydata – all of it as a file; /forget – remove it"
    )


def _commands(speech: Speech, bot: str) -> Html:
    return speech.say(
        "<b>Sources</b>\n"
        "/sub <i>address or @channel</i> – follow a site, a feed, or a public Telegram channel\n"
        "/sub <i>address</i> private – only you will see and find it; likewise an address with a password\n"
        "/unsub <i>number or address</i> – stop following\n"
        "/list – what you follow, with numbers\n"
        "/import – follow the feeds of an OPML file; sending the file will do\n"
        "/export – what you follow, as such a file\n\n"
        "<b>Reading</b>\n"
        "/search <i>words</i> – find articles; words are found in any form. "
        '<code>"a phrase"</code>, <code>-without</code>, <code>title:</code>, <code>source:</code>, '
        "<code>lang:</code>, <code>since:3d</code> narrow it; /search alone shows examples\n"
        "/related – in reply to a message, or with an article's address: more about the same thing\n"
        "/top <i>hours</i> – the stories that most outlets tell now\n"
        "/summary – how much is told under a headline: nothing, a little, or more\n"
        "/reports – each story once, or every report of it\n"
        "/urgent <i>words</i> – what comes at once, in quiet hours and between digests too\n"
        "/filter <i>number words</i> – what of a source you want; in reply to a message no number is needed\n"
        "/less – in reply to a message: less like this\n"
        "/watch <i>words</i> – news with them from all sources, past filters; /watches – all of these\n"
        "@{bot} <i>words</i> – in any chat: find an article and send it there\n\n"
        "<b>Your peace</b>\n"
        "/digest <i>9:00 18:30 weekdays</i> – news comes together at these hours\n"
        "/quiet <i>22:00-7:00</i> – nothing comes between these hours\n"
        "/pause <i>2h</i> or <i>until 8:00</i>, /resume – silence for a while\n"
        "/timezone <i>city</i> – your time zone\n\n"
        "<b>In a group</b>\n"
        "/rights – who may change things\n\n"
        "Each story comes as one message; what was published before you subscribed is not sent, "
        "but is found by /search.",
        bot=bot,
    )
