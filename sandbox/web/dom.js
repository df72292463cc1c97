// Small hands for the page: find an element, make one. Text goes in as text, never as markup.

export const byId = (id) => document.getElementById(id);

/** Makes an element: el("a", {class: "x", href, onclick}, "text", otherElement). Undefined and null are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Puts new children in the place of the old. What had the focus keeps it, known by its data-key. */
export function refill(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  parent.replaceChildren(...children);
  if (focused !== undefined) parent.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** A button that does one thing. */
export const button = (text, act, attributes = {}) => el("button", { type: "button", onclick: act, ...attributes }, text);

/** What this browser remembers of the reader; forgets quietly where storage is forbidden. */
export const memory = {
  get(key) {
    try { return localStorage.getItem(`visnyk.${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`visnyk.${key}`, value); } catch { /* private mode: nothing to keep */ }
  },
};
