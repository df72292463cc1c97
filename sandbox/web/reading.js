// Up to which message the reader has read each chat and topic. The browser remembers it from one visit to the next.

import { memory } from "./dom.js";

export class Reading {
  #name = "";
  #marks = {};

  /** Takes up a user's marks, none of them beyond what there is: a sandbox that was emptied counts anew. */
  open(user, chats) {
    this.#name = `read.${user}`;
    this.#marks = this.#remembered();
    const lasts = new Map(chats.map((chat) => [String(chat.id), chat.messages.at(-1)?.message_id ?? 0]));
    for (const key of Object.keys(this.#marks)) {
      this.#marks[key] = Math.min(this.#marks[key], lasts.get(key.split("/")[0]) ?? 0);
    }
  }

  /** The id of the last message that was read there. */
  last(chat, thread) {
    return this.#marks[`${chat}/${thread}`] ?? 0;
  }

  mark(chat, thread, message) {
    if (message <= this.last(chat, thread)) return;
    // Another tab of the same user may have read elsewhere.
    this.#marks = { ...this.#remembered(), ...this.#marks, [`${chat}/${thread}`]: message };
    memory.set(this.#name, JSON.stringify(this.#marks));
  }

  #remembered() {
    try { return JSON.parse(memory.get(this.#name)) ?? {}; } catch { return {}; }
  }
}
