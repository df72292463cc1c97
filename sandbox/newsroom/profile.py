"""Who the outlets are. One more outlet is one more record (and its words in stories.json and everyday.json)."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Profile:
    """How one outlet looks: its name and tongue, and the quirks of its feed and pages."""

    slug: str
    name: str
    language: Literal["uk", "en"]
    tagline: str
    menu: tuple[str, ...]
    feed: Literal["rss", "atom", "json"] = "rss"
    feed_file: str = "feed.xml"
    """Where the feed is, below the home page."""
    charset: str = "utf-8"
    """Of feed and pages; what it has no place for becomes character references."""
    summaries: bool = True
    """False: the feed's descriptions are empty, so a reader must open the page."""
    tracking: bool = False
    """True: links carry tracking parameters, and other ones with every new article."""
    feed_button: bool = True
    """False: the home page names its feed only in <link rel=alternate>."""
    feed_in_head: bool = True
    """False: nothing names the feed but the button on the home page."""
    pictures: bool = True
    """False: its articles come without pictures."""
    channel: bool = True
    """False: its Telegram channel shows no posts on the web."""

    @property
    def home_path(self) -> str:
        """The path of the home page."""
        return f"/news/{self.slug}/"

    @property
    def feed_path(self) -> str:
        """The path of the feed."""
        return self.home_path + self.feed_file

    @property
    def new_feed_path(self) -> str:
        """The path under which the feed is found too, and where it is once it has moved."""
        return f"{self.home_path}moved/{self.feed_file}"


OUTLETS = (
    Profile(
        slug="bereg",
        name="Вільний Берег",
        language="uk",
        tagline="Новини Заріччя та околиць",
        menu=("Головна", "Новини", "Порт", "Культура", "Спорт", "Погода", "Блоги", "Контакти"),
    ),
    Profile(
        slug="misto",
        name="Місто Сьогодні",
        language="uk",
        tagline="Щоденна газета міста Заріччя",
        menu=("Стрічка", "Місто", "Транспорт", "Освіта", "Афіша", "Фото", "Редакція"),
        feed="atom",
        summaries=False,
        feed_button=False,
    ),
    Profile(
        slug="harbour",
        name="The Harbour Post",
        language="en",
        tagline="News from Port Ember and the bay",
        menu=("Home", "News", "Harbour", "Science", "Sport", "Arts", "Weather", "About"),
        tracking=True,
    ),
    Profile(
        slug="surma",
        name="Голос Сурми",
        language="uk",
        tagline="Тижневик долини Сурми: село, річка, люди",
        menu=("Початок", "Громада", "Господарство", "Школа", "Оголошення", "Вітання", "Архів з 1998 року"),
        charset="windows-1251",
        pictures=False,
        channel=False,
    ),
    Profile(
        slug="tideline",
        name="Tideline",
        language="en",
        tagline="Slow news from the water's edge",
        menu=("Latest", "Sea", "Science", "Supper", "Long reads", "Letters", "Tide tables", "Join"),
        feed="json",
        feed_file="feed.json",
    ),
    Profile(
        slug="likhtar",
        name="Ліхтар",
        language="uk",
        tagline="Вечірня газета Верхнього міста",
        menu=("Сьогодні ввечері", "Двори", "Сцена", "Смаки", "Розмови", "Листи", "Про газету"),
        feed_file="gnit/vypusk-1887",
        feed_in_head=False,
    ),
)
