"""Which addresses Telegram takes for a link, and how it writes them."""

import re
from ipaddress import IPv6Address

_TG = re.compile(r"(?:tg|ton):(?://)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"(?:mailto|tel):.+", re.IGNORECASE)
_WEB = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<user>[^/?#@]*@)?(?P<host>\[[0-9a-f:.]+\]|[^/?#:@\s]*)"
    r"(?::(?P<port>\d+))?(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


class WrongLink(ValueError):
    """An address Telegram makes no link of; the text is Telegram's own reason."""


def checked_link(url: str) -> str:
    """The address as Telegram keeps it; raises WrongLink.

    Web addresses need a dot in the host's name, as Telegram wants it: `http://localhost/` is none.
    """
    url = url.strip()
    if _TG.fullmatch(url):
        return url
    web = _WEB.fullmatch(url)
    if web is None:
        raise WrongLink("Wrong HTTP URL")
    return _web_link(web)


def link_of_text(url: str) -> str | None:
    """The address of a link within a text, or None: there a wrong address only loses its link."""
    if _PLAIN.fullmatch(url):
        return url
    try:
        return checked_link(url)
    except WrongLink:
        return None


def _is_ipv6(host: str) -> bool:
    try:
        IPv6Address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _web_link(web: re.Match[str]) -> str:
    scheme = (web["scheme"] or "http").lower()
    host = web["host"].lower()
    if scheme not in ("http", "https"):
        raise WrongLink("Unsupported URL protocol")
    if not host:
        raise WrongLink("URL host is empty")
    if not (_is_ipv6(host) if host.startswith("[") else "." in host):
        raise WrongLink("Wrong HTTP URL")
    rest = web["rest"] or "/"
    port = f":{web['port']}" if web["port"] else ""
    return f"{scheme}://{web['user'] or ''}{host}{port}{rest if rest.startswith('/') else '/' + rest}"
