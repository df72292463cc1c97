// Under the messages: where one may write, the composer; else a button or a sentence in its place.

import { byId } from "./dom.js";
import { footOf } from "./rights.js";
import { ROOMY } from "./shell.js";
import { t } from "./words.js";

// What takes over the focus from what was there before.
const HEIRS = { start: "start", unblock: "unblock", write: "input" };
const NOTES = { readers: "onlyAdminsWrite", closed: "topicIsClosed" };

export const footNow = (store) => footOf(store.chat, store.user.id, store.thread);

export function drawFoot(store) {
  const foot = footNow(store);
  const focused = document.activeElement;
  byId("empty").hidden = store.shown.length > 0;
  byId("empty-text").hidden = byId("start").hidden = foot !== "start";
  byId("empty-text").textContent = store.bot.description || t("emptyText");
  byId("unblock").hidden = foot !== "unblock";
  byId("foot-note").hidden = !(foot in NOTES);
  byId("foot-note").textContent = foot in NOTES ? t(NOTES[foot]) : "";
  byId("composer").hidden = foot !== "write";
  byId("log").classList.toggle("read-only", foot !== "write");
  byId("command-button").hidden = store.commands.length === 0;
  if (focused.closest(".foot") && focused.closest("[hidden]")) passFocus(foot);
}

/** On a phone the input would bring the keyboard up, which nobody asked for. */
function passFocus(foot) {
  if (foot !== "write" || ROOMY.matches) byId(HEIRS[foot])?.focus({ preventScroll: true });
}
