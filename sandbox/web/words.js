// Which language the page speaks, and its words put in place.

import { memory } from "./dom.js";
import { en } from "./words.en.js";
import { uk } from "./words.uk.js";

const WORDS = { uk, en };

let current = memory.get("language") ?? (navigator.language.toLowerCase().startsWith("uk") ? "uk" : "en");
if (!(current in WORDS)) current = "en";

export const language = () => current;

/** The word in the reader's language; numbers and names go to those that take them. */
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
