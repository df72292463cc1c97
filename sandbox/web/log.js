// The list of messages: days, scrolling, and the button that leads to what came in meanwhile.

import { bubble } from "./bubble.js";
import { byId, el } from "./dom.js";
import { day } from "./times.js";
import { t } from "./words.js";

const NEAR_BOTTOM = 80; // pixels

export class Log {
  #box = byId("log");
  #pill = byId("new-messages");
  #missed = 0;
  #last = null;
  // Whether the reader stays at the end, whatever comes or grows; only the reader ends it, by scrolling up.
  #stuck = true;
  #seen = { top: 0, height: 0 };

  constructor(store, act) {
    Object.assign(this, { store, act });
    this.#pill.addEventListener("click", () => this.toBottom("smooth"));
    this.#box.addEventListener("scroll", () => this.#scrolled());
    // A keyboard that slides in, or a picture that arrives, must not hide the newest message.
    new ResizeObserver(() => this.#stay()).observe(this.#box);
    this.#box.addEventListener("load", () => this.#stay(), true);
  }

  get #atBottom() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < NEAR_BOTTOM;
  }

  /** Draws all of the open chat and topic anew. Busy meanwhile, so that a screen reader does not read all of it. */
  draw() {
    this.#box.setAttribute("aria-busy", "true");
    this.#box.replaceChildren();
    this.#last = null;
    for (const message of this.store.shown) this.#add(message);
    this.tellOlder();
    this.toBottom();
    requestAnimationFrame(() => this.#box.removeAttribute("aria-busy"));
  }

  /** Adds a new message at the end; scrolls there only if the reader was there, or wrote it. */
  append(message) {
    // The reader may have scrolled just now; the event of that comes later, when this message is there already.
    this.#scrolled();
    const follow = this.#stuck || this.store.isOwn(message);
    this.#add(message);
    // At once, not smoothly: halfway there the next message would find the reader away from the end.
    if (follow) this.toBottom();
    else this.#miss();
  }

  /** Draws a message again in its place, after an edit or when a button waits or has its answer. */
  redraw(message) {
    const old = byId(`message-${message.message_id}`);
    if (!old) return;
    this.#scrolled();
    const focused = [...old.querySelectorAll(".key")].indexOf(document.activeElement);
    const shown = this.store.shown;
    const place = shown.findIndex((one) => one.message_id === message.message_id);
    const fresh = bubble(message, place > 0 ? shown[place - 1] : null, this.store, this.act);
    old.replaceWith(fresh);
    if (focused >= 0) this.#keepFocus(fresh.querySelectorAll(".key"), focused);
    this.#stay();
  }

  /** Says at the top that there is more, where there is. */
  tellOlder() {
    if (!this.store.hasOlder || byId("older")) return;
    this.#box.prepend(el("p", { class: "event", id: "older" }, el("span", {}, t("olderNotShown"))));
  }

  remove(id) {
    byId(`message-${id}`)?.remove();
  }

  jump(id) {
    const target = byId(`message-${id}`);
    target?.scrollIntoView({ behavior: "smooth", block: "center" });
    target?.classList.add("pointed-at");
    target?.addEventListener("animationend", () => target.classList.remove("pointed-at"), { once: true });
  }

  toBottom(behavior = "instant") {
    this.#stuck = true;
    this.#box.scrollTo({ top: this.#box.scrollHeight, behavior });
    this.#look();
    this.#forget();
  }

  #stay() {
    if (this.#stuck) this.toBottom();
  }

  /** The end may have moved on before the event of having come there: only going up counts as leaving it. */
  #scrolled() {
    const { top, height } = this.#seen;
    this.#look();
    // With another height it may be the layout that moved, not the reader.
    if (this.#seen.top < top && this.#seen.height === height) this.#stuck = false;
    if (!this.#atBottom) return;
    this.#stuck = true;
    this.#forget();
  }

  #look() {
    this.#seen = { top: this.#box.scrollTop, height: this.#box.scrollHeight };
  }

  #add(message) {
    const name = day(message.date);
    const newDay = this.#last === null || name !== day(this.#last.date);
    if (newDay) this.#box.append(el("div", { class: "day" }, el("span", {}, name)));
    this.#box.append(bubble(message, newDay ? null : this.#last, this.store, this.act));
    this.#last = message;
  }

  /** A page turned by its button leaves the focus there, or on the last button if there are fewer now. */
  #keepFocus(keys, place) {
    (keys[place] ?? [...keys].at(-1) ?? this.#box).focus({ preventScroll: true });
  }

  #miss() {
    this.#missed += 1;
    this.#pill.textContent = t("newMessages", this.#missed);
    this.#pill.hidden = false;
  }

  #forget() {
    this.#missed = 0;
    this.#pill.hidden = true;
  }
}
