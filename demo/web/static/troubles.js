// Trouble on demand: each can be brought and taken away again.

import { $, make, sync, write } from "./dom.js";
import { toast } from "./dialogs.js";
import { here } from "./main.js";
import { post } from "./wire.js";

export function draw(seen) {
  const group = seen.chat && !seen.chat.private ? seen.chat : null;
  const where = group ? `di ${group.title}` : "di grup yang terbuka";
  const { cut, dead, slow } = seen.troubles;
  const isIn = group ? group.bot !== "" : true;
  const list = [
    { key: "line", what: cut ? "mend" : "cut", label: cut ? "Sambungkan jaringan" : "Putuskan jaringan", on: cut,
      words: "Bot tidak dapat menghubungi Telegram. Pesan orang menunggu di sana." },
    { key: "pace", what: slow ? "fast" : "slow", label: slow ? "Telegram cepat lagi" : "Lambatkan Telegram", on: slow,
      words: "Setiap panggilan memakan dua detik." },
    { key: "life", what: dead ? "start" : "kill", label: dead ? "Hidupkan bot" : "Matikan bot", on: dead,
      words: "Seperti listrik padam. Saat hidup lagi, bot membaca basis data yang sama." },
    { key: "seat", what: isIn ? "kick" : "invite", label: isIn ? "Keluarkan bot dari grup" : "Masukkan bot ke grup", on: !isIn,
      words: isIn ? `Bot berada ${where}. Admin grup dapat mengeluarkannya.` : `Bot tidak berada ${where}.`, off: !group },
    { key: "kind", what: "upgrade", label: "Jadikan supergrup", on: group?.kind === "supergroup",
      words: "Nomor grup berubah; Tuntas mengikutinya.", off: !group || group.kind === "supergroup" },
  ];
  sync($("trouble-list"), list, (one) => one.key, item);
  const waiting = seen.troubles.waiting;
  write($("trouble-said"), (dead || cut) && waiting ? `${waiting} pesan atau tekanan tombol menunggu bot.` : "");
}

function item(one) {
  const bring = async (event) => {
    if (one.off) return toast("Buka dahulu sebuah grup.");
    const button = event.currentTarget;
    button.setAttribute("aria-busy", "true");
    try {
      await post("trouble", { what: one.what, person: here.person, chat: here.chat });
    } catch (refused) {
      toast(refused.message);
    }
    return button.removeAttribute("aria-busy");
  };
  const id = `trouble-${one.key}`;
  return make("li", { class: one.on ? "on" : null },
    make("button", { type: "button", onclick: bring, "aria-describedby": id, "aria-disabled": one.off ? "true" : null }, one.label),
    make("p", { id }, one.words));
}
