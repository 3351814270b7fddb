"""“Sehari di Kota Kendari”: what to do, as whom; and three steps more for whoever wants them."""

from __future__ import annotations

from demo.web.tour import signs
from demo.web.tour.acts import Deed, Done, Part, Step


def _one(title: str, why: str, who: str, where: str, *deeds: Deed) -> Step:
    """A step of one person in one chat."""
    return Step(title, why, (Part(who, where, deeds),))


def _send(example: str, done: Done) -> Deed:
    return Deed("Kirim", done, example)


DAY = (
    _one(
        "Siapa yang belum siap?",
        "Koordinator ingin tahu OPD (dinas, badan, kecamatan) mana yang belum dapat dihubungi.",
        "coordinator", "", _send("/cek", signs.checked),
    ),
    _one(
        "Undang sekretaris RSUD",
        "RSUD belum mempunyai sekretaris di Tuntas. Mintalah tautan undangan untuknya.",
        "coordinator", "", _send("/undang sekretaris RSUD", signs.invited),
    ),
    _one(
        "Undangan dibuka",
        "Tautan hanya berlaku sekali. Sudah terpakai? Kirim /undang sekretaris RSUD lagi.",
        "coordinator", "",
        Deed("Tekan tautan dalam undangan itu, lalu pilih Dewi Anggraini", signs.appointed),
    ),
    _one(
        "Hubungkan grup", "Dewi kini sekretaris RSUD, dan grupnya belum terhubung.", "RSUD", "",
        Deed("Tekan “➕ Hubungkan grup”, lalu pilih grup RSUD", signs.linked),
    ),
    _one(
        "Pengingat pagi",
        "Tujuh hari sebelum tenggat setiap grup mendapat satu pengingat, pukul 08.00.",
        "DINKES", "DINKES",
        Deed("Majukan waktu ke pengingat", signs.reminded, clock="reminder"),
    ),
    _one(
        "Konfirmasi dengan tombol", "Dinas Kesehatan sudah menyelesaikan satu butir.",
        "DINKES", "DINKES", Deed("Tekan salah satu tombol ✅ di bawah pengingat", signs.pressed),
    ),
    _one(
        "Beberapa butir dengan bukti",
        "Beberapa butir sekaligus, dengan tautan bukti. Nomor boleh dipisahkan koma, “dan”, atau"
        " ditulis sebagai rentang.",
        "DINKES", "DINKES",
        _send("/done 3, 7 dan 10-12 https://drive.example/dinkes", signs.proven),
    ),
    _one(
        "Keliru? Batalkan", "Budi mengonfirmasi butir 15, padahal maksudnya 14.",
        "DUKCAPIL", "DUKCAPIL", _send("/done 15", signs.happened("submit", "DUKCAPIL")),
        Deed("Tekan “↩️ Batalkan” di bawah jawabannya", signs.happened("withdraw", "DUKCAPIL")),
    ),
    _one(
        "Periksa dan kembalikan",
        "Bukti butir 3 belum cukup: kembalikan, dengan alasan. Grup Dinas Kesehatan langsung"
        " mendengarnya.",
        "coordinator", "",
        _send(
            "/kembalikan DINKES 3 tangkapan layar SIPPN belum terlihat",
            signs.happened("return", "DINKES"),
        ),
    ),
    _one(
        "Ringkasan untuk Sekda",
        "Pukul 16.00 Sekretaris Daerah menerima ringkasan kota.", "sekda", "",
        Deed("Majukan waktu ke ringkasan", signs.summed_up, clock="digest"),
        Deed("Baca ringkasan itu", signs.read),
    ),
)  # fmt: skip
MORE = (
    _one(
        "Laporkan kendala",
        "Satu butir tidak dapat diselesaikan. Selama kendalanya terbuka, tidak ada eskalasi.",
        "DINKES", "DINKES",
        _send("/kendala 20 server SIPPN mati sejak Senin", signs.described),
        Deed("Tekan jenisnya: Sarana/aplikasi", signs.hindered("report")),
    ),
    Step(
        "Teruskan dan jawab kendala",
        "Koordinator tidak dapat menyelesaikannya sendiri; Sekda menjawab, dan OPD mendengarnya.",
        (
            Part("coordinator", "", (
                Deed("Tekan “⬆️ Teruskan ke Sekda” di bawah kendala", signs.hindered("forward")),
            )),
            Part("sekda", "", (
                Deed("Tekan “💬 Jawab”, tulis jawaban, lalu kirim", signs.hindered("answer")),
            )),
        ),
    ),
    Step(
        "Instruksi dan ✋",
        "Sekda memberi instruksi kepada semua OPD; setiap OPD menyatakan sudah menerimanya.",
        (
            Part("sekda", "", (
                _send("/instruksi semua besok 12.00 Kirim data SPM", signs.drafted),
                Deed("Tekan “✅ Simpan” di bawah pratinjau", signs.instructed("sent")),
            )),
            Part("DINKES", "DINKES", (
                Deed("Tekan “✋ Diterima” di bawah instruksi", signs.instructed("acknowledged")),
            )),
        ),
    ),
)  # fmt: skip
STEPS = (*DAY, *MORE)
