// Every sentence of the page in English; words.uk.js has the same keys.

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export const en = {
  banner: "Visnyk’s sandbox: not the real Telegram",
  language: "Перейти на українську", otherLanguage: "Українська", close: "Close", ok: "OK", cancel: "Cancel",
  failed: "That failed: ", noConnection: "No connection to the sandbox", copied: "Copied", today: "Today", yesterday: "Yesterday",
  bytes: ["B", "KB", "MB", "GB"],
  seconds: (number) => `${number} s`,

  chats: "Chats", showChats: "Show chats", noMessages: "no messages",
  unread: (count) => `${count} unread`,
  you: "You:", newUser: "New user", name: "Name", tongue: "Language", add: "Add",
  newTabs: "In a new tab:", inNewTab: (name) => `${name}, in a new tab`,

  messages: "Messages", bot: "bot", typing: "typing…", connecting: "connecting…", chatMenu: "Chat menu",
  members: (count) => plural(count, "member", "members"),
  subscribers: (count) => plural(count, "subscriber", "subscribers"),
  newMessages: (count) => `↓ ${plural(count, "new message", "new messages")}`,
  emptyTitle: "Nothing here yet", emptyText: "Press Start to meet the bot.",

  reply: "Reply", edited: "edited", silent: "silent", youName: "You", via: "via ", preview: "Preview",
  olderNotShown: "Older messages are not shown",
  photo: "Photo", file: "File", spoiler: "Hidden text", showMore: "Show more",
  cameIn: (by, who) => `${by} added ${who}`,
  wentOut: (by, who) => `${by} removed ${who}`,
  topicCreated: (name) => `New topic “${name}”`, topicRenamed: (name) => `Topic renamed “${name}”`, topicClosed: "Topic closed", topicReopened: "Topic reopened",
  movedTo: "The group became a supergroup", movedFrom: "A former group goes on here",
  somethingHappened: "Service message",

  write: "Message", send: "Send", commands: "Commands", start: "Start", cancelReply: "Cancel reply",
  attach: "Attach a file", dropHere: "Drop the file to send it", onlyAdminsWrite: "Only admins of the channel write",
  topicIsClosed: "The topic is closed: only admins write", mention: "Bot", mentionHint: "search the news in this chat",
  inlineHint: "what to look for…", inlineResults: "Results", inlineAsking: "The bot is looking…", inlineNothing: "Nothing found",
  inlineSilent: "The bot does not answer",

  tooLong: (most) => `Too long: ${plural(Number(most), "character fits", "characters fit")} here`, nothingToSend: "The message is empty",
  noReplyThere: "The message you reply to is gone", noSuchButton: "This button is gone", noSuchResult: "This result is out of date: search again",
  noSuchTopic: "This topic is gone", onlyAdminsMay: "Only admins may do this", notInChat: "You are not in this chat",
  nameLength: (least, most) => `A name has ${least} to ${most} characters`, fileTooLarge: "The file is too large: 50 MB at most",

  block: "Block the bot", unblock: "Unblock the bot", addBot: "Add Visnyk", addAdmin: "Add as an admin",
  makeAdmin: "Make an admin", makeMember: "Make an ordinary member", restrict: "Forbid to write", removeBot: "Remove Visnyk",
  botIsAway: "Visnyk is not here", botIsAwayAskAdmin: "Visnyk is not here; an admin can add it",
  botInChannel: "A bot posts in a channel once it is an admin there, and hears no commands in it",
  addFromMenu: "Add the bot from the ⋯ menu of a group or channel",
  topics: "Topics", generalTopic: "General", closed: "closed", newTopic: "New topic", newTopicName: "What is the new topic called?",
  closeTopic: (name) => `Close “${name}”`, reopenTopic: (name) => `Reopen “${name}”`,
  deleteTopic: (name) => `Delete “${name}”`, deleteTopicSure: (name) => `Delete “${name}” and all its messages?`,

  drawer: "Behind the scenes", newsroom: "Newsroom", faults: "Faults", calls: "Calls",
  newsroomNote: "Invented outlets that publish by themselves. Choose whom to follow.",
  followPlace: (chat) => `“Follow” acts in the chat “${chat}”.`,
  follow: "Follow", publish: "Publish now", published: "Published: ",
  burst: (count) => `Burst of ${count}`, burstDone: (outlet, count) => `${outlet}: ${plural(count, "story", "stories")} at once`,
  story: "One event, three outlets", storyDone: (outlets, title) => `${outlets.join(", ")}, about one event: ${title}`,
  goesDown: "Stop its server", recovers: "Repair it", moreTroubles: "Other troubles",
  trouble_down: "The server is down", trouble_slow: "The server is slow", trouble_hangs: "The server hangs",
  trouble_limited: "The server asks to wait (429)", trouble_moved: "The feed has moved (301)", trouble_gone: "The feed is gone (410)",

  faultsNote: "What Telegram does wrong until you end it.",
  noFaults: "All is well.", end: "End", endAll: "End all",
  faultsOn: (count) => `${plural(count, "fault is", "faults are")} on`,
  addFault: "Add a fault", begin: "Begin", faultKind: "What happens", faultChat: "Where", thisChat: "in this chat", everyChat: "everywhere",
  chatNumber: (id) => `chat ${id}`, untilEnded: "until I end it",
  faultTimes: "How many times", faultRetryAfter: "Wait, seconds", faultStatus: "Status", faultSeconds: "Delay, seconds", faultTo: "The group’s new number",
  timesLeft: (count) => plural(count, "more time", "more times"),
  told_retry_after: (seconds) => `wait ${seconds} s`, told_status: (status) => `status ${status}`, told_seconds: (seconds) => `${seconds} s`, told_to: (id) => `new number ${id}`,
  fault_flood: "Too many messages (429)", fault_error: "Server error", fault_slow: "Slow answers",
  fault_cut_before: "The line is cut before acceptance", fault_cut_after: "The line is cut after acceptance", fault_down: "Telegram is down",
  fault_blocked: "The user blocked the bot", fault_deactivated: "The account was deleted", fault_kicked: "The bot was kicked out",
  fault_gone: "There is no such chat", fault_migrated: "The group has moved", fault_topic_closed: "The topic is closed", fault_no_rights: "No right to write", fault_no_picture: "Photos (sendPhoto) can’t be fetched",

  callsNote: "What the bot asks of Telegram, and what it is answered.", noCalls: "No calls yet.",
  showPolls: "Show getUpdates", cut: "cut",
};
