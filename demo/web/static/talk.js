// The open chat: its bubbles, as a chat program shows them.

import { $, face, make, sync, write } from "./dom.js";
import { ask, toast } from "./dialogs.js";
import { answer, change, insert } from "./compose.js";
import { go, here } from "./main.js";
import { press } from "./presses.js";
import { post } from "./wire.js";

const NEAR = 120; // pixels from the end: whoever is there follows what comes
const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code",
  blockquote: "q", expandable_blockquote: "q",
};
let shown = "";
let newest = null; // the last bubble that was drawn
let isAtEnd = true;
let following = 0; // until when what one just did may move the view, in milliseconds
const FOLLOWED = 8000;

export function start() {
  let height = 0;
  new ResizeObserver(() => {
    const log = $("log");
    const wasNear = log.scrollHeight - log.scrollTop - height < NEAR;
    if (wasNear && shown) log.scrollTop = log.scrollHeight;
    height = log.clientHeight;
  }).observe($("log"));
  $("log").addEventListener("scroll", () => { isAtEnd = near(); if (isAtEnd) $("newer").hidden = true; });
  for (const turned of ["wheel", "touchmove", "keydown"]) $("log").addEventListener(turned, () => { following = 0; }, { passive: true });
  $("newer").addEventListener("click", () => { toEnd(); $("log").lastElementChild?.focus({ preventScroll: true }); });
  $("start").addEventListener("click", () => act(post("start", { person: here.person })));
}

const near = () => $("log").scrollHeight - $("log").scrollTop - $("log").clientHeight < NEAR;

function toEnd() {
  $("log").scrollTop = $("log").scrollHeight;
  isAtEnd = true;
  $("newer").hidden = true;
}

/** What comes of one's own act is seen, wherever one was in the chat. */
export function follow() {
  following = Date.now() + FOLLOWED;
}

/** To the newest message, from where its buttons and the box are near. */
export function toNewest() {
  ($("log").lastElementChild?.matches(".bubble") ? $("log").lastElementChild : $("talk-title")).focus({ preventScroll: true });
}

/** A button of the chat that is left would be pressed in the one that comes: until that is drawn
 * there is none. */
export function leave() {
  shown = "";
  $("log").replaceChildren();
}

export function draw(seen) {
  const chat = seen.chat;
  $("talk").classList.toggle("empty", !chat);
  if (!chat) {
    shown = "";
    write($("talk-title"), "Pilih sebuah obrolan");
    write($("talk-about"), "");
    return $("log").replaceChildren();
  }
  write($("talk-title"), chat.title);
  face($("talk-face"), chat.title);
  write($("talk-about"), chat.private ? "bot" : `${chat.members.length} anggota: ${chat.members.join(", ")}`);
  const log = $("log");
  const isOther = shown !== here.person + chat.id;
  const isNear = near();
  log.setAttribute("aria-live", isOther ? "off" : "polite");
  sync(log, withDays(chat.bubbles), (one) => one.id ?? one.date, (one) => (one.date ? day(one) : bubble(one)));
  const last = chat.bubbles.at(-1)?.id ?? null;
  const isNew = last !== newest;
  newest = last;
  if (isOther || isNear || (isNew && Date.now() < following)) toEnd();
  else if (isNew) $("newer").hidden = false;
  shown = here.person + chat.id;
  asleep(seen);
}

function asleep(seen) {
  const { cut, dead, slow } = seen.troubles;
  const words = dead ? "Bot sedang mati." : cut ? "Jaringan bot terputus." : slow ? "Telegram sedang lambat." : absent(seen.chat);
  $("asleep").hidden = !words;
  write($("asleep"), words);
}

const absent = (chat) => (chat.private || chat.bot ? "" : "Tuntas tidak ada di grup ini; pesan tidak dibaca.");

function* days(bubbles) {
  let day = "";
  for (const one of bubbles) {
    if (one.day !== day) yield { date: one.day };
    day = one.day;
    yield one;
  }
}
const withDays = (bubbles) => [...days(bubbles)];
const day = (one) => make("p", { class: "service" }, one.date);

function bubble(one) {
  if (one.service) return make("p", { class: "service" }, one.service);
  const kind = one.mine ? "mine" : one.bot ? "bot" : "other";
  const head = one.mine || here.seen.chat.private ? null : make("p", { class: "name" }, one.who);
  const words = make("div", { class: "words" }, ...one.runs.map(run));
  const when = make("p", { class: "when" }, `${one.edited ? "diubah " : ""}${one.time}`);
  const box = make("div", { class: "box" }, head, quoted(one), file(one), one.text ? words : null, when, acts(one));
  const who = one.mine ? "Anda" : one.who;
  return make("article", { class: `bubble ${kind}`, tabindex: "-1", "aria-label": `${who}, ${one.time}` },
    box, rows(one));
}

