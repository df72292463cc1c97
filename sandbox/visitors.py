"""Who may ask the sandbox: programs on this machine and its own pages, not what some site has a browser ask."""

from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def why_misnamed(request: web.Request) -> str | None:
    """Why a request under this host name gets no answer, in a sentence; None for the names of this machine itself.

    A name that merely resolves to it may be a site's own, which a browser then takes for the sandbox's pages.
    """
    return None if _host(request.host) in LOOPBACK else "The sandbox answers on loopback addresses only."


def why_foreign(request: web.Request) -> str | None:
    """Why a request is not let in, in a sentence; None for one that is.

    A name that merely resolves to this machine is foreign, and so is what a browser says comes from another site.
    """
    if sentence := why_misnamed(request):
        return sentence
    origin = request.headers.get("Origin")
    another = origin is not None and origin.partition("://")[2] != request.host
    if another or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return "The sandbox answers its own pages only."
    return None


def _host(netloc: str) -> str:
    try:
        return (urlsplit(f"//{netloc}").hostname or "").lower()
    except ValueError:
        return ""
