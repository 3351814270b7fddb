"""What people say that is no plain command: who may, where, and what it comes to, to the letter.
Posts and signs of place as in tests/rights/table.py."""

from __future__ import annotations

PLACES = ("DIKBUD", "DINKES", "none", "private")

SIGNS = {
    "Hanya untuk": "-",
    "Jawaban ini tidak dicatat": "n",
    "Pertanyaan ini sudah dijawab": "s",
    "Sudah lewat satu hari": "l",
    "Anda menulis sebagai admin anonim": "h",
    "Kirim perintah ini di": "x",
    "Grup ini belum terhubung": "?",
    "Grup atau topik ini sudah terhubung": "t",
    "Perubahan pesan tidak dibaca": "e",
    "Kendala K2 sudah ditutup": "c",
}
"""+ done or answered · . nothing is said · what is in ATTEMPTS is refused, and written down."""
ATTEMPTS = "-nh"

# The questions that wait for a reply: the command that it completes, the button that asks, who
# pressed it, the verb that its answer leaves in the log, and the answer.
QUESTIONS = """
kembalikan    mend:DIKBUD:2   coordinator return    foto loket belum terlihat
tidak_relevan skip:DIKBUD:1   coordinator exclude   tidak memberi layanan langsung
jawab         reply:1:0       coordinator answer    segera dianggarkan
kendala       snag:DIKBUD:1   secretary   obstacle  sarana: server mati sejak Senin
perpanjang    later:DIKBUD:1  secretary   ask_later H+60 menunggu pengesahan APBD
"""

# What its author's reply comes to, by what became of them or of the question meanwhile: it waits;
# it was answered; a day has passed; the post ended; they hold another one (the coordinator is the
# Sekda now, the secretary an operator of DINKES); they write as an anonymous admin.
AUTHOR = """
              waiting answered lapsed ended moved nameless
kembalikan    +       s        l      -     -     h
tidak_relevan +       s        l      -     -     h
jawab         +       s        l      -     +     h
kendala       +       s        l      -     -     h
perpanjang    +       s        l      -     -     h
"""
OTHERS = "n"  # whoever else replies, wherever, whatever became of it

# Replies to a message that shows K1 (open) or K2 (closed), one word a post, one sign a place.
# m words are added to it
OBSTACLES = """
K1 ++++ ++++ ++++ ...- ...m ...m ...m ...- ...-
K2 cccc cccc cccc ...- ...c ...c ...c ...- ...-
"""

# Commands that come with a file: as the caption of a photo, or in answer to somebody else's file.
# Each with what follows it, and the verbs that it leaves in the log where it is done.
COMMANDS = """
done          evidence,submit       | DIKBUD 1
batalkan      withdraw              | DIKBUD 2
bukti         evidence              | DIKBUD 1
daftar        -                     | DIKBUD
kendala       obstacle              | DIKBUD 1 sarana: server mati
perpanjang    ask_later             | DIKBUD 1 H+60 menunggu pengesahan APBD
jawab         answer                | K1 segera dianggarkan
tutup         close                 | K1
undang        invited               | operator DIKBUD
akhiri        -                     | operator DIKBUD
cek           -                     |
verifikasi    verify                | DIKBUD 2
tidak_relevan exclude               | DIKBUD 1 tidak memberi layanan langsung
relevan       include               | DIKBUD 5
kembalikan    return                | DIKBUD 2 foto loket belum terlihat
tenggat       -                     | DIKBUD H+14 Laporan SPM
ubah          -                     | DIKBUD 1 H+14
hapus         -                     | DIKBUD 1 sama dengan butir 7
instruksi     -                     | DIKBUD H+3 Kirim data SPM
aduan         add,add,complain      | DIKBUD biasa 7654321
hubungkan     linked                | DISHUB
lepas         unlinked              |
opd           -                     |
ringkasan     -                     |
ingatkan      nudge                 | DIKBUD
rekap         -                     |
privasi       -                     |
start         -                     |
bantuan       -                     |
"""

