import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.address import normal_address
from news.errors import BadChannel
from news.sites import feed_address

CHANNEL = "UC" + "a" * 22

RULES = [
    # YouTube
    (f"youtube.com/channel/{CHANNEL}", f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"),
    (f"www.youtube.com/channel/{CHANNEL}/videos", f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"),
    ("www.youtube.com/user/suspilne", "https://www.youtube.com/feeds/videos.xml?user=suspilne"),
    ("m.youtube.com/playlist?list=PLabc-1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabc-1"),
    ("www.youtube.com/playlist?a=b&list=PL1&c=d", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
    # Reddit
    ("www.reddit.com/r/ukraine/", "https://www.reddit.com/r/ukraine/.rss"),
    ("old.reddit.com/r/ukraine+kyiv", "https://www.reddit.com/r/ukraine+kyiv/.rss"),
    ("reddit.com/r/ukraine/new/?sort=a", "https://www.reddit.com/r/ukraine/new/.rss"),
    ("reddit.com/user/spez", "https://www.reddit.com/user/spez/.rss"),
    ("reddit.com/u/spez/", "https://www.reddit.com/user/spez/.rss"),
    # GitHub
    ("github.com/python/cpython", "https://github.com/python/cpython/releases.atom"),
    ("github.com/python/cpython.git", "https://github.com/python/cpython/releases.atom"),
    ("github.com/python/cpython/releases?page=2", "https://github.com/python/cpython/releases.atom"),
    ("github.com/python/cpython/tags", "https://github.com/python/cpython/tags.atom"),
    ("github.com/python/cpython/commits", "https://github.com/python/cpython/commits.atom"),
    ("github.com/python/cpython/commits/3.13/", "https://github.com/python/cpython/commits/3.13.atom"),
    ("github.com/gvanrossum", "https://github.com/gvanrossum.atom"),
    # GitLab, Codeberg
    ("gitlab.com/inkscape/inkscape", "https://gitlab.com/inkscape/inkscape/-/releases.atom"),
    ("gitlab.com/a/b/c/-/releases", "https://gitlab.com/a/b/c/-/releases.atom"),
    ("gitlab.com/a/b/-/tags", "https://gitlab.com/a/b/-/tags?format=atom"),
    ("gitlab.com/a/b/-/commits/main", "https://gitlab.com/a/b/-/commits/main?format=atom"),
    ("codeberg.org/forgejo/forgejo", "https://codeberg.org/forgejo/forgejo/releases.rss"),
    ("codeberg.org/forgejo/forgejo/releases", "https://codeberg.org/forgejo/forgejo/releases.rss"),
    ("codeberg.org/forgejo/forgejo/tags", "https://codeberg.org/forgejo/forgejo/tags.rss"),
    # Mastodon, Bluesky
    ("mastodon.social/@Gargron", "https://mastodon.social/@Gargron.rss"),
    ("social.network.europa.eu/@EU_Commission/", "https://social.network.europa.eu/@EU_Commission.rss"),
    ("bsky.app/profile/bsky.app", "https://bsky.app/profile/bsky.app/rss"),
    (
        "bsky.app/profile/did:plc:fdme4gb7mu7zrie7peay7tst",
        "https://bsky.app/profile/did:plc:fdme4gb7mu7zrie7peay7tst/rss",
    ),
    # Blogs
    ("medium.com/@ev", "https://medium.com/feed/@ev"),
    ("medium.com/netflix-techblog", "https://medium.com/feed/netflix-techblog"),
    ("medium.com/tag/python", "https://medium.com/feed/tag/python"),
    ("ev.medium.com", "https://ev.medium.com/feed"),
    ("garymarcus.substack.com/archive", "https://garymarcus.substack.com/feed"),
    ("staff.tumblr.com", "https://staff.tumblr.com/rss"),
    ("staff.tumblr.com/tagged/news", "https://staff.tumblr.com/tagged/news/rss"),
    ("www.tumblr.com/blog/staff", "https://staff.tumblr.com/rss"),
    ("discover.wordpress.com", "https://discover.wordpress.com/feed/"),
    ("discover.wordpress.com/category/art/", "https://discover.wordpress.com/category/art/feed/"),
    ("buzz.blogspot.com", "https://buzz.blogspot.com/feeds/posts/default"),
    # Others
    ("stackoverflow.com/questions/tagged/python", "https://stackoverflow.com/feeds/tag/python"),
    ("unix.stackexchange.com/questions/tagged/bash", "https://unix.stackexchange.com/feeds/tag/bash"),
    ("arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"),
    ("news.ycombinator.com", "https://news.ycombinator.com/rss"),
    ("lobste.rs/t/python", "https://lobste.rs/t/python.rss"),
    ("vimeo.com/channels/staffpicks", "https://vimeo.com/channels/staffpicks/videos/rss"),
    ("pypi.org/project/aiohttp/", "https://pypi.org/rss/project/aiohttp/releases.xml"),
    ("crates.io/crates/serde", "https://static.crates.io/rss/crates/serde.xml"),
    ("store.steampowered.com/app/620/Portal_2/", "https://store.steampowered.com/feeds/news/app/620/"),
    # Telegram
    ("t.me/suspilnenews", "https://t.me/s/suspilnenews"),
    ("t.me/SuspilneNews/123?single", "https://t.me/s/suspilnenews"),
    ("t.me/s/suspilnenews", "https://t.me/s/suspilnenews"),
    ("t.me/s/suspilnenews/123", "https://t.me/s/suspilnenews"),
    ("telegram.me/suspilnenews", "https://t.me/s/suspilnenews"),
    ("suspilnenews.t.me", "https://t.me/s/suspilnenews"),
]

NO_RULE = [
    "outlet.example",
    "outlet.example/@",
    "github.com",
    "github.com/features/actions",
    "github.com/topics/python",
    "github.com/trending",
    "github.com/python/cpython/issues/1",
    "www.youtube.com/@suspilne",
    "www.youtube.com/watch?v=abc",
    "www.tiktok.com/@suspilne",
    "medium.com/@ev/a-story-123",
    "medium.com/search?q=a",
    "reddit.com",
    "reddit.com/r/ukraine/comments/1/a",
    "mastodon.social/@Gargron/123",
    "mastodon.social/@Gargron@other.example",
    "staff.tumblr.com/post/1",
    "nottumblr.com",
    "evil.example/github.com/a/b",
    "github.com.evil.example/a/b",
]


@pytest.mark.parametrize(("address", "feed"), RULES)
def test_a_rule_turns_an_address_into_its_feed(address: str, feed: str) -> None:
    assert feed_address(normal_address(f"https://{address}")) == feed
    assert feed_address(normal_address(f"http://{address}")) == feed


@pytest.mark.parametrize("feed", sorted({feed for _, feed in RULES}))
def test_a_feed_stays_what_it_is(feed: str) -> None:
    assert normal_address(feed) == feed
    assert feed_address(feed) == feed


@pytest.mark.parametrize("address", NO_RULE)
def test_without_a_rule_an_address_stays_what_it_is(address: str) -> None:
    normal = normal_address(f"https://{address}")
    assert feed_address(normal) == normal


@pytest.mark.parametrize(
    "path",
    [
        "",
        "+AbCdEf123456",
        "joinchat/AbCdEf",
        "addstickers/cats",
        "share/url?url=a",
        "c/1234567890/5",
        "ab",
        "1channel",
        "s",
    ],
)
def test_telegrams_links_to_no_public_channel_are_refused(path: str) -> None:
    with pytest.raises(BadChannel):
        feed_address(f"https://t.me/{path}")


def test_previews_may_be_read_elsewhere() -> None:
    assert feed_address("https://t.me/bereg/5", "http://127.0.0.1:8090") == "http://127.0.0.1:8090/s/bereg"


@given(st.text(alphabet="abc/@.?=-_", max_size=20), st.sampled_from(RULES))
def test_what_a_rule_gives_no_other_changes(rest: str, rule: tuple[str, str]) -> None:
    address = normal_address(f"https://{rule[0].partition('/')[0]}/{rest}")
    try:
        feed = feed_address(address)
    except BadChannel:
        return
    assert normal_address(feed)
    assert feed_address(feed) == feed
