// Over the messages: whose chat it is, who is there, what its menu offers, and whether something is made to fail.

import { byId } from "./dom.js";
import { colourOf, letterOf, titleOf } from "./gist.js";
import { hasBot, isAdmin, isPrivate, memberCount, standingsFor } from "./rights.js";
import { opensMenu } from "./menu.js";
import { confirmed } from "./dialogs.js";
import { t } from "./words.js";

export class Head {
  /** `act` has setStanding(status) and changeTopic(change); `onFaults()` shows what is made to fail, `onNewTopic()` makes one. */
  constructor(store, typing, act, { onFaults, onNewTopic }) {
    Object.assign(this, { store, typing, act, onNewTopic, connected: false });
    opensMenu(byId("chat-menu"), () => this.#entries());
    byId("fault-sign").addEventListener("click", onFaults);
    for (const status of ["member", "administrator"]) byId(`add-${status}`).addEventListener("click", () => act.setStanding(status));
  }

  draw() {
    const { chat, faults, user } = this.store;
    const title = titleOf(chat, this.store);
    byId("head-title").textContent = title;
    byId("head-avatar").textContent = letterOf(title);
    byId("head-avatar").dataset.colour = colourOf(chat.id, this.store);
    byId("chat-menu").hidden = this.#entries().length === 0;
    byId("fault-sign").hidden = faults.length === 0;
    byId("fault-count").textContent = faults.length;
    byId("fault-sign").setAttribute("aria-label", t("faultsOn", faults.length));
    byId("fault-sign").title = t("faultsOn", faults.length);
    this.#drawBar(chat, isAdmin(chat, user.id));
    this.drawStatus();
    document.title = (this.store.allUnread ? `(${this.store.allUnread}) ● ` : "") + title;
  }

  drawStatus() {
    const typing = this.connected && this.typing.has(this.store.active);
    byId("head-status").textContent = !this.connected ? t("connecting") : typing ? this.#typingWords() : this.#members();
    byId("head-status").classList.toggle("active", typing);
  }

  /** Where the bot isn't in a group or channel, a bar says so, or what it would do there; admins can let it in. */
  #drawBar(chat, admin) {
    const away = !isPrivate(chat) && !hasBot(chat);
    byId("bot-bar").hidden = !away;
    if (!away) return;
    byId("bot-bar-text").textContent = t(chat.type === "channel" ? "botInChannel" : admin ? "botIsAway" : "botIsAwayAskAdmin");
    const offered = admin ? standingsFor(chat) : [];
    for (const status of ["member", "administrator"]) byId(`add-${status}`).hidden = !offered.includes(status);
  }

  #typingWords() {
    return isPrivate(this.store.chat) ? t("typing") : `${this.store.bot.name} ${t("typing")}`;
  }

  #members() {
    const { chat } = this.store;
    if (isPrivate(chat)) return t("bot");
    return t(chat.type === "channel" ? "subscribers" : "members", memberCount(chat));
  }

  #entries() {
    const { chat, user } = this.store;
    if (isPrivate(chat)) return chat.bot === "left" ? [] : [this.#blocking(chat)];
    if (!isAdmin(chat, user.id)) return [];
    return [...this.#standings(chat), ...(chat.is_forum ? this.#topicEntries(chat) : [])];
  }

  #blocking(chat) {
    const blocked = chat.bot === "kicked";
    return { text: t(blocked ? "unblock" : "block"), danger: !blocked, act: () => this.act.setStanding(blocked ? "member" : "kicked") };
  }

  #standings(chat) {
    const words = { member: hasBot(chat) ? "makeMember" : "addBot", administrator: hasBot(chat) ? "makeAdmin" : "addAdmin", restricted: "restrict", left: "removeBot" };
    return standingsFor(chat).map((status) =>
      ({ text: t(words[status]), danger: status === "left", act: () => this.act.setStanding(status) }));
  }

  #topicEntries(chat) {
    const topic = chat.topics.find(({ id }) => id === this.store.thread);
    const fresh = { text: t("newTopic"), act: () => this.onNewTopic() };
    if (!topic) return [fresh];
    const { id: thread, name, closed } = topic;
    return [
      fresh,
      { text: t(closed ? "reopenTopic" : "closeTopic", name), act: () => this.act.changeTopic({ thread, closed: !closed }) },
      { text: t("deleteTopic", name), danger: true, act: () => this.#deleteTopic(thread, name) },
    ];
  }

  async #deleteTopic(thread, name) {
    if (await confirmed(t("deleteTopicSure", name))) this.act.changeTopic({ thread, delete: true });
  }
}
