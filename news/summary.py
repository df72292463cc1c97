"""A few sentences of an article under its headline: taken from the text, never repeating the headline."""

import re
from functools import lru_cache

from news.text import ELLIPSIS, sentences, shortened, visible

MAX_TEXT = 20_000

# Invitations, credits and tails of feeds; each takes the sentence it opens.
_INVITATION = re.compile(
    r"(?:(?:чита(?:йте|й|ти)|дивіться|слухайте)\s+(?:також|ще|далі|більше|повністю|на)|також\s+(?:читайте|дивіться)|"
    r"(?:читайте|смотрите)\s+(?:также|ещ[её]|далее)|читать\s+далее|также\s+читайте|раніше\s+ми\s+писали|"
    r"підпи(?:суйтесь|суйтеся|шіться)|подпи(?:сывайтесь|шитесь)|стежте\s+за|наш(?:і|и)\s+канал|"
    r"(?:фото|відео|видео|джерело|источник|photo|image|video|source|credit)\s*:|"
    r"(?:read|see)\s+(?:also|more|next)\b|also\s+read\b|read\s+the\s+full|continue\s+reading|sign\s+up\s+(?:for|to)|"
    r"subscribe\s+to|follow\s+us|click\s+here|advertisement\b|реклама\b|поділитися\b|share\s+this)",
    re.IGNORECASE,
)
_FEED_TAIL = re.compile(
    r"(?:The post\b[^\n]{1,400}?\bappeared first on\b[^\n]*|(?:Запис|Сообщение|Запись)\b[^\n]{1,400}?\b"
    r"(?:спершу|вперше|впервые|появились?|появилась)\b[^\n]*|\[(?:…|\.\.\.|&hellip;)\]|"
    r"(?:Continue reading|Read more|Читати далі|Читать далее)\b[^\n]{0,200}$)",
    re.IGNORECASE,
)
_PLACE = r"[A-ZА-ЯІЇЄҐ][\w’ʼ'.-]*(?:[ ,/]+[\w’ʼ'.-]+){0,5}"
_AGENCY = (
    r"(?:Укрінформ|Укринформ|УНІАН|УНИАН|УНН|РБК-Україна|Інтерфакс-Україна|Интерфакс(?:-Украина)?|РИА Новости|ТАСС|"
    r"Reuters|Рейтер|AP|AFP|Associated Press|Bloomberg|dpa|PAP|ANSA|BBC|CNN|UPI|Xinhua)"
)
_DATELINE = re.compile(
    rf"^(?:{_PLACE}\s*\(\s*{_AGENCY}[^()\n]{{0,40}}\)|\(\s*{_AGENCY}\s*\)|"
    rf"[A-ZА-ЯІЇЄҐ’ʼ' -]{{3,30}}(?:[,.]\s*\d{{1,2}}\s+\w+)?[,.]?(?:\s*/?\s*{_AGENCY}\s*/?)?)\s*[—–-]+\s+|"
    rf"^[А-ЯІЇЄҐ-]{{3,}}\.\s+\d{{1,2}}\s+\w+\.\s+{_AGENCY}\.\s+"
)
_WORD = re.compile(r"\w+")
_FINISHED = re.compile(r"[.!?…][»”\"’')\]]*$")
_CLAUSE = re.compile(r"[,;:]\s|\s[—–-]\s")
_ALIKE = 0.8
_ADDS_LITTLE = 2.5


def summarize(title: str, text: str, *, limit: int = 300) -> str:
    """The opening sentences of a plain text, whole, at most `limit` characters together.

    Sentences that say the title again are left out, as are datelines, invitations to read on and tails of feeds. A
    first sentence longer than the limit is cut at a clause or a word and ends with "…". Empty when nothing is left.
    """
    return (_common_summary if len(title) + len(text) <= _COMMON else _summary)(title, text[:MAX_TEXT], limit)


def _summary(title: str, text: str, limit: int) -> str:
    told = _sentences_worth_telling(title, text)
    summary = _filled(told, limit)
    return summary if summary or not told else _cut(told[0], limit)


# A new entry's is asked for twice: to see whether its page is needed, and to write the article.
_common_summary = lru_cache(maxsize=200)(_summary)
_COMMON = 2_000


def _sentences_worth_telling(title: str, text: str) -> list[str]:
    text = _FEED_TAIL.sub(" ", visible(text))
    lines = (_after_title(title, _DATELINE.sub("", " ".join(line.split()))) for line in text.splitlines())
    told = [sentence for line in lines for sentence in sentences(_DATELINE.sub("", line)) if _is_worth(sentence, title)]
    finished = [sentence for sentence in told if _FINISHED.search(sentence)]
    # Lines without a full stop are captions and headings, unless nothing else is there.
    return finished or told[:1]


def _is_worth(sentence: str, title: str) -> bool:
    bare = sentence.lstrip("«“„\"'([–—-•>▶→ ")
    return bool(_WORD.search(bare)) and not _INVITATION.match(bare) and not _says_the_same(sentence, title)


def _says_the_same(sentence: str, title: str) -> bool:
    """Whether the sentence has nearly the title's words alone, or opens with the title and adds little."""
    said, titled = set(_WORD.findall(sentence.lower())), set(_WORD.findall(title.lower()))
    opens_with_it = len(titled) > 2 and sentence.lower().startswith(title.strip().lower())
    return bool(said) and (
        len(said & titled) >= _ALIKE * len(said | titled)
        or (opens_with_it and len(sentence) < _ADDS_LITTLE * len(title))
    )


def _after_title(title: str, line: str) -> str:
    """The line without the title it opens with, when text goes on right behind it."""
    bare = title.strip().rstrip(".!?… ")
    rest = line[len(bare) :]
    if len(bare) < 15 or not line.lower().startswith(bare.lower()) or (rest and rest[0].isalnum()):
        return line
    follower = rest.lstrip(' .!?…:–—-|»”"')
    return follower if not follower or follower[0].isupper() or follower[0] in '«“„"' else line


def _filled(told: list[str], limit: int) -> str:
    """As many sentences from the first on as the limit holds."""
    summary = ""
    for sentence in told:
        longer = f"{summary} {sentence}".strip()
        if len(longer) > limit:
            break
        summary = longer
    return summary


def _cut(sentence: str, limit: int) -> str:
    """The sentence up to its last clause in the limit's second half, else up to a word."""
    clauses = [found.start() for found in _CLAUSE.finditer(sentence, limit // 2, max(limit - 1, 0))]
    return sentence[: clauses[-1]].rstrip() + ELLIPSIS if clauses else shortened(sentence, limit)
