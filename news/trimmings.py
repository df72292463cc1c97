"""What stands around the telling in an article's text: datelines, agencies' tags, invitations, credits, tails of feeds.

Everything is linear in its input and never raises.
"""

import re

# Invitations, credits and tails of feeds; each takes the sentence it opens.
_INVITATION = re.compile(
    r"(?:(?:чита(?:йте|й|ти)|дивіться|слухайте)\s+(?:також|ще|далі|більше|повністю|на)|також\s+(?:читайте|дивіться)|"
    r"(?:читайте|смотрите)\s+(?:также|ещ[её]|далее)|читать\s+далее|также\s+читайте|раніше\s+ми\s+писали|"
    r"більше\s+новин|(?:до|при)єднуйтесь?\s+до|долучайтесь?\s+до|(?:за)?реєструйтесь?\s+(?:на|за)|"
    r"підпи(?:суйтесь|суйтеся|шіться)|подпи(?:сывайтесь|шитесь)|стежте\s+за|наш(?:і|и)\s+канал|"
    r"(?:фото|відео|видео|джерело|источник|photo|image|video|source|credit)\s*:|"
    r"(?:read|see)\s+(?:also|more|next)\b|also\s+read\b|read\s+the\s+full|continue\s+reading|sign\s+up\s+(?:for|to)|"
    r"subscribe\s+to|follow\s+us|click\s+here|advertisement\b|реклама\b|поділитися\b|share\s+this)",
    re.IGNORECASE,
)
_FEED_TAIL = re.compile(
    r"(?:The post\b[^\n]{1,400}?\bappeared first on\b[^\n]*|(?:Запис|Сообщение|Запись)\b[^\n]{1,400}?\b"
    r"(?:спершу|вперше|впервые|появились?|появилась)\b[^\n]*|"
    r"(?:Continue reading|Read more|Читати далі|Читать далее)\b[^\n]{0,200}$)"
)
# WordPress's sign that an excerpt ends here, in the middle of a sentence or not.
_CUT_HERE = re.compile(r"(?P<within>[^.!?…\s])?\s*\[(?:…|\.\.\.|&hellip;)\]")

_CAPITAL = "A-ZА-ЯІЇЄҐ"
_PLACE = rf"[{_CAPITAL}][\w’ʼ'.-]*(?:[ ,/]+[\w’ʼ'.-]+){{0,5}}"
_AGENCY = (
    r"(?:Укрінформ|Укринформ|УНІАН|УНИАН|УНН|РБК[- ]Україна|РБК[- ]Украина|Інтерфакс(?:-Україна)?|"
    r"Интерфакс(?:-Украина)?|РИА Новости|ТАСС|Reuters|Рейтер(?:с)?|AP|AFP|Associated Press|Bloomberg|dpa|PAP|ANSA|"
    r"BBC|CNN|UPI|Xinhua)"
)
_DASH = r"\s*[—–-]+\s+"
_DATELINE = re.compile(
    # КИЇВ (Укрінформ) — …, Hong Kong (CNN Business)A …, (Reuters) - …
    rf"(?:{_PLACE}\s*)?\(\s*{_AGENCY}[^()\n]{{0,40}}\)\s*(?:[—–-]+\s+|(?=[«“„\"‘]?[{_CAPITAL}]))|"
    # КИЇВ, 24 листопада /УНН/ — …, DUBAI, United Arab Emirates — …; «США — найбільша…» goes on in small letters.
    rf"[{_CAPITAL}][{_CAPITAL}’ʼ' -]{{2,30}}(?:[,.]\s*(?:\d{{1,2}}\s+\w+|[{_CAPITAL}][\w.]*(?:\s[\w.]+){{0,3}}))?[,.]?"
    rf"(?:\s*/?\s*{_AGENCY}\s*/?)?{_DASH}(?=[«“„\"‘]?[{_CAPITAL}\d])|"
    # КИЇВ. 24 листопада. УНН. …
    rf"[А-ЯІЇЄҐ-]{{3,}}\.\s+\d{{1,2}}\s+\w+\.\s+{_AGENCY}\.\s+"
)
_SAYS = r"(?:повідомля[єю]\w*|переда[єю]\w*|пише|інформу[єю]\w*|сообща[ею]т|переда[её]т|пишет|reports?|reported)"
_FROM = r"(?:\s+(?:з|із|зі|со?)\s+(?:посиланням|ссылкой)\s+на\s+[^.!?\n]{1,80})?"
_NAMED = re.compile(_AGENCY)
# «…, передає Укрінформ.»: a known agency at a sentence's end.
_TAG = re.compile(
    rf"[,.]?\s+(?:[—–-]\s+)?(?:про це\s+|як\s+|об этом\s+|как\s+)?{_SAYS}\s+[«“\"]?{_AGENCY}[»”\"]?{_FROM}"
    rf"(?=[.!?]*$)|\s*[(/]\s*{_AGENCY}\s*[)/](?=[.!?]*$)",
    re.IGNORECASE,
)
# «Про це повідомляє пресслужба.»: says who said it, and nothing of what.
_ATTRIBUTION = re.compile(
    r"(?:про це|об этом|про такі дані)\s+(?:\w+\s+){0,2}?"
    r"(?:повідом|пиш|переда|інформу|йдеться|заяви|розпові|каже|сказа|сообщ|говорит|заявил|рассказ)",
    re.IGNORECASE,
)
_LONGEST_ATTRIBUTION = 160
_OPENING_SIGNS = "«“„\"'([–—-•>▶→ "


def without_tail(line: str) -> str:
    """The line without what feeds add at a text's end; where they say that it ends within a sentence stands "…"."""
    line = _FEED_TAIL.sub(" ", line).strip()
    return _CUT_HERE.sub(lambda found: f"{found['within']}…" if found["within"] else "", line) if "[" in line else line


def without_dateline(line: str) -> str:
    """The line without the place, day and agency it opens with."""
    found = _DATELINE.match(line)
    return line[found.end() :] if found else line


def without_tag(sentence: str) -> str:
    """The sentence without the agency named at its end as its source."""
    # Most sentences name no agency, which is quicker to see.
    return _TAG.sub("", sentence) if _NAMED.search(sentence) else sentence


def is_chore(sentence: str) -> bool:
    """Whether the sentence invites to read or follow, credits a picture, or only says who reports."""
    bare = sentence.lstrip(_OPENING_SIGNS)
    only_says_who = len(bare) <= _LONGEST_ATTRIBUTION and _ATTRIBUTION.match(bare)
    return bool(_INVITATION.match(bare) or only_says_who)
