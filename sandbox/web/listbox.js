// A list of options above the input: the focus stays in the input, the arrow keys move the choice.

import { byId, el } from "./dom.js";

export class Listbox {
  #input = byId("input");
  #values = [];
  #at = -1;

  /** `box` has the role listbox; `onPick(value)` is called with the value of the option that was chosen. */
  constructor(box, onPick) {
    Object.assign(this, { box, onPick });
  }

  get isOpen() {
    return this.box.childElementCount > 0 && !this.box.hidden;
  }

  /** The value of the chosen option, undefined for none. */
  get chosen() {
    return this.#values[this.#at];
  }

  get first() {
    return this.#values[0];
  }

  /** Shows options, each {value, content}; the one at `at` is chosen, -1 for none. */
  show(options, at = -1) {
    this.#values = [];
    this.box.replaceChildren();
    this.add(options);
    this.box.hidden = false;
    this.#input.setAttribute("aria-controls", this.box.id);
    this.#choose(at);
  }

  add(options) {
    for (const { value, content } of options) {
      const id = `${this.box.id}-${this.#values.push(value)}`;
      this.box.append(el("li", { role: "option", id, "aria-selected": "false", onclick: () => this.onPick(value) }, ...content));
    }
  }

  hide() {
    this.box.hidden = true;
    this.box.replaceChildren();
    this.#values = [];
    this.#choose(-1);
  }

  /** Moves the choice; true for a key that does so. */
  move(key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) this.#choose(Math.max(0, this.#at + step));
    return Boolean(step);
  }

  #choose(place) {
    const options = [...this.box.children];
    this.#at = Math.min(place, options.length - 1);
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.#at)));
    options[this.#at]?.scrollIntoView({ block: "nearest" });
    if (options[this.#at]) this.#input.setAttribute("aria-activedescendant", options[this.#at].id);
    else this.#input.removeAttribute("aria-activedescendant");
  }
}
