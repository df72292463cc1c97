// The left side: chats with their last words and unread counts, and who one is.

import { byId, el, refill } from "./dom.js";
import { colourOf, lastWords, letterOf, titleOf } from "./gist.js";
import { icon } from "./icons.js";
import { brief } from "./times.js";
import { t } from "./words.js";

const SIGNS = { channel: "📣", group: "👥", supergroup: "👥" };

/** `onOpen(chat, pointed)` opens a chat; `pointed` tells a mouse or a finger from a key. */
export function drawChats(store, typing, onOpen) {
  refill(byId("chat-list"), ...store.inOrder().map((chat) => item(chat, store, typing, onOpen)));
}

function item(chat, store, typing, onOpen) {
  const last = chat.messages.at(-1);
  const count = store.unread(chat);
  const title = titleOf(chat, store);
  const sign = SIGNS[chat.type] && el("span", { class: "chat-sign", "aria-hidden": "true" }, SIGNS[chat.type]);
  return el("li", {},
    el("button", { type: "button", class: "chat-item", "data-key": chat.id, "aria-current": chat.id === store.active ? "true" : undefined, onclick: (event) => onOpen(chat.id, event.detail > 0) },
      el("span", { class: "avatar", "data-colour": colourOf(chat.id, store), "aria-hidden": "true" }, letterOf(title)),
      el("span", { class: "chat-name" }, sign, title),
      el("time", {}, last ? brief(last.date) : ""),
      el("span", { class: typing.has(chat.id) ? "chat-last accent" : "chat-last" }, typing.has(chat.id) ? t("typing") : lastWords(chat, store)),
      count > 0 && el("span", { class: last?.silent ? "badge muted" : "badge", role: "img", "aria-label": t("unread", count) }, String(count))));
}

/** Who one is, and the others, each in a tab of their own. */
export function drawUsers(store) {
  byId("users").replaceChildren(...store.users.map((user) =>
    el("option", { value: user.id, selected: user.id === store.user.id }, `${user.name} · ${user.language ?? "–"}`)));
  const others = store.users.filter(({ id }) => id !== store.user.id);
  byId("tabs").hidden = others.length === 0;
  byId("other-users").replaceChildren(...others.map(({ id, name }) =>
    el("li", {}, el("a", { href: `?user=${id}`, target: "_blank", "aria-label": t("inNewTab", name), title: name }, el("span", {}, name), icon("outside")))));
}
