"""Why the service can't start, as a tree; each is one sentence for the operator and ends it with status 2.

CannotStart
├── CannotListen      HTTP_PORT is taken or forbidden, or HTTP_HOST is not ours
├── CannotShow        the demo's sandbox can't be opened
└── TokenRefused      Telegram doesn't know the token
"""

from errno import EACCES, EADDRINUSE, EPERM

_PORT_TROUBLE = {EADDRINUSE: "is in use", EACCES: "is not for this user", EPERM: "is not for this user"}


class CannotStart(Exception):
    """The service can't start as it is configured."""


class CannotListen(CannotStart):
    """The health endpoint's address can't be taken, for a reason that the system gives by its `number`, if any."""

    def __init__(self, host: str, port: int, number: int | None) -> None:
        if number in _PORT_TROUBLE:
            sentence = f"HTTP_PORT: {host}:{port} {_PORT_TROUBLE[number]}; set another port (0 takes a free one)"
        else:
            sentence = f"HTTP_HOST: {host} is no address of this machine; 127.0.0.1 always is, 0.0.0.0 means all it has"
        super().__init__(sentence)


class CannotShow(CannotStart):
    """The demo's sandbox can't be opened; it says why itself."""


class TokenRefused(CannotStart):
    """The Bot API server at this address refuses the token, or is none."""

    def __init__(self, url: str) -> None:
        super().__init__(f"TELEGRAM_TOKEN: {url} refuses this token; @BotFather gives the right one")
