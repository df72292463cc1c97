"""When two entries are the same article: the names (keys) an entry goes by, and the hash of what it says."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from news.feed import Entry

# Parameters that say how a reader came, not what is read.
_TRACKING = re.compile(
    r"^(utm_\w+|_?hs\w+|mc_[ce]id|(fb|g|y|ms|tw|dc|tt|wbra|gbra)clid|(wbra|gbra)id|fb_\w+|igshid|_openstat|yclid|ysclid|"
    r"cmp(id)?|ns_\w+|xtor|at_(medium|campaign|custom\d|link\w*)|pk_\w+|mtm_\w+|piwik_\w+|wt_mc|"
    r"spm|smid|ref(_?src|errer)?|rss)$",
    re.IGNORECASE,
)
_TRACKING_FRAGMENT = re.compile(r"^(utm_|xtor|rss|ref|from|at_)", re.IGNORECASE)


def clean_link(link: str) -> str:
    """A link without what merely tracks the reader."""
    parts = urlsplit(link)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(name)]
    query = parts.query if len(kept) == parts.query.count("&") + 1 else urlencode(kept)
    fragment = "" if _TRACKING_FRAGMENT.match(parts.fragment) else parts.fragment
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))


def link_key(link: str) -> str:
    """What all spellings of one page's address share: http or https, www, slash, order of parameters."""
    parts = urlsplit(clean_link(link))
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return urlunsplit(("", host, parts.path.rstrip("/"), query, parts.fragment)).removeprefix("//")


def entry_keys(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """For every entry of one feed body the keys it goes by, the most trusted first.

    A guid is trusted unless the body gives it to several pages, a link unless it is the home page or the body
    gives it to several guids (or, without those, to several titles); an entry with neither goes by its title.
    """
    guids = [_guid_key(entry.guid) for entry in entries]
    links = [_page_key(entry.link) for entry in entries]
    titles = [f"title:{_digest(entry.title.casefold())}" for entry in entries]
    links_of, guids_of = _partners(guids, links, titles), _partners(links, guids, titles)
    return [
        _trusted(guid, link, links_of, guids_of) or (title,)
        for guid, link, title in zip(guids, links, titles, strict=True)
    ]


def are_told_apart(entries: Sequence[Entry]) -> bool:
    """Whether every entry goes by a guid or a page, and by no other's."""
    guids = [key for entry in entries if (key := _guid_key(entry.guid))]
    pages = [key for entry in entries if (key := _page_key(entry.link))]
    named = all(_guid_key(entry.guid) or _page_key(entry.link) for entry in entries)
    return named and len({*guids}) == len(guids) and len({*pages}) == len(pages)


def page_key(keys: Sequence[str]) -> str | None:
    """Of an entry's keys the one that feeds of the same outlet share: its page's, where that is trusted."""
    return next((key for key in keys if key.startswith("link:")), None)


def key_of_page(link: str) -> str | None:
    """The key of the page at this address, None where it names no page of its own."""
    return _page_key(link)


def with_page(keys: tuple[str, ...], canonical: str | None) -> tuple[str, ...]:
    """An entry's keys, and the address that its page itself goes by, the least trusted: many pages name a wrong one."""
    key = _page_key(canonical)
    return keys if key is None or key in keys else (*keys, key)


def fingerprint(entry: Entry) -> str:
    """A hash of what an entry says, 128 bits as hex; its date and its link's decoration do not count."""
    said = "\0".join((entry.title, entry.description, entry.content, entry.image or ""))
    return _digest(said)


def _tracks(name: str) -> bool:
    return _TRACKING.match(name) is not None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _guid_key(guid: str | None) -> str | None:
    if not guid or not guid.strip():
        return None
    name = link_key(guid) if guid.startswith(("http://", "https://")) and _is_splittable(guid) else guid.strip()
    return f"guid:{_digest(name)}"


def _page_key(link: str | None) -> str | None:
    if link is None or not _is_splittable(link):
        return None
    name = link_key(link)
    return f"link:{_digest(name)}" if re.search(r"[/?]", name) else None


def _is_splittable(link: str) -> bool:
    try:
        urlsplit(link)
    except ValueError:
        return False
    return True


def _partners(
    names: Sequence[str | None], partners: Sequence[str | None], titles: Sequence[str]
) -> dict[str, set[str]]:
    """What each name is given to: pages or guids, or titles where there is nothing better to tell entries apart."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, partner, title in zip(names, partners, titles, strict=True):
        if name:
            found[name].add(partner or title)
    return found


def _trusted(
    guid: str | None, link: str | None, links_of: dict[str, set[str]], guids_of: dict[str, set[str]]
) -> tuple[str, ...]:
    trusted = [guid] if guid and len(links_of[guid]) == 1 else []
    if link and len(guids_of[link]) == 1:
        trusted.append(link)
    return tuple(trusted)


def without_repeats(keys: Sequence[tuple[str, ...]]) -> list[int]:
    """The positions of entries that no earlier entry of the body already stands for."""
    seen: Counter[str] = Counter()
    kept = []
    for position, names in enumerate(keys):
        if not any(seen[name] for name in names):
            kept.append(position)
        seen.update(names)
    return kept
