// Buttons under messages: each press waits for its answer, and shows it where it was made.

import { alert, toast } from "./dialogs.js";
import { post } from "./wire.js";

const waiting = new Map();
const PATIENCE = 8000; // milliseconds; then the button may be pressed again

/** Press it; its answer is shown in this window alone. */
export async function press(button, facts) {
  button.setAttribute("aria-busy", "true");
  const free = () => button.removeAttribute("aria-busy");
  try {
    const { press: id } = await post("press", facts);
    waiting.set(id, free);
    setTimeout(() => { free(); }, PATIENCE);
  } catch (refused) {
    free();
    toast(refused.message);
  }
}

/** What became of the presses of this window. */
export function pending(presses) {
  for (const one of presses) {
    const free = waiting.get(one.id);
    if (!free || !one.answered) continue;
    waiting.delete(one.id);
    free();
    if (one.text && one.alert) alert("Tuntas", one.text);
    else if (one.text) toast(one.text);
  }
}
