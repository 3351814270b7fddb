// What stands in front of the page: a short word, or a question.

import { $, make } from "./dom.js";

let fading = 0;

/** A word that goes by itself; screen readers say it. */
export function toast(text) {
  clearTimeout(fading);
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  fading = setTimeout(() => $("toast").classList.remove("shown"), 6000);
}

/** What was said elsewhere is stale here. */
export const hush = () => $("toast").classList.remove("shown");

/** A word that stays until it is read. */
export function alert(title, text) {
  return ask(title, [make("p", {}, text)], [{ label: "Mengerti", value: true }]);
}

/** Resolves to the value of the button that was pressed; null where the question was left. */
export function ask(title, body, choices) {
  const dialog = $("dialog");
  $("dialog-title").textContent = title;
  $("dialog-body").replaceChildren(...body);
  return new Promise((answer) => {
    let chosen = null;
    const buttons = choices.map(({ label, value, quiet, needs }) =>
      make("button", {
        type: "button",
        class: quiet ? "quiet" : null,
        onclick: () => {
          if (needs && !needs.reportValidity()) return;
          chosen = value;
          dialog.close();
        },
      }, label));
    dialog.querySelector(".acts").replaceChildren(...buttons);
    dialog.addEventListener("close", () => answer(chosen), { once: true });
    if (!dialog.open) dialog.showModal();
  });
}
