"""Who lives in a fresh box: three readers, and the group, forum and channel where they meet."""

from sandbox.telegram import Telegram, Topic

# The reader whom the page shows when its address names nobody.
READER_ID, READER_NAME, READER_LANGUAGE = 7, "Олена", "uk"
NEIGHBOUR_ID, SAILOR_ID = 8, 9
GROUP_ID, FORUM_ID, CHANNEL_ID = -1000000000011, -1000000000012, -1000000000013


def invite(telegram: Telegram) -> None:
    """Let everybody in who isn't there yet; whoever is keeps what they have. The bot is in none of the chats."""
    telegram.user(READER_ID, first_name=READER_NAME, language_code=READER_LANGUAGE)
    telegram.user(NEIGHBOUR_ID, first_name="Тарас", language_code="uk")
    telegram.user(SAILOR_ID, first_name="Emma", language_code="en")
    if GROUP_ID not in telegram.chats:
        _found_group(telegram)
    if FORUM_ID not in telegram.chats:
        _found_forum(telegram)
    if CHANNEL_ID not in telegram.chats:
        telegram.channel(
            CHANNEL_ID, title="Заріччя коротко", admins=[READER_ID], members=[NEIGHBOUR_ID, SAILOR_ID], bot="left"
        )


def _found_group(telegram: Telegram) -> None:
    members = [NEIGHBOUR_ID, SAILOR_ID]
    telegram.group(GROUP_ID, title="Сусіди з Липової", admins=[READER_ID], members=members, bot="left")


def _found_forum(telegram: Telegram) -> None:
    topics = [Topic(2, "Порт"), Topic(3, "Трамваї"), Topic(4, "Оголошення", closed=True)]
    members = [NEIGHBOUR_ID, SAILOR_ID]
    telegram.group(FORUM_ID, title="Форум Заріччя", admins=[READER_ID], members=members, topics=topics, bot="left")
