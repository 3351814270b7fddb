// The city's clock, and where it can be sent.

import { $, write } from "./dom.js";
import { toast } from "./dialogs.js";
import { post } from "./wire.js";

const GOALS = {
  reminder: "ke pengingat berikutnya", digest: "ke ringkasan", day: "ke hari kerja berikutnya",
  week: "seminggu", minutes: "10 menit",
};

export function start() {
  for (const button of document.querySelectorAll("[data-to]")) {
    button.addEventListener("click", async () => {
      try {
        await post("time", { to: button.dataset.to });
      } catch (refused) {
        toast(refused.message);
      }
    });
  }
}

export function draw(clock) {
  write($("day"), clock.day);
  write($("hour"), clock.hour);
  $("now").setAttribute("datetime", clock.iso);
  const isRunning = Boolean(clock.target);
  const hours = clock.open ? "jam kerja" : "di luar jam kerja";
  write($("window"), isRunning ? `berjalan ${GOALS[clock.target]}…` : hours);
  document.body.classList.toggle("running", isRunning);
  for (const button of document.querySelectorAll("[data-to]")) {
    const isStop = button.dataset.to === "stop";
    const held = document.activeElement === button;
    if (isStop) button.hidden = !isRunning;
    else button.setAttribute("aria-disabled", String(isRunning));
    if (held && button.hidden) document.querySelector("[data-to=reminder]").focus();
  }
}
