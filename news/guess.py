"""Where a site's feed often is though no page names it: pure."""

from itertools import islice
from urllib.parse import urljoin

MOST_GUESSES = 8
_NAMES = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed/")


def well_known(page: str) -> list[str]:
    """Addresses to try for the feed of a page's site, the likely ones first: in the page's folder and at the top."""
    folders = dict.fromkeys([urljoin(page, "."), urljoin(page, "/")])
    return list(islice((urljoin(folder, name) for name in _NAMES for folder in folders), MOST_GUESSES))
