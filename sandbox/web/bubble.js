// One message as a bubble: sender, quote, picture, text, link preview, time, keyboard.

import { button, el } from "./dom.js";
import { formatted } from "./entities.js";
import { authorOf, colourOf, gist, happened, isService, letterOf, personName } from "./gist.js";
import { icon } from "./icons.js";
import { keyboard } from "./keyboard.js";
import { file, photo, preview } from "./media.js";
import { clock } from "./times.js";
import { t } from "./words.js";

/**
 * The element of a message that comes after `before` (null for the first one).
 * `act` has reply(message), press(message, button), command(text), jump(id), copy(text).
 */
export function bubble(message, before, store, act) {
  const id = `message-${message.message_id}`;
  if (isService(message)) return el("p", { class: "event", id }, el("span", {}, happened(message)));
  const own = store.isOwn(message);
  const several = message.chat?.type.endsWith("group") && !own;
  const follows = several && before?.from?.id === message.from?.id && !isService(before);
  const look = ["message", own && "own", several && "with-face", follows && "follows", message.preview && "wide"];
  return el("article", { class: look.filter(Boolean).join(" "), id, "aria-label": `${authorOf(message, store)}, ${clock(message.date)}` },
    several && !follows && face(message, store),
    el("div", { class: message.photo ? "bubble with-photo" : "bubble" },
      several && !follows && sender(message, store),
      message.via_bot && el("span", { class: "via" }, t("via"), el("span", { class: "accent" }, `@${message.via_bot.username}`)),
      message.reply_to_message && quote(message.reply_to_message, store, act),
      message.photo && photo(message),
      message.document && file(message),
      ...content(message, act),
      button(icon("reply"), () => act.reply(message), { class: "reply", title: t("reply"), "aria-label": t("reply") })),
    keyboard(message, store, act));
}

const face = (message, store) =>
  el("span", { class: "avatar", "data-colour": colourOf(message.from?.id, store), "aria-hidden": "true" }, letterOf(personName(message.from)));

const sender = (message, store) =>
  el("strong", { class: "sender", "data-colour": colourOf(message.from?.id, store) }, personName(message.from));

/** The text with its preview above or below, and the time at the end of whatever comes last. */
function content(message, act) {
  const words = formatted(message.text ?? message.caption ?? "", message.entities ?? message.caption_entities, act.command);
  const card = message.preview && preview(message.preview);
  if (card && !message.preview.above) return [el("div", { class: "text" }, words), card, el("div", { class: "text tail" }, meta(message))];
  return [card, el("div", { class: "text" }, words, meta(message))];
}

function quote(message, store, act) {
  return el("button", { type: "button", class: "quote", onclick: () => act.jump(message.message_id) },
    el("strong", {}, authorOf(message, store)), el("span", {}, gist(message)));
}

function meta(message) {
  const moment = el("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date));
  return el("span", { class: "meta" },
    message.silent && el("span", { class: "silent", title: t("silent"), role: "img", "aria-label": t("silent") }, "🔕"),
    message.edit_date && el("span", {}, t("edited")), moment);
}
