"""What chats have saved."""

from datetime import timedelta

from news.article import Saved
from news.chat import Chat
from news.query import Query, parse_query
from news.secret import Secret
from storage.database import Database
from storage.keeper import SqlKeeper
from storage.retention import Keep
from storage.store import Store
from tests.storage.given import NOW, Given, after, article, telegram

SECRET = Secret("https://mine.example/rss?token=hush", "Basic bWluZQ==")


def asked(text: str) -> Query:
    return parse_query(text, now=NOW)


async def titles(store: Store, chat: Chat, query: Query | None = None) -> list[str]:
    found = await store.articles.saved(chat.id, query)
    known = await store.articles.get([one.article_id for one in found], viewer=chat.id)
    return [one.title.removeprefix("Title ") for one in known]


async def test_what_was_saved_last_comes_first_and_each_chat_has_its_own(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    await given.published(await given.feed("https://a.example/"), *(article(f"{n}") for n in range(3)))
    for seconds, number in enumerate((2, 1, 3)):
        assert await store.articles.save(chat.id, number, now=after(seconds))
    assert not await store.articles.save(chat.id, 2, now=after(9))
    assert await titles(store, chat) == ["2", "0", "1"]
    assert await titles(store, other) == []
    assert (await store.articles.saved(chat.id))[0] == Saved(3, after(2))
    assert await store.articles.unsave(chat.id, 1)
    assert not await store.articles.unsave(other.id, 2)
    assert not await store.articles.unsave(chat.id, 1)
    assert await titles(store, chat) == ["2", "1"]


async def test_what_is_not_there_is_not_saved(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    assert not await store.articles.save(chat.id, 77, now=NOW)
    assert await store.articles.saved(chat.id) == []


async def test_words_are_looked_for_among_what_is_saved_alone(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/")
    bridge = {"title_lemmas": ("міст", "відкрити"), "text_lemmas": ("річка",)}
    await given.published(
        feed,
        article("saved", **bridge),
        article("not saved", **bridge),
        article("other", title_lemmas=("пором",), text_lemmas=("міст",)),
    )
    for number in (1, 3):
        await store.articles.save(chat.id, number, now=after(number))
    for text, found in (
        ("мостами", ["other", "saved"]),
        ("title:мостами", ["saved"]),
        ("мости -пором", ["saved"]),
        ("річка відкрити", ["saved"]),
        ("кенгуру", []),
        ("source:a.example пором", ["other"]),
        ("source:b.example", []),
    ):
        assert await titles(store, chat, asked(text)) == found, text


async def test_of_a_private_feed_it_is_seen_while_the_chat_follows_it(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    feed = await given.private_feed(SECRET, chat, other)
    await given.published(feed, article("secret"))
    assert await store.articles.save(chat.id, 1, now=NOW)
    assert not await store.articles.save((await given.chat(3)).id, 1, now=NOW)
    await store.chats.unfollow(chat.id, feed.id)
    assert await titles(store, chat) == []
    await store.chats.follow(chat.id, feed.id, now=NOW)
    assert await titles(store, chat) == ["secret"]
    await store.chats.unfollow(chat.id, feed.id)
    await store.chats.unfollow(other.id, feed.id)
    assert await store.articles.saved(chat.id) == []


async def test_what_is_saved_outlives_age_and_number_until_it_is_taken_out(
    given: Given, store: Store, database: Database
) -> None:
    chat = await given.chat(1)
    await given.published(await given.feed("https://a.example/"), *(article(f"{n}", owed=False) for n in range(4)))
    await store.articles.save(chat.id, 2, now=NOW)
    keeper = SqlKeeper(database, Keep(timedelta(days=365), 1), most=2)
    assert (await keeper.tidy(now=after(366 * 86_400)))["articles"] == 3
    assert await titles(store, chat) == ["1"]
    await store.articles.unsave(chat.id, 2)
    assert (await keeper.tidy(now=after(366 * 86_400)))["articles"] == 1


async def test_a_chat_that_moves_takes_along_what_it_saved(given: Given, store: Store) -> None:
    chat, target = await given.chat(-1), await given.chat(-2)
    await given.published(await given.feed("https://a.example/"), article("0"), article("1"))
    for number, whose in ((1, chat), (2, chat), (2, target)):
        await store.articles.save(whose.id, number, now=NOW)
    await store.chats.move(telegram(-1), telegram(-2))
    assert sorted(await titles(store, target)) == ["0", "1"]


async def test_whether_a_text_is_the_feeds_own_is_kept_through_a_correction(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("own"), article("page", from_page=True))
    await given.corrected(feed, 2, article("page", title="Corrected", summary="", text="Own."))
    assert [(one.text, one.from_page) for one in await store.articles.get([1, 2])] == [
        ("Text.", False),
        ("Text.", True),
    ]
    await given.corrected(feed, 2, article("page", title="Again", text="Own."))
    assert [(one.text, one.from_page) for one in await store.articles.get([2])] == [("Own.", False)]
