// The practice of a secretary, with a coach at their side.

import { $, make, sync, write } from "./dom.js";
import { toast } from "./dialogs.js";
import { go, here } from "./main.js";
import { close } from "./side.js";
import { post } from "./wire.js";

let at = null;
let isBegun = false; // just now, and its first exercise is not drawn yet

export function start() {
  $("practice-begin").addEventListener("click", async () => {
    try {
      await post("practice", {});
      isBegun = true;
      const { person, chat } = here.seen.practice;
      go(person, chat, toFirst);
    } catch (refused) {
      toast(refused.message);
    }
  });
  $("practice-be").addEventListener("click", () => {
    const { person, chat } = here.seen.practice;
    close();
    go(person, chat, () => $("text").focus());
  });
}

export function draw(practice) {
  const { exercises, name } = practice;
  if (at !== null && practice.at > at) toast("Benar.");
  at = practice.at;
  const isOn = at !== null;
  const isDone = at === exercises.length;
  write($("practice-begin"), isOn ? "Mulai lagi" : "Mulai latihan");
  $("practice-be").hidden = !isOn || isDone;
  write($("practice-be"), `Jadilah ${name}, di grup`);
  const shown = exercises.map((one, number) => ({ ...one, number, state: state(number) }));
  sync($("practice-list"), isOn ? shown : [], (one) => one.number, item);
  write($("practice-said"), isDone ? "Semua latihan selesai." : practice.said);
  toFirst();
  $("practice-said").classList.toggle("wrong", Boolean(practice.said));
}

function toFirst() {
  const first = $("practice-list").querySelector("[aria-current] h3");
  if (!isBegun || at !== 0 || !first) return;
  isBegun = false;
  first.focus();
}

const state = (number) => (number < at ? "done" : number === at ? "now" : "later");

function item(one) {
  const mark = one.state === "done" ? "✓" : String(one.number + 1);
  const title = make("h3", { tabindex: "-1" }, make("span", { class: "mark", "aria-hidden": "true" }, mark), one.title,
    one.state === "done" ? make("span", { class: "hidden" }, " (selesai)") : null);
  const text = one.state === "now" ? make("p", {}, one.text) : null;
  return make("li", { class: one.state, "aria-current": one.state === "now" ? "step" : null }, title, text);
}
