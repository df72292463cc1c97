"""Whose articles a chat sees: those of all public feeds, and of the private ones that it follows."""

from sqlalchemy import ColumnElement, Select, select

from storage.tables import articles, secrets, subscriptions


def visible_to(viewer: int | None) -> ColumnElement[bool]:
    """Whether the chat of this id, or with None whoever it may be, may see the article."""
    return articles.c.feed_id.not_in(hidden_from(viewer))


def hidden_from(viewer: int | None) -> Select[int]:
    """The private feeds that the chat does not follow: all of them for one that nobody knows."""
    if viewer is None:
        return select(secrets.c.feed_id)
    follows = (subscriptions.c.feed_id == secrets.c.feed_id, subscriptions.c.chat_id == viewer)
    return select(secrets.c.feed_id).where(~select(1).where(*follows).correlate(secrets).exists())
