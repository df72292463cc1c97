"""Who the outlets are. One more outlet is one more record (and its tellings in stories.json)."""

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
    feed: Literal["rss", "atom"] = "rss"
    summaries: bool = True
    """False: the feed's descriptions are empty, so a reader must open the page."""
    tracking: bool = False
    """True: links carry tracking parameters, and other ones with every new article."""
    feed_button: bool = True
    """False: the home page names its feed only in <link rel=alternate>."""

    @property
    def home_path(self) -> str:
        """The path of the home page."""
        return f"/news/{self.slug}/"

    @property
    def feed_path(self) -> str:
        """The path of the feed."""
        return f"/news/{self.slug}/feed.xml"


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
)
