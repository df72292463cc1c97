// What the page knows, and how an event changes it. Touches no element.

import { Reading } from "./reading.js";
import { hears } from "./rights.js";
import { Waiting } from "./waiting.js";

const KEPT = 1000; // messages of a chat; the page may stay open for days

export class Store {
  bot = { name: "", username: "" };
  user = null;
  users = [];
  faults = [];
  chats = new Map();
  active = null;
  waiting = new Waiting();
  #threads = new Map(); // which topic is open in a forum
  #reading = new Reading();
  #arrivals = 0;

  /** Takes up the server's whole state, at the start and after a reconnection. */
  load(state) {
    Object.assign(this, { bot: state.bot, user: state.user, users: state.users, faults: state.faults ?? [] });
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    this.#reading.open(this.user.id, state.chats);
    if (!this.chats.has(this.active)) this.active = state.chats[0]?.id ?? null;
    this.#leaveOldPlaces();
    this.waiting.clear();
  }

  get chat() {
    return this.chats.get(this.active);
  }

  /** The private chat with the bot has its user's own id. */
  get privateChat() {
    return this.user?.id;
  }

  /** The commands that the bot offers in the open chat. */
  get commands() {
    return this.chat && hears(this.chat) ? this.chat.commands ?? [] : [];
  }

  /** The open topic; 0 is the general one, or a chat without topics. */
  get thread() {
    return this.#threads.get(this.active) ?? 0;
  }

  /** Where a message that is written now goes. */
  get place() {
    return { chat: this.active, thread: this.thread || undefined };
  }

  /** The messages of the open chat and topic. */
  get shown() {
    return this.chat?.messages.filter((message) => threadOf(this.chat, message) === this.thread) ?? [];
  }

  /** Whether the open chat and topic have older messages than those shown. */
  get hasOlder() {
    return this.chat?.older?.includes(this.thread) ?? false;
  }

  open(chat, thread = this.#threads.get(chat) ?? 0) {
    this.active = chat;
    this.#threads.set(chat, thread);
  }

  isShown(chat, message) {
    return chat === this.active && threadOf(this.chat, message) === this.thread;
  }

  /** The chats as a list shows them: those where something was said last come first. */
  inOrder() {
    const recent = (chat) => chat.messages.at(-1)?.date ?? 0;
    return [...this.chats.values()]
      .filter((chat) => !chat.migrated_to)
      .sort((one, other) => recent(other) - recent(one) || (other.arrival ?? 0) - (one.arrival ?? 0));
  }

  /** `menus` has the commands by chat id. */
  setCommands(menus) {
    for (const [id, commands] of Object.entries(menus)) Object.assign(this.chats.get(Number(id)) ?? {}, { commands });
  }

  /** A chat is new, or another than it was. */
  describe(id, card) {
    this.chats.set(id, { messages: [], commands: [], ...this.chats.get(id), ...card });
    this.#leaveOldPlaces();
  }

  message(chat, id) {
    return this.chats.get(chat)?.messages.find((message) => message.message_id === id);
  }

  isOwn(message) {
    return message.from?.id === this.user?.id;
  }

  /** Adds a message or puts it in the place of its former self; true when it is new. */
  put(chatId, message) {
    const chat = this.chats.get(chatId) ?? this.#meet(chatId, message);
    const place = chat.messages.findIndex((known) => known.message_id === message.message_id);
    if (place >= 0) chat.messages[place] = message;
    else chat.messages.push(message);
    if (place < 0) chat.arrival = ++this.#arrivals;
    return place < 0;
  }

  remove(chatId, id) {
    const chat = this.chats.get(chatId);
    if (chat) chat.messages = chat.messages.filter((message) => message.message_id !== id);
  }

  /** Lets the oldest messages of a chat go when there are too many; gives those. */
  trim(chatId) {
    const chat = this.chats.get(chatId);
    const gone = chat.messages.splice(0, Math.max(0, chat.messages.length - KEPT));
    if (gone.length) chat.older = [...chat.older ?? [], ...gone.map((message) => threadOf(chat, message))];
    return gone;
  }

  /** The open chat and topic have been read to their end. */
  markRead() {
    const last = this.shown.at(-1);
    if (last) this.#reading.mark(this.active, this.thread, last.message_id);
  }

  /** How many messages were not read in a chat, or in one topic of it. */
  unread(chat, thread) {
    return chat.messages.filter((message) => {
      const where = threadOf(chat, message);
      return (thread === undefined || where === thread) && !this.isOwn(message)
        && message.message_id > this.#reading.last(chat.id, where);
    }).length;
  }

  get allUnread() {
    return this.inOrder().reduce((sum, chat) => sum + this.unread(chat), 0);
  }

  /** Out of a group that has moved into the new one, out of a topic that is gone into the general one. */
  #leaveOldPlaces() {
    const moved = this.chat?.migrated_to;
    if (moved && this.chats.has(moved)) this.active = moved;
    for (const [id, thread] of this.#threads) {
      if (thread && !this.chats.get(id)?.topics?.some((topic) => topic.id === thread)) this.#threads.set(id, 0);
    }
  }

  #meet(id, message) {
    const chat = { id, type: message.chat?.type, title: message.chat?.title ?? "", members: {}, topics: [], commands: [], messages: [] };
    this.chats.set(id, chat);
    return chat;
  }
}

/** The topic a message is in, 0 for the general one; only a forum has others. */
export const threadOf = (chat, message) => (chat?.is_forum && message.message_thread_id) || 0;
