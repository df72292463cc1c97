"""Logs: text on a terminal, JSON elsewhere, and no token in either."""

import logging
import re
import sys
from typing import Any

import structlog

_TOKEN = re.compile(r"\b\d{1,20}:[A-Za-z0-9_-]{6,}")
_PASSWORD = re.compile(r"(://[^:/@\s]+:)[^@/\s]+@")


def set_up_logs(level: str, form: str) -> None:
    """Send all logs of the process to standard error. `form` is auto, text or json."""
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    closing: list[Any] = [structlog.processors.format_exc_info, without_secrets]
    renderer = structlog.dev.ConsoleRenderer() if as_text else structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *closing, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in (
        "apscheduler",
        "aiosqlite",
        "telegram",
        "aiohttp.access",
        "alembic",
        "trafilatura",
        "htmldate",
    ):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def without_secrets(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blot out anything that looks like a bot's token or a password in an address."""
    return {key: _blotted(value) if isinstance(value, str) else value for key, value in event.items()}


def _blotted(text: str) -> str:
    return _PASSWORD.sub(r"\1***@", _TOKEN.sub("***", text))
