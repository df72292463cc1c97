// The web chat: ties what the sandbox tells to what the page shows.

import { clientOf, listen } from "./api.js";
import { CallsPanel } from "./calls.js";
import { Composer, LONGEST_CAPTION } from "./composer.js";
import { Deeds } from "./deeds.js";
import { tell, tellFailure } from "./dialogs.js";
import { byId } from "./dom.js";
import { Drawer } from "./drawer.js";
import { takeFiles } from "./drop.js";
import { FaultsPanel } from "./faults.js";
import { drawFoot, footNow } from "./foot.js";
import { titleOf } from "./gist.js";
import { Happenings } from "./happenings.js";
import { Head } from "./head.js";
import { InlineMode } from "./inline.js";
import { botLink } from "./links.js";
import { Log } from "./log.js";
import { closeMenu } from "./menu.js";
import { NewsroomPanel } from "./newsroom.js";
import { hears } from "./rights.js";
import { changesUsers, drawScrim, ROOMY, showSidebar, slides } from "./shell.js";
import { drawChats, drawUsers } from "./sidebar.js";
import { Store } from "./store.js";
import { Suggestions } from "./suggestions.js";
import { Topics } from "./topics.js";
import { Typing } from "./typing.js";
import { fillWords, switchLanguage, t } from "./words.js";

const DEFAULT_USER = 7;

const user = Number(new URLSearchParams(location.search).get("user")) || DEFAULT_USER;
const client = clientOf(user);
const store = new Store();

const deeds = new Deeds(store, client, {
  onMessage: (chat, message) => happenings.receive(chat, message),
  onPress: (chat, id) => happenings.redraw(chat, id),
});
const log = new Log(store, {
  reply: (message) => composer.reply(message),
  command: (text) => deeds.command(text),
  jump: (id) => log.jump(id),
  press: (message, button) => deeds.press(message, button),
  copy: (text) => navigator.clipboard.writeText(text).then(() => tell(t("copied")), tellFailure),
});
const typing = new Typing(() => drawAround());
const happenings = new Happenings(store, log, typing, { draw: () => drawAround(), drawPeople: () => drawUsers(store) });

const composer = new Composer(store, (text, replyTo) => deeds.say(text, replyTo));
const suggestions = new Suggestions(store, {
  onCommand: (text) => composer.send(text),
  onComplete: (text) => composer.write(text),
});
const inline = new InlineMode(store, {
  ask: (query, offset, signal) => client.askInline(store.active, query, offset, signal),
  onChoose: (query, result) => composer.hand(() => deeds.choose(query, result)),
  onDoor(parameter) { composer.clear(); startBot(parameter); },
});
composer.helpers.push(inline, suggestions);

const newsroom = new NewsroomPanel(follow);
const faults = new FaultsPanel(store);
const calls = new CallsPanel();
const drawer = new Drawer({ newsroom, faults, calls }, () => drawScrim(drawer));
const head = new Head(store, typing, deeds, {
  onFaults() { drawer.show("faults"); drawer.toggle(true, true); },
  onNewTopic: () => topics.make(),
});
const topics = new Topics(store, { onOpen: (thread) => open(store.active, thread), onMake: (name) => deeds.changeTopic({ name }) });

async function load() {
  store.load(await client.state());
  head.connected = true;
  drawUsers(store);
  drawAround();
  log.draw();
  happenings.release();
  await newsroom.load();
}

/** Everything but the messages and the people. */
function drawAround() {
  if (!store.chat) return;
  if (!document.hidden) store.markRead();
  drawChats(store, typing, openFromList);
  head.draw();
  topics.draw();
  drawFoot(store);
  newsroom.drawPlace(titleOf(store.chats.get(followingChat()), store));
  faults.drawList();
}

function open(chat, thread) {
  store.open(chat, thread);
  composer.reply(null);
  inline.end();
  log.draw();
  drawAround();
  topics.reveal();
  showSidebar(false, drawer);
}

/** Whoever points at a chat wants to write there; whoever walks the list with keys stays in it. */
function openFromList(chat, pointed) {
  open(chat);
  if (pointed && ROOMY.matches) composer.focus();
}

/** Where one can't write, or the bot would not hear it, an outlet is followed in the private chat. */
const followingChat = () => (footNow(store) === "write" && hears(store.chat) ? store.active : store.privateChat);

function follow(outlet) {
  if (drawer.covers) drawer.toggle(false);
  if (followingChat() !== store.active) open(store.privateChat);
  deeds.command(`/sub ${outlet.home}`);
}

/** Goes to the bot's own chat, and starts it there with a parameter if there is one. */
function startBot(parameter) {
  open(store.privateChat);
  if (parameter) deeds.say(`/start ${parameter}`);
}

/** A link to the bot stays in the page, as it stays in Telegram. */
function goWhereLinkLeads(event) {
  const link = event.target.closest("a[href]");
  const wish = link && botLink(link.href, store.bot.username);
  if (!wish) return;
  event.preventDefault();
  if (wish.group) tell(t("addFromMenu"));
  else startBot(wish.start);
}

function drawWords() {
  closeMenu();
  fillWords();
  byId("language").textContent = t("otherLanguage");
  for (const panel of [newsroom, faults, calls]) panel.draw();
}

function changeLanguage() {
  switchLanguage();
  drawWords();
  drawUsers(store);
  log.draw();
  drawAround();
}

/** An address may name a user whom this sandbox doesn't know, after its folder was emptied for instance. */
const leaveIfNobody = () => client.state().catch(({ status }) => status === 404 && user !== DEFAULT_USER && location.replace("/"));

takeFiles({
  onFiles: (files) => composer.hand((caption) => deeds.sendFiles(files, caption), LONGEST_CAPTION),
  mayTake: () => Boolean(store.chat) && footNow(store) === "write",
});
slides(drawer);
changesUsers();
byId("start").addEventListener("click", () => deeds.say("/start"));
byId("unblock").addEventListener("click", () => deeds.setStanding("member"));
byId("language").addEventListener("click", changeLanguage);
byId("chat").addEventListener("click", goWhereLinkLeads);
document.addEventListener("visibilitychange", drawAround);

drawWords();
drawer.restore();
head.drawStatus();
listen(user, {
  onOpen: () => load().catch(tellFailure),
  onEvent: (event) => happenings.take(event),
  onLost(refused) {
    happenings.hold();
    head.connected = false;
    head.drawStatus();
    if (refused) leaveIfNobody();
  },
});
if (ROOMY.matches) composer.focus();
