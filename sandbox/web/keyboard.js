// The inline keyboard below a message.

import { el } from "./dom.js";
import { safeAddress } from "./entities.js";

export function keyboard(message, store, act) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keyboard" },
    ...rows.map((row) => el("div", { class: "row" }, ...row.map((one) => key(one, message, store, act)))));
}

function key(one, message, store, act) {
  const look = `key ${one.style ?? ""}`;
  if (one.url) return el("a", { class: `${look} link`, href: safeAddress(one.url), target: "_blank", rel: "noopener noreferrer" }, one.text);
  if (one.copy_text) return el("button", { type: "button", class: look, onclick: () => act.copy(one.copy_text.text) }, one.text);
  const waits = store.waiting.has(message.chat.id, message.message_id, one.callback_data);
  return el("button", { type: "button", class: look, "aria-busy": waits ? "true" : undefined, onclick: () => act.press(message, one) }, one.text);
}
