"""*⋯* under a push: its buttons give way to a list of what else can be done with it, and come back.

The message itself stays as it is, and whoever edits it later brings its own buttons back.
"""

from urllib.parse import urlencode

from handlers.message import Answer, Button, Question
from handlers.pressed import article_pressed, gone
from handlers.render import LESS, MORE, MUTE, STORY, push_buttons
from handlers.services import Services
from handlers.settings_page import SETTINGS
from handlers.speech import Speech, speech_for
from news.article import Article
from news.text import shortened

_BACK = "back"
_SHARE = "https://t.me/share/url"
# Of the headline so much goes along with the link; a link so long in all is shared by nobody.
_LONGEST_SHARED, _LONGEST_SHARE_LINK = 100, 2_000


async def press(question: Question, services: Services) -> Answer:
    """Show the list in the buttons' place, or the buttons again."""
    article = await article_pressed(question, services)
    if article is None:
        return gone(question)
    speech = speech_for(question.chat)
    if question.text.endswith(f":{_BACK}"):
        return Answer(buttons=push_buttons(article, speech))
    muted = await services.chats.mutes(question.chat.id, now=services.now())
    is_muted = any(mute.story_id == article.story_id for mute in muted)
    return Answer(buttons=menu(article, speech, muted=is_muted))


def menu(article: Article, speech: Speech, *, muted: bool = False) -> tuple[tuple[Button, ...], ...]:
    """All that can be done, one below the other."""
    unmute = Button(speech.plainly("🔔 Send this story again"), f"{MUTE}:{article.id}:off")
    mute = Button(speech.plainly("🔇 Mute this story"), f"{MUTE}:{article.id}")
    deeds = [
        unmute if muted else mute,
        Button(speech.plainly("👎 Less like this"), f"{LESS}:{article.id}"),
        Button(speech.plainly("🧩 All reports"), f"{STORY}:{article.id}"),
        *_share(article, speech),
        Button(speech.plainly("⚙️ Settings"), f"{SETTINGS}:{article.feed_id}"),
        Button(speech.plainly("‹ Back"), f"{MORE}:{article.id}:{_BACK}"),
    ]
    return tuple((deed,) for deed in deeds)


def _share(article: Article, speech: Speech) -> list[Button]:
    if not article.link:
        return []
    url = f"{_SHARE}?{urlencode({'url': article.link, 'text': shortened(article.title, _LONGEST_SHARED)})}"
    return [Button(speech.plainly("📤 Share"), url=url)] if len(url) <= _LONGEST_SHARE_LINK else []
