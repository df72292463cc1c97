// What a message carries besides its text: a picture, a file, a link's preview.

import { el } from "./dom.js";
import { safeAddress } from "./entities.js";
import { icon } from "./icons.js";
import { size } from "./times.js";
import { t } from "./words.js";

/** A file of the sandbox is named by its path, one from elsewhere by its address. */
const addressHere = (address) => address && safeAddress(new URL(address, location.href));

export function photo(message) {
  const { url, width, height } = message.photo.at(-1);
  const image = el("img", { class: "photo", src: addressHere(message.url ?? url), width, height, alt: t("photo"), decoding: "async" });
  image.addEventListener("error", () => image.replaceWith(el("div", { class: "no-photo" }, t("photo"))));
  return image;
}

export function file(message) {
  const { file_name: name, file_size: bytes } = message.document;
  return el("a", { class: "file", href: addressHere(message.url), target: "_blank", rel: "noopener noreferrer" },
    el("span", { class: "file-icon" }, icon("sheet")),
    el("span", { class: "file-name" }, name ?? t("file")),
    bytes !== undefined && el("span", { class: "file-size" }, size(bytes)));
}

/** The card of a link; its picture is large below the words, or small beside them. */
export function preview(card) {
  return el("a", { class: card.large ? "preview large" : "preview", href: safeAddress(card.url), target: "_blank", rel: "noopener noreferrer", "aria-label": `${t("preview")}: ${card.title || card.site}` },
    card.site && el("strong", { class: "preview-site" }, card.site),
    card.title && card.title !== card.site && el("strong", { class: "preview-title" }, card.title),
    card.description && el("span", { class: "preview-text" }, card.description),
    card.image && picture(card.image));
}

/** Without its picture a card still says enough. */
function picture(address) {
  const image = el("img", { src: safeAddress(address), alt: "", decoding: "async" });
  image.addEventListener("error", () => image.remove());
  return image;
}
