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
_POLISH = """
a aby albo ale bardzo bez bo by być chcieć chodzić chyba co coś czas czy dla dlaczego do dobrze dzień gdy gdzie i
inny ja jak jako jeden jednak jeszcze jeśli już kiedy kilka kto ktoś który lub mieć może można my mój na nad nawet
nic nie nigdy niż no o od on oraz po pod podczas przed przez przy raz rok również siebie się tak taki także tam ten
teraz też to tu tutaj ty tylko u w wiedzieć wiele więc więcej wszyscy wszystek wszystko właśnie z za zawsze zostać
że żeby
"""
_GERMAN = """
ab aber alle als also am an anderer auch auf aus bei beim bis da dabei damit dann dass denn der dieser doch du durch
ein einfach er es etwas für ganz geben gegen gehen gut haben hier ich ihr im immer in ja jetzt kein kommen können
machen man mehr mein mit müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seit selbst sich sie so
sollen um und unter viel vom von vor was weil wenn wer werden wie wieder wir wo wollen zu zum zur zwei zwischen über
"""
_FRENCH = """
ainsi aller alors an après au aussi autre aux avant avec avoir beaucoup bien bon c ce cela chez comme comment contre
dans de depuis deux dire donc dont du déjà elle en encore entre et faire falloir fois grand il j jamais juste l le
lui là mais moi moins même ne non nous on ou oui où par pas peu plus pour pouvoir premier qu quand que quelques qui
quoi rien sans se si son sous sur t toi ton toujours tout trois trop très un voir vous vraiment y à ça être
"""
_SPANISH = """
a ahora al algo alguien antes aquí así aunque año bien bueno cada como con contra cosa creer cuando cómo de decir
del desde después donde dos durante e el en entre ese estar este gran haber hacer hasta hecho hoy ir luego mas mejor
menos mi mientras mismo mucho más nada ni no nuestro nuevo nunca o otro para parecer pero poco poder por porque pues
que querer quien qué ser si siempre sin sobre solo su sólo también tan tanto tener todo tres tu tú uno ver verdad
vez y ya yo él
"""
_ITALIAN = """
a al alla altro anche ancora anno avere bene c che chi ci come con contro cosa così cui d da dal dalla de del della
di dire dopo dove due e essere fare già grande il in io l li loro lui ma mai me mentre mi mio molto ne nel nella no
noi non o oggi ogni ora per perché più poi potere prima primo proprio quando quanto quello questo qui quindi se
secondo sempre senza si solo stare stesso su sul sulla suo tanto te ti tra tu tutto uno vi volta
"""
_CZECH = """
a aby ale ani asi až bez být co další den dnes do dobře dva díky hodně i jak jako jeden jeho jen jestli ještě již já
jít k každý kde kdo kdy když který kvůli mezi moc moci muset mít na nad ne nebo než nic nikdy no něco někdo o od on
pak po pod podle pokud pro proti proto protože proč první právě před přes při rok s se svůj tady tak taky také takže
tam ten tenhle teď ty třeba u už v velmi však všechen z za zde či že
"""
_ROMANIAN = """
acela acest acesta acum aici al alt an apoi aproape asemenea astfel asupra atunci atât avea așa bine ca care ce cel
cela ceva chiar cu cum când cât câtva că către d da dacă dar de decât despre din dintre doar doi după el eu face fel
fi fiecare foarte fără iar in la mai mare mult nevoie nici nou nu numai om orice pe pentru peste precum prim prin
putea puțin până sau sine spre spune sub să său tot trebui trei tu un unde unul vedea vrea în încă între întru și
"""
_TURKISH = """
a al ama ancak ara artık aynı az bazı başka ben bile bir biraz biri birlikte biz bu bugün böyle bütün büyük d da
daha de devam değil diye diğer doğru en et fazla gel genel geri gibi göre gün hem hemen her hiç i iki ile ilk iyi iç
için kadar karşı kendi ki kişi küçük mi nasıl ne neden o ol sadece san sen seni siz son sonra tam taraf tek teşekkür
tüm uzun var ve veya ya yeni yer yine yok yıl çok çünkü önce önem öyle üç şekil şey şimdi şu
"""
COMMON_WORDS_OF = {
    "uk": frozenset(_UKRAINIAN.split()),
    "ru": frozenset(_RUSSIAN.split()),
    "en": frozenset(_ENGLISH.split()),
    "pl": frozenset(_POLISH.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
    "es": frozenset(_SPANISH.split()),
    "it": frozenset(_ITALIAN.split()),
    "cs": frozenset(_CZECH.split()),
    "ro": frozenset(_ROMANIAN.split()),
    "tr": frozenset(_TURKISH.split()),
}
# Where the language is not known: the others' would take words from these.
COMMON_WORDS = COMMON_WORDS_OF["uk"] | COMMON_WORDS_OF["ru"] | COMMON_WORDS_OF["en"]
_COMMON_IN = {language: COMMON_WORDS | words for language, words in COMMON_WORDS_OF.items()}


def common_in(language: str | None) -> frozenset[str]:
    """What tells nothing in a text of this language (ISO 639-1; None: unknown)."""
    return _COMMON_IN.get(language or "", COMMON_WORDS)
