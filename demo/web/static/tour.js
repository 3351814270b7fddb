// The guided tour: what to do next, as whom, and what was done already.

import { $, make, sync, write } from "./dom.js";
import { ask, toast } from "./dialogs.js";
import { insert } from "./compose.js";
import { go, here } from "./main.js";
import { close } from "./side.js";
import { toNewest } from "./talk.js";
import { post } from "./wire.js";

let at = null;

export function start() {
  $("restart").addEventListener("click", async () => {
    const words = "Semua pesan dan konfirmasi dalam peragaan ini hilang, dan kota dimulai lagi dari awal.";
    const choices = [{ label: "Tidak jadi", value: null, quiet: true }, { label: "Mulai dari awal", value: true }];
    if (!(await ask("Mulai dari awal", [make("p", {}, words)], choices))) return;
    at = null;
    await post("restart", {}).catch((refused) => toast(refused.message));
  });
}

export function draw({ at: now, steps }) {
  if (at !== null && now > at) toast(now === steps.length ? "Tur selesai." : `Langkah ${now} selesai.`);
  const wasIn = $("tour-list").contains(document.activeElement);
  const isOther = at !== now;
  at = now;
  const step = steps[now];
  write($("tour-said"), step ? `Langkah ${now + 1} dari ${steps.length}` : "Tur selesai. Selanjutnya silakan mencoba apa saja.");
  sync($("tour-list"), steps.map((one, number) => ({ ...one, number, there: isThere(one) })), (one) => one.number, item);
  if (isOther) toStep(wasIn);
  $("hint").hidden = !step;
  write($("hint-text"), step ? `${now + 1}/${steps.length} ${step.title}` : "");
}

const isThere = (step) => step.state === "now" && here.person === step.person && here.chat === step.chat;

/** What is to be done next is in sight; and whoever did it from here goes on from there. */
function toStep(wasIn) {
  const next = $("tour-list").querySelector(".now");
  next?.scrollIntoView({ block: "nearest" });
  if (wasIn) (next?.querySelector("h3") ?? $("panel-tour")).focus({ preventScroll: true });
}

function item(step) {
  const mark = { done: "✓", now: String(step.number + 1), later: String(step.number + 1) }[step.state];
  const state = step.state === "done" ? make("span", { class: "hidden" }, " (selesai)") : null;
  const title = make("h3", { tabindex: "-1" }, make("span", { class: "mark", "aria-hidden": "true" }, mark), step.title, state);
  const attributes = { class: step.state, "aria-current": step.state === "now" ? "step" : null };
  if (step.state !== "now") return make("li", attributes, title);
  return make("li", attributes, title,
    make("p", {}, step.text),
    make("p", { class: "acts" }, clock(step), be(step), example(step)));
}

function be(step) {
  const there = () => { close(); go(step.person, step.chat, toNewest); };
  const words = `Jadilah ${step.name}, di ${step.place}`;
  return make("button", { type: "button", onclick: there }, step.there ? `✓ ${words}` : words);
}

/** Puts an example into the box of the right person, in the right chat. */
function example(step) {
  if (!step.example) return null;
  const use = () => { close(); go(step.person, step.chat, () => insert(step.example)); };
  return make("button", { type: "button", class: "code", onclick: use }, step.example);
}

const CLOCK = { reminder: "Majukan waktu ke pengingat", digest: "Majukan waktu ke ringkasan" };

function clock(step) {
  if (!step.clock) return null;
  const run = () => post("time", { to: step.clock }).catch((refused) => toast(refused.message));
  return make("button", { type: "button", onclick: run }, CLOCK[step.clock]);
}
