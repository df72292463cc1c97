"""Where a command is offered."""

from enum import Enum, auto


class Place(Enum):
    """Where a command is in the menu and in /help; typed, it is answered wherever it makes sense."""

    ANYWHERE = auto()
    PRIVATE = auto()
    GROUPS = auto()
    OPERATOR = auto()  # in the private chat with one of the operators
