// Every sentence of the page, in Ukrainian and English.

import { memory } from "./dom.js";

const WORDS = {
  uk: {
    banner: "Пісочниця Вісника: не справжній Telegram",
    chats: "Чати", you: "Ви:", newUser: "Новий користувач", name: "Ім’я", tongue: "Мова", add: "Додати",
    language: "Switch to English", otherLanguage: "English", showChats: "Показати чати", messages: "Повідомлення",
    bot: "бот", typing: "друкує…", connecting: "з’єднання…", newsroom: "Редакція", close: "Закрити",
    newsroomNote: "Вигадані видання, які публікують новини самі. Оберіть, за ким стежити.",
    follow: "Стежити", publish: "Опублікувати зараз", published: "Опубліковано: ",
    write: "Повідомлення", send: "Надіслати", commands: "Команди", start: "Почати", cancelReply: "Скасувати відповідь",
    reply: "Відповісти", edited: "змінено", silent: "без звуку", youName: "Ви", photo: "Світлина", file: "Файл", spoiler: "Прихований текст",
    showMore: "Розгорнути", copied: "Скопійовано", ok: "Гаразд", today: "Сьогодні", yesterday: "Учора",
    emptyTitle: "Тут поки що порожньо", emptyText: "Натисніть «Почати», щоб познайомитися з ботом.",
    noMessages: "немає повідомлень", failed: "Не вдалося: ",
    unread: (count) => `непрочитаних: ${count}`,
    newMessages: (count) => `↓ ${count} ${plural(count, "нове повідомлення", "нові повідомлення", "нових повідомлень")}`,
  },
  en: {
    banner: "Visnyk’s sandbox: not the real Telegram",
    chats: "Chats", you: "You:", newUser: "New user", name: "Name", tongue: "Language", add: "Add",
    language: "Перейти на українську", otherLanguage: "Українська", showChats: "Show chats", messages: "Messages",
    bot: "bot", typing: "typing…", connecting: "connecting…", newsroom: "Newsroom", close: "Close",
    newsroomNote: "Invented outlets that publish by themselves. Choose whom to follow.",
    follow: "Follow", publish: "Publish now", published: "Published: ",
    write: "Message", send: "Send", commands: "Commands", start: "Start", cancelReply: "Cancel reply",
    reply: "Reply", edited: "edited", silent: "silent", youName: "You", photo: "Photo", file: "File", spoiler: "Hidden text",
    showMore: "Show more", copied: "Copied", ok: "OK", today: "Today", yesterday: "Yesterday",
    emptyTitle: "Nothing here yet", emptyText: "Press Start to meet the bot.",
    noMessages: "no messages", failed: "That failed: ",
    unread: (count) => `${count} unread`,
    newMessages: (count) => `↓ ${count} new ${count === 1 ? "message" : "messages"}`,
  },
};

function plural(count, one, few, many) {
  return { one, few }[new Intl.PluralRules("uk").select(count)] ?? many;
}

let current = memory.get("language") ?? (navigator.language.toLowerCase().startsWith("uk") ? "uk" : "en");
if (!(current in WORDS)) current = "en";

export const language = () => current;

/** The word in the reader's language; numbers go to those that count. */
export function t(key, ...values) {
  const word = WORDS[current][key];
  return typeof word === "function" ? word(...values) : word;
}

export function switchLanguage() {
  current = current === "uk" ? "en" : "uk";
  memory.set("language", current);
}

/** Fills every element that names a word for its text, label or placeholder. */
export function fillWords() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = t(element.dataset.placeholder);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
    if (element.matches("button")) element.title = t(element.dataset.label);
  }
}

// British English, for a clock of 24 hours and the day before the month.
const locale = () => (current === "en" ? "en-GB" : current);

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });

/** "Today", "Yesterday", or the date; the year only when it is another one. */
export function day(seconds) {
  const date = new Date(seconds * 1000);
  const now = new Date();
  const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
  const daysAgo = Math.round((midnight(now) - midnight(date)) / 86400000);
  if (daysAgo === 0) return t("today");
  if (daysAgo === 1) return t("yesterday");
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(locale(), { day: "numeric", month: "long", year });
}
