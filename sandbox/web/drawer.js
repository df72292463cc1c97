// Behind the scenes: a drawer with three tabs, open where there is room for it.

import { byId, memory } from "./dom.js";

const WIDE = matchMedia("(min-width: 1100px)");
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class Drawer {
  #drawer = byId("drawer");
  #button = byId("show-drawer");
  #tabs = [...byId("drawer-tabs").children];

  /** `panels` has by name what is shown: each one's open() is called when it comes into sight, close() when it leaves. */
  constructor(panels, onToggle) {
    Object.assign(this, { panels, onToggle, name: memory.get("panel") in panels ? memory.get("panel") : "newsroom" });
    this.#button.addEventListener("click", () => this.toggle(this.#drawer.hidden, true));
    byId("hide-drawer").addEventListener("click", () => { this.toggle(false, true); this.#button.focus(); });
    this.#drawer.addEventListener("keydown", (event) => this.#key(event));
    for (const tab of this.#tabs) tab.addEventListener("click", () => this.show(tab.dataset.panel));
  }

  /** Opens it where there is room, unless the reader closed it. */
  restore() {
    this.show(this.name);
    this.toggle(WIDE.matches && memory.get("drawer") !== "closed");
  }

  get covers() {
    return !this.#drawer.hidden && !WIDE.matches;
  }

  toggle(open, remember = false) {
    this.#drawer.hidden = !open;
    this.#button.setAttribute("aria-expanded", String(open));
    if (remember && WIDE.matches) memory.set("drawer", open ? "open" : "closed");
    if (remember && open) byId("hide-drawer").focus();
    this.panels[this.name][open ? "open" : "close"]();
    this.onToggle();
  }

  /** Shows one of the panels; the drawer stays as open as it is. */
  show(name) {
    this.panels[this.name].close();
    this.name = name;
    memory.set("panel", name);
    for (const tab of this.#tabs) {
      const chosen = tab.dataset.panel === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
    if (!this.#drawer.hidden) this.panels[name].open();
  }

  #key(event) {
    if (event.key === "Escape") return byId("hide-drawer").click();
    const at = this.#tabs.indexOf(event.target);
    const step = STEPS[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    const next = this.#tabs[(at + step + this.#tabs.length) % this.#tabs.length];
    next.focus();
    this.show(next.dataset.panel);
  }
}
