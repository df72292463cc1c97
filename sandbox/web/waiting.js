// Pressed buttons whose answer is still to come. One that never comes is forgotten, so that its button can be pressed again.

const LASTS = 10000; // milliseconds

const keyOf = (chat, message, data) => `${chat}/${message}/${data}`;

export class Waiting {
  #timers = new Map(); // by chat, message and data

  has(chat, message, data) {
    return this.#timers.has(keyOf(chat, message, data));
  }

  /** Calls `onForgotten()` if nothing ends it. */
  begin(chat, message, data, onForgotten) {
    const forget = () => { this.end(chat, message, data); onForgotten(); };
    this.#timers.set(keyOf(chat, message, data), setTimeout(forget, LASTS));
  }

  end(chat, message, data) {
    this.#end(keyOf(chat, message, data));
  }

  /** Ends the wait of each button of a message. Without a chat it is the message of that id in every chat. */
  answered(chat, message) {
    for (const key of [...this.#timers.keys()]) {
      const [where, which] = key.split("/");
      if (which === String(message) && (chat === undefined || where === String(chat))) this.#end(key);
    }
  }

  clear() {
    for (const key of [...this.#timers.keys()]) this.#end(key);
  }

  #end(key) {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
