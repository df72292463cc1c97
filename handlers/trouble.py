"""What is wrong with a feed, in a sentence: what happened, and what to do."""

from handlers.speech import Html, Speech
from news.address import host_of
from news.errors import Problem


def why(problem: Problem, url: str, speech: Speech) -> Html:
    """The sentence for a problem at an address."""
    host = host_of(url)
    match problem:
        case Problem.UNKNOWN_HOST:
            return speech.say("There is no site named {host}. Check the address.", host=host)
        case Problem.REFUSED_ADDRESS:
            return speech.say("{host} is not an address on the open internet.", host=host)
        case Problem.MISSING:
            return speech.say("{host} has nothing at this address. Check it, or send the site's.", host=host)
        case Problem.GONE:
            return speech.say("{host} has taken this feed away for good.", host=host)
        case Problem.DENIED:
            return speech.say("{host} does not let this bot read that page.", host=host)
        case Problem.NOT_A_FEED:
            return speech.say(
                "There is no news feed at {host}: the page names none. "
                "Send the address of its RSS feed if you know it.",
                host=host,
            )
        case _:
            return _passing(problem, host, speech)


def _passing(problem: Problem, host: str, speech: Speech) -> Html:
    match problem:
        case Problem.TOO_SLOW:
            return speech.say("{host} does not answer in time.", host=host)
        case Problem.TOO_LARGE:
            return speech.say("What {host} sends is too large for a news feed.", host=host)
        case Problem.TOO_MANY_REDIRECTS:
            return speech.say("{host} sends from one address to the next without end.", host=host)
        case Problem.TOO_MANY_REQUESTS:
            return speech.say("{host} asks to be read less often.", host=host)
        case Problem.SERVER_TROUBLE:
            return speech.say("The server of {host} has a fault.", host=host)
        case _:
            return speech.say("{host} does not answer.", host=host)
