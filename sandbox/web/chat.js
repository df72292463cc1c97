// The web chat: ties what the sandbox tells to what the page shows.

import { api, listen } from "./api.js";
import { Composer } from "./composer.js";
import { byId, el } from "./dom.js";
import { Log } from "./log.js";
import { NewsroomDrawer } from "./newsroom.js";
import { avatar, drawChats, drawUsers, titleOf } from "./sidebar.js";
import { keyOf, Store } from "./store.js";
import { fillWords, switchLanguage, t } from "./words.js";

const DEFAULT_USER = 7;
const TYPING_LASTS = 5000; // milliseconds, as Telegram has it
const TOAST_LASTS = 4000;

const user = Number(new URLSearchParams(location.search).get("user")) || DEFAULT_USER;
const store = new Store();
let early = []; // events that came before the state they change
let typing = 0;

const guarded = (promise) => promise.catch((error) => tell(t("failed") + error.message));

const log = new Log(store, {
  reply: (message) => composer.reply(message),
  command: (text) => say(text),
  jump: (id) => log.jump(id),
  press,
  copy: (text) => guarded(navigator.clipboard.writeText(text).then(() => tell(t("copied")))),
});
const composer = new Composer(store, say);
const newsroom = new NewsroomDrawer({ onFollow: (outlet) => say(`/sub ${outlet.home}`), tell, onToggle: drawScrim });

function say(text, replyTo) {
  const chat = store.active;
  guarded(api.say(user, chat, text, replyTo).then((message) => receive(chat, message)));
}

function press(message, button) {
  const key = keyOf(store.active, message.message_id, button.callback_data);
  if (store.waiting.has(key)) return;
  store.waiting.add(key);
  log.redraw(message);
  api.press(user, store.active, message.message_id, button.callback_data).catch((error) => {
    store.waiting.delete(key);
    log.redraw(message);
    tell(t("failed") + error.message);
  });
}

function receive(chat, message) {
  const fresh = store.put(chat, message);
  if (!fresh) return chat === store.active && log.redraw(message);
  if (!store.isOwn(message) && (document.hidden || chat !== store.active)) store.countUnread(chat);
  if (chat === store.active) log.append(message);
  if (!store.isOwn(message)) showTyping(false);
  drawAround();
}

const EVENTS = {
  message: ({ chat, message }) => receive(chat, message),
  edit: ({ chat, message }) => receive(chat, message),
  delete({ chat, message_id }) {
    store.remove(chat, message_id);
    if (chat === store.active) log.remove(message_id);
    drawAround();
  },
  toast: ({ text, alert }) => (alert ? showAlert(text) : tell(text)),
  answered({ message_id }) {
    store.answered(message_id);
    const message = store.message(store.active, message_id);
    if (message) log.redraw(message);
  },
  commands({ commands }) {
    store.bot.commands = commands;
    drawAround();
  },
  action: ({ chat }) => chat === store.active && showTyping(true),
};

function happen(event) {
  if (early) early.push(event);
  else EVENTS[event.type]?.(event);
}

async function load() {
  store.load(await api.state(user));
  const waiting = early ?? [];
  early = null;
  drawUsers(store);
  drawAround();
  log.draw();
  waiting.forEach(happen);
  byId("head-status").textContent = t("bot");
  await newsroom.load();
}

function drawAround() {
  drawChats(store, open);
  const chat = store.chat;
  if (!chat) return;
  const title = titleOf(chat, store);
  byId("head-title").textContent = title;
  avatar(byId("head-avatar"), chat, store);
  const empty = chat.messages.length === 0;
  byId("empty").hidden = byId("start").hidden = !empty;
  byId("composer").hidden = empty;
  byId("command-button").hidden = store.bot.commands.length === 0;
  document.title = (store.allUnread ? `(${store.allUnread}) ● ` : "") + title;
}

function open(chat) {
  store.active = chat;
  store.unread.delete(chat);
  log.draw();
  drawAround();
  showSidebar(false);
}

function showTyping(on) {
  clearTimeout(typing);
  byId("head-status").textContent = on ? t("typing") : t("bot");
  byId("head-status").classList.toggle("active", on);
  if (on) typing = setTimeout(() => showTyping(false), TYPING_LASTS);
}

function tell(text) {
  const toast = el("p", { class: "toast" }, text);
  byId("toasts").append(toast);
  setTimeout(() => toast.remove(), TOAST_LASTS);
}

function showAlert(text) {
  byId("alert-text").textContent = text;
  byId("alert").showModal();
}

function showSidebar(on) {
  document.body.classList.toggle("shows-chats", on);
  byId("show-chats").setAttribute("aria-expanded", String(on));
  if (on) byId("chat-list").querySelector("button")?.focus();
  drawScrim();
}

function drawScrim() {
  byId("scrim").hidden = !(document.body.classList.contains("shows-chats") || newsroom.covers);
}

function changeLanguage() {
  switchLanguage();
  drawWords();
  newsroom.draw();
  drawAround();
  log.draw();
  showTyping(false);
}

function drawWords() {
  fillWords();
  byId("language").textContent = t("otherLanguage");
}

function addUser(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  guarded(api.newUser(form.get("name"), form.get("language")).then(({ id }) => becomeUser(id)));
}

/** An address may name a user whom this sandbox doesn't know, after its folder was emptied for instance. */
const leaveIfNobody = () => api.state(user).catch(({ status }) => status === 404 && user !== DEFAULT_USER && location.replace("/"));

const becomeUser = (id) => location.assign(`?user=${id}`);

byId("language").addEventListener("click", changeLanguage);
byId("users").addEventListener("change", (event) => becomeUser(event.target.value));
byId("new-user").addEventListener("submit", addUser);
byId("show-chats").addEventListener("click", () => showSidebar(!document.body.classList.contains("shows-chats")));
byId("scrim").addEventListener("click", () => { showSidebar(false); newsroom.toggle(false); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") showSidebar(false); });
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  store.unread.delete(store.active);
  drawAround();
});

drawWords();
newsroom.restore();
byId("head-status").textContent = t("connecting");
listen(user, {
  onOpen: () => guarded(load()),
  onEvent: happen,
  onLost(refused) {
    early ??= [];
    byId("head-status").textContent = t("connecting");
    if (refused) leaveIfNobody();
  },
});
if (matchMedia("(min-width: 761px)").matches) composer.focus();
