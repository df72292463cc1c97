"""What is wrong with a feed, in a sentence: what happened, and what to do."""

from urllib.parse import urlsplit

from handlers.speech import Html, Speech, sentence
from news.address import host_of
from news.channel import named_in_path
from news.errors import Problem
from news.text import shortened

LONGEST_HOST = 60

SENTENCES = {
    Problem.UNKNOWN_HOST: sentence("There is no site named {host}. Check the address."),
    Problem.REFUSED_ADDRESS: sentence("{host} is not an address on the open internet."),
    Problem.MISSING: sentence("{host} has nothing at this address. Check it, or send the site's."),
    Problem.GONE: sentence("{host} has taken this feed away for good."),
    Problem.DENIED: sentence("{host} does not let this bot read that page."),
    Problem.NOT_A_FEED: sentence(
        "There is no news feed at {host}: the page names none. Send the address of its RSS feed if you know it."
    ),
    Problem.NO_PREVIEW: sentence(
        "Telegram shows no posts of @{channel} on the web, so they can't be followed. Only public channels can."
    ),
    Problem.UNREACHABLE: sentence("{host} does not answer."),
    Problem.TOO_SLOW: sentence("{host} does not answer in time."),
    Problem.TOO_LARGE: sentence("What {host} sends is too large for a news feed."),
    Problem.TOO_MANY_REDIRECTS: sentence("{host} sends from one address to the next without end."),
    Problem.TOO_MANY_REQUESTS: sentence("{host} asks to be read less often."),
    Problem.SERVER_TROUBLE: sentence("The server of {host} has a fault."),
    Problem.NO_WAY_OUT: sentence("This bot can't get through to {host} now, and that is no fault of the site's."),
    Problem.OUR_FAULT: sentence("What {host} sends could not be dealt with, and that is our fault."),
}


# Behind a secret it has to be the feed itself: no page is searched for one.
OF_PRIVATE = {
    Problem.DENIED: sentence("{host} does not accept this address and password. Send them anew with /sub."),
    Problem.NOT_A_FEED: sentence(
        "There is no news feed at {host} itself. For a private one send the feed's own address, not the site's."
    ),
}


def why(problem: Problem, url: str, speech: Speech, *, private: bool = False) -> Html:
    """The sentence for a problem at an address; who follows a `private` feed has a key that may be wrong."""
    said = (OF_PRIVATE.get(problem) if private else None) or SENTENCES[problem]
    host, channel = shortened(host_of(url), LONGEST_HOST), named_in_path(urlsplit(url).path)
    return speech.say(said, host=host, channel=channel)
