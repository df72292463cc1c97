// The place where one writes: input, reply preview, command menu.

import { byId, el } from "./dom.js";
import { gist } from "./store.js";
import { t } from "./words.js";

const TALLEST = 160; // pixels

export class Composer {
  #input = byId("input");
  #menu = byId("commands");
  #button = byId("command-button");
  #replyTo = null;
  #chosen = -1;

  /** `onSend(text, replyTo)` is called with what the reader wrote. */
  constructor(store, onSend) {
    Object.assign(this, { store, onSend });
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.#send(this.#input.value); });
    byId("reply-cancel").addEventListener("click", () => this.reply(null));
    byId("start").addEventListener("click", () => this.#send("/start"));
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("input", () => { this.#grow(); this.#suggest(); });
    this.#button.addEventListener("click", () => (this.#menu.hidden ? this.#open(this.store.bot.commands) : this.#close()));
    document.addEventListener("click", (event) => { if (!event.target.closest(".foot")) this.#close(); });
  }

  /** Shows the message that will be replied to; null takes it back. */
  reply(message) {
    this.#replyTo = message?.message_id ?? null;
    byId("reply-preview").hidden = !message;
    if (!message) return;
    byId("reply-name").textContent = this.store.isOwn(message) ? t("youName") : this.store.nameOf(message);
    byId("reply-text").textContent = gist(message, t("photo"));
    this.focus();
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  #send(text) {
    if (!text.trim()) return;
    this.onSend(text, this.#replyTo);
    this.#input.value = "";
    this.reply(null);
    this.#close();
    this.#grow();
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") { this.#close(); this.reply(null); return; }
    if (!this.#menu.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.#choose(this.#chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (!this.#menu.hidden && event.key === "Tab" && !event.shiftKey) {
      this.#complete(event);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const option = this.#menu.hidden ? null : this.#menu.children[this.#chosen];
      this.#send(option?.dataset.command ?? this.#input.value);
    }
  }

  #complete(event) {
    const option = this.#menu.children[Math.max(this.#chosen, 0)];
    if (!option) return;
    event.preventDefault();
    this.#input.value = `${option.dataset.command} `;
    this.#close();
  }

  #grow() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${Math.min(this.#input.scrollHeight, TALLEST)}px`;
  }

  #suggest() {
    const typed = /^\/(\w*)$/.exec(this.#input.value);
    if (!typed) return this.#close();
    this.#open(this.store.bot.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())));
  }

  #open(commands) {
    if (!commands.length) return this.#close();
    this.#menu.replaceChildren(...commands.map((command, place) => this.#option(command, place)));
    this.#menu.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#choose(-1);
    this.focus();
  }

  #option({ command, description }, place) {
    const text = `/${command}`;
    return el("li", { role: "option", id: `command-${place}`, "data-command": text, "aria-selected": "false", onclick: () => this.#send(text) },
      el("b", {}, text), el("span", {}, description));
  }

  #choose(place) {
    const options = [...this.#menu.children];
    this.#chosen = place < 0 ? -1 : Math.min(place, options.length - 1);
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.#chosen)));
    options[this.#chosen]?.scrollIntoView({ block: "nearest" });
    if (this.#chosen >= 0) this.#input.setAttribute("aria-activedescendant", `command-${this.#chosen}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #close() {
    this.#menu.hidden = true;
    this.#chosen = -1;
    this.#button.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}
