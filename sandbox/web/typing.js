// In which chats the bot is typing: it says so for five seconds, or until its message comes.

const LASTS = 5000; // milliseconds, as Telegram has it

export class Typing {
  #timers = new Map();

  /** `onChange()` is called when someone begins or ends. */
  constructor(onChange) {
    this.onChange = onChange;
  }

  has(chat) {
    return this.#timers.has(chat);
  }

  start(chat) {
    clearTimeout(this.#timers.get(chat));
    this.#timers.set(chat, setTimeout(() => this.stop(chat), LASTS));
    this.onChange();
  }

  stop(chat) {
    clearTimeout(this.#timers.get(chat));
    if (this.#timers.delete(chat)) this.onChange();
  }
}
