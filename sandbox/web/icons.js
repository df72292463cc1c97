// Icons of strokes, 24 px wide.

const PATHS = {
  reply: "M10 8V4l-7 7 7 7v-4c5 0 8 1.5 11 6 0-7-4-12-11-12z",
  sheet: "M6 3h8l5 5v13H6zM14 3v5h5",
  plus: "M12 5v14M5 12h14",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z",
  outside: "M14 4h6v6M20 4l-9 9M18 13v6H5V6h6",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", PATHS[name]);
  if (name === "more") line.setAttribute("class", "dots");
  svg.append(line);
  return svg;
}
