"""Sites whose feeds are found by a rule that the site documents: pure, one line a rule.

A rule is asked instead of the page, so it saves a request and finds feeds that pages don't name.
"""

import re
from urllib.parse import urlsplit

from news.channel import TELEGRAM, channel_at, preview_of

# Pages of GitHub's own, where others have their names.
_NOBODY = (
    r"(?!(?:about|account|apps|codespaces|collections|contact|customer-stories|dashboard|enterprise|events|explore|"
    r"features|issues|join|login|logout|marketplace|new|notifications|organizations|orgs|pricing|pulls|readme|"
    r"resources|search|security|settings|signup|site|solutions|sponsors|stars|team|topics|trending|users)(?:[/?]|$))"
)
_NOT_MASTODON = r"(?!(?:[\w-]+\.)*(?:youtube|medium|tiktok|threads|substack|producthunt|vk|flipboard)\.\w+/)"

# From an address without scheme, "www." and closing slash, to the feed.
_RULES = tuple(
    (re.compile(rf"{pattern}/?(?:\?.*)?", re.IGNORECASE), feed)
    for pattern, feed in [
        # https://developers.google.com/youtube/v3/guides/push_notifications; pages of @handles name theirs.
        (
            r"(?:m\.)?youtube\.com/channel/(UC[\w-]{22})(?:/\w*)?",
            r"https://www.youtube.com/feeds/videos.xml?channel_id=\1",
        ),
        (r"(?:m\.)?youtube\.com/user/([\w.-]+)(?:/\w*)?", r"https://www.youtube.com/feeds/videos.xml?user=\1"),
        (
            r"(?:m\.)?youtube\.com/playlist\?(?:.*&)?list=([\w-]+)(?:&.*)?",
            r"https://www.youtube.com/feeds/videos.xml?playlist_id=\1",
        ),
        # https://www.reddit.com/wiki/rss
        (
            r"(?:\w+\.)?reddit\.com/r/([\w+]+)(/(?:new|hot|top|rising|controversial))?",
            r"https://www.reddit.com/r/\1\2/.rss",
        ),
        (r"(?:\w+\.)?reddit\.com/u(?:ser)?/([\w-]+)(?:/submitted)?", r"https://www.reddit.com/user/\1/.rss"),
        # https://docs.github.com/rest/activity/feeds
        (
            rf"github\.com/{_NOBODY}([\w-]+)/([\w.-]+?)(?:\.git)?(?:/releases)?",
            r"https://github.com/\1/\2/releases.atom",
        ),
        (rf"github\.com/{_NOBODY}([\w-]+)/([\w.-]+)/tags", r"https://github.com/\1/\2/tags.atom"),
        (rf"github\.com/{_NOBODY}([\w-]+)/([\w.-]+)/commits", r"https://github.com/\1/\2/commits.atom"),
        (
            rf"github\.com/{_NOBODY}([\w-]+)/([\w.-]+)/commits/([^?]+?)(?<!\.atom)",
            r"https://github.com/\1/\2/commits/\3.atom",
        ),
        (rf"github\.com/{_NOBODY}([\w-]+)", r"https://github.com/\1.atom"),
        # https://docs.gitlab.com/user/project/releases
        (r"gitlab\.com/((?!explore/|users/|groups/|help/)[\w.-]+/[\w.-]+)", r"https://gitlab.com/\1/-/releases.atom"),
        (r"gitlab\.com/([^?]+)/-/releases", r"https://gitlab.com/\1/-/releases.atom"),
        (r"gitlab\.com/([^?]+)/-/(tags|commits/[^?]+?)", r"https://gitlab.com/\1/-/\2?format=atom"),
        # https://forgejo.org/docs/latest/user/feeds (Codeberg's program)
        (r"codeberg\.org/((?!explore/)[\w.-]+/[\w.-]+?)(?:/releases)?", r"https://codeberg.org/\1/releases.rss"),
        (r"codeberg\.org/([\w.-]+/[\w.-]+)/tags", r"https://codeberg.org/\1/tags.rss"),
        # https://docs.joinmastodon.org/user/profile; other programs of the fediverse do as Mastodon
        (rf"{_NOT_MASTODON}([\w.-]+\.\w+)/@(\w+)", r"https://\1/@\2.rss"),
        # https://bsky.social/about/blog/12-21-2023-butterfly
        (r"bsky\.app/profile/([\w.:-]+)", r"https://bsky.app/profile/\1/rss"),
        # https://help.medium.com/hc/en-us/articles/214874118
        (r"medium\.com/(@[\w.-]+|tag/[\w-]+)", r"https://medium.com/feed/\1"),
        (
            r"medium\.com/((?!about|creators|feed|gift|jobs|m|me|membership|new-story|p|search|tag)[\w-]+)",
            r"https://medium.com/feed/\1",
        ),
        (r"([\w-]+)\.medium\.com", r"https://\1.medium.com/feed"),
        # https://support.substack.com/hc/en-us/articles/360038239391
        (r"([\w-]+)\.substack\.com(?:/archive)?", r"https://\1.substack.com/feed"),
        # https://help.tumblr.com
        (r"(?!www\.)([\w-]+)\.tumblr\.com(/tagged/[^/?]+)?", r"https://\1.tumblr.com\2/rss"),
        (r"tumblr\.com/blog/(?:view/)?([\w-]+)", r"https://\1.tumblr.com/rss"),
        # https://wordpress.com/support/feeds
        (r"([\w-]+)\.wordpress\.com((?:/(?:category|tag|author)/[^/?]+)?)", r"https://\1.wordpress.com\2/feed/"),
        # https://support.google.com/blogger/answer/97933
        (r"([\w-]+\.blogspot\.(?:com?(?:\.\w\w)?|\w\w))", r"https://\1/feeds/posts/default"),
        # https://stackoverflow.com/feeds
        (
            r"((?:[\w-]+\.)?(?:stackoverflow|stackexchange|superuser|serverfault|askubuntu)\.com)/questions/tagged/([^/?]+)",
            r"https://\1/feeds/tag/\2",
        ),
        # https://info.arxiv.org/help/rss.html
        (r"arxiv\.org/list/([\w.-]+)(?:/(?:new|recent|current|pastweek))?", r"https://rss.arxiv.org/rss/\1"),
        # The line "RSS" at the foot of its pages; so has Lobsters.
        (r"news\.ycombinator\.com(?:/news)?", r"https://news.ycombinator.com/rss"),
        (r"lobste\.rs(/t/[\w,-]+)", r"https://lobste.rs\1.rss"),
        # https://help.vimeo.com
        (r"vimeo\.com/channels/([\w-]+)", r"https://vimeo.com/channels/\1/videos/rss"),
        # https://docs.pypi.org/api/feeds
        (r"pypi\.org/project/([\w.-]+)", r"https://pypi.org/rss/project/\1/releases.xml"),
        # https://crates.io/data-access
        (r"crates\.io/crates/([\w-]+)", r"https://static.crates.io/rss/crates/\1.xml"),
        # https://partner.steamgames.com
        (r"store\.steampowered\.com/app/(\d+)(?:/\w*)?", r"https://store.steampowered.com/feeds/news/app/\1/"),
    ]
)


def feed_address(address: str, telegram: str = TELEGRAM) -> str:
    """The feed that a rule gives for a normal address; the address itself where there is no rule.

    A channel's is its preview at `telegram`. Raises BadChannel for a link of Telegram's to no public channel.
    """
    if channel := channel_at(address):
        return preview_of(channel, telegram)
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    plain = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"
    ruled = (match.expand(feed) for pattern, feed in _RULES if (match := pattern.fullmatch(plain)))
    return next(ruled, address)
