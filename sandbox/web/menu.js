// A menu that opens from a button: its items are made when it opens, arrow keys walk through them.

import { byId, el } from "./dom.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

let opener = null;

/** Lets `button` open a menu; `items()` gives what is in it now, each {text, act, danger?}. */
export function opensMenu(button, items) {
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    if (opener === button) closeMenu();
    else open(button, items());
  });
}

export function closeMenu(refocus = false) {
  byId("menu").hidden = true;
  opener?.setAttribute("aria-expanded", "false");
  if (refocus) opener?.focus();
  opener = null;
}

function open(button, items) {
  closeMenu();
  if (!items.length) return;
  opener = button;
  button.setAttribute("aria-expanded", "true");
  const menu = byId("menu");
  menu.setAttribute("aria-label", button.getAttribute("aria-label"));
  menu.replaceChildren(...items.map(entry));
  menu.hidden = false;
  place(menu, button.getBoundingClientRect());
  menu.firstElementChild.focus();
}

function entry({ text, act, danger }) {
  const choose = () => { closeMenu(true); act(); };
  return el("button", { type: "button", role: "menuitem", class: danger ? "danger" : null, tabindex: -1, onclick: choose }, text);
}

/** Below the button and within the window, above it where there is no room. */
function place(menu, { left, right, top, bottom }) {
  const room = 8;
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(room, Math.min(left, right - width, innerWidth - width - room))}px`;
  menu.style.top = `${bottom + height + room < innerHeight ? bottom + 4 : Math.max(room, top - height - 4)}px`;
}

function walk(event) {
  const entries = [...byId("menu").children];
  const step = STEPS[event.key];
  if (!opener) return;
  if (event.key === "Escape") { event.stopPropagation(); closeMenu(true); }
  if (event.key === "Tab") closeMenu(true);
  if (!step) return;
  event.preventDefault();
  entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length].focus();
}

byId("menu").addEventListener("keydown", walk);
document.addEventListener("click", () => closeMenu());
