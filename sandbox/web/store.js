// What the page knows, and how an event changes it. Touches no element.

export class Store {
  bot = { name: "", commands: [] };
  user = null;
  users = [];
  chats = new Map();
  active = null;
  unread = new Map();
  waiting = new Set(); // "chat/message/data" of pressed buttons whose answer is still to come

  /** Takes up the server's whole state, at the start and after a reconnection. */
  load(state) {
    Object.assign(this, { bot: state.bot, user: state.user, users: state.users });
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    if (!this.chats.has(this.active)) this.active = state.chats[0]?.id ?? null;
    this.waiting.clear();
  }

  get chat() {
    return this.chats.get(this.active);
  }

  message(chat, id) {
    return this.chats.get(chat)?.messages.find((message) => message.message_id === id);
  }

  isOwn(message) {
    return message.from?.id === this.user?.id;
  }

  nameOf(message) {
    return message.from ? [message.from.first_name, message.from.last_name].filter(Boolean).join(" ") : message.chat?.title ?? "";
  }

  /** Adds a message or puts it in the place of its former self; true when it is new. */
  put(chatId, message) {
    const chat = this.chats.get(chatId) ?? this.#meet(chatId, message);
    const place = chat.messages.findIndex((known) => known.message_id === message.message_id);
    if (place >= 0) chat.messages[place] = message;
    else chat.messages.push(message);
    return place < 0;
  }

  remove(chatId, id) {
    const chat = this.chats.get(chatId);
    if (chat) chat.messages = chat.messages.filter((message) => message.message_id !== id);
  }

  answered(id) {
    for (const key of this.waiting) if (key.split("/")[1] === String(id)) this.waiting.delete(key);
  }

  countUnread(chatId) {
    this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
  }

  get allUnread() {
    return [...this.unread.values()].reduce((sum, count) => sum + count, 0);
  }

  #meet(id, message) {
    const chat = { id, type: message.chat?.type, title: message.chat?.title ?? this.nameOf(message), messages: [] };
    this.chats.set(id, chat);
    return chat;
  }
}

export const keyOf = (chat, message, data) => `${chat}/${message}/${data}`;

/** One line that stands for a message in lists and quotes. */
export const gist = (message, photoWord) =>
  (message.text ?? message.caption ?? message.document?.file_name ?? (message.photo ? photoWord : "")).replace(/\s+/g, " ").slice(0, 160);
