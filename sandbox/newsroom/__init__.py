"""A sample newsroom: invented outlets that publish by themselves, or as a test tells them to.

newsroom = Newsroom()
async with serve(newsroom) as server:
    newsroom.publish("bereg", title="Пором вийшов у море", lead="…", body=("…",))
    newsroom.outlet("bereg").fails_with(503, times=2)
    newsroom.publish_event(outlets=3)
    await newsroom.requested("bereg")

What a server may do instead of answering is in `behaviour`; thousands of feeds on hosts of their own in `crowd`.
"""

from sandbox.newsroom.article import Article
from sandbox.newsroom.live import Pace
from sandbox.newsroom.newsroom import Newsroom
from sandbox.newsroom.outlet import Outlet
from sandbox.newsroom.preview import Preview
from sandbox.newsroom.profile import OUTLETS, Profile
from sandbox.newsroom.web import Server, routes, serve

__all__ = ["OUTLETS", "Article", "Newsroom", "Outlet", "Pace", "Preview", "Profile", "Server", "routes", "serve"]