# One row a command, one word a post, one sign a place.
RIGHTS = """
done          ---- ---- ---- ---- ++++ ++++ ++++ ---- ----
batalkan      ---- ---- ---- ---- ++++ ++++ ++++ ---- ----
bukti         ---- ---- ---- ---- ++++ ++++ ++++ ---- ----
daftar        ++++ ++++ ++++ ++++ ++++ ++++ ++++ +--- +---
kendala       ---- ---- ---- ---- ++++ ++++ ++++ ---- ----
perpanjang    ---- ---- ---- ---- ++++ ++++ ---- ---- ----
jawab         ++++ ++++ ++++ ---- ---- ---- ---- ---- ----
tutup         ++++ ++++ ++++ ---- ---- ---- ---- ---- ----
undang        xxx+ xxx+ xxx- xxx- xxx+ xxx+ xxx- xxx- xxx-
akhiri        xxx+ xxx+ xxx- xxx- xxx+ xxx+ xxx- xxx- xxx-
cek           ++++ ++++ ---- ---- ---- ---- ---- ---- ----
verifikasi    ++++ ++++ ---- ---- ---- ---- ---- ---- ----
tidak_relevan ++++ ++++ ---- ---- ---- ---- ---- ---- ----
relevan       ++++ ++++ ---- ---- ---- ---- ---- ---- ----
kembalikan    ++++ ++++ ---- ---- ---- ---- ---- ---- ----
tenggat       ++++ ++++ ---- ---- ---- ---- ---- ---- ----
ubah          ++++ ++++ ---- ---- ---- ---- ---- ---- ----
hapus         ++++ ++++ ---- ---- ---- ---- ---- ---- ----
instruksi     ++++ ++++ ++++ ---- ---- ---- ---- ---- ----
aduan         ++++ ++++ ---- ---- ---- ---- ---- ---- ----
hubungkan     tt+x tt+x ---x ---x ---x ---x ---x ---x ---x
lepas         ++?x ++?x ---x ---x ---x ---x ---x ---x ---x
opd           ++++ ++++ ++++ ++++ ---- ---- ---- ---- ----
ringkasan     xxx+ xxx+ xxx+ xxx+ xxx- xxx- xxx- xxx- xxx-
ingatkan      ++++ ++++ ++++ ---- ---- ---- ---- ---- ----
rekap         xxx+ xxx+ xxx+ xxx+ xxx- xxx- xxx- xxx- xxx-
privasi       xxx+ xxx+ xxx+ xxx+ xxx+ xxx+ xxx+ xxx+ xxx+
start         ++?+ ++?+ ++?+ ++?+ ++?+ ++?+ ++?+ ++?+ ++?+
bantuan       ++++ ++++ ++++ ++++ ++++ ++++ ++++ ++++ ++++
"""


def rows(table: str) -> dict[str, list[str]]:
    return {row.split()[0]: row.split()[1:] for row in table.strip().splitlines()}


def questions() -> dict[str, tuple[str, str, str, str]]:
    """Button, author, verb and answer, by the command."""
    split = (row.split(maxsplit=4) for row in QUESTIONS.strip().splitlines())
    return {command: (*more,) for command, *more in split}  # type: ignore[misc]


def author_signs(moment: str) -> dict[str, str]:
    head, *table = AUTHOR.strip().splitlines()
    column = head.split().index(moment) + 1
    return {row.split()[0]: row.split()[column] for row in table}


def commands() -> dict[str, tuple[str, list[str]]]:
    """What is said, and the verbs in the log, by the command's name."""
    found = {}
    for row in COMMANDS.strip().splitlines():
        head, _, rest = row.partition("|")
        name, verbs = head.split()
        done = [] if verbs == "-" else verbs.split(",")
        found[name] = (f"/{name}@tuntas_bot {rest.strip()}".strip(), done)
    return found
