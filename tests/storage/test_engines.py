"""The same articles and the same queries: both engines find the same, in the same order."""

import random
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st

from news.article import NewArticle
from news.lemmas import lemmas
from news.misspelling import suggest
from news.query import Query, parse_query
from news.rank import Found, rank
from news.secret import Secret
from storage.database import open_database
from storage.store import Store, store_on
from tests.postgres import new_database
from tests.storage.given import NOW, Given, after, article

_WORDS = """
уряд урядові рада ради міністрів міністр бюджет бюджету проєкт проєкту зв'язок Київ Києва київський F-16 Су-35
літаки прибули президент Зеленський війна мир новий нові зміни і у на до вчора сьогодні 2027 NATO law laws Stadt Städte
"""
_QUERIES = """
уряд | рада міністрів | "рада міністрів" | "проєкт бюджету" -війна | title:бюджет | title:"рада міністрів" | і | і у
уряд sort:new | Київ since:2d | бюджет until:5h since:1d | lang:en law | lang:de | -уряд | F-16 | літаки -F-16
source:друга рада | source:a.example | "літаки F-16" | кенгуру | title:і -title:у | "і у" війна | зв’язок
"нові урядові зміни" | президентт | рада source:nobody | 2027 NATO lang:uk
"""
WORDS = _WORDS.split()
QUERIES = [query for line in _QUERIES.splitlines() for query in line.split(" | ")]


def corpus(seed: int, number: int = 400) -> list[NewArticle]:
    """Articles made of few words, so that all of them and many phrases are common; some stories, some twins."""
    drawn, made = random.Random(seed), []
    for n in range(number):
        language = drawn.choice(["uk", "uk", "uk", "en", "de"])
        title, text = (" ".join(drawn.choices(WORDS, k=length)) for length in (4, drawn.randint(5, 40)))
        moment = NOW - timedelta(minutes=drawn.randrange(6000))
        terms = {"title_lemmas": tuple(lemmas(title, language)), "text_lemmas": tuple(lemmas(text, language))}
        plain = article(f"{seed} {n}", title=title, text=text, language=language, published_at=moment, **terms)
        made.append(replace(plain, story_id=seed * 1000 + n % 150 + 1))
    return made


async def stocked(store: Store) -> int:
    """A store with the corpus in two feeds and a private one of the reader's, whose id is given."""
    given = Given(store)
    reader = await given.chat(1)
    first = await given.feed("https://a.example/", reader)
    second = replace(await given.feed("https://b.example/"), title="Друга газета")
    private = await given.private_feed(Secret("https://c.example/?token=hush"), reader)
    for seed, feed in enumerate((first, second, private), 1):
        await given.published(feed, *corpus(seed))
    return reader.id


@pytest.fixture
async def both(template_file: Path, tmp_path: Path, server: Any, template: str) -> AsyncIterator[list[Store]]:
    """Two stores with the same in them, one on each engine."""
    shutil.copy(template_file, tmp_path / "visnyk.db")
    urls = [f"sqlite+aiosqlite:///{tmp_path / 'visnyk.db'}", new_database(server, template=template)]
    databases = [await open_database(url) for url in urls]
    stores = [store_on(database) for database in databases]
    assert [await stocked(store) for store in stores] == [1, 1]
    yield stores
    for database in databases:
        await database.close()


async def found(store: Store, query: Query, viewer: int | None, *, mine: bool, limit: int) -> list[Found]:
    hits = await store.articles.matches(query, limit=limit, viewer=viewer, mine=mine)
    return rank(query, hits, now=NOW)


async def test_both_engines_find_the_same_in_the_same_order(both: list[Store]) -> None:
    some = 0
    for asked in QUERIES:
        query = parse_query(asked, now=NOW)
        for viewer, mine, limit in ((None, False, 500), (1, False, 500), (1, True, 500), (1, False, 20)):
            one, other = [await found(store, query, viewer, mine=mine, limit=limit) for store in both]
            assert one == other, asked
            some += bool(one)
    assert some > len(QUERIES) * 2


async def test_both_find_what_a_look_at_every_article_finds(both: list[Store]) -> None:
    everything = [one for seed in (1, 2) for one in corpus(seed)]
    for asked in (
        '"рада міністрів"',
        '"проєкт бюджету" -війна',
        "title:бюджет",
        "і у",
        "Київ since:2d",
        "літаки -F-16",
    ):
        query = parse_query(asked, now=NOW)
        wanted = sorted(n for n, one in enumerate(everything, 1) if _has(one, query))
        for store in both:
            hits = await store.articles.matches(query, limit=2_000)
            assert sorted(hit.id for hit in hits) == wanted, asked


def _has(one: NewArticle, query: Query) -> bool:
    title, text = (f" {' '.join(terms)} " for terms in (one.title_lemmas, one.text_lemmas))
    both = f"{title}|{text}"

    def holds(terms: str, pattern: frozenset[tuple[str, ...]]) -> bool:
        return any(f" {' '.join(sequence)} " in terms for sequence in pattern)

    return (
        all(holds(both, pattern) for pattern in query.words)
        and all(holds(title, pattern) for pattern in query.titled)
        and not any(holds(both, pattern) for pattern in query.without)
        and (query.since is None or one.published_at >= query.since)
    )


async def test_both_mend_the_same_misspelling_and_tell_nothing_of_private_feeds(both: list[Store]) -> None:
    hidden = article("h", title_lemmas=("таємниця",), published_at=after(1))
    for store in both:
        feed = await store.feeds.find(Secret("https://c.example/?token=hush").name)
        assert feed is not None
        await store.feeds.save_check(feed, new=[hidden])

        async def meant(asked: str, viewer: int | None, store: Store = store) -> str | None:
            return await suggest(store.articles, parse_query(asked, now=NOW), viewer=viewer, now=NOW)

        assert await meant("презедент", None) == "президент"
        assert await meant("зиленський lang:uk", None) == "зеленський lang:uk"
        assert await meant(",.l;tn", None) in (None, "бюджет")
        assert await meant("кенгуру", None) is None
        assert await meant("тайємниця", 1) == "таємниця"
        assert await meant("тайємниця", None) is None


SIGNS = "- \" « » : title: source: lang: since:1d until:2h sort:new ( ) * ^ NEAR AND OR NOT { } % ' \\ & | ! <-> :*"
HARSH = ["\ud800", "\u202e", "\0", "\ue000f1", "\ue001рада", "a" * 200, "title:" * 20, '"' * 30, "0" * 40, "(a+)+$"]


typed = st.lists(st.sampled_from([*SIGNS.split(), *HARSH, *WORDS]) | st.text(max_size=12), max_size=14).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@examples(
    asked=st.lists(st.sampled_from([*SIGNS.split(), *HARSH, *WORDS]) | st.text(max_size=12), max_size=14).map(" ".join)
)
async def test_whatever_is_asked_both_answer_the_same(both: list[Store], asked: str) -> None:
    query = parse_query(asked, now=NOW)
    one, other = [await found(store, query, 1, mine=False, limit=500) for store in both]
    assert one == other


async def test_ten_thousand_words_are_answered(both: list[Store]) -> None:
    for asked in (" ".join(f"слово{n}" for n in range(10_000)), " ".join(WORDS * 250), f'"{" ".join(WORDS * 250)}"'):
        query = parse_query(asked, now=NOW)
        for store in both:
            await found(store, query, 1, mine=False, limit=500)
