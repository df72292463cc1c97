// Times, days and sizes as a reader writes them.

import { language, t } from "./words.js";

// British English, for a clock of 24 hours and the day before the month.
const locale = () => (language() === "en" ? "en-GB" : language());

const DAY = 86400000; // milliseconds

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });

/** To the second, for what follows fast upon each other. */
export const preciseClock = (seconds) => new Date(seconds * 1000).toLocaleTimeString(locale());

export const decimal = (number, digits) =>
  number.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** "Today", "Yesterday", or the date; the year only when it is another one. */
export function day(seconds) {
  const date = new Date(seconds * 1000);
  const now = new Date();
  const daysAgo = Math.round((midnight(now) - midnight(date)) / DAY);
  if (daysAgo === 0) return t("today");
  if (daysAgo === 1) return t("yesterday");
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(locale(), { day: "numeric", month: "long", year });
}

/** The clock for today, else the date: what a chat list has room for. */
export function brief(seconds) {
  const date = new Date(seconds * 1000);
  if (midnight(date).getTime() === midnight(new Date()).getTime()) return clock(seconds);
  return date.toLocaleDateString(locale(), { day: "numeric", month: "short" });
}

export function size(bytes) {
  const units = t("bytes");
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${decimal(bytes / 1024 ** step, step ? 1 : 0)} ${units[step]}`;
}

const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
