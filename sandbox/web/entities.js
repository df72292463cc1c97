// Telegram's formatting: a text and its entities become elements. Offsets count UTF-16 units, as JavaScript's do.

import { el } from "./dom.js";
import { t } from "./words.js";

const SAFE = new Set(["http:", "https:", "tg:"]);

/** The address if it may be opened, else undefined. */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** A fragment of the formatted text. `onCommand` is called with a bot command that was clicked. */
export function formatted(text, entities = [], onCommand = () => {}) {
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, sorted, onCommand);
  return fragment;
}

/** Fills `parent` with text[start..end]; takes from `entities` those that lie in there. */
function fill(parent, text, start, end, entities, onCommand) {
  let at = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    parent.append(text.slice(at, from));
    const piece = element(entity, text.slice(from, to), onCommand);
    fill(piece, text, from, to, entities, onCommand);
    parent.append(piece);
    at = to;
  }
  parent.append(text.slice(at, end));
}

const link = (address) => {
  const href = safeAddress(address);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }) : el("span");
};

function spoiler() {
  const hidden = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": t("spoiler") });
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    hidden.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", reveal, { once: true });
  hidden.addEventListener("keydown", reveal);
  return hidden;
}

function expandable() {
  const quote = el("blockquote", { class: "folded", tabindex: 0, title: t("showMore") });
  const toggle = (event) => {
    if (event.type === "click" || event.key === "Enter") quote.classList.toggle("folded");
  };
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", toggle);
  return quote;
}

const MAKERS = {
  bold: () => el("b"),
  italic: () => el("i"),
  underline: () => el("u"),
  strikethrough: () => el("s"),
  spoiler,
  code: () => el("code"),
  pre: (entity) => el("pre", { "data-language": entity.language }),
  blockquote: () => el("blockquote"),
  expandable_blockquote: expandable,
  text_link: (entity) => link(entity.url),
  url: (_, text) => link(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`),
  bot_command: (_, text, onCommand) => el("button", { type: "button", class: "command", onclick: () => onCommand(text) }),
  date_time: (entity) => el("time", { title: new Date((entity.unix_time ?? 0) * 1000).toLocaleString() }),
};

function element(entity, text, onCommand) {
  return MAKERS[entity.type]?.(entity, text, onCommand) ?? el("span", { class: `entity-${entity.type}` });
}
