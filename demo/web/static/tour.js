// The guided tour: what to do next, as whom, and what was done already.

import { $, make, sync, write } from "./dom.js";
import { ask, toast } from "./dialogs.js";
import { insert } from "./compose.js";
import { go } from "./main.js";
import { close } from "./side.js";
import { toNewest } from "./talk.js";
import { post } from "./wire.js";

let at = null;
let ahead = ""; // the act that comes next, as it was announced
let goesOn = false; // after the day: into the steps that nobody need take

export function start() {
  $("restart").addEventListener("click", async () => {
    const words = "Semua pesan dan konfirmasi dalam peragaan ini hilang, dan kota dimulai lagi dari awal.";
    const choices = [{ label: "Tidak jadi", value: null, quiet: true }, { label: "Mulai dari awal", value: true }];
    if (!(await ask("Mulai dari awal", [make("p", {}, words)], choices))) return;
    at = null;
    goesOn = false;
    await post("restart", {}).catch((refused) => toast(refused.message));
  });
  $("tour-list").addEventListener("click", (event) => { goesOn = goesOn || Boolean(event.target.closest(".onward button")); });
}

export function draw({ at: now, day, steps, acts }) {
  if (at !== null && now > at) toast(ended(now, day, steps.length));
  const wasIn = $("tour-list").contains(document.activeElement);
  const isOther = at !== now;
  announce(acts, isOther);
  at = now;
  write($("tour-said"), where(now, day, steps.length));
  const shown = steps.map((one, number) => ({ ...one, number, acts: number === now ? acts : [], isMore: number === day }));
  $("tour-list").classList.toggle("onward", now >= day);
  sync($("tour-list"), now < day ? shown.slice(0, day) : shown, (one) => one.number, item);
  if (isOther) toStep(wasIn);
  hint(now, day, steps[now] ? acts : []);
}

const ended = (now, day, all) =>
  now === day ? "Tur selesai." : now === all ? "Lanjutan selesai." : now > day ? "Langkah lanjutan selesai." : `Langkah ${now} selesai.`;

function where(now, day, all) {
  if (now < day) return `Langkah ${now + 1} dari ${day}`;
  const more = now < all ? `Bila berminat, masih ada lanjutan: ${now - day + 1} dari ${all - day}.` : "";
  return `Tur selesai. Silakan mencoba apa saja. ${more}`.trim();
}

/** Said once to whoever cannot see the marks; that a step ended is said by a word of its own. */
function announce(acts, isOther) {
  const next = acts.findIndex((one) => one.state === "now");
  const words = next < 0 ? "" : line(acts[next]);
  if (!isOther && next > 0 && words !== ahead) write($("tour-live"), `Sudah: ${line(acts[next - 1])}. Berikutnya: ${words}.`);
  ahead = words;
}

const line = (act) => `${act.text} ${act.example}`.trim();

/** Where the panel is not beside the chats, its next act is. */
function hint(now, day, acts) {
  const next = acts.find((one) => one.state === "now");
  $("hint").hidden = !next || (now >= day && !goesOn);
  write($("hint-text"), next ? `${now < day ? `${now + 1}/${day}` : "Lanjutan"} · ${line(next)}` : "");
}

/** What is to be done next is in sight; and whoever did it from here goes on from there. */
function toStep(wasIn) {
  const next = $("tour-list").querySelector(".now");
  next?.scrollIntoView({ block: "nearest" });
  if (wasIn) (next?.querySelector("h3") ?? $("panel-tour")).focus({ preventScroll: true });
}

function item(step) {
  const title = make("h3", { tabindex: "-1" }, mark(step.state, step.number + 1), step.title, done(step.state));
  const above = step.isMore ? make("p", { class: "more" }, "Lanjutan, bila berminat") : null;
  const attributes = { class: step.state, "aria-current": step.state === "now" ? "step" : null };
  if (step.state !== "now") return make("li", attributes, above, title);
  return make("li", attributes, above, title, make("p", {}, step.why),
    make("ol", { class: "deeds" }, ...step.acts.map(act)));
}

const mark = (state, number) => make("span", { class: "mark", "aria-hidden": "true" }, state === "done" ? "✓" : String(number));
const done = (state) => (state === "done" ? make("span", { class: "hidden" }, " (selesai)") : null);

function act(one, at) {
  const attributes = { class: one.state, "aria-current": one.state === "now" ? "step" : null };
  return make("li", attributes, mark(one.state, at + 1), make("div", {}, ...HOW[one.kind](one), done(one.state)));
}

const there = (one, after) => () => { close(); go(one.person, one.chat, after); };
const button = (words, onclick, kind = null) => make("button", { type: "button", class: kind, onclick }, words);

const HOW = {
  be: (one) => [button(one.text, there(one, toNewest))],
  open: (one) => [button(one.text, there(one, toNewest))],
  do: (one) => (one.clock ? [clock(one)] : one.example ? [`${one.text} `, example(one)] : [one.text]),
};

/** Puts it into the box of the right person, in the right chat. */
const example = (one) => button(one.example, there(one, () => insert(one.example)), "code");

/** What comes of it is in the chats. */
const clock = (one) => button(one.text, () => {
  close();
  post("time", { to: one.clock }).catch((refused) => toast(refused.message));
});
