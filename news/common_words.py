"""Terms too common to tell one event from another: function words and a newsroom's daily bread, as lemmas."""

_UKRAINIAN = """
а або адже але б без би бо був бути буття більш більше більший в весь вже ви вона вони воно все всі вчора
від відомо він грн да давати де день дещо для до додати досі друг другий ж же з за завтра зазначити зараз
заява заявити зокрема зробити зі й його ко кожний коли крім ледь лише людина мати має ми млн млрд могти
можна між мій мільйон мільярд місяць на наголосити над наш не нема нехай новий новина нові ні ніхто ніщо о
об один однак ось отже перший по повідомити повідомлення повідомляти понад потім при про проте під після раз
розповісти рік сам саме свій себе сказати слово стати сьогодні та так такий також там те теж ти тиждень тим
тис тисяча то тобто того тоді той тому третій тут тільки у увесь хоча хто це цей цього час частина через чи
ще що щоб щодо я як який якщо і із інший їх їхній її
"""
_RUSSIAN = """
а без более больше большой будто бы быть в вам весь во вот время все всего вчера вы год да даже данные два
день для до добавить другой его ее ей если есть еще ж же за завтра заявить и из известно или им их к каждый
как какой ко когда который кто лет ли либо лишь между месяц миллиард миллион млн млрд много мочь мы на над
надо наш не него неделя нее нет ни но новость новый ну о об один однако он она они оно от отметить ото
первый перед по под после потом потому при про раз ранее рассказать рубль с сам самый свой себя сегодня
сейчас сказать слово со сообщать сообщить стать так также такой там те тем тема теме то тогда только тот тут
ты тыс тысяча у уже хотя чего человек чем через что чтобы эта это этот я являться
"""
_ENGLISH = """
a about according add after all also an and another any as at be because been before being between billion
both but by can could day did do does during each even first for from get good had has have he her here him
his how i if in into it its just last like make many may me million month more most much must my new news no
not now of off on one only or other our out over own people report s said same say see she should since so
some still such take tell than that the their them then there these they this those time to today tomorrow
two u under until up upon us use very want was we week well were what when where which while who will with
would year yes yesterday yet you your
"""

COMMON_WORDS = frozenset(f"{_UKRAINIAN} {_RUSSIAN} {_ENGLISH}".split())
