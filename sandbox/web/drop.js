// Files: dropped on the chat, or picked with the paper clip.

import { byId } from "./dom.js";

const bringsFiles = (event) => event.dataTransfer?.types.includes("Files");

/** `onFiles(files)` is called with what came in; `mayTake()` says whether it may come in now. */
export function takeFiles({ onFiles, mayTake }) {
  const [area, veil, picker] = [byId("chat"), byId("drop"), byId("file")];
  let depth = 0; // of the elements under the pointer: each one that is entered or left says so
  const show = (on) => { depth = on ? depth : 0; veil.hidden = !on; };
  area.addEventListener("dragenter", (event) => { if (bringsFiles(event) && mayTake()) { depth += 1; show(true); } });
  area.addEventListener("dragleave", (event) => { if (bringsFiles(event)) { depth -= 1; if (depth <= 0) show(false); } });
  area.addEventListener("drop", (event) => { show(false); if (mayTake()) onFiles([...event.dataTransfer.files]); });
  // Beside the chat a file is not let go either: the browser would leave the page for it.
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => bringsFiles(event) && event.preventDefault());
  byId("attach").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => { onFiles([...picker.files]); picker.value = ""; });
}
