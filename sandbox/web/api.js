// Talks to the sandbox: the client API of its Telegram, and its newsroom.

async function call(path, body) {
  const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error(text || response.statusText), { status: response.status });
  return text ? JSON.parse(text) : {};
}

export const api = {
  state: (user) => call(`/chat/api/state?user=${user}`),
  say: (user, chat, text, replyTo) => call("/chat/api/say", { user, chat, text, ...(replyTo && { reply_to: replyTo }) }),
  press: (user, chat, message, data) => call("/chat/api/press", { user, chat, message_id: message, data }),
  newUser: (name, language) => call("/chat/api/users", { name, language }),
  outlets: () => call("/sandbox/newsroom"),
  publish: (outlet) => call("/sandbox/publish", { outlet }),
};

/**
 * Keeps a stream of events open for ever. `onOpen` is called each time it opens: what was missed must be fetched then.
 * The browser reconnects by itself unless the server answered with an error; then it is tried again in two seconds.
 */
export function listen(user, { onOpen, onEvent, onLost }) {
  const source = new EventSource(`/chat/api/events?user=${user}`);
  source.onopen = onOpen;
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  source.onerror = () => {
    const refused = source.readyState === EventSource.CLOSED;
    onLost(refused);
    if (refused) setTimeout(() => listen(user, { onOpen, onEvent, onLost }), 2000);
  };
}
