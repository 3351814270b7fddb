// The keyboard: from one region of the page to the next, and out of whatever is open.

import { $ } from "./dom.js";
import { hush } from "./dialogs.js";
import { leaveOne } from "./compose.js";
import { close, isOver, show } from "./side.js";
import { toNewest } from "./talk.js";

/** In the order of F6; `to` puts the focus where one wants to be first. */
const REGIONS = [
  { of: "chats", to: () => ($("chat-list").querySelector("[aria-current]") ?? $("chat-list").querySelector("button"))?.focus() },
  { of: "talk", to: toNewest },
  { of: "compose", to: () => (isSeen($("compose")) ? $("text") : $("start")).focus() },
  { of: "side", to: () => show() },
];
let last = null; // where the focus was, as long as nobody took it away on purpose

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "F6" && !$("dialog").open) move(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && !event.defaultPrevented && !$("dialog").open) leave();
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusin", (event) => { last = regionOf(event.target); });
  document.addEventListener("focusout", (event) => {
    if (!event.relatedTarget && document.hasFocus() && isSeen(event.target)) last = null;
  });
}

/** What was drawn may have taken the focus away with it: then it goes to the region where it was. */
export function regain() {
  const active = document.activeElement;
  if (last === null || $("dialog").open || (active !== document.body && isSeen(active))) return;
  const there = [last, ...REGIONS].find((one) => isThere(one));
  there?.to();
}

const isSeen = (node) => node.isConnected && node.checkVisibility({ visibilityProperty: true });
const isThere = ({ of }) => isSeen($(of)) || (of === "compose" && isSeen($("start")));

/** The box lies in the conversation, and is a region of its own. */
function regionOf(node) {
  const box = REGIONS[2];
  if (node.id === "start") return box;
  return [box, ...REGIONS].find(({ of }) => $(of).contains(node)) ?? null;
}

function move(step) {
  const at = REGIONS.indexOf(regionOf(document.activeElement));
  if (REGIONS[at]?.of === "side") close();
  const from = at < 0 && step < 0 ? REGIONS.length : at;
  for (let tried = 1; tried <= REGIONS.length; tried += 1) {
    const next = REGIONS[(from + tried * step + 2 * REGIONS.length) % REGIONS.length];
    if (next.of === "side" || isThere(next)) return next.to();
  }
}

/** One thing at a time, the nearest first. */
function leave() {
  if (leaveOne()) return;
  if (isOver()) {
    close();
    $("show-side").focus();
  } else hush();
}
