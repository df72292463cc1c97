"""What keeps the bot from starting ends it at once, with status 2 and a sentence."""

import json
import socket
from errno import EACCES, EPERM

import pytest

from bot.errors import CannotListen
from sandbox.telegram import Telegram, serve
from tests.bot.world import Process, World


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TELEGRAM_TOKEN", "", "TELEGRAM_TOKEN: is missing"),
        ("TELEGRAM_TOKEN", "nonsense", "TELEGRAM_TOKEN: is not a bot's token"),
        ("TELEGRAM_TOKEN", "123456:ABC…", "TELEGRAM_TOKEN: is not a bot's token"),
        ("TELEGRAM_TOKEN", "1:a/../b?x", "TELEGRAM_TOKEN: is not a bot's token"),
        ("TELEGRAM_TOKEN", "１:abc", "TELEGRAM_TOKEN: is not a bot's token"),
        ("TELEGRAM_API_URL", "ftp://x", "TELEGRAM_API_URL: must be an http or https address"),
        ("TELEGRAM_WEB_URL", "t.me", "TELEGRAM_WEB_URL: must be an http or https address"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL: must begin with"),
        ("ADMIN_IDS", "1,bob", "ADMIN_IDS: must be Telegram user ids"),
        ("ACCESS", "invite", "ACCESS: "),
        ("HTTP_PORT", "99999", "HTTP_PORT: "),
        ("HTTP_HOST", "203.0.113.1", "HTTP_HOST: 203.0.113.1 is no address of this machine"),
        ("HTTP_HOST", "999.1.1.1", "HTTP_HOST: 999.1.1.1 is no address of this machine"),
        ("HTTP_HOST", "two..dots", "HTTP_HOST: two..dots is no address of this machine"),
        ("POLL_MIN_SECONDS", "soon", "POLL_MIN_SECONDS: "),
        ("POLL_MAX_SECONDS", "0.5", "POLL_MAX_SECONDS: "),
        ("POLL_MIN_SECONDS", "3", "POLL_MAX_SECONDS: must not be less than POLL_MIN_SECONDS"),
        ("FETCH_PROXY", "socks5://user:hunter2@proxy:1080", "FETCH_PROXY: must be http://host:port or"),
        ("FETCH_PROXY_FILE", "/no/such/file", "FETCH_PROXY_FILE: cannot read"),
        ("SUMMARY_API_URL", "localhost:8080", "SUMMARY_API_URL: must be an http or https address"),
        ("SUMMARY_API_KEY", "hunter2\nX-Other: 1", "SUMMARY_API_KEY: must be of letters, digits and signs alone"),
        ("SUMMARY_API_KEY_FILE", "/no/such/file", "SUMMARY_API_KEY_FILE: cannot read"),
        ("SUMMARY_LANGUAGE", "xx", "SUMMARY_LANGUAGE: "),
        ("SUMMARY_DAILY_LIMIT", "-1", "SUMMARY_DAILY_LIMIT: "),
        ("KEEP_ARTICLES_DAYS", "-1", "KEEP_ARTICLES_DAYS: "),
        ("KEEP_ARTICLES", "many", "KEEP_ARTICLES: "),
        ("CATALOGUE", "/no/such/file", "CATALOGUE: cannot read /no/such/file: "),
        ("CATALOGUE", "/dev/null", "CATALOGUE: /dev/null is not an OPML file"),
        ("DEFAULT_LANGUAGE", "xx", "DEFAULT_LANGUAGE: "),
        ("DEFAULT_TIMEZONE", "Kyiv", "DEFAULT_TIMEZONE: must be a time zone's name"),
        ("IN_DOUBT", "maybe", "IN_DOUBT: "),
        ("NEWS_FOR_HOURS", "0", "NEWS_FOR_HOURS: "),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL: "),
        ("TELEGRAM_TOKEN_FILE", "/no/such/file", "TELEGRAM_TOKEN_FILE: cannot read"),
        ("DATABASE_URL", "sqlite+aiosqlite:////no/such/folder/visnyk.db", "/no/such/folder"),
    ],
)
async def test_wrong_configuration_is_named(process: Process, name: str, value: str, sentence: str) -> None:
    process.environment[name] = value
    status, printed = await process.run("run")
    assert status == 2
    assert sentence in printed
    assert "Traceback" not in printed
    assert "hunter2" not in printed
    assert len(printed.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["run", "start", "healthcheck"])
