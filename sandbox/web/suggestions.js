// What is offered while one types: the bot's commands after "/", its name after "@".

import { byId, el } from "./dom.js";
import { Listbox } from "./listbox.js";
import { isPrivate } from "./rights.js";
import { t } from "./words.js";

export class Suggestions {
  #button = byId("command-button");
  #list;

  /** `onCommand(text)` sends a command, `onComplete(text)` only puts it into the input. */
  constructor(store, { onCommand, onComplete }) {
    Object.assign(this, { store, onCommand, onComplete });
    this.#list = new Listbox(byId("commands"), (text) => this.#pick(text));
    this.#button.addEventListener("click", () => (this.#list.isOpen ? this.hide() : this.#offer(this.store.commands)));
    document.addEventListener("click", (event) => { if (!event.target.closest(".foot")) this.hide(); });
  }

  /** Offers what goes with the text that was typed. */
  typed(text) {
    const [, sign, start] = /^([/@])(\w*)$/.exec(text) ?? [];
    const { username } = this.store.bot;
    if (sign === "/") this.#offer(this.store.commands.filter(({ command }) => command.startsWith(start.toLowerCase())));
    else if (sign === "@" && username.startsWith(start.toLowerCase())) this.#show([this.#name(username)], t("mention"), 0);
    else this.hide();
  }

  /** Takes a key while a list is open; true when it was for the list. */
  key(event) {
    if (!this.#list.isOpen) return false;
    if (this.#list.move(event.key)) return true;
    const text = this.#list.chosen;
    if (event.key === "Enter" && !event.shiftKey && text) this.#pick(text);
    else if (event.key === "Tab" && !event.shiftKey) this.onComplete(`${text ?? this.#list.first} `);
    else return false;
    return true;
  }

  hide() {
    this.#list.hide();
    this.#button.setAttribute("aria-expanded", "false");
  }

  #offer(commands) {
    if (!commands.length) return this.hide();
    this.#show(commands.map((command) => this.#command(command)), t("commands"), -1);
    byId("input").focus({ preventScroll: true });
  }

  #show(options, name, at) {
    this.#list.box.setAttribute("aria-label", name);
    this.#list.show(options, at);
    this.#button.setAttribute("aria-expanded", "true");
  }

  #command({ command, description }) {
    return { value: `/${command}`, content: [el("b", {}, `/${command}`), el("span", {}, description)] };
  }

  #name(username) {
    return { value: `@${username}`, content: [el("b", {}, `@${username}`), el("span", {}, t("mentionHint"))] };
  }

  #pick(text) {
    if (text.startsWith("@")) this.onComplete(`${text} `);
    else this.onCommand(isPrivate(this.store.chat) ? text : `${text}@${this.store.bot.username}`);
  }
}
