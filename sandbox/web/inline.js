// Inline mode: the bot's name and some words in the input bring results that can be sent.

import { byId, el } from "./dom.js";
import { letterOf } from "./gist.js";
import { Listbox } from "./listbox.js";
import { sentenceOf } from "./refusals.js";
import { safeAddress } from "./entities.js";
import { t } from "./words.js";

const PAUSE = 300; // milliseconds without a key, before the bot is asked
const NEAR_END = 120; // pixels

export class InlineMode {
  #panel = byId("inline");
  #note = byId("inline-note");
  #door = byId("inline-door");
  #hint = byId("input-hint");
  #list;
  #query = null;
  #found = null;
  #timer = 0;
  #asking = null;

  /**
   * `ask(query, offset, signal)` brings an answer, `onChoose(query, result)` sends a result of it, and
   * `onDoor(parameter)` goes where the button above the results leads.
   */
  constructor(store, { ask, onChoose, onDoor }) {
    Object.assign(this, { store, ask, onChoose });
    this.#list = new Listbox(byId("inline-results"), (result) => onChoose(this.#found.id, result));
    this.#list.box.addEventListener("scroll", () => this.#isNearEnd && this.#more());
    this.#door.addEventListener("click", () => onDoor(this.#found.button.start_parameter));
  }

  /** Asks the bot if the text is its name and a query; any other text ends the mode. */
  typed(text) {
    const query = this.#queryIn(text);
    this.#drawHint(text, query);
    if (query === this.#query) return;
    this.end();
    this.#query = query;
    if (query !== null) this.#timer = setTimeout(() => this.#begin(query), PAUSE);
  }

  /** Takes a key while there is a query; true when it was for the results. */
  key(event) {
    if (this.#query === null) return false;
    if (this.#list.isOpen && this.#list.move(event.key)) return true;
    if (event.key !== "Enter" || event.shiftKey) return false;
    if (this.#list.chosen) this.onChoose(this.#found.id, this.#list.chosen);
    // While the bot thinks, Enter waits; where it has found nothing, the words are sent as a message.
    return Boolean(this.#list.chosen) || this.#found === null;
  }

  end() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#query = this.#found = null;
    this.#panel.hidden = true;
    this.#list.hide();
  }

  get #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#list.box;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #queryIn(text) {
    const [name, ...rest] = text.split(/\s/);
    const own = name.toLowerCase() === `@${this.store.bot.username}`.toLowerCase();
    return own && rest.length ? text.slice(name.length + 1).trim() : null;
  }

  /** Beside the bare name it says what may follow. */
  #drawHint(text, query) {
    this.#hint.hidden = query !== "";
    this.#hint.firstElementChild.textContent = text;
  }

  async #begin(query) {
    this.#panel.setAttribute("aria-busy", "true");
    this.#draw(t("inlineAsking"), null);
    const found = await this.#fetch(query, "");
    this.#panel.removeAttribute("aria-busy");
    if (!found) return;
    this.#found = found;
    this.#draw(found.results.length ? "" : t("inlineNothing"), found.button);
    if (found.results.length) this.#list.show(found.results.map(option), 0);
  }

  async #more() {
    if (!this.#found?.next_offset || this.#asking) return;
    const found = await this.#fetch(this.#query, this.#found.next_offset);
    if (!found) return;
    // A result is sent by the query that brought it.
    this.#found = { ...found, button: this.#found.button };
    this.#list.add(found.results.map(option));
  }

  /** The bot's answer, null when it is stale or there is none. */
  async #fetch(query, offset) {
    const asking = this.#asking = new AbortController();
    try {
      return await this.ask(query, offset, asking.signal);
    } catch (error) {
      if (asking.signal.aborted) return null;
      this.#found = { results: [] };
      this.#draw(sentenceOf(error), null);
      return null;
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  }

  #draw(note, door) {
    this.#panel.hidden = false;
    this.#note.textContent = note;
    this.#note.hidden = !note;
    this.#door.textContent = door?.text ?? "";
    this.#door.hidden = !door;
  }
}

function option(result) {
  const words = el("span", { class: "result-text" }, el("b", {}, result.title ?? t("photo")), result.description && el("span", {}, result.description));
  return { value: result.id, content: [thumbnail(result), words] };
}

function thumbnail({ thumbnail_url: address, title }) {
  const letter = () => el("span", { class: "thumbnail", "aria-hidden": "true" }, letterOf(title ?? ""));
  if (!address) return letter();
  const image = el("img", { class: "thumbnail", src: safeAddress(address), alt: "" });
  image.addEventListener("error", () => image.replaceWith(letter()));
  return image;
}
