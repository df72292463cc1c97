// The drawer's newsroom: follow an outlet, make it publish, let its server get into trouble.

import { sandbox } from "./api.js";
import { tell, tellFailure } from "./dialogs.js";
import { byId, button, el, refill } from "./dom.js";
import { icon } from "./icons.js";
import { opensMenu } from "./menu.js";
import { t } from "./words.js";

const BURST = 20;
const STORY = 3;
const TROUBLES = ["down", "slow", "hangs", "limited", "moved", "gone"];

export class NewsroomPanel {
  #outlets = [];

  /** `onFollow(outlet)` follows it as the reader. */
  constructor(onFollow) {
    this.onFollow = onFollow;
    byId("story").addEventListener("click", () => this.#tellStory());
  }

  /** Somebody else may have broken or mended an outlet meanwhile. */
  open() {
    if (this.#outlets.length) this.load().catch(tellFailure);
  }

  close() {}

  async load() {
    this.#outlets = await sandbox.outlets();
    this.draw();
  }

  /** Tells in which chat an outlet would be followed now. */
  drawPlace(title) {
    byId("follow-place").textContent = t("followPlace", title);
  }

  draw() {
    refill(byId("outlets"), ...this.#outlets.map((outlet) => this.#card(outlet)));
  }

  #card(outlet) {
    return el("li", { class: outlet.trouble ? "outlet troubled" : "outlet" },
      el("a", { href: outlet.home, target: "_blank", rel: "noopener", lang: outlet.language, "data-key": `${outlet.slug} home` }, outlet.name),
      el("span", { class: "tagline", lang: outlet.language }, outlet.tagline, el("span", { class: "format" }, outlet.format)),
      outlet.trouble && el("span", { class: "trouble" }, t(`trouble_${outlet.trouble}`)),
      el("div", { class: "outlet-buttons" },
        this.#deed(outlet, "follow", () => this.onFollow(outlet), "pill-button", icon("plus")),
        this.#deed(outlet, "publish", () => this.#publish(outlet)),
        this.#deed(outlet, "burst", () => this.#burst(outlet)),
        this.#outage(outlet)),
      this.#others(outlet));
  }

  #deed(outlet, word, act, look = "pill-button quiet", sign = null) {
    const name = t(word, BURST);
    return el("button", { type: "button", class: look, "data-key": `${outlet.slug} ${word}`, onclick: act, "aria-label": `${name}: ${outlet.name}` }, sign, name);
  }

  #outage(outlet) {
    const word = outlet.trouble ? "recovers" : "goesDown";
    const act = () => this.#trouble(outlet, outlet.trouble ? null : "down");
    return this.#deed(outlet, word, act, outlet.trouble ? "pill-button" : "pill-button quiet danger");
  }

  #others(outlet) {
    const label = `${t("moreTroubles")}: ${outlet.name}`;
    const more = button(icon("more"), null, { class: "icon-button small", "data-key": `${outlet.slug} more`, "aria-label": label, title: t("moreTroubles") });
    const kinds = TROUBLES.filter((kind) => kind !== outlet.trouble);
    opensMenu(more, () => kinds.map((kind) => ({ text: t(`trouble_${kind}`), act: () => this.#trouble(outlet, kind) })));
    return more;
  }

  #publish(outlet) {
    sandbox.publish(outlet.slug).then(({ title }) => tell(t("published") + title), tellFailure);
  }

  #burst(outlet) {
    sandbox.burst(outlet.slug, BURST).then(({ titles }) => tell(t("burstDone", outlet.name, titles.length)), tellFailure);
  }

  #tellStory() {
    sandbox.story(STORY).then(({ titles }) => tell(t("storyDone", titles.map(({ outlet }) => this.#nameOf(outlet)), titles[0].title)), tellFailure);
  }

  #trouble(outlet, trouble) {
    sandbox.trouble(outlet.slug, trouble).then((card) => this.#update(card), tellFailure);
  }

  #update(card) {
    this.#outlets = this.#outlets.map((outlet) => (outlet.slug === card.slug ? card : outlet));
    this.draw();
  }

  #nameOf(slug) {
    return this.#outlets.find((outlet) => outlet.slug === slug)?.name ?? slug;
  }
}
