"""Readings of common words that the dictionaries leave out, by language: `first form: further forms`."""

_UKRAINIAN = """
рада: ради; дитина: діти дітей дітям дітьми; йти: іти; п'ять: п'яти п'ятьма
два: двох двом двома; три: трьох трьом трьома
чотири: чотирьох чотирьом; мати: матір'ю матір; дочка: доньки донька доньці доньку; могти: може можуть можемо
гість: гостей гостям гостями; ведмідь: ведмедя ведмедю ведмедем; ніс: носа; лягти: ліг; сісти: сів сіла сіли
везти: віз везла; нести: ніс несла; пекти: пече пік; курча: курчата курчат; ріг: розі
молодий: молодший молодшого молодшої молодша молодші; великий: більший більшого більшої більша більші
малий: менший меншого меншої менша менші; добрий: кращий кращого кращої краща кращі; поганий: гірший гірша гірші
високий: вищий вищого вищої вища вищі; низький: нижчий нижчого нижчої нижча нижчі
старий: старший старшого старша старші
дорогий: дорожчий дорожчого дорожча дорожчі; дешевий: дешевший дешевше дешевші; довгий: довший довша довші
"""
_RUSSIAN = """
суд: судов; большой: большая большие большую больший; путь: путем путём; хороший: лучший лучше лучшие
плохой: хуже худший
дешевый: дешевле; дорогой: дороже; высокий: выше высший; низкий: ниже; молодой: младший младшего
старый: старший старшего
"""
_ENGLISH = """
think: thought thoughts; leave: left; feel: felt; rise: rose; shoot: shot; bite: bit; bear: bore borne; wind: wound
grind: ground; bind: bound; break: broke; win: won; bend: bent; swear: swore sworn; shake: shook shaken; find: found
big: bigger biggest; bad: worse worst; hot: hotter hottest; hit: hits hitting; datum: data; person: people persons
knife: knives; life: lives; wife: wives; calf: calves; half: halves; leaf: leaves; loaf: loaves; shelf: shelves
thief: thieves; wolf: wolves; scarf: scarves
"""


def _read(language: str, listed: str) -> dict[tuple[str, str], tuple[str, ...]]:
    lines = (entry.partition(":") for entry in listed.replace("\n", ";").replace("'", "ʼ").split(";") if entry.strip())
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for first, _, forms in lines:
        for form in forms.split():
            found[language, form] = (*found.get((language, form), ()), first.strip())
    return found


MISSED_FORMS = _read("uk", _UKRAINIAN) | _read("ru", _RUSSIAN) | _read("en", _ENGLISH)
"""First forms by language and form, in small letters, apostrophes as U+02BC."""
