// The box below the chat: words, the / menu that this person has here, a file, an answer.

import { $, make, write } from "./dom.js";
import { toast } from "./dialogs.js";
import { here } from "./main.js";
import { follow } from "./talk.js";
import { packed, post } from "./wire.js";

const LARGEST = 8; // MB, as in hands.py

const draft = { reply: null, edit: null };
let asked = 0; // the newest message that asks for an answer, and was offered one
let chosen = -1;
let restored = ""; // the chat whose draft is in the box

export function start() {
  $("compose").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  $("text").addEventListener("keydown", onKey);
  $("text").addEventListener("input", () => { grow(); keep(); offer(matching()); });
  $("menu-button").addEventListener("click", toggle);
  $("file").addEventListener("change", attached);
  $("attached-not").addEventListener("click", () => { detach(); $("text").focus(); });
  $("answering-not").addEventListener("click", () => { cancel(); $("text").focus(); });
  $("compose").addEventListener("focusout", (event) => {
    if (!$("compose").contains(event.relatedTarget)) offer([]);
  });
}

export function draw(seen) {
  const chat = seen.chat;
  $("compose").hidden = !chat?.started;
  if (chat) restore();
  $("start").hidden = !chat || chat.started;
  $("menu-button").hidden = !chat?.menu.length;
  const last = chat?.bubbles.at(-1);
  if (last?.asks && !last.mine && last.id !== asked) {
    asked = last.id;
    answer(last);
  }
}

/** Nothing that was begun for one chat may be sent to another; until it is drawn there is no box. */
export function leave() {
  empty();
  restored = "";
  $("compose").hidden = true;
}

const key = ({ person, chat } = here) => `draft ${person} ${chat}`;
const keep = () => sessionStorage.setItem(key(), $("text").value);

/** What was written here and not sent, also before a reload. */
function restore() {
  if (restored === key()) return;
  restored = key();
  $("text").value = sessionStorage.getItem(restored) ?? "";
  grow();
}

/** What was sent from there. Somebody who is elsewhere by now has begun something else. */
function clear(place) {
  sessionStorage.removeItem(key(place));
  if (key() === key(place)) empty();
}

function empty() {
  $("text").value = "";
  $("file").value = "";
  attached();
  quote();
  offer([]);
  grow();
}

/** Put a command into the box, ready to be completed. */
export function insert(command) {
  $("text").value = `${command} `;
  keep();
  $("text").focus();
  offer([]);
  grow();
}

export function answer(bubble) {
  quote({ reply: bubble.id, who: bubble.mine ? "Anda" : bubble.who, text: bubble.text || bubble.file?.name });
  $("text").focus();
}

export function change(bubble) {
  quote({ edit: bubble.id, who: "Ubah pesan", text: bubble.text });
  $("text").value = bubble.text;
  $("text").focus();
  grow();
}

/** Out of the menu, else of what is answered or changed, else of the file. False: there was none. */
export function leaveOne() {
  const isIn = $("compose").contains(document.activeElement);
  if (!$("menu").hidden) offer([]);
  else if (!$("answering").hidden) cancel();
  else if (!$("attached").hidden) detach();
  else return false;
  if (isIn) $("text").focus();
  return true;
}

/** Words that were to replace others are of no use without these. */
function cancel() {
  if (draft.edit) $("text").value = "";
  keep();
  quote();
  grow();
}

function detach() {
  $("file").value = "";
  attached();
}

function quote({ reply = null, edit = null, who = "", text = "" } = {}) {
  Object.assign(draft, { reply, edit });
  $("answering").hidden = !who;
  write($("answering-who"), who);
  write($("answering-text"), text.split("\n")[0]);
}

async function send() {
  const text = $("text").value;
  const [file] = $("file").files;
  if (!text.trim() && !file) return $("text").focus();
  const place = { person: here.person, chat: here.chat };
  follow();
  try {
    if (draft.edit) await post("edit", { ...place, message: draft.edit, text });
    else await post("say", { ...place, text, reply_to: draft.reply, file: file ? await packed(file) : null });
    clear(place);
  } catch (refused) {
    toast(refused.message);
  }
  $("text").focus();
}

function attached() {
  if (isTooLarge($("file").files[0])) $("file").value = "";
  const [file] = $("file").files;
  $("attached").hidden = !file;
  write($("attached-name"), file?.name ?? "");
  if (file) $("text").focus();
}

function isTooLarge(file) {
  const size = (file?.size ?? 0) / 1024 / 1024;
  if (size <= LARGEST) return false;
  toast(`${file.name}: ${size.toFixed(1).replace(".", ",")} MB. Dalam peragaan paling banyak ${LARGEST} MB.`);
  return true;
}

function grow() {
  const lines = $("text").value.split("\n").length;
  $("text").rows = Math.min(6, Math.max(lines, Math.ceil($("text").value.length / 60), 1));
}

function onKey(event) {
  const options = [...$("menu").children];
  const isOpen = !$("menu").hidden;
  if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark((chosen + step + options.length) % options.length);
  } else if (isOpen && chosen >= 0 && (event.key === "Enter" || event.key === "Tab")) {
    insert(options[chosen].dataset.command);
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    send();
  } else return;
  event.preventDefault();
}

function toggle() {
  const isOpen = !$("menu").hidden;
  offer(isOpen ? [] : here.seen.chat.menu);
  $("text").focus();
}

function matching() {
  const words = $("text").value;
  if (!/^\/\w*$/.test(words)) return [];
  return here.seen.chat.menu.filter((one) => `/${one.command}`.startsWith(words));
}

function offer(commands) {
  const options = commands.map((one, at) => {
    const command = `/${one.command}${here.seen.chat.bot}`;
    return make("li", {
      id: `command-${at}`, role: "option", "aria-selected": "false", "data-command": command,
      onmousedown: (event) => event.preventDefault(), onclick: () => insert(command),
    }, make("b", {}, `/${one.command}`), " ", make("span", {}, one.description));
  });
  $("menu").replaceChildren(...options);
  $("menu").hidden = !options.length;
  $("text").setAttribute("aria-expanded", String(options.length > 0));
  $("menu-button").setAttribute("aria-expanded", String(options.length > 0));
  mark(-1);
}

function mark(at) {
  chosen = at;
  const options = [...$("menu").children];
  options.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
  if (at < 0) return $("text").removeAttribute("aria-activedescendant");
  $("text").setAttribute("aria-activedescendant", options[at].id);
  return options[at].scrollIntoView({ block: "nearest" });
}
