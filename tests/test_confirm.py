"""An OPD confirms its items, by command and by button."""

from __future__ import annotations

from tests.town import Town


async def test_done_speaks_of_each_number(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    await town.says(sari, "/done 3", to=dikbud)
    receipt = await town.says(sari, "/selesai 2 dan 3, 9", to=dikbud)

    assert receipt.text == (
        "Dinas Pendidikan & Kebudayaan\n"
        "✅ 2. Survei kepuasan <SKM>: dicatat\n"
        "3. Foto loket: sudah tercatat, oleh Sari Wulandari, 24 Nov pukul 10.00\n"
        "9: tidak ada di daftar\n"
        "Oleh Sari Wulandari, 24 November 2026 pukul 10.00\n"
        "📎 Bukti belum ada: butir 2. Kirim /done 2 dengan tautan bukti.\n"
        "Belum dikonfirmasi: 1 butir."
    )
