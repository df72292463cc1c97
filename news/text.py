"""Plain text: markup taken off, sentences told apart, headlines made fit to show.

Everything here is linear in its input and never raises: what comes in was written by strangers.
"""

import html
import re
from unicodedata import category

MAX_INPUT = 1_000_000
HEADLINE_LIMIT = 300
ELLIPSIS = "…"


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCK_TAGS = _each(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section table tbody td tfoot th thead tr "
    "ul"
)
_INLINE_TAGS = _each(
    "a abbr acronym audio b bdi bdo big button canvas cite code col colgroup data del details dfn em embed font i "
    "iframe img input ins kbd label link map mark marquee meta meter noindex object picture param q rp rt ruby s "
    "samp small source span strike strong sub summary sup svg time track tt u var video wbr"
)
# What stands between these is not meant for readers.
_SILENT_TAGS = _each("noscript script style template textarea title")
_KNOWN_TAGS = _BLOCK_TAGS | _INLINE_TAGS | _SILENT_TAGS

# Possessive, and no step over the next "<": scanning stays linear whatever is left unclosed.
_TAG = re.compile(
    r"<!--(?:[^-]|-(?!->))*+(?:-->|$)|<!\[CDATA\[|\]\]>|<(?:!doctype|\?xml)[^<>]*+>"
    r"|<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?=[\s/>])"
    r"""(?:(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>|[^<>]*+>)""",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,24}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|strong|em|span|ul|li|h\d|blockquote)\s*>|<br\s*/?>|<(?:img|p|a)\s", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\W_]+")
_SPACES = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r" ?\n[\s]*")

# Control characters but tab and newline, and unpaired surrogates; bidirectional controls can turn a headline, and the
# link after it, around.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Formatting signs and spaces, by their Unicode categories.
_BLANK = _each("Cf Zl Zp Zs")


def plain(fragment: str) -> str:
    """The text of an HTML fragment: blocks on lines of their own, entities resolved, whitespace collapsed.

    Only known HTML tags count as markup, so "a < b & c" and "x <y z" are given back as they stand. Text that was
    escaped twice is resolved twice. At most `MAX_INPUT` characters are read.
    """
    fragment = fragment[:MAX_INPUT]
    text = html.unescape(_without_tags(fragment))
    if _ESCAPED_MARKUP.search(text) and not _has_tags(fragment):
        text = html.unescape(_without_tags(text))
    elif _ENTITY.search(text):
        text = html.unescape(text)
    return _collapsed(text)


def headline(text: str) -> str:
    """A title as one line of plain text, at most `HEADLINE_LIMIT` characters, cut at a word with "…".

    "" for one in which there is nothing to see.
    """
    line = " ".join(visible(plain(text)).split())
    return shortened(line, HEADLINE_LIMIT) if any(category(sign) not in _BLANK for sign in line) else ""


def visible(text: str) -> str:
    """The text without control characters (newlines stay), bidirectional controls and unpaired surrogates."""
    return _INVISIBLE.sub("", text).replace("\t", " ")


def letters(text: str) -> str:
    """The text's letters and digits alone, in lower case: what two ways of setting one sentence share."""
    return _BETWEEN.sub("", text).lower()


def shortened(text: str, limit: int) -> str:
    """The text itself if it has at most `limit` characters, else its whole words that fit, and "…"."""
    if len(text) <= limit:
        return text
    room = text[: max(limit - 1, 0)]
    whole_words = room.rsplit(None, 1)[0] if " " in room and not text[len(room)].isspace() else room
    return (whole_words.rstrip(" ,;:–—-") or room) + ELLIPSIS


def _has_tags(fragment: str) -> bool:
    return any(_is_markup(found) for found in _TAG.finditer(fragment))


def _is_markup(found: re.Match[str]) -> bool:
    return found["name"] is None or found["name"].lower() in _KNOWN_TAGS


def _without_tags(fragment: str) -> str:
    if "<" not in fragment and "]]>" not in fragment:
        return fragment
    pieces: list[str] = []
    position = 0
    while found := _TAG.search(fragment, position):
        pieces.append(fragment[position : found.start()])
        pieces.append(_stand_in(found))
        position = _end_of(found, fragment)
    pieces.append(fragment[position:])
    return "".join(pieces)


def _stand_in(found: re.Match[str]) -> str:
    if not _is_markup(found):
        return found[0]
    return "\n" if (found["name"] or "").lower() in _BLOCK_TAGS else ""


