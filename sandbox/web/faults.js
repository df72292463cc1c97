// The drawer's faults: what Telegram is made to do wrong, until it is ended.

import { sandbox } from "./api.js";
import { tellFailure } from "./dialogs.js";
import { byId, button, el, refill } from "./dom.js";
import { titleOf } from "./gist.js";
import { decimal } from "./times.js";
import { t } from "./words.js";

// The kinds, each with the fields that it needs besides.
const KINDS = {
  flood: ["retry_after"], error: ["status"], slow: ["seconds"], cut_before: [], cut_after: [], down: [],
  blocked: [], deactivated: [], kicked: [], gone: [], migrated: ["to"], topic_closed: [], no_rights: [], no_picture: [],
};
const FIELDS = ["retry_after", "status", "seconds", "to"];
// What happens to the whole of Telegram happens until it is ended.
const WHOLE = ["down"];

export class FaultsPanel {
  #form = byId("fault-form");
  #faults = null;

  constructor(store) {
    this.store = store;
    this.#form.addEventListener("submit", (event) => this.#begin(event));
    this.#form.elements.kind.addEventListener("change", () => this.#fit());
    byId("end-faults").addEventListener("click", () => sandbox.endFaults().catch(tellFailure));
  }

  open() {}

  close() {}

  /** Draws all of it anew, in the reader's language. */
  draw() {
    const { kind } = this.#form.elements;
    const chosen = kind.value || "flood";
    kind.replaceChildren(...Object.keys(KINDS).map((name) => el("option", { value: name, selected: name === chosen }, t(`fault_${name}`))));
    this.#fit();
    this.#faults = null;
    this.drawList();
  }

  drawList() {
    if (this.store.faults === this.#faults) return;
    this.#faults = this.store.faults;
    refill(byId("faults"), ...this.#faults.map((fault) => this.#row(fault)));
    byId("no-faults").hidden = this.#faults.length > 0;
    byId("end-faults").hidden = this.#faults.length === 0;
  }

  #row(fault) {
    const name = t(`fault_${fault.kind}`);
    return el("li", { class: "fault" },
      el("strong", {}, name), el("span", {}, this.#details(fault).join(" · ")),
      button(t("end"), () => sandbox.endFault(fault.id).catch(tellFailure), { class: "pill-button quiet", "data-key": fault.id, "aria-label": `${t("end")}: ${name}` }));
  }

  #details(fault) {
    const chat = this.store.chats.get(fault.chat);
    const place = fault.chat === null ? t("everyChat") : chat ? titleOf(chat, this.store) : t("chatNumber", fault.chat);
    const values = KINDS[fault.kind].map((field) => t(`told_${field}`, field === "seconds" ? decimal(fault.seconds, 1) : fault[field]));
    return [!WHOLE.includes(fault.kind) && place, fault.method, ...values, fault.times && t("timesLeft", fault.times)].filter(Boolean);
  }

  /** Shows the fields that the chosen kind has. */
  #fit() {
    const { kind, chat, times } = this.#form.elements;
    for (const field of FIELDS) {
      const input = this.#form.elements[field];
      input.disabled = input.closest("label").hidden = !KINDS[kind.value].includes(field);
    }
    for (const input of [chat, times]) input.disabled = input.closest("label").hidden = WHOLE.includes(kind.value);
    if (!this.#form.elements.to.value) this.#form.elements.to.value = -1000000000000 - Math.floor(Math.random() * 1e9);
  }

  #begin(event) {
    event.preventDefault();
    const given = new FormData(this.#form);
    const fault = { kind: given.get("kind") };
    if (given.get("chat") === "this") fault.chat = this.store.active;
    for (const field of [...FIELDS, "times"]) if (given.get(field)) fault[field] = Number(given.get(field));
    sandbox.addFault(fault).then(() => { this.#form.elements.to.value = ""; this.#fit(); }, tellFailure);
  }
}
