"""“Sehari di Kota Kendari”: what to do, as whom, and how one sees that it was done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from db.engine import Session
from demo.telegram import Message
from demo.web import facts
from demo.web.stage import Stage


@dataclass(frozen=True, slots=True)
class Seen:
    """What a step may look at. `since`: the bubbles that there were when the tour began; `read`:
    of a person's private chat, whether its newest message was seen."""

    stage: Stage
    session: Session
    since: int
    read: Callable[[str], bool]

    def said(self, who: str) -> list[Message]:
        """By the bot to this person in private, since the tour began."""
        chat = self.stage.actor(who).chat(self.stage.bot)
        new = self.stage.telegram.transcript[self.since :]
        return [one for one in new if one.chat is chat and one.sender is self.stage.bot]


Done = Callable[[Seen], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Step:
    """`who` is a part in the cast (Stage.actor), `where` the OPD whose group it happens in; empty
    in private. `example` can be put into the box. `clock`: where the clock is to be sent."""

    title: str
    who: str
    where: str
    text: str
    done: Done
    example: str = ""
    clock: str = ""


async def _checked(seen: Seen) -> bool:
    return any("OPD" in one.text and "Siap" in one.text for one in seen.said("coordinator"))


async def _invited(seen: Seen) -> bool:
    return any("?start=" in one.text for one in seen.said("coordinator"))


async def _appointed(seen: Seen) -> bool:
    return await facts.is_secretary(seen.session, seen.stage.actor("RSUD").id)


async def _linked(seen: Seen) -> bool:
    return await facts.is_linked(seen.session, "RSUD")


async def _reminded(seen: Seen) -> bool:
    return await facts.arrived(seen.session, "reminder") > 0


async def _pressed(seen: Seen) -> bool:
    found = await facts.deeds(seen.session, "DINKES")
    return any(deed.verb == "submit" and deed.by_button for deed in found)


async def _written(seen: Seen) -> bool:
    return len(await facts.with_evidence(seen.session, "DINKES")) >= 3


async def _withdrawn(seen: Seen) -> bool:
    return any(deed.verb == "withdraw" for deed in await facts.deeds(seen.session, "DUKCAPIL"))


async def _returned(seen: Seen) -> bool:
    return any(deed.verb == "return" for deed in await facts.deeds(seen.session, "DINKES"))


async def _read(seen: Seen) -> bool:
    sekda = seen.stage.actor("sekda").id
    return await facts.arrived(seen.session, "digest", sekda) > 0 and seen.read("sekda")


STEPS = (
    Step(
        "Siapa yang belum siap?", "coordinator", "",
        "Koordinator ingin tahu OPD (dinas, badan, kecamatan) mana yang belum dapat dihubungi."
        " Kirim /cek kepada Tuntas.",
        _checked, "/cek",
    ),
    Step(
        "Undang sekretaris RSUD", "coordinator", "",
        "RSUD belum mempunyai sekretaris di Tuntas. Mintalah tautan undangan untuknya.",
        _invited, "/undang sekretaris RSUD",
    ),
    Step(
        "Undangan dibuka", "coordinator", "",
        "Tekan tautan dalam undangan itu, lalu pilih Dewi Anggraini sebagai orang yang"
        " membukanya. Tautan sudah terpakai? Minta yang baru.",
        _appointed, "/undang sekretaris RSUD",
    ),
    Step(
        "Hubungkan grup", "RSUD", "",
        "Dewi kini sekretaris RSUD. Tekan “➕ Hubungkan grup” di bawah sambutan Tuntas, lalu pilih"
        " grup RSUD.",
        _linked,
    ),
    Step(
        "Pengingat pagi", "DINKES", "DINKES",
        "Tujuh hari sebelum tenggat setiap grup mendapat satu pengingat, pukul 08.00. Majukan"
        " waktu ke pengingat berikutnya.",
        _reminded, clock="reminder",
    ),
    Step(
        "Konfirmasi dengan tombol", "DINKES", "DINKES",
        "Sari, sekretaris Dinas Kesehatan, menyelesaikan satu butir. Tekan salah satu tombol ✅ di"
        " bawah pengingat.",
        _pressed,
    ),
    Step(
        "Beberapa butir dengan bukti", "DINKES", "DINKES",
        "Kirim beberapa butir sekaligus, dengan tautan bukti. Nomor boleh dipisahkan koma, “dan”,"
        " atau ditulis sebagai rentang.",
        _written, "/done 3, 7 dan 10-12 https://drive.example/dinkes",
    ),
    Step(
        "Keliru? Batalkan", "DUKCAPIL", "DUKCAPIL",
        "Budi mengonfirmasi butir 15, padahal maksudnya 14. Kirim /done 15, lalu tekan"
        " “↩️ Batalkan” di bawah jawabannya.",
        _withdrawn, "/done 15",
    ),
    Step(
        "Periksa dan kembalikan", "coordinator", "",
        "Bukti butir 3 belum cukup: kembalikan, sebagai koordinator, dengan alasan. Grup Dinas"
        " Kesehatan langsung mendengarnya.",
        _returned, "/kembalikan DINKES 3 tangkapan layar SIPPN belum terlihat",
    ),
    Step(
        "Ringkasan untuk Sekda", "sekda", "",
        "Pukul 16.00 Sekretaris Daerah menerima ringkasan kota. Majukan waktu ke ringkasan, lalu"
        " bacalah sebagai Sekda.",
        _read, clock="digest",
    ),
)  # fmt: skip
