// What the reader does: each deed goes to the sandbox, and a refusal is told. Most resolve to whether they went through.

import { tellFailure } from "./dialogs.js";
import { isPrivate } from "./rights.js";

export class Deeds {
  /** `onMessage(chat, message)` gets what was sent, `onPress(chat, id)` a message whose button waits or waits no more. */
  constructor(store, client, { onMessage, onPress }) {
    Object.assign(this, { store, client, onMessage, onPress });
  }

  say(text, replyTo, place = this.store.place) {
    return this.#sent(place.chat, this.client.say(place, text, replyTo));
  }

  /** A command in a group names the bot it is for, as Telegram's own do. */
  command(text) {
    const named = isPrivate(this.store.chat) || text.includes("@");
    return this.say(named ? text : text.replace(/^\/\w+/, `$&@${this.store.bot.username}`));
  }

  /** The caption goes with the first file; whether that one went through is what it resolves to. */
  sendFiles(files, caption) {
    const { place } = this.store;
    const [first] = files.map((file, at) => this.#sent(place.chat, this.client.sendFile(place, file, at === 0 ? caption : "")));
    return first;
  }

  choose(query, result) {
    const { place } = this.store;
    return this.#sent(place.chat, this.client.choose(place, query, result));
  }

  press(message, button) {
    const { waiting } = this.store;
    const press = [message.chat.id, message.message_id, button.callback_data];
    const changed = () => this.onPress(message.chat.id, message.message_id);
    if (waiting.has(...press)) return;
    waiting.begin(...press, changed);
    changed();
    this.client.press(...press).catch((error) => {
      waiting.end(...press);
      changed();
      tellFailure(error);
    });
  }

  setStanding(status, chat = this.store.active) {
    return done(this.client.setStanding(chat, status));
  }

  changeTopic(change) {
    return done(this.client.changeTopic(this.store.active, change));
  }

  #sent(chat, promise) {
    return done(promise, (message) => this.onMessage(chat, message));
  }
}

const done = (promise, act = () => {}) =>
  promise.then((answer) => { act(answer); return true; }, (error) => { tellFailure(error); return false; });
