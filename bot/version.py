"""Who we are: the version as installed, and how publishers see us."""

from importlib.metadata import version

PROJECT_URL = "https://github.com/visnyk/visnyk"


def program_version() -> str:
    """The version, as pyproject.toml has it."""
    return version("visnyk")


def user_agent() -> str:
    """An honest User-Agent: name, version, and where to read about us."""
    return f"visnyk/{program_version()} (+{PROJECT_URL})"