def _end_of(found: re.Match[str], fragment: str) -> int:
    """Where reading goes on after a tag: a script or style is stepped over with all it holds."""
    name = (found["name"] or "").lower()
    if name not in _SILENT_TAGS or found["close"] or found[0].endswith("/>"):
        return found.end()
    closing = re.compile(rf"</{name}\s*+>", re.IGNORECASE).search(fragment, found.end())
    return closing.end() if closing else len(fragment)


def _collapsed(text: str) -> str:
    return _NEWLINES.sub("\n", _SPACES.sub(" ", text.replace("\r", "\n"))).strip()


# --- Sentences ---

# After these a name follows: they never end a sentence.
_TITLES = _each(
    "акад ген доц им ім імені о проф св гол тов вул бул просп пров пл "
    "adm capt cf col cpl dr e.g eg gen gov hon i.e lt maj mr mrs ms mt prof rep rev sen sgt st supt dipl ing z.b viz vs"
)
# These end one when a number does not follow.
_BEFORE_NUMBERS = _each(
    "год хв сек рис табл стор no nos fig pp vol nr jan feb mar apr jun jul aug sep sept oct nov dec"
)
# These, and initials, end one only when the next word is of the kind that opens sentences.
_WITHIN = _each(
    "буд гр див зв кв кн напр нар наст обл оз пов пор р розд рр с см смт ст т тел ул указ ч чл шт м п пп д г пер ред "
    "jr op p pop pres sr bzw ca tel u.s u.k u.n e.u u.s.a d.c co corp inc ltd bros dept univ"
)
# These end one when a capital follows.
_AFTER_NUMBERS = _each("а.м др ін коп грн тис млн млрд трлн руб т.д т.п a.m p.m etc usw")
_OPENERS = _each(
    "a after an and as at but by for from he her his how i if in it its no on our she since so that the their there "
    "these they this those we what when while who with you "
    "а або адже але без був була було були в вже ви від він вона вони воно все всі вчора де для до доки за загалом "
    "зараз зокрема з згодом і із й його її їх їхній коли крім ми між на навіть над наразі наступного не нині однак "
    "ось перед під після по поки потім при про проте раніше саме сьогодні та так також там те ті тим тоді той тому "
    "у усе усі хоча хто це цей ця ці цього через чи ще що щоб щодо якщо як який яка які яке "
    "он она они оно но это этот эта эти если когда после перед при во со также тогда там сейчас сегодня вчера"
)
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[»”\"’')\]]*+\s++(?=[«“„\"‘(\[–—-]*+\s?(?P<next>\w+))")
_LAST_WORD = re.compile(r"(?<!\w)((?:[^\W\d_]\.\s?)*[\w'’ʼ-]+)$")
_WINDOW = 40


def sentences(text: str) -> list[str]:
    """The sentences of a plain text, in order; a line's end always ends one.

    Abbreviations ("ст.", "грн.", "ім.", "U.S.", "e.g."), initials ("В. Зеленського") and numbered points do not.
    """
    return [sentence for line in text.splitlines() for sentence in _sentences_of_line(line.strip())]


def _sentences_of_line(line: str) -> list[str]:
    found: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(line):
        if _ends_sentence(line[max(start, end.start() - _WINDOW) : end.start()], end):
            found.append(line[start : end.end()].strip())
            start = end.end()
    rest = line[start:].strip()
    return [*found, rest] if rest else found


def _ends_sentence(before: str, end: re.Match[str]) -> bool:
    follower = end["next"]
    if follower[0].islower():
        return False
    if not end[0].startswith(".") or end[0].startswith(".."):
        return True
    last = _LAST_WORD.search(before)
    # A letter with a full stop is an initial, whatever word it may be without.
    opens = follower.lower() in _OPENERS and not end.string.startswith(".", end.end("next"))
    return last is None or _word_may_end(last[1], before, follower, opens=opens)


def _word_may_end(word: str, before: str, follower: str, *, opens: bool) -> bool:
    key = word.replace(" ", "").lower()
    if key in _AFTER_NUMBERS:
        return True
    tail = key.rsplit(".", 1)[-1]
    if {key, tail} & _TITLES:
        return False
    if tail in _BEFORE_NUMBERS:
        return not follower[0].isdigit()
    is_initial = len(tail) == 1 and word[-1].isupper()
    if is_initial or {key, tail} & _WITHIN:
        return opens
    is_point = before.strip() == word and word.isdigit() and len(word) <= 3
    return not is_point
