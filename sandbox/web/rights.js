// Who may do what in a chat: pure questions about its card.

const ADMINS = ["creator", "administrator"];
const PRESENT = [...ADMINS, "member", "restricted"];

export const isAdmin = (chat, user) => ADMINS.includes(chat.members?.[user]);

export const isPrivate = (chat) => chat.type === "private";

/** Whether the bot is in a group or channel. */
export const hasBot = (chat) => PRESENT.includes(chat.bot);

/** Whether a command that is written there is one to the bot. In a channel it is a post, for all to read. */
export const hears = (chat) => isPrivate(chat) || (hasBot(chat) && chat.type !== "channel");

/** How many are in a chat, the bot among them. */
export const memberCount = (chat) =>
  Object.values(chat.members ?? {}).filter((status) => PRESENT.includes(status)).length + (hasBot(chat) ? 1 : 0);

/** What the foot of the chat lets one do: "write", or "start", "unblock", "readers", "closed" instead. */
export function footOf(chat, user, thread) {
  if (isPrivate(chat)) return chat.bot === "kicked" ? "unblock" : chat.bot === "left" || !chat.messages.length ? "start" : "write";
  if (isAdmin(chat, user)) return "write";
  if (chat.type === "channel") return "readers";
  return chat.topics?.some((topic) => topic.id === thread && topic.closed) ? "closed" : "write";
}

/** The standings that an admin may give the bot now, in the order of a menu. */
export function standingsFor(chat) {
  if (chat.type === "channel") return hasBot(chat) ? ["left"] : ["administrator"];
  if (!hasBot(chat)) return ["member", "administrator"];
  const others = { administrator: ["member"], member: ["administrator", "restricted"], restricted: ["member", "administrator"] };
  return [...(others[chat.bot] ?? []), "left"];
}
