// Talks to the sandbox: the client API of its Telegram, its newsroom and its faults.

/** Raises an error whose message is the sandbox's own sentence and whose `status` is the answer's, 0 where none came. */
async function call(path, options) {
  const response = await reached(fetch(path, options));
  const text = await reached(response.text());
  if (!response.ok) throw Object.assign(new Error(reason(text) || response.statusText), { status: response.status });
  return text ? JSON.parse(text) : {};
}

const reached = (promise) => promise.catch((error) => { throw Object.assign(error, { status: 0 }); });

/** Telegram's side tells {"error": sentence}, the newsroom the bare sentence. */
function reason(text) {
  try { return JSON.parse(text).error; } catch { return text; }
}

const post = (path, body, signal) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });

function postForm(path, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined && value !== "") form.append(name, value);
  return call(path, { method: "POST", body: form });
}

/** What one user sees and does. Fields that are undefined are not sent. */
export const clientOf = (user) => ({
  state: () => call(`/chat/api/state?user=${user}`),
  say: (place, text, replyTo) => post("/chat/api/say", { user, ...place, text, reply_to: replyTo }),
  press: (chat, message, data) => post("/chat/api/press", { user, chat, message_id: message, data }),
  sendFile: (place, file, caption) => postForm("/chat/api/file", { user, ...place, caption, file }),
  askInline: (chat, query, offset, signal) => post("/chat/api/inline", { user, chat, query, offset }, signal),
  choose: (place, query, result) => post("/chat/api/choose", { user, ...place, query_id: query, result_id: result }),
  setStanding: (chat, status) => post("/chat/api/standing", { user, chat, status }),
  changeTopic: (chat, change) => post("/chat/api/topics", { user, chat, ...change }),
});

/** What is nobody's in particular. */
export const sandbox = {
  newUser: (name, language) => post("/chat/api/users", { name, language }),
  calls: (limit) => call(`/chat/api/calls?limit=${limit}`),
  addFault: (fault) => post("/sandbox/faults", fault),
  endFault: (id) => post("/sandbox/faults", { clear: id }),
  endFaults: () => post("/sandbox/faults", { clear: true }),
  outlets: () => call("/sandbox/newsroom"),
  publish: (outlet) => post("/sandbox/publish", { outlet }),
  burst: (outlet, count) => post("/sandbox/burst", { outlet, count }),
  story: (outlets) => post("/sandbox/story", { outlets }),
  trouble: (outlet, trouble) => post("/sandbox/outage", { outlet, trouble }),
};

const FIRST_PAUSE = 250; // milliseconds; twice as long each time, up to
const LONGEST_PAUSE = 4000;

/**
 * Keeps a line of events open for ever. `onOpen` is called each time it opens: what was missed must be fetched then.
 * `onLost` is told whether it had not even opened: the server may be away, or know no such user.
 */
export function listen(user, { onOpen, onEvent, onLost }, pause = FIRST_PAUSE) {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/chat/api/events?user=${user}`);
  let opened = false;
  socket.onopen = () => { opened = true; onOpen(); };
  socket.onmessage = (event) => onEvent(JSON.parse(event.data));
  socket.onclose = () => {
    onLost(!opened);
    setTimeout(listen, opened ? FIRST_PAUSE : pause, user, { onOpen, onEvent, onLost }, Math.min(pause * 2, LONGEST_PAUSE));
  };
}
