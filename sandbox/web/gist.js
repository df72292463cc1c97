// What stands for a person, a chat or a message in one line.

import { isPrivate } from "./rights.js";
import { t } from "./words.js";

const COLOURS = 7;
const CONTENT = ["text", "caption", "photo", "document"];

export const personName = (person) => [person?.first_name, person?.last_name].filter(Boolean).join(" ");

/** Who wrote a message; a channel's posts are the channel's own. */
export const authorOf = (message, store) =>
  (store.isOwn(message) ? t("youName") : personName(message.from) || message.sender_chat?.title) ?? message.chat?.title ?? "";

/** A private chat is called after the one on its other side. */
export const titleOf = (chat, store) => (isPrivate(chat) ? store.bot.name : chat.title);

/** The colour that someone has everywhere; the bot's is the first. */
export const colourOf = (id, store) => (id === store.bot.id || id === store.privateChat ? 0 : 1 + (Math.abs(id ?? 0) % (COLOURS - 1)));

export const letterOf = (name) => [...name.trim()][0]?.toUpperCase() ?? "?";

/** Whether a message only tells what happened in the chat. */
export const isService = (message) => !CONTENT.some((name) => name in message);

export function gist(message) {
  const text = isService(message) ? happened(message) : message.text ?? message.caption ?? message.document?.file_name ?? t("photo");
  const line = text.replace(/\s+/g, " ").slice(0, 160);
  return message.photo && message.caption ? `🖼 ${line}` : message.document && message.caption ? `📄 ${line}` : line;
}

/** The last words of a chat with their author where several write. */
export function lastWords(chat, store) {
  const last = chat.messages.at(-1);
  if (!last) return t("noMessages");
  const named = !isService(last) && !isPrivate(chat) && chat.type !== "channel";
  return named ? `${authorOf(last, store)}: ${gist(last)}` : gist(last);
}

/** A service message as a sentence. */
export function happened(message) {
  const by = personName(message.from);
  if (message.new_chat_members) return t("cameIn", by, message.new_chat_members.map(personName).join(", "));
  if (message.left_chat_member) return t("wentOut", by, personName(message.left_chat_member));
  if (message.forum_topic_created) return t("topicCreated", message.forum_topic_created.name);
  if (message.forum_topic_edited?.name) return t("topicRenamed", message.forum_topic_edited.name);
  if (message.forum_topic_closed) return t("topicClosed");
  if (message.forum_topic_reopened) return t("topicReopened");
  if (message.migrate_to_chat_id) return t("movedTo");
  if (message.migrate_from_chat_id) return t("movedFrom");
  return t("somethingHappened");
}
