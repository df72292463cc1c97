"""Why the service can't start, as a tree; each is one sentence for the operator and ends it with status 2.

CannotStart
├── CannotListen      HTTP_HOST:HTTP_PORT is taken or not ours
├── CannotShow        the demo's sandbox can't be opened
└── TokenRefused      Telegram doesn't know the token
"""


class CannotStart(Exception):
    """The service can't start as it is configured."""


class CannotListen(CannotStart):
    """The health endpoint's address can't be taken."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"HTTP_PORT: {host}:{port} is in use, or no address of this machine; set another port (0 takes a free one)"
        )


class CannotShow(CannotStart):
    """The demo's sandbox can't be opened; it says why itself."""


class TokenRefused(CannotStart):
    """The Bot API server at this address refuses the token, or is none."""

    def __init__(self, url: str) -> None:
        super().__init__(f"TELEGRAM_TOKEN: {url} refuses this token; @BotFather gives the right one")
