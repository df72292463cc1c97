// The place where one writes: the input, what is replied to, and the lists that open above.

import { tell } from "./dialogs.js";
import { byId } from "./dom.js";
import { authorOf, gist } from "./gist.js";
import { t } from "./words.js";

const TALLEST = 160; // pixels
// Characters, as Telegram counts them and JavaScript does.
const LONGEST_TEXT = 4096;
export const LONGEST_CAPTION = 1024;

export class Composer {
  #input = byId("input");
  #reply = null;

  /** `onSend` is a deed that sends a text, as `hand` has it; `helpers` see what is typed, and keys first. */
  constructor(store, onSend) {
    Object.assign(this, { store, onSend, helpers: [] });
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(this.#input.value); });
    byId("reply-cancel").addEventListener("click", () => this.reply(null));
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("input", () => this.#changed());
  }

  /** Shows the message that will be replied to; null takes it back. */
  reply(message) {
    this.#show(message);
    if (message) this.focus();
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  /** Puts a text into the input, to be gone on with. */
  write(text) {
    this.#input.value = text;
    this.#changed();
    this.focus();
  }

  send(text) {
    if (text.trim()) this.hand(this.onSend, LONGEST_TEXT, text);
  }

  /**
   * Empties the input and calls `deed(text, replyTo)` with what was there. If that doesn't resolve to true, all of it
   * comes back; what is longer than `longest` stays at once.
   */
  async hand(deed, longest = Infinity, text = this.#input.value) {
    if (text.trim().length > longest) return tell(t("tooLong", longest));
    const reply = this.#reply;
    this.clear();
    if (!(await deed(text, reply?.message_id))) this.#takeBack(text, reply);
  }

  clear() {
    this.reply(null);
    this.#input.value = "";
    this.#changed();
  }

  #show(message) {
    this.#reply = message;
    byId("reply-preview").hidden = !message;
    if (!message) return;
    byId("reply-name").textContent = authorOf(message, this.store);
    byId("reply-text").textContent = gist(message);
  }

  /** Puts a text before what was written since, and the reply where none was chosen since and its message is in sight. */
  #takeBack(text, reply) {
    if (reply && !this.#reply && this.store.isShown(reply.chat.id, reply)) this.#show(reply);
    this.#input.value = [text, this.#input.value].filter(Boolean).join("\n");
    this.#changed();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.helpers.some((helper) => helper.key(event))) event.preventDefault();
    else if (event.key === "Escape") this.#giveUp();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send(this.#input.value);
    }
  }

  #giveUp() {
    this.reply(null);
    for (const helper of this.helpers) helper.typed("");
  }

  #changed() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${Math.min(this.#input.scrollHeight, TALLEST)}px`;
    for (const helper of this.helpers) helper.typed(this.#input.value);
  }
}
