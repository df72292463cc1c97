// Why something failed, as a sentence in the reader's language.

import { t } from "./words.js";

// What the sandbox says, by the part of its sentence that tells it from the others. The numbers in it go along.
const MEANINGS = {
  "characters here": "tooLong",
  "message is empty": "nothingToSend",
  "to reply to": "noReplyThere",
  "no such button": "noSuchButton",
  "no such result": "noSuchResult",
  "bot does not answer": "inlineSilent",
  "topic is closed": "topicIsClosed",
  "There is no topic": "noSuchTopic",
  "admins write to a channel": "onlyAdminsWrite",
  "admins of the group": "onlyAdminsMay",
  "is in no chat": "notInChat",
  "A name has": "nameLength",
  "body is too large": "fileTooLarge",
};

/** `error` comes from the sandbox, or from the browser when the sandbox can't be reached. */
export function sentenceOf({ status, message }) {
  if (status === 0) return t("noConnection");
  const known = Object.keys(MEANINGS).find((part) => message.includes(part));
  return known ? t(MEANINGS[known], ...(message.match(/\d+/g) ?? [])) : t("failed") + message;
}