function quoted(one) {
  if (!one.reply) return null;
  return make("p", { class: "quoted" }, make("b", {}, one.reply.who), " ", one.reply.text);
}

function file(one) {
  if (!one.file) return null;
  const address = `/api/files/${encodeURIComponent(one.file.id)}`;
  if (one.file.picture) return make("img", { src: address, alt: `Foto dari ${one.who}`, class: "photo", onload: () => { if (isAtEnd) toEnd(); } });
  const size = one.file.size < 1024 ? `${one.file.size} B` : `${Math.ceil(one.file.size / 1024)} KB`;
  return make("a", { class: "file", href: address, download: one.file.name },
    make("span", { "aria-hidden": "true" }, "📄 "), make("b", {}, one.file.name), ` ${size}`);
}

function run(one) {
  if (one.kinds.includes("bot_command")) return command(one.words);
  const address = one.url || (one.kinds.includes("url") ? one.words : "");
  if (/^https:\/\/t\.me\//.test(address)) return link(one.words, address);
  if (address) return make("span", { class: "away", title: "Tidak dibuka dalam peragaan" }, one.words);
  return one.kinds.map((kind) => TAGS[kind]).filter(Boolean)
    .reduce((inner, tag) => make(tag, {}, inner), document.createTextNode(one.words));
}

function command(words) {
  return make("button", { type: "button", class: "inline", onclick: () => insert(words) }, words);
}

function link(words, address) {
  return make("button", { type: "button", class: "inline", onclick: () => opens(address) }, words);
}

function rows(one) {
  if (!one.rows.length) return null;
  const lines = one.rows.map((row) => make("div", { class: "row" }, ...row.map((button) => key(one, button))));
  return make("div", { class: "keys", role: "group", "aria-label": "Tombol pesan ini" }, ...lines);
}

function key(one, button) {
  const pressed = (event) => {
    if (event.currentTarget.getAttribute("aria-busy")) return;
    if (button.url) return void opensMyself(button.url);
    follow();
    press(event.currentTarget, { ...place(), message: one.id, data: button.data });
  };
  const label = button.url ? `${button.label} ↗` : button.label;
  return make("button", { type: "button", class: `key ${button.style ?? ""}`, onclick: pressed }, label);
}

function acts(one) {
  const reply = make("button", { type: "button", onclick: () => answer(one), "aria-label": `Balas pesan ${one.who}` }, "Balas");
  const isWritten = one.mine && !one.file;
  const edit = isWritten
    ? make("button", { type: "button", onclick: () => change(one), "aria-label": "Ubah pesan ini" }, "Ubah")
    : null;
  return make("p", { class: "acts" }, reply, edit);
}

const place = () => ({ person: here.person, chat: here.chat });

/** A button with a link is for whoever presses it. */
function opensMyself(url) {
  return url.includes("startgroup=") ? intoGroup(url) : openAs(here.person, url);
}

async function openAs(person, url) {
  const done = await act(post("follow", { person, url }));
  if (done) go(person, done.chat, () => $("talk-title").focus());
}

/** A link into Telegram: who opens it, or into which group the bot is added. */
async function opens(url) {
  if (url.includes("startgroup=")) return intoGroup(url);
  const people = here.seen.people.map((one) => new Option(`${one.name} · ${one.about}`, one.id));
  const list = make("select", { id: "opener", required: true }, new Option("Pilih orangnya", ""), ...people);
  const body = [
    make("p", {}, "Tautan undangan diteruskan kepada orang yang dituju, lalu ia membukanya."),
    make("label", { for: "opener" }, "Yang membuka tautan ini:"), list,
  ];
  const isSure = await ask("Buka tautan", body, [
    { label: "Tidak jadi", value: null, quiet: true }, { label: "Buka, lalu Mulai", value: true, needs: list },
  ]);
  if (isSure) await openAs(list.value, url);
}

async function intoGroup(url) {
  const groups = here.seen.chats.filter((chat) => !chat.private);
  const words = groups.length ? "Bot ditambahkan ke grup mana?" : "Anda belum berada dalam grup mana pun.";
  const choices = groups.map((chat) => ({ label: chat.title, value: chat.id }));
  const into = await ask("Pilih grup", [make("p", {}, words)], [...choices, { label: "Tidak jadi", value: null, quiet: true }]);
  if (!into) return;
  const done = await act(post("follow", { person: here.person, url, into }));
  if (done) go(here.person, done.chat, () => $("talk-title").focus());
}

async function act(asked) {
  try {
    return await asked;
  } catch (refused) {
    return void toast(refused.message);
  }
}
