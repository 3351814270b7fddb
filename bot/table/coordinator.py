"""What the coordinator says and presses."""

from __future__ import annotations

from bot.buttons import Accept, AcceptAll, Exclude, Include, NotThem, Queue, SendBack, Verify
from bot.commands import FRESH, GROUP, PRIVATE, Command, Press
from bot.handlers import bundles, chats, deadlines, nudges, people, queue, readiness, review
from bot.handlers.checklist import on_card
from bot.handlers.previews import Preview
from bot.table.gates import APPOINTING, COORDINATING, DECIDING, REVIEWING, verifying
from db.models import Role

COMMANDS = (
    Command(
        ("tenggat",),
        COORDINATING,
        bundles.add,
        FRESH,
        "Tambah butir dengan tenggat",
        (Role.COORDINATOR,),
        "semua H+14 Laporan SKM",
    ),
    Command(
        ("undang",),
        APPOINTING,
        people.invite,
        PRIVATE,
        "Undang pemegang jabatan",
        (Role.COORDINATOR,),
        "sekretaris DINKES",
        (("semua", "Berkas tautan bagi setiap OPD yang belum punya sekretaris"),),
        is_first=True,
    ),
    Command(
        ("cek",),
        COORDINATING,
        readiness.check,
        FRESH,
        "Periksa grup dan sekretaris OPD",
        (Role.COORDINATOR,),
        is_first=True,
    ),
    Command(
        ("verifikasi",),
        verifying,
        queue.verify,
        FRESH,
        "Verifikasi butir; tanpa nomor: lihat antrean",
        (Role.COORDINATOR,),
        "DINKES 3",
    ),
    Command(
        ("kembalikan",),
        REVIEWING,
        on_card(review.send_back),
        FRESH,
        "Kembalikan butir",
        (Role.COORDINATOR,),
        "DINKES 3 foto loket belum terlihat",
    ),
    Command(
        ("ubah",),
        COORDINATING,
        deadlines.move,
        FRESH,
        "Ubah tenggat",
        (Role.COORDINATOR,),
        "DINKES 3 H+14",
    ),
    Command(
        ("hapus",),
        COORDINATING,
        deadlines.drop,
        FRESH,
        "Hapus butir",
        (Role.COORDINATOR,),
        "T12 sudah tidak berlaku",
    ),
    Command(
        ("tidak_relevan",),
        REVIEWING,
        on_card(review.exclude),
        FRESH,
        "Nyatakan butir tidak relevan",
        (Role.COORDINATOR,),
        "DINKES 3 tidak memberi layanan langsung",
    ),
    Command(
        ("relevan",),
        REVIEWING,
        review.include,
        FRESH,
        "Nyatakan butir relevan lagi",
        (Role.COORDINATOR,),
        "DINKES 3",
    ),
    Command(
        ("akhiri",),
        APPOINTING,
        people.end,
        PRIVATE,
        "Akhiri tugas",
        (Role.COORDINATOR,),
        "sekretaris DINKES",
    ),
    Command(
        ("ingatkan",), DECIDING, nudges.nudge, FRESH, "Ingatkan OPD", (Role.COORDINATOR,), "DINKES"
    ),
    Command(
        ("hubungkan",),
        COORDINATING,
        chats.link,
        GROUP,
        "Hubungkan grup dengan OPD",
        (Role.COORDINATOR,),
        "DINKES",
    ),
    Command(
        ("lepas",), COORDINATING, chats.unlink, GROUP, "Lepas grup dari OPD", (Role.COORDINATOR,)
    ),
)
PRESSES = (
    Press(Verify, REVIEWING, on_card(review.verify_pressed)),
    Press(SendBack, REVIEWING, review.send_back_pressed),
    Press(Exclude, REVIEWING, on_card(review.exclude_pressed)),
    Press(Include, REVIEWING, on_card(review.include_pressed)),
    Press(Queue, COORDINATING, queue.turned),
    Press(Accept, REVIEWING, queue.accepted),
    Press(AcceptAll, REVIEWING, queue.all_accepted),
    Press(NotThem, COORDINATING, people.not_them),
)
PREVIEWS = {
    "add": Preview(bundles.save_added, bundles.added_again),
    "drop": Preview(deadlines.save_dropped, deadlines.dropped_again),
    "end": Preview(people.end_saved, people.end_again),
    "move": Preview(deadlines.save_moved, deadlines.moved_again),
}
