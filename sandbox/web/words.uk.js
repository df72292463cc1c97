// Every sentence of the page in Ukrainian; words.en.js has the same keys.

const forms = new Intl.PluralRules("uk");

const plural = (count, one, few, many) => `${count} ${{ one, few }[forms.select(count)] ?? many}`;

export const uk = {
  banner: "Пісочниця Вісника: не справжній Telegram",
  language: "Switch to English", otherLanguage: "English", close: "Закрити", ok: "Гаразд", cancel: "Скасувати",
  failed: "Не вдалося: ", noConnection: "Немає зв’язку з пісочницею", copied: "Скопійовано", today: "Сьогодні", yesterday: "Учора",
  bytes: ["Б", "КБ", "МБ", "ГБ"],
  seconds: (number) => `${number} с`,

  chats: "Чати", showChats: "Показати чати", noMessages: "немає повідомлень",
  unread: (count) => `непрочитаних: ${count}`,
  you: "Ви:", newUser: "Новий користувач", name: "Ім’я", tongue: "Мова", add: "Додати",
  newTabs: "У новій вкладці:", inNewTab: (name) => `${name} – у новій вкладці`,

  messages: "Повідомлення", bot: "бот", typing: "друкує…", connecting: "з’єднання…", chatMenu: "Меню чату",
  members: (count) => plural(count, "учасник", "учасники", "учасників"),
  subscribers: (count) => plural(count, "підписник", "підписники", "підписників"),
  newMessages: (count) => `↓ ${plural(count, "нове повідомлення", "нові повідомлення", "нових повідомлень")}`,
  emptyTitle: "Тут поки що порожньо", emptyText: "Натисніть «Почати», щоб познайомитися з ботом.",

  reply: "Відповісти", edited: "змінено", silent: "без звуку", youName: "Ви", via: "через ", preview: "Попередній перегляд",
  olderNotShown: "Давніших повідомлень тут не показано",
  photo: "Світлина", file: "Файл", spoiler: "Прихований текст", showMore: "Розгорнути",
  cameIn: (by, who) => `${by} додає до групи: ${who}`,
  wentOut: (by, who) => `${by} вилучає з групи: ${who}`,
  topicCreated: (name) => `Нова тема «${name}»`, topicRenamed: (name) => `Тему перейменовано: «${name}»`, topicClosed: "Тему закрито", topicReopened: "Тему знову відкрито",
  movedTo: "Групу перетворено на супергрупу", movedFrom: "Тут продовжується колишня група",
  somethingHappened: "Службове повідомлення",

  write: "Повідомлення", send: "Надіслати", commands: "Команди", start: "Почати", cancelReply: "Скасувати відповідь",
  attach: "Додати файл", dropHere: "Відпустіть файл, щоб надіслати", onlyAdminsWrite: "Пишуть лише адміністратори каналу",
  topicIsClosed: "Тему закрито: пишуть лише адміністратори", mention: "Бот", mentionHint: "шукати новини в цьому чаті",
  inlineHint: "що шукати…", inlineResults: "Знайдене", inlineAsking: "Бот шукає…", inlineNothing: "Нічого не знайдено",
  inlineSilent: "Бот не відповідає",

  tooLong: (most) => `Задовгий текст: уміщається щонайбільше ${plural(Number(most), "знак", "знаки", "знаків")}`, nothingToSend: "Повідомлення порожнє",
  noReplyThere: "Повідомлення, на яке ви відповідаєте, вже немає", noSuchButton: "Цієї кнопки вже немає", noSuchResult: "Цей результат застарів: пошукайте ще раз",
  noSuchTopic: "Цієї теми вже немає", onlyAdminsMay: "Це можуть лише адміністратори", notInChat: "Вас немає в цьому чаті",
  nameLength: (least, most) => `В імені має бути від ${least} до ${most} знаків`, fileTooLarge: "Завеликий файл: можна до 50 МБ",

  block: "Заблокувати бота", unblock: "Розблокувати бота", addBot: "Додати Вісника", addAdmin: "Додати як адміністратора",
  makeAdmin: "Зробити адміністратором", makeMember: "Зробити звичайним учасником", restrict: "Заборонити писати", removeBot: "Вилучити Вісника",
  botIsAway: "Вісника тут немає", botIsAwayAskAdmin: "Вісника тут немає; додати його може адміністратор",
  botInChannel: "Бот пише в канал, коли він там адміністратор, а команд у каналі не чує",
  addFromMenu: "Додайте бота з меню ⋯ у групі чи каналі",
  topics: "Теми", generalTopic: "Загальна", closed: "закрито", newTopic: "Нова тема", newTopicName: "Як назвати нову тему?",
  closeTopic: (name) => `Закрити тему «${name}»`, reopenTopic: (name) => `Відкрити тему «${name}»`,
  deleteTopic: (name) => `Видалити тему «${name}»`, deleteTopicSure: (name) => `Видалити тему «${name}» з усіма повідомленнями?`,

  drawer: "За лаштунками", newsroom: "Редакція", faults: "Збої", calls: "Виклики",
  newsroomNote: "Вигадані видання, які публікують новини самі. Оберіть, за ким стежити.",
  followPlace: (chat) => `«Стежити» діє в чаті «${chat}».`,
  follow: "Стежити", publish: "Опублікувати зараз", published: "Опубліковано: ",
  burst: (count) => `${count} одразу`, burstDone: (outlet, count) => `${outlet}: ${plural(count, "новина", "новини", "новин")} одразу`,
  story: "Одна подія, три видання", storyDone: (outlets, title) => `${outlets.join(", ")} – про одне: ${title}`,
  goesDown: "Зупинити сервер", recovers: "Полагодити", moreTroubles: "Інші негаразди",
  trouble_down: "Сервер не працює", trouble_slow: "Сервер відповідає повільно", trouble_hangs: "Сервер не відповідає",
  trouble_limited: "Сервер просить зачекати (429)", trouble_moved: "Стрічка переїхала (301)", trouble_gone: "Стрічки більше немає (410)",

  faultsNote: "Що Telegram робитиме не так, доки не завершите.",
  noFaults: "Усе працює.", end: "Завершити", endAll: "Завершити всі",
  faultsOn: (count) => `Увімкнено: ${plural(count, "збій", "збої", "збоїв")}`,
  addFault: "Додати збій", begin: "Почати збій", faultKind: "Що стається", faultChat: "Де", thisChat: "у цьому чаті", everyChat: "всюди",
  chatNumber: (id) => `чат ${id}`, untilEnded: "доки не завершу",
  faultTimes: "Скільки разів", faultRetryAfter: "Зачекати, секунд", faultStatus: "Код відповіді", faultSeconds: "Затримка, секунд", faultTo: "Новий номер групи",
  timesLeft: (count) => `ще ${plural(count, "раз", "рази", "разів")}`,
  told_retry_after: (seconds) => `зачекати ${seconds} с`, told_status: (status) => `код ${status}`, told_seconds: (seconds) => `${seconds} с`, told_to: (id) => `новий номер ${id}`,
  fault_flood: "Забагато повідомлень (429)", fault_error: "Помилка сервера", fault_slow: "Повільні відповіді",
  fault_cut_before: "Зв’язок рветься до прийняття", fault_cut_after: "Зв’язок рветься після прийняття", fault_down: "Telegram недоступний",
  fault_blocked: "Користувач заблокував бота", fault_deactivated: "Обліковий запис видалено", fault_kicked: "Бота вилучено з групи",
  fault_gone: "Чату немає", fault_migrated: "Група переїхала", fault_topic_closed: "Тему закрито", fault_no_rights: "Немає права писати", fault_no_picture: "Світлини (sendPhoto) не завантажуються",

  callsNote: "Що бот просить у Telegram і що той відповідає.", noCalls: "Викликів ще не було.",
  showPolls: "Показувати getUpdates", cut: "обрив",
};
