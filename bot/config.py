"""Configuration: environment variables, or `.env`; every name is told in .env.example."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from handlers.speech import LANGUAGES
from news.channel import TELEGRAM as CHANNELS
from news.errors import BadAddress, NotOpml
from news.opml import Section, read_catalogue
from news.way import read_proxy

ENV_FILE = ".env"
TELEGRAM = "https://api.telegram.org"
SECRETS = ("telegram_token", "database_url", "fetch_proxy", "summary_api_key")
# It is a part of an address, so what would lead to another one is none; whether it is good only Telegram knows.
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
Kind = TypeVar("Kind", bound="Listening")


class ConfigError(Exception):
    """Configuration that can't be used: `lines` has one sentence for each wrong name."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


class Listening(BaseSettings):
    """Where the service's own HTTP side listens; no other name has to be right for it."""

    # Some editors put a mark before the text that would be taken for a part of the first name.
    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True, frozen=True
    )

    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=0, le=65_535)


class Settings(Listening):
    """What an operator decides. Times are in seconds. A secret may come from a file, named by NAME_FILE."""

    telegram_token: str = Field(repr=False)
    telegram_api_url: str = TELEGRAM
    telegram_web_url: str = CHANNELS
    database_url: str = Field("sqlite+aiosqlite:///visnyk.db", repr=False)
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    access: Literal["open"] = "open"
    poll_min_seconds: float = Field(120, ge=1)
    poll_max_seconds: float = Field(21_600, ge=1)
    fetch_private_networks: bool = False
    fetch_proxy: str | None = Field(None, repr=False)
    summary_api_url: str | None = Field(None, repr=False)
    summary_api_key: str | None = Field(None, repr=False)
    summary_model: str | None = None
    summary_language: Literal["article", "chat"] = "article"
    summary_daily_limit: int = Field(1_000, ge=0)
    keep_articles_days: int = Field(365, ge=0, le=36_500)
    keep_articles: int = Field(1_000_000, ge=0)
    catalogue: Annotated[tuple[Section, ...], NoDecode] = Field((), repr=False)
    reading: Literal["lead", "full"] = "lead"
    default_language: Literal[LANGUAGES] = "uk"  # type: ignore[valid-type]
    default_timezone: str = "Europe/Kyiv"
    paid_broadcast: bool = False
    in_doubt: Literal["repeat", "drop"] = "repeat"
    news_for_hours: float = Field(24, gt=0, le=8760)
    pace_second: float = Field(1.0, gt=0, le=60)
    pace_minute: float = Field(60.0, gt=0, le=3600)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "text", "json"] = "auto"
    telegram_token_file: Path | None = None
    database_url_file: Path | None = None
    fetch_proxy_file: Path | None = None
    summary_api_key_file: Path | None = None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What never appears in a log."""
        return (self.telegram_token, self.fetch_proxy or "", self.summary_api_key or "")

    @model_validator(mode="before")
    @classmethod
    def _secrets_from_files(cls, given: dict[str, Any]) -> dict[str, Any]:
        named = {name: given.get(f"{name}_file") for name in SECRETS}
        return {**given, **{name: _content(name, path) for name, path in named.items() if path}}

    @field_validator("telegram_token")
    @classmethod
    def _has_form_of_token(cls, token: str) -> str:
        if not TOKEN.fullmatch(token.strip()):
            raise ValueError("is not a bot's token: it has the form 123456:ABC…, as @BotFather gives it")
        return token.strip()

    @field_validator("telegram_api_url", "telegram_web_url", "summary_api_url")
    @classmethod
    def _is_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("must be an http or https address")
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_known_engine(cls, url: str) -> str:
        if not url.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
        return url

    @field_validator("fetch_proxy")
    @classmethod
    def _is_proxy(cls, address: str | None) -> str | None:
        try:
            return None if address is None else read_proxy(address)
        except BadAddress:
            raise ValueError("must be http://host:port or http://name:password@host:port") from None

    @field_validator("summary_api_key")
    @classmethod
    def _fits_a_header(cls, key: str | None) -> str | None:
        if key is not None and not re.fullmatch(r"[!-~]+", key.strip()):
            raise ValueError("must be of letters, digits and signs alone, without spaces")
        return key and key.strip()

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _are_numbers(cls, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        ids = [part.strip() for part in text.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in ids):
            raise ValueError("must be Telegram user ids, numbers with commas between them")
        return frozenset(int(part) for part in ids)

    @field_validator("catalogue", mode="before")
    @classmethod
    def _is_catalogue(cls, path: Any) -> Any:
        if not isinstance(path, str | Path):
            return path
        try:
            return read_catalogue(Path(path).read_bytes())
        except OSError as error:
            raise ValueError(f"cannot read {path}: {error.strerror}") from error
        except NotOpml:
            raise ValueError(f"{path} is not an OPML file") from None

    @field_validator("default_timezone")
    @classmethod
    def _is_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("must be a time zone's name such as Europe/Kyiv") from error
        return name

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: Any) -> Any:
        return level.upper() if isinstance(level, str) else level

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "Settings":
        if self.poll_max_seconds < self.poll_min_seconds:
            raise ValueError("POLL_MAX_SECONDS: must not be less than POLL_MIN_SECONDS")
        return self


def read_settings(**given: Any) -> Settings:
    """The settings of this process; raises ConfigError with one line for each wrong name.

    What is `given` goes before the environment and `.env`.
    """
    return _read(Settings, given)


def read_listening() -> Listening:
    """Where a service with this process's configuration listens; raises ConfigError as read_settings does."""
    return _read(Listening, {})


def _read(kind: type[Kind], given: dict[str, Any]) -> Kind:
    try:
        return kind(**given)
    except ValidationError as error:
        raise ConfigError(_line(detail) for detail in error.errors()) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{ENV_FILE}: is not a text file in UTF-8"]) from None
    except OSError as error:
        raise ConfigError([f"{ENV_FILE}: cannot be read: {error.strerror}"]) from None


def _content(name: str, path: str | Path) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        raise ValueError(f"{name.upper()}_FILE: cannot read {path}: {reason}") from error


def _line(detail: Any) -> str:
    """One sentence about one wrong name; never its value, which may be a secret."""
    name = str(detail["loc"][0]).upper() if detail["loc"] else ""
    if detail["type"] == "missing":
        return f"{name}: is missing; @BotFather gives one, and without it `visnyk demo` shows the bot"
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{name}: {message[0].lower()}{message[1:]}" if name else message
