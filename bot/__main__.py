"""`python -m bot run` is `visnyk run`."""

from bot.cli import main

main()
