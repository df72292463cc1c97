"""What is kept about a chat, for its own eyes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

Plain: TypeAlias = str | int | float | bool | datetime | None
# By kind (chats, subscriptions, deliveries, …), newest first; each with its values by their names.
Kept: TypeAlias = Mapping[str, Sequence[Mapping[str, Plain]]]
