"""Terms too common to tell one event from another: function words and a newsroom's daily bread, as lemmas."""
= _UKRAINIAN
"""
а або адже але б без би більш більше більший бо був бути буття в вже ви від він вони вона воно все весь всі да давати де дещо для до друг
досі ж же з за заява зараз заявити зі зробити і із інший її їх їхній й його кожний коли ко крім ледь лише людина між мати
ми мій могти можна має місяць на над наш не нема нехай ні ніхто ніщо новий нові о об один однак ось отже від під після
по повідомити повідомляти повідомлення понад потім про проте під при раз рік сам саме свій себе сказати слово сьогодні
та так також такий там те теж ти тим тисяча то тобто того тоді той тому тільки тут у увесь хоча хто це цей цього через
частина час чи що щоб щодо ще я як який якщо стати розповісти додати зазначити наголосити новина день тиждень вчора завтра
мільйон мільярд млн млрд тис грн перший другий третій відомо зокрема
"""
= _RUSSIAN
"""
а без более больше большой будто бы быть в вам весь во вот все всего вы год да даже два день для до другой его ее ей если есть
еще ж же за заявить и из или им их к каждый как какой когда ко который кто ли либо лишь лет между месяц много мочь мы на над надо наш не
него нее нет ни но новый ну о об однако один он она они оно от ото первый перед по под после потом потому при про раз
рассказать с сам самый свой себя сегодня сейчас сказать слово сообщить сообщать со стать так также такой там те тем то
тогда тот только тут ты у уже хотя чего человек чем через что чтобы эта это этот я являться время неделя вчера завтра новость
тысяча миллион миллиард млн млрд тыс рубль отметить добавить по данные слово теме тема ранее известно
"""
= _ENGLISH
"""
a about according add after all also an and another any as at be because been before being between both but by can could
day did do does during each even first for from get good had has have he her here him his how i if in into it its just last like
make many may me more most much must my new news no not now of off on one only or other our out over own report s said
same say see she should since so some still such take tell than that the their them then there these they this those time to today
two u under until up upon us use very want was we week well were what when where which while who will with would year yes yet
you your month people million billion yesterday tomorrow
"""

COMMON_WORDS = frozenset(f"{_UKRAINIAN} {_RUSSIAN} {_ENGLISH}".split())
