"""The web chat: a page without a build step, and the routes that serve it."""

from sandbox.web.page import routes

__all__ = ["routes"]
