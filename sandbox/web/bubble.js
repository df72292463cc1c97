// One message as a bubble: quote, picture, text, time, keyboard.

import { el, icon } from "./dom.js";
import { formatted, safeAddress } from "./entities.js";
import { gist, keyOf } from "./store.js";
import { clock, t } from "./words.js";

const SHEET = "M6 3h8l5 5v13H6zM14 3v5h5";
const REPLY = "M10 8V4l-7 7 7 7v-4c5 0 8 1.5 11 6 0-7-4-12-11-12z";

/** The element of a message. `act` has reply(message), press(message, button), command(text), jump(id), copy(text). */
export function bubble(message, store, act) {
  const own = store.isOwn(message);
  const inGroup = store.chats.get(message.chat?.id)?.type !== "private";
  return el("article", { class: own ? "message own" : "message", id: `message-${message.message_id}`, "aria-label": label(message, store) },
    el("div", { class: message.photo ? "bubble with-photo" : "bubble" },
      inGroup && !own ? el("strong", { class: "sender" }, store.nameOf(message)) : null,
      message.reply_to_message ? quote(message.reply_to_message, store, act) : null,
      message.photo ? photo(message) : null,
      message.document ? file(message) : null,
      el("div", { class: "text" },
        formatted(message.text ?? message.caption ?? "", message.entities ?? message.caption_entities, act.command), meta(message)),
      el("button", { type: "button", class: "reply", title: t("reply"), "aria-label": t("reply"), onclick: () => act.reply(message) }, icon(REPLY))),
    keyboard(message, store, act));
}

const label = (message, store) => `${store.isOwn(message) ? t("youName") : store.nameOf(message)}, ${clock(message.date)}`;

function quote(message, store, act) {
  const name = store.isOwn(message) ? t("youName") : store.nameOf(message);
  return el("button", { type: "button", class: "quote", onclick: () => act.jump(message.message_id) },
    el("strong", {}, name), el("span", {}, gist(message, t("photo"))));
}

function photo(message) {
  const image = el("img", { src: addressHere(message.url ?? message.photo.at(-1).url), alt: t("photo"), decoding: "async" });
  image.addEventListener("error", () => image.replaceWith(el("div", { class: "no-photo" }, t("photo"))));
  return image;
}

/** A file of the sandbox is named by its path, one from elsewhere by its address. */
const addressHere = (address) => address && safeAddress(new URL(address, location.href));

function file(message) {
  const name = message.document.file_name ?? t("file");
  return el("a", { class: "file", href: addressHere(message.url), target: "_blank", rel: "noopener noreferrer" }, icon(SHEET), name);
}

function meta(message) {
  const moment = el("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date));
  return el("span", { class: "meta" },
    message.silent ? el("span", { class: "silent", title: t("silent"), role: "img", "aria-label": t("silent") }, "🔕") : null,
    message.edit_date ? el("span", {}, t("edited")) : null, moment);
}

function keyboard(message, store, act) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keyboard" },
    ...rows.map((row) => el("div", { class: "row" }, ...row.map((button) => key(button, message, store, act)))));
}

function key(button, message, store, act) {
  const look = `key ${button.style ?? ""}`;
  if (button.url) {
    return el("a", { class: `${look} link`, href: safeAddress(button.url), target: "_blank", rel: "noopener noreferrer" }, button.text);
  }
  if (button.copy_text) return el("button", { type: "button", class: look, onclick: () => act.copy(button.copy_text.text) }, button.text);
  const waits = store.waiting.has(keyOf(store.active, message.message_id, button.callback_data));
  return el("button", { type: "button", class: look, "aria-busy": waits ? "true" : undefined, onclick: () => act.press(message, button) }, button.text);
}