@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
async def test_a_file_of_settings_in_another_encoding(process: Process, command: str, encoding: str) -> None:
    (process.folder / ".env").write_text("# Мій бот\nTELEGRAM_TOKEN=1:a\n", encoding=encoding)
    del process.environment["TELEGRAM_TOKEN"]
    status, printed = await process.run(command)
    assert (status, printed) == (2, "visnyk: .env: is not a text file in UTF-8\n")


async def test_a_file_of_settings_that_cannot_be_read(process: Process) -> None:
    # Even root gets an error for reading its own memory from the beginning.
    (process.folder / ".env").symlink_to("/proc/self/mem")
    status, printed = await process.run("run")
    assert (status, printed) == (2, "visnyk: .env: cannot be read: Input/output error\n")


async def test_a_file_of_settings_may_begin_with_a_mark_of_its_encoding(process: Process) -> None:
    (process.folder / ".env").write_text("TELEGRAM_TOKEN=nonsense\n", encoding="utf-8-sig")
    del process.environment["TELEGRAM_TOKEN"]
    status, printed = await process.run("run")
    assert status == 2
    assert "TELEGRAM_TOKEN: is not a bot's token" in printed


async def test_every_wrong_name_has_its_line(process: Process) -> None:
    process.environment |= {"ADMIN_IDS": "x", "LOG_LEVEL": "LOUD", "TELEGRAM_TOKEN": ""}
    status, printed = await process.run("run")
    assert status == 2
    assert len(printed.strip().splitlines()) == 3


async def test_a_token_that_telegram_refuses(stage: World, process: Process) -> None:
    async with serve(Telegram(token="1:another")) as other:
        process.environment["TELEGRAM_API_URL"] = other.url
        status, printed = await process.run("run")
    assert status == 2
    assert "refuses this token" in printed
    assert process.environment["TELEGRAM_TOKEN"] not in printed


async def test_a_port_in_use(process: Process) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process.environment["HTTP_PORT"] = str(taken.getsockname()[1])
        status, printed = await process.run("run")
    assert status == 2
    assert "HTTP_PORT: " in printed
    assert "is in use" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("number", [EACCES, EPERM])
def test_a_port_that_the_system_forbids_is_the_ports_trouble(number: int) -> None:
    assert str(CannotListen("127.0.0.1", 80, number)).startswith("HTTP_PORT: 127.0.0.1:80 is not for this user")


async def test_a_demo_on_a_port_in_use(process: Process) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, printed = await process.run("demo", "--port", str(taken.getsockname()[1]))
    assert status == 2
    assert "is in use, perhaps by another sandbox" in printed
    assert len(printed.strip().splitlines()) == 1
    assert not (process.folder / ".demo").exists()


@pytest.mark.parametrize("port", ["99999", "-1"])
async def test_a_demo_on_a_port_that_is_none(process: Process, port: str) -> None:
    status, printed = await process.run("demo", "--port", port)
    assert status == 2
    assert "--port" in printed
    assert "Traceback" not in printed


async def test_a_telegram_out_of_reach_is_told_with_its_address_and_the_cause(process: Process) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = process.environment["TELEGRAM_API_URL"] = f"http://127.0.0.1:{closed.getsockname()[1]}"
    process.environment["LOG_FORMAT"] = "json"
    told = json.loads(await process.says("telegram_unreachable"))
    assert (told["address"], told["error"]) == (url, "NotSent")
    assert "Connect call failed" in told["detail"]


async def test_a_second_instance_on_the_same_database(world: World, process: Process) -> None:
    status, printed = await process.run("run")
    assert status == 2
    assert "Traceback" not in printed
    assert len(printed.strip().splitlines()) == 1


async def test_the_version_and_the_token_from_a_file(stage: World, process: Process) -> None:
    status, printed = await process.run("--version")
    assert (status, printed.strip()) == (0, "visnyk 0.1.0")
    secret = stage.folder / "token"
    secret.write_text(process.environment.pop("TELEGRAM_TOKEN") + "\n")
    process.environment["TELEGRAM_TOKEN_FILE"] = str(secret)
    await process.start()
    reader = stage.telegram.user(7)
    await reader.says("/start")
    await reader.expects("Вісник", timeout=30)
    assert await process.terminate() == 0
