// The panel beside the chats, with its tabs; on a phone it covers them while it is open.

import { $ } from "./dom.js";

const tabs = () => [...document.querySelectorAll("[role=tab]")];
const chosen = () => tabs().find((tab) => tab.ariaSelected === "true");

export function start() {
  for (const tab of tabs()) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => move(event, tab));
  }
  $("show-side").addEventListener("click", () => open(!isOpen()));
  $("hint-open").addEventListener("click", () => { choose($("tab-tour")); open(true); });
  $("hide-side").addEventListener("click", () => { open(false); $("show-side").focus(); });
  open(isWide());
}

/** Out of the way of the chats, where it covers them. */
export function close() {
  if (!isWide()) open(false);
}

/** Open, with the focus in it. */
export function show() {
  open(true);
  chosen().focus();
}

/** Whether it covers the chats. */
export const isOver = () => isOpen() && !isWide();

const isWide = () => matchMedia("(min-width: 70rem)").matches;
const isOpen = () => document.body.classList.contains("side-open");

function open(is) {
  document.body.classList.toggle("side-open", is);
  $("show-side").setAttribute("aria-expanded", String(is));
  if (is && !isWide()) chosen().focus();
}

export function choose(tab) {
  for (const one of tabs()) {
    const isIt = one === tab;
    one.setAttribute("aria-selected", String(isIt));
    one.tabIndex = isIt ? 0 : -1;
    $(one.getAttribute("aria-controls")).hidden = !isIt;
  }
}

function move(event, tab) {
  const all = tabs();
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = all[(all.indexOf(tab) + step + all.length) % all.length];
  choose(next);
  next.focus();
}
