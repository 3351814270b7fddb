"""What people read about confirming and reviewing: each message's best, usual and worst."""

from __future__ import annotations

import pytest

from bot import keyboards, messages, words
from bot.keyboards_evidence import Where, attach_to
from db.checklist import RETURN, SUBMIT, VERIFY, WITHDRAW
from db.models import State
from db.receipts import Line, Receipt
from tests import golden
from tests.test_people_words import DINKES, LONG, SARI
from tests.town import Town, wita

AT = wita(11, 24, 10, 0)
TITLE = "Tersedia Standar Pelayanan (SP) sesuai dengan ketentuan peraturan perundang-undangan"


def done(number: int, state: State = State.SUBMITTED, lacks: bool = False) -> Line:
    return Line(number, f"{TITLE} {number}", True, state, "", AT, lacks)


def left(number: int, state: State, by: str = "", got: bool = False) -> Line:
    return Line(number, f"{TITLE} {number}", False, state, by, AT, False, got)


CASES = {
    "receipt-best": Receipt(SUBMIT, DINKES, (done(3),), 0, AT),
    "receipt-usual": Receipt(
        SUBMIT,
        DINKES,
        (done(2), done(3, lacks=True), left(7, State.SUBMITTED, "Budi Santoso"), Line(99)),
        12,
        AT,
    ),
    "receipt-worst": Receipt(
        SUBMIT,
        LONG,
        (
            *(done(n, lacks=True) for n in range(1, 90)),
            *(left(n, State.SUBMITTED, "Nama <b>Panjang</b> " * 5) for n in range(90, 120)),
            *(left(n, State.VERIFIED) for n in range(120, 140)),
            left(140, State.NOT_APPLICABLE),
            left(141, State.SUBMITTED, "Budi", got=True),
            *(Line(n) for n in range(150, 200)),
        ),
        1_364,
        AT,
    ),
    "withdrawn-usual": Receipt(
        WITHDRAW, DINKES, (done(3, State.OPEN), left(4, State.VERIFIED), left(5, State.OPEN)), 9, AT
    ),
    "verified-usual": Receipt(
        VERIFY,
        DINKES,
        (done(2, State.VERIFIED), done(3, State.VERIFIED, lacks=True), left(5, State.OPEN)),
        9,
        AT,
    ),
    "returned-worst": Receipt(
        RETURN,
        LONG,
        (*(done(n, State.RETURNED) for n in range(1, 200)), left(200, State.RETURNED), Line(201)),
        9,
        AT,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_items_is_said_of_each(name: str, bare_town: Town) -> None:
    receipt = CASES[name]
    if receipt.verb in (SUBMIT, WITHDRAW):
        text = messages.receipt(bare_town.desk, receipt, SARI)
    else:
        text = messages.reviewed(receipt)
    lacking = receipt.lacking if receipt.verb == SUBMIT else ()
    attach = attach_to(receipt.opd.code, lacking, Where("tuntas_bot", is_private=False))
    shown = golden.with_buttons(words.bare(text), keyboards.for_receipt(receipt, attach))

    golden.check(name, shown)
    assert len(text) <= 4096


async def test_the_card_and_the_list_at_their_worst(town: Town) -> None:
    title = "<b>Butir</b> & {{ panjang }} " * 12
    await town.item("DIKBUD", 77, title, wita(12, 30), evidence="Bukti & " * 60, weight=750)
    sari = town.people["sari"]
    await town.says(sari, "/done 77: " + "catatan <i>panjang</i> " * 20)
    card = await town.says(sari, "/daftar 77")
    shown = card.text + "\n" + "\n".join(str(row) for row in card.buttons)
    listing = await town.says(sari, "/daftar")

    golden.check("card-worst", shown)
    golden.check("list-usual", listing.text + "\n" + "\n".join(str(row) for row in listing.buttons))
