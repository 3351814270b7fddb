// One window: who one is here, which chat is open, and everything that is drawn of it.

import * as chats from "./chats.js";
import * as clock from "./clock.js";
import * as compose from "./compose.js";
import * as keys from "./keys.js";
import * as practice from "./practice.js";
import * as side from "./side.js";
import * as talk from "./talk.js";
import * as tour from "./tour.js";
import * as troubles from "./troubles.js";
import { $, write } from "./dom.js";
import { pending } from "./presses.js";
import { hush, toast } from "./dialogs.js";
import { watch } from "./wire.js";

const asked = new URLSearchParams(location.search);
const before = asked.has("person") ? asked : new URLSearchParams(localStorage.getItem("here") ?? "");
export const here = { person: before.get("person") ?? "", chat: before.get("chat") ?? "", seen: null };

let then = null;
let isFirst = true;

/** Be this person, at this chat; without one, at the list of chats. `after` follows once it is
 * drawn: at once where one is there. */
export function go(person, chat = "", after = null) {
  const isThere = here.seen?.me === person && here.seen.chat?.id === chat && here.person === person && here.chat === chat;
  if (isThere) return void after?.();
  note(person, chat, chat && !here.chat && here.seen && !chats.isBeside());
  show(person, chat, after);
}

/** Where one is, for a reload; from the list of a phone into a chat and Back again. */
function note(person, chat, isDeeper) {
  const address = new URLSearchParams({ person, chat }).toString();
  localStorage.setItem("here", address);
  if (isDeeper) history.pushState({ isDeeper: true }, "", `?${address}`);
  else history.replaceState(history.state, "", `?${address}`);
}

function show(person, chat, after) {
  then = after ?? then;
  const isElse = person !== here.person || chat !== here.chat;
  if (person !== here.person) chats.leave();
  Object.assign(here, { person, chat });
  if (isElse) leave();
  $("columns").dataset.open = chat ? "talk" : "chats";
  watch(person, chat, draw, lost);
}

function leave() {
  talk.leave();
  compose.leave();
  hush();
}

function lost(isRenewed) {
  document.body.classList.add(isRenewed ? "renewed" : "lost");
  if (isRenewed) document.body.classList.remove("lost");
}

/** To the list, as Back on a phone goes there. */
export function back() {
  const was = here.chat;
  if (history.state?.isDeeper) return history.back();
  return go(here.person, "", () => chats.toLine(was));
}

window.addEventListener("popstate", () => {
  const was = here.chat;
  const asked = new URLSearchParams(location.search);
  localStorage.setItem("here", asked.toString());
  show(here.person, asked.get("chat") ?? "", () => (here.chat ? $("talk-title").focus() : chats.toLine(was)));
});

function draw(seen) {
  document.body.classList.remove("lost", "renewed");
  here.seen = seen;
  if (here.person !== seen.me) return go(seen.me, here.chat);
  if (seen.chat && seen.chat.id !== here.chat) return go(seen.me, seen.chat.id); // a supergroup now
  if (!seen.chat && here.chat) return go(seen.me);
  if (!here.chat && isFirst && chats.isBeside()) return go(seen.me, seen.chats[0].id);
  people(seen);
  chats.draw(seen);
  talk.draw(seen);
  compose.draw(seen);
  clock.draw(seen.clock);
  troubles.draw(seen);
  tour.draw(seen.tour);
  practice.draw(seen.practice);
  pending(seen.presses);
  document.body.dataset.drawn = "yes";
  $("welcome").hidden = chats.isBeside() || seen.tour.at > 0;
  isFirst = false;
  const next = then;
  then = null;
  next?.();
  keys.regain();
}

function people(seen) {
  const list = $("me");
  if (list.options.length !== seen.people.length) {
    list.replaceChildren(...seen.people.map((one) => new Option("", one.id)));
  }
  seen.people.forEach((one, at) => {
    const news = one.unread ? ` (${one.unread} baru)` : "";
    write(list.options[at], `${one.about} · ${one.name}${news}`);
  });
  list.value = seen.me;
  const me = seen.people.find((one) => one.id === seen.me);
  write($("me-whole"), `${me.name} · ${me.about}`);
}

$("me").addEventListener("change", (event) => {
  isFirst = true; // the list alone on a phone; elsewhere a chat beside it
  go(event.target.value, chats.isBeside() ? chats.usual(event.target.value) : "");
  toast(`Anda sekarang ${here.seen.people.find((one) => one.id === here.person).name}.`);
});

chats.start();
clock.start();
compose.start();
keys.start();
practice.start();
side.start();
talk.start();
tour.start();
go(here.person, here.chat);
