// Links that lead to the bot itself: https://t.me/name?start=words, tg://resolve?domain=name&start=words.

/** What a link asks of the bot named `username`: {start}, {} for its chat, {group: true}; null for any other link. */
export function botLink(address, username) {
  const url = parsed(address);
  if (!url || !username || named(url) !== username.toLowerCase()) return null;
  if (url.searchParams.has("startgroup") || url.searchParams.has("startchannel")) return { group: true };
  return { start: url.searchParams.get("start") || undefined };
}

function named(url) {
  const web = ["http:", "https:"].includes(url.protocol) && ["t.me", "telegram.me"].includes(url.hostname);
  if (web) return url.pathname.slice(1).toLowerCase();
  const inside = url.protocol === "tg:" && /^(\/\/)?resolve$/.test(`${url.host ? `//${url.host}` : url.pathname}`);
  return inside ? (url.searchParams.get("domain") ?? "").toLowerCase() : null;
}

function parsed(address) {
  try { return new URL(address); } catch { return null; }
}
