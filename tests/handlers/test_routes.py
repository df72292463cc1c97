"""Whose each command and button is: a new one makes somebody think about it."""

from handlers.administrators import Need
from handlers.routes import ADMIN_BUTTONS, BUTTONS, COMMANDS, NEEDS


def test_of_commands_these_are_everybodys_in_a_group() -> None:
    asking = {each.name for each in COMMANDS if each.need is Need.NOTHING and not each.admin}
    assert asking == {
        "start",
        "list",
        "search",
        "related",
        "top",
        "story",
        "rights",
        "export",
        "help",
        "privacy",
        "share",
        "channels",
        "saved",
        "watches",
    }


def test_of_buttons_these_are_everybodys_in_a_group() -> None:
    asking = BUTTONS.keys() - NEEDS.keys() - ADMIN_BUTTONS
    assert asking == {
        "rel",
        "story",
        "many",
        "dpage",
        "find",
        "top",
        "list",
        "add",
        "pop",
        "cat",
        "sec",
        "share",
        "chan",
        "about",
        "read",
        "save",
        "more",
        "saved",
        "filters",
        "watches",
    }


def test_what_a_button_needs_is_said_of_no_other() -> None:
    assert NEEDS.keys() <= BUTTONS.keys()
