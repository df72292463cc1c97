"""A chat stops following all it followed."""

from news.secret import Secret
from storage.store import Store
from tests.storage.given import NOW, Given, article


async def test_all_ends_with_what_was_owed_and_others_keep_theirs(given: Given, store: Store) -> None:
    leaves, stays = await given.chat(1), await given.chat(2)
    feeds = [await given.feed(f"https://{name}.example/", leaves, stays) for name in "ab"]
    for feed in feeds:
        await given.published(feed, article(feed.url))
    assert await store.chats.unfollow_all(leaves.id) == 2
    assert await store.chats.subscriptions(leaves.id) == []
    assert len(await store.chats.subscriptions(stays.id)) == 2
    assert {one.chat.id for one in await given.owed()} == {stays.id}
    assert await store.chats.unfollow_all(leaves.id) == 0


async def test_private_feeds_go_with_their_last_follower_and_the_rest_falls_asleep(given: Given, store: Store) -> None:
    leaves = await given.chat(1)
    secret = await store.feeds.open_private(Secret("https://s.example/?token=hush"), now=NOW)
    await store.chats.follow(leaves.id, secret.id, now=NOW)
    feed = await given.feed("https://a.example/", leaves)
    await store.chats.unfollow_all(leaves.id)
    assert await store.feeds.secret(secret.id) is None
    assert await store.feeds.next_due() is None
    assert await store.feeds.find(feed.url) is not None
