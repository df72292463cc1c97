// What is said in passing, what waits to be read, and questions that need an answer.

import { byId, el } from "./dom.js";
import { sentenceOf } from "./refusals.js";

const TOAST_LASTS = 4000; // milliseconds

export function tell(text) {
  const toast = el("p", { class: "toast" }, text);
  byId("toasts").append(toast);
  setTimeout(() => toast.remove(), TOAST_LASTS);
}

export const tellFailure = (error) => tell(sentenceOf(error));

export function showAlert(text) {
  byId("alert-text").textContent = text;
  byId("alert").showModal();
}

/** Asks for a name; empty when the reader thinks better of it. */
export const askName = async (question) => ((await ask(question, true)) ? byId("answer").value.trim() : "");

/** Asks whether to go on. */
export const confirmed = (question) => ask(question, false);

function ask(question, named) {
  const [dialog, input] = [byId("question"), byId("answer")];
  byId("question-text").textContent = question;
  Object.assign(input, { hidden: !named, required: named, value: "" });
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
