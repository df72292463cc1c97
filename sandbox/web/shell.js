// Around the chat: the chats that slide in on a phone, who one is.

import { sandbox } from "./api.js";
import { tellFailure } from "./dialogs.js";
import { byId } from "./dom.js";

export const ROOMY = matchMedia("(min-width: 761px)");

const isSidebarShown = () => document.body.classList.contains("shows-chats");

/** On a phone the chats come in from the left; `drawer` may lie over the chat as well. */
export function slides(drawer) {
  byId("show-chats").addEventListener("click", () => showSidebar(!isSidebarShown(), drawer));
  byId("scrim").addEventListener("click", () => { showSidebar(false, drawer); drawer.toggle(false); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") showSidebar(false, drawer); });
}

export function showSidebar(on, drawer) {
  document.body.classList.toggle("shows-chats", on);
  byId("show-chats").setAttribute("aria-expanded", String(on));
  if (on) byId("chat-list").querySelector("button")?.focus();
  else if (!ROOMY.matches && byId("sidebar").contains(document.activeElement)) byId("show-chats").focus();
  drawScrim(drawer);
}

export function drawScrim(drawer) {
  byId("scrim").hidden = !(isSidebarShown() || drawer.covers);
}

/** One becomes another user, or a new one. */
export function changesUsers() {
  const become = (id) => location.assign(`?user=${id}`);
  byId("users").addEventListener("change", (event) => become(event.target.value));
  byId("new-user").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    sandbox.newUser(form.get("name"), form.get("language")).then(({ id }) => become(id), tellFailure);
  });
}
