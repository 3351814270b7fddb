// The line to this page's own server.

/** Ask for something to happen. Throws an Error whose message may be shown. */
export async function post(what, facts) {
  const asked = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(facts) };
  let answer;
  try {
    answer = await fetch(`/api/${what}`, asked);
  } catch {
    throw new Error("Peragaan ini sudah berhenti. Jalankan lagi: make demo");
  }
  const said = await answer.json();
  if (said.error) throw new Error(said.error);
  return said;
}

let source = null;
let again = 0;
const SOON = 300;
const SELDOM = 8000;
let gap = SOON; // milliseconds until the next try; ever more while nobody is there

/** Hear of everything that this person sees, from now on; what was watched before is left. */
export function watch(person, chat, heard, lost) {
  clearTimeout(again);
  source?.close();
  source = new EventSource(`/api/stream?${new URLSearchParams({ person, chat })}`);
  let isRenewed = false;
  source.addEventListener("renewing", () => { isRenewed = true; });
  source.onmessage = (event) => { gap = SOON; heard(JSON.parse(event.data)); };
  source.onerror = () => {
    source.close();
    lost(isRenewed);
    again = setTimeout(() => watch(person, chat, heard, lost), gap);
    gap = isRenewed ? SOON : Math.min(2 * gap, SELDOM);
  };
}

/** A file as the server reads it. */
export async function packed(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    letters += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return { name: file.name, data: btoa(letters) };
}
