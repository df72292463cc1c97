// The topics of a forum as tabs over the messages.

import { askName } from "./dialogs.js";
import { byId, el, refill } from "./dom.js";
import { icon } from "./icons.js";
import { isAdmin } from "./rights.js";
import { t } from "./words.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class Topics {
  #strip = byId("topics");
  #tabs = byId("topic-tabs");
  #wish = null; // {chat, name, known} of the topic that the reader has asked for, with the ids of those there were

  /** `onOpen(thread)` opens a topic, `onMake(name)` makes one and resolves to whether it went through. */
  constructor(store, { onOpen, onMake }) {
    Object.assign(this, { store, onOpen, onMake });
    byId("new-topic").addEventListener("click", () => this.make());
    this.#tabs.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Asks for a name. The topic is opened once the sandbox tells of it. */
  async make() {
    const { chat } = this.store;
    const name = await askName(t("newTopicName"));
    if (!name) return;
    this.#wish = { chat: chat.id, name, known: chat.topics.map(({ id }) => id) };
    if (!(await this.onMake(name))) this.#wish = null;
  }

  draw() {
    const { chat, user } = this.store;
    if (this.#wish) this.#fulfil(chat);
    this.#strip.hidden = !chat.is_forum;
    if (!chat.is_forum) return this.#tabs.replaceChildren();
    const general = { id: 0, name: t("generalTopic") };
    refill(this.#tabs, ...[general, ...chat.topics].map((topic) => this.#tab(topic)));
    byId("new-topic").hidden = !isAdmin(chat, user.id);
  }

  /** The open topic's tab comes into sight. */
  reveal() {
    this.#tabs.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Whoever has gone to another chat meanwhile stays there. */
  #fulfil(chat) {
    const { chat: where, name, known } = this.#wish;
    const topic = chat.topics.find((one) => one.name === name && !known.includes(one.id));
    if (topic || chat.id !== where) this.#wish = null;
    if (topic && chat.id === where) this.onOpen(topic.id);
  }

  #tab({ id, name, closed }) {
    const open = id === this.store.thread;
    const count = this.store.unread(this.store.chat, id);
    return el("button", { type: "button", role: "tab", class: "topic", "data-key": id, "aria-selected": String(open), "aria-controls": "log", tabindex: open ? 0 : -1, onclick: () => this.onOpen(id) },
      closed && el("span", { class: "closed", role: "img", "aria-label": t("closed"), title: t("closed") }, icon("lock")),
      name,
      count > 0 && el("span", { class: "badge", role: "img", "aria-label": t("unread", count) }, String(count)));
  }

  #key(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = [...this.#tabs.children];
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    this.onOpen(Number(next.dataset.key));
  }
}
