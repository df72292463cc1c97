// The drawer with the sample newsroom: follow an outlet, make it publish.

import { api } from "./api.js";
import { byId, el, icon, memory } from "./dom.js";
import { t } from "./words.js";

const WIDE = matchMedia("(min-width: 1100px)");
const PLUS = "M12 5v14M5 12h14";

export class NewsroomDrawer {
  #drawer = byId("newsroom");
  #button = byId("show-newsroom");
  #outlets = [];

  /** `onFollow(outlet)` follows it as the reader; `tell(text)` shows a toast; `onToggle` is told when it opens or closes. */
  constructor({ onFollow, tell, onToggle }) {
    Object.assign(this, { onFollow, tell, onToggle });
    this.#button.addEventListener("click", () => this.toggle(this.#drawer.hidden, true));
    byId("hide-newsroom").addEventListener("click", () => { this.toggle(false, true); this.#button.focus(); });
    this.#drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") byId("hide-newsroom").click(); });
  }

  /** Opens it where there is room, unless the reader closed it. */
  restore() {
    this.toggle(WIDE.matches && memory.get("newsroom") !== "closed");
  }

  toggle(open, remember = false) {
    this.#drawer.hidden = !open;
    this.#button.setAttribute("aria-expanded", String(open));
    if (remember && WIDE.matches) memory.set("newsroom", open ? "open" : "closed");
    if (remember && open) byId("hide-newsroom").focus();
    this.onToggle();
  }

  get covers() {
    return !this.#drawer.hidden && !WIDE.matches;
  }

  async load() {
    this.#outlets = await api.outlets();
    this.draw();
  }

  draw() {
    byId("outlets").replaceChildren(...this.#outlets.map((outlet) => this.#card(outlet)));
  }

  #card(outlet) {
    return el("li", { class: "outlet" },
      el("a", { href: outlet.home, target: "_blank", rel: "noopener", lang: outlet.language }, outlet.name),
      el("span", { class: "tagline", lang: outlet.language }, outlet.tagline),
      el("div", { class: "outlet-buttons" },
        el("button", { type: "button", class: "pill-button", onclick: () => this.#follow(outlet), "aria-label": `${t("follow")}: ${outlet.name}` }, icon(PLUS), t("follow")),
        el("button", { type: "button", class: "pill-button quiet", onclick: () => this.#publish(outlet), "aria-label": `${t("publish")}: ${outlet.name}` }, t("publish"))));
  }

  #follow(outlet) {
    this.onFollow(outlet);
    if (this.covers) this.toggle(false);
  }

  async #publish(outlet) {
    try {
      const { title } = await api.publish(outlet.slug);
      this.tell(t("published") + title);
    } catch (error) {
      this.tell(t("failed") + error.message);
    }
  }
}
