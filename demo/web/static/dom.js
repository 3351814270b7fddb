// Making nodes, and keeping a list of them in step with facts.

export const $ = (id) => document.getElementById(id);

/** A node: `facts` are attributes, or listeners where their name begins with "on". */
export function make(tag, facts = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** Text that is written only where it differs, so that nothing is announced twice. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Let `parent` hold a node for each item, in order; what did not change is left as it is. */
export function sync(parent, items, keyOf, build) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let before = null;
  for (const item of items) {
    const key = String(keyOf(item));
    const facts = JSON.stringify(item);
    let node = old.get(key);
    if (node?.facts !== facts) {
      const fresh = build(item);
      fresh.dataset.key = key;
      fresh.facts = facts;
      if (node) replace(node, fresh);
      else place(parent, fresh, before);
      node = fresh;
    } else if (node.previousElementSibling !== before) place(parent, node, before);
    old.delete(key);
    before = node;
  }
  for (const gone of old.values()) gone.remove();
}

function place(parent, node, before) {
  if (before) before.after(node);
  else parent.prepend(node);
}

/** Whoever was on one of its buttons stays there, or on what stands in its place. */
function replace(node, fresh) {
  const active = document.activeElement;
  const held = node.contains(active) ? [...node.querySelectorAll("button")].indexOf(active) : -1;
  const label = active?.textContent;
  node.replaceWith(fresh);
  if (held < 0) return;
  const buttons = [...fresh.querySelectorAll("button")];
  const same = buttons.find((button) => button.textContent === label);
  (same ?? instead(fresh, buttons, held)).focus({ preventScroll: true });
}

/** Of a message never another button: a second Enter would press it. */
function instead(fresh, buttons, held) {
  return fresh.matches("[tabindex]") ? fresh : buttons[held] ?? buttons.at(-1) ?? fresh;
}

const COLOURS = 6;

/** The round picture at a name: its first letters, in a colour of its own. */
export function face(node, name) {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  node.className = `face face-${sum % COLOURS}`;
  write(node, name.split(" ").slice(0, 2).map((word) => word[0] ?? "").join(""));
  return node;
}
