"""Data that no genuine button bears, by how it was altered."""

from __future__ import annotations

GARBAGE = (
    "", "x", ":", "done", "done:", "done:DIKBUD", "done:DIKBUD:", "done:DIKBUD:1:",
    "done:DIKBUD:-1", "done:DIKBUD:1:0", "done:DIKBUD:1\n", " done:DIKBUD:1", "DONE:DIKBUD:1",
    "done:DIKBUD:1.0", "done:DIKBUD:٣", "done:DIKBUD:1e1", "done:DIK BUD:1", "done::1",
    "done:DIKBUD;1", "v2:done:DIKBUD:1", "selesai:DIKBUD:1", "save", "save:", "save:x", "save:1:1",
    "nudge:1", "backsome:DIKBUD:1,2", "below:", "d" * 64, "done:DIKBUD:" + "1" * 52,
    "claim:" + "a" * 58, "\x00", "done:%s:%d", "{{ 7*7 }}",
)  # fmt: skip
"""What means nothing to this version: cut short, longer, of another version, 64 letters."""

# Fitting to the letter, and of what is not there, or is another's: pressed in private (or in the
# group of no OPD, `@none`) by who would have the right to the genuine one. What they are told.
ALTERED = """
secretary done:DIKBUD:999 | Dinas Pendidikan & Kebudayaan 999: tidak ada di daftar
secretary done:DIKBUD:8 | Dinas Pendidikan & Kebudayaan 8: tidak ada di daftar
secretary done:NOPE:1 | Grup ini belum terhubung
secretary done:DINKES:1 | Hanya untuk
secretary back:DINKES:1 | Hanya untuk
secretary back:DIKBUD:999 | Dinas Pendidikan & Kebudayaan 999: tidak ada di daftar
secretary backsome:DINKES:1-2 | Hanya untuk
secretary backsome:DIKBUD:998-999 | Dinas Pendidikan & Kebudayaan 998, 999: tidak ada di daftar
secretary backsome:DIKBUD:9-2 | Rentang 9-2 terbalik
secretary backsome:DIKBUD:1-999 | Paling banyak 200 butir
secretary backsome:DIKBUD:x | “x” tidak terbaca
secretary attach:DINKES:1 | Hanya untuk
secretary attach:DIKBUD:999 | Dinas Pendidikan & Kebudayaan 999: tidak ada di daftar
secretary snag:DINKES:1 | Hanya untuk
secretary snag:DIKBUD:999 | Butir 999 tidak ada
secretary later:DINKES:1 | Hanya untuk
secretary later:DIKBUD:999 | Butir 999 tidak ada
secretary got:DINKES:1:0 | Hanya untuk
secretary got:DIKBUD:99:0 | Instruksi I99 tidak ada
secretary list:DINKES:1 | Hanya untuk
secretary list:NOPE:1 | Grup ini belum terhubung
secretary below:DINKES | Hanya untuk
secretary below:NOPE | Grup ini belum terhubung
secretary card:DINKES:1 | Hanya untuk
secretary card:DIKBUD:999 | Butir 999 tidak ada
secretary proofs:DINKES:1 | Hanya untuk
secretary proofs:DIKBUD:999 | Butir 999 tidak ada
secretary file:DINKES:1 | Hanya untuk
secretary file:DIKBUD:99 | Berkas ini tidak ada
secretary ifile:DINKES:1 | Hanya untuk
secretary ifile:DIKBUD:99 | Instruksi I99 tidak ada
secretary ifile:DIKBUD:1 | Instruksi I1 tidak ada
secretary inviteop:DINKES | Hanya untuk
secretary inviteop:NOPE | Grup ini belum terhubung
secretary link:DINKES | Hanya untuk
secretary link:NOPE | Grup ini belum terhubung
secretary open:DINKES:1:0 | Hanya untuk
secretary open:-:1:0 | Hanya untuk koordinator
secretary open:NOPE:1:0 | Grup ini belum terhubung
secretary@none claim:tidakada | Tautan ini tidak dikenal
secretary which:999:0 | Sudah lewat satu hari
secretary which:{question}:99 | Sudah lewat satu hari
secretary save:999 | Sudah lewat satu hari
secretary save:{question} | Sudah lewat satu hari
secretary drop:999 | Sudah lewat satu hari
secretary asitem:{question}:1 | Hanya untuk
their-secretary file:DINKES:1 | Berkas ini tidak ada
their-secretary ifile:DINKES:2 | Instruksi I2 tidak ada
their-secretary got:DINKES:2:0 | Instruksi I2 tidak ada
their-secretary done:DINKES:13 | Dinas Kesehatan 13: tidak ada di daftar
coordinator done:DIKBUD:1 | Hanya untuk
coordinator ok:DIKBUD:999 | Dinas Pendidikan & Kebudayaan 999: tidak ada di daftar
coordinator ok:NOPE:1 | Grup ini belum terhubung
coordinator accept:DIKBUD:999:0 | Dinas Pendidikan & Kebudayaan 999: tidak ada di daftar
coordinator accept:NOPE:1:0 | Grup ini belum terhubung
coordinator acceptall:NOPE:1:0 | Grup ini belum terhubung
coordinator mend:DIKBUD:999 | Butir 999 tidak ada
coordinator skip:DIKBUD:999 | Butir 999 tidak ada
coordinator keep:DIKBUD:999 | Dinas Pendidikan & Kebudayaan 999: tidak ada di daftar
coordinator notme:999 | Tombol ini tidak berlaku lagi
coordinator undo:999 | T999 tidak ada
coordinator asitem:999:1 | Sudah lewat satu hari
coordinator save:{question} | Hanya pengirim perintah
coordinator drop:{question} | Hanya pengirim perintah
coordinator which:{question}:0 | Hanya pengirim perintah
coordinator which:{instruction}:0 | Sudah lewat satu hari
coordinator asitem:{question}:1 | Hanya pengirim perintah
coordinator reply:99:0 | Kendala K99 tidak ada
coordinator shut:99 | Kendala K99 tidak ada
coordinator up:99 | Kendala K99 tidak ada
coordinator show:99 | Kendala K99 tidak ada
coordinator showlater:99 | Permintaan perpanjangan ini tidak ada
coordinator grant:99:0 | Permintaan perpanjangan ini tidak ada
coordinator deny:99:1 | Permintaan perpanjangan ini tidak ada
coordinator open:NOPE:1:0 | Grup ini belum terhubung
coordinator gotby:99 | Instruksi I99 tidak ada
"""
HARMLESS = ("queue", "city", "recap", "nudge")  # any number shows a page; the last bears none
ATTEMPTS = ("Hanya", "Tautan ini tidak dikenal")  # what is written down

# Whose tenure ended a moment ago: what is left to them of what the row of RIGHTS gave, by place.
LEFT = {
    "list": "+----", "below": "+----", "card": "+----", "ifile": "+----",  # as anybody there
    "claim": "ttbbo",  # the link is the right, where it was brought
    "drop": "+++++",  # to throw away what they had begun
}  # fmt: skip
LOOKING = ("list", "below", "card", "ifile")
