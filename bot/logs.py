"""Logs: text on a terminal, JSON elsewhere, and no token in either."""

import logging
import re
import sys
from collections.abc import Callable, Collection
from typing import Any

import structlog

_TOKEN = re.compile(r"(?<=bot)\d+:[^/\s\"']+|(?<!\d)\d{1,20}:[A-Za-z0-9_-]{20,}")
_PASSWORD = re.compile(r"(://[^:/@\s]+:)[^@/\s]+@")


# Libraries that say at INFO what only their authors want to know.
_NOISY = ("apscheduler", "aiosqlite", "telegram", "aiohttp.access", "alembic", "trafilatura", "htmldate")


def set_up_logs(level: str, form: str, secrets: Collection[str] = ()) -> None:
    """Send all logs of the process to standard error. `form` is auto, text or json; `secrets` never appear."""
    handler = logging.StreamHandler(sys.stderr)
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler.setFormatter(_formatter(as_text, secrets))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def _common() -> list[Any]:
    """What every line gets, ours and the libraries'."""
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _text() -> structlog.dev.ConsoleRenderer:
    """Lines for people; a file gets no colours."""
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _formatter(as_text: bool, secrets: Collection[str]) -> logging.Formatter:
    renderer = _text() if as_text else structlog.processors.JSONRenderer(ensure_ascii=False)
    closing: list[Any] = [structlog.processors.format_exc_info, blotter(secrets), renderer]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_common(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *closing],
    )


def blotter(secrets: Collection[str]) -> Callable[[Any, str, dict[str, Any]], dict[str, Any]]:
    """A processor that blots out these secrets, and whatever looks like a bot's token or a password in an address."""

    def blotted(text: str) -> str:
        for secret in filter(None, secrets):
            text = text.replace(secret, "***")
        return _PASSWORD.sub(r"\1***@", _TOKEN.sub("***", text))

    def blot(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
        return {key: blotted(value) if isinstance(value, str) else value for key, value in event.items()}

    return blot
