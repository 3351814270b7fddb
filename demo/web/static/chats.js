// The list of chats of whoever one is.

import { $, face, make, sync } from "./dom.js";
import { back, go, here } from "./main.js";

const last = new Map(); // which chat each person had open in this window

export function start() {
  $("back").addEventListener("click", () => back());
}

/** To where one came from. */
export const toLine = (chat) => $("chat-list").querySelector(`[data-key="${chat}"] button`)?.focus();

/** The chat in which one left this person. */
export const usual = (person) => last.get(person) ?? "";

/** Whether there is room for a chat beside the list. */
export const isBeside = () => matchMedia("(min-width: 48rem)").matches;

export function draw(seen) {
  if (here.chat) last.set(here.person, here.chat);
  sync($("chat-list"), seen.chats.map((chat) => ({ ...chat, open: chat.id === here.chat })), (chat) => chat.id, line);
}

/** Another person's chats are none of this one's: nothing can be opened until they are drawn. */
export const leave = () => $("chat-list").replaceChildren();

function line(chat) {
  const news = chat.unread
    ? make("span", { class: "unread" }, String(chat.unread), make("span", { class: "hidden" }, " pesan baru"))
    : null;
  const words = chat.who ? `${chat.who}: ${chat.last}` : chat.last;
  return make("li", {},
    make("button", {
      type: "button",
      "aria-current": chat.open ? "true" : null,
      onclick: () => go(here.person, chat.id, () => $("talk-title").focus()),
    },
    face(make("span", { "aria-hidden": "true" }), chat.title),
    make("span", { class: "title" }, chat.title),
    make("span", { class: "time" }, chat.time),
    make("span", { class: "words" }, words),
    news));
}
