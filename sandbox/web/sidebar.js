// The left side: chats with their last words and unread counts, and who one is.

import { byId, el } from "./dom.js";
import { gist } from "./store.js";
import { clock, t } from "./words.js";

/** The letter and the colour that stand for a chat; the bot's own is always the same. */
export function avatar(element, chat, store) {
  element.textContent = [...titleOf(chat, store).trim()][0]?.toUpperCase() ?? "?";
  element.dataset.colour = chat.type === "private" ? 0 : 1 + (Math.abs(chat.id) % 5);
}

export function drawChats(store, onOpen) {
  byId("chat-list").replaceChildren(...[...store.chats.values()].map((chat) => item(chat, store, onOpen)));
}

function item(chat, store, onOpen) {
  const last = chat.messages.at(-1);
  const count = store.unread.get(chat.id) ?? 0;
  const face = el("span", { class: "avatar", "aria-hidden": "true" });
  avatar(face, chat, store);
  const badge = count ? el("span", { class: "badge", role: "img", "aria-label": t("unread", count) }, String(count)) : null;
  return el("li", {},
    el("button", { type: "button", class: "chat-item", "aria-current": chat.id === store.active ? "true" : undefined, onclick: () => onOpen(chat.id) },
      face,
      el("span", { class: "chat-name" }, titleOf(chat, store)),
      el("time", {}, last ? clock(last.date) : ""),
      el("span", { class: "chat-last" }, last ? gist(last, t("photo")) : t("noMessages")),
      badge));
}

/** A private chat is called after the one on its other side. */
export const titleOf = (chat, store) => (chat.type === "private" ? store.bot.name : chat.title);

export function drawUsers(store) {
  byId("users").replaceChildren(...store.users.map((user) =>
    el("option", { value: user.id, selected: user.id === store.user.id }, `${user.name} · ${user.language}`)));
}
