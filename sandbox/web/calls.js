// The drawer's last calls of the bot's, looked at once a second while they are in sight.

import { sandbox } from "./api.js";
import { byId, el, memory } from "./dom.js";
import { decimal, preciseClock } from "./times.js";
import { t } from "./words.js";

const PERIOD = 1000; // milliseconds
const ASKED = 200; // getUpdates among them
const SHOWN = 50;
const POLLING = "getUpdates";

export class CallsPanel {
  #list = byId("calls");
  #polls = byId("show-polls");
  #rows = new Map(); // by what they show, so that an open one stays open
  #timer = 0;

  constructor() {
    this.#polls.checked = memory.get("polls") === "shown";
    this.#polls.addEventListener("change", () => {
      memory.set("polls", this.#polls.checked ? "shown" : "hidden");
      this.#look();
    });
    document.addEventListener("visibilitychange", () => { if (!document.hidden && this.#timer) this.#look(); });
  }

  open() {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => { if (!document.hidden) this.#look(); }, PERIOD);
    this.#look();
  }

  close() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  /** Draws all of it anew, in the reader's language. */
  draw() {
    this.#rows.clear();
    if (this.#timer) this.#look();
  }

  /** A line that is cut is told elsewhere; the next look comes soon. */
  async #look() {
    const calls = await sandbox.calls(ASKED).catch(() => null);
    if (!calls) return;
    const shown = calls.filter(({ method }) => this.#polls.checked || method !== POLLING).slice(-SHOWN).reverse();
    const rows = new Map(shown.map((call) => [keyOf(call), this.#rows.get(keyOf(call)) ?? row(call)]));
    this.#place([...rows.values()]);
    this.#rows = rows;
    byId("no-calls").hidden = shown.length > 0;
  }

  /** Moves as little as possible: a row that stays where it is keeps the focus. */
  #place(rows) {
    for (const old of [...this.#list.children]) if (!rows.includes(old)) old.remove();
    rows.forEach((one, at) => { if (this.#list.children[at] !== one) this.#list.insertBefore(one, this.#list.children[at] ?? null); });
  }
}

const keyOf = ({ at, method, seconds }) => `${at} ${method} ${seconds}`;

function row({ at, method, status, seconds, parameters, description }) {
  return el("li", {},
    el("details", { class: "call" },
      el("summary", {},
        el("time", {}, preciseClock(at)),
        el("span", { class: "method" }, method),
        el("span", { class: `status ${look(status)}` }, status || t("cut")),
        el("span", { class: "duration" }, t("seconds", decimal(seconds, 3))),
        description && el("span", { class: "refusal" }, description)),
      el("pre", {}, JSON.stringify(parameters, null, 2))));
}

const look = (status) => (status === 200 ? "good" : status === 429 ? "slowed" : "bad");
