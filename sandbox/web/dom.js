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
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** A 24 px icon of strokes. */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** What this browser remembers of the reader; forgets quietly where storage is forbidden. */
export const memory = {
  get(key) {
    try { return localStorage.getItem(`visnyk.${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`visnyk.${key}`, value); } catch { /* private mode: nothing to keep */ }
  },
};
