// What the sandbox tells, event after event, and what each one changes.

import { showAlert, tell } from "./dialogs.js";

export class Happenings {
  #early = []; // events that came before the state they change; null while there is a state

  /** `draw()` draws everything but the messages and the people, `drawPeople()` those. */
  constructor(store, log, typing, { draw, drawPeople }) {
    Object.assign(this, { store, log, typing, draw, drawPeople });
  }

  /** Lets events wait until a fresh state is there. */
  hold() {
    this.#early ??= [];
  }

  /** The state is there: what waited happens now. */
  release() {
    const waiting = this.#early ?? [];
    this.#early = null;
    waiting.forEach((event) => this.take(event));
  }

  take(event) {
    if (this.#early) this.#early.push(event);
    else this.#kinds[event.type]?.(event);
  }

  /** A message, new or changed: from an event, or as the answer to what the reader did. */
  receive(chat, message) {
    const fresh = this.store.put(chat, message);
    if (this.store.isShown(chat, message)) {
      if (fresh) this.log.append(message);
      else this.log.redraw(message);
      for (const old of this.store.trim(chat)) this.log.remove(old.message_id);
      this.log.tellOlder();
    }
    this.draw();
  }

  /** A message whose buttons changed is drawn again if it is in sight: ids repeat from chat to chat. */
  redraw(chat, id) {
    const message = this.store.message(chat, id);
    if (message && this.store.isShown(chat, message)) this.log.redraw(message);
  }

  #kinds = {
    message: ({ chat, message }) => this.#arrive(chat, message),
    edit: ({ chat, message }) => this.#change(chat, message),
    delete: ({ chat, message_id }) => this.#remove(chat, message_id),
    toast: ({ text, alert }) => (alert ? showAlert(text) : tell(text)),
    answered: ({ chat, message_id }) => this.#answered(chat, message_id),
    commands: ({ commands }) => { this.store.setCommands(commands); this.draw(); },
    chat: ({ chat, card }) => this.#describe(chat, card),
    action: ({ chat }) => this.typing.start(chat),
    users: ({ users }) => { this.store.users = users; this.drawPeople(); },
    faults: ({ faults }) => { this.store.faults = faults; this.draw(); },
  };

  /** Only what the bot says ends its typing; the posts of a channel name nobody. */
  #arrive(chat, message) {
    if (!message.from || message.from.id === this.store.bot.id) this.typing.stop(chat);
    this.receive(chat, message);
  }

  /** Of older messages than are loaded the page doesn't know the place either. */
  #change(chat, message) {
    if (this.store.message(chat, message.message_id)) this.receive(chat, message);
  }

  #remove(chat, id) {
    this.store.remove(chat, id);
    if (chat === this.store.active) this.log.remove(id);
    this.draw();
  }

  #answered(chat, id) {
    this.store.waiting.answered(chat, id);
    this.redraw(chat ?? this.store.active, id);
  }

  /** With its group moved or its topic deleted, the reader is somewhere else now. */
  #describe(chat, card) {
    const place = () => `${this.store.active}/${this.store.thread}`;
    const before = place();
    this.store.describe(chat, card);
    if (place() !== before) this.log.draw();
    this.draw();
  }
}
