"""Methods by which a bot says where its updates are to be brought."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sandbox.telegram.methods.updating import remember_allowed
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.refusal import Json, Remarked, bad_request
from sandbox.telegram.webhook import Webhook
from sandbox.visitors import LOOPBACK

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
MAX_SECRET = 256
MOST_CONNECTIONS = 100


def set_webhook(telegram: "Telegram", parameters: Parameters) -> Remarked:
    """setWebhook; an empty address takes it away"""
    url = parameters.text("url")
    webhook = _webhook(url, parameters) if url else None
    remember_allowed(telegram, parameters)
    return _set(telegram, parameters, webhook)


def delete_webhook(telegram: "Telegram", parameters: Parameters) -> Remarked:
    """deleteWebhook"""
    return _set(telegram, parameters, None)


def get_webhook_info(telegram: "Telegram", parameters: Parameters) -> Json:
    """getWebhookInfo"""
    webhook, failure = telegram.hook.webhook, telegram.hook.failure
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates.pending),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
    if webhook and failure:
        info |= {"last_error_date": int(failure.at), "last_error_message": failure.message}
    return info | ({"allowed_updates": list(telegram.updates.allowed)} if telegram.updates.allowed else {})


def _set(telegram: "Telegram", parameters: Parameters, webhook: Webhook | None) -> Remarked:
    done = "set" if webhook else "deleted"
    if parameters.boolean("drop_pending_updates"):
        telegram.confirm_updates(telegram.updates.last_id + 1)
    return Remarked(True, f"Webhook was {done}" if telegram.hook.set(webhook) else f"Webhook is already {done}")


def _webhook(url: str, parameters: Parameters) -> Webhook:
    secret = parameters.text("secret_token")
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.integer("max_connections", 40)
    return Webhook(_address(url), secret, min(max(connections, 1), MOST_CONNECTIONS))


def _address(url: str) -> str:
    """The address, if it is on this machine: the sandbox sends nothing anywhere else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if host not in LOOPBACK:
        raise bad_request("bad webhook: this sandbox brings updates to loopback addresses only")
    return url
