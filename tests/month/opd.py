"""What the people of an OPD do to their items, and what somebody tries who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from demo.telegram import Chat, Message, Person
from tests.month.cast import ITEMS, City, Office

CATEGORIES = ("anggaran", "sdm", "sarana", "dokumen", "kewenangan")
HAND = "✋ Diterima"


def acts(city: City) -> None:
    """In some OPD at once somebody does something; nobody is heard yet."""
    offices = {one.code: one for one in (city.any_office() for _ in range(city.dice.randint(3, 6)))}
    for office in offices.values():
        city.dice.choices(DEEDS, WEIGHTS)[0](city, office)


def confirms(city: City, office: Office) -> None:
    some = sorted(city.dice.sample(range(1, ITEMS + 3), city.dice.randint(1, 2)))
    link = city.dice.choice(("", " https://drive.example/bukti"))
    says(
        city, _hand(city, office), _where(city, office), f"/done {', '.join(map(str, some))}{link}"
    )


def presses(city: City, office: Office) -> None:
    """✅ under the newest reminder in sight, however old."""
    who = _hand(city, office)
    shown = _newest(city, office, who, "✅ ")
    if shown:
        labels = [label for row in shown.buttons for label in row if label.startswith("✅ ")]
        who.presses(shown, city.dice.choice(labels))


def withdraws(city: City, office: Office) -> None:
    says(city, _hand(city, office), _where(city, office), f"/batalkan {_item(city)}")


def reports(city: City, office: Office) -> None:
    why = f"{city.dice.choice(CATEGORIES)}: belum dapat diselesaikan"
    says(city, _hand(city, office), _where(city, office), f"/kendala {_item(city)} {why}")


def asks_for_later(city: City, office: Office) -> None:
    """Where a group can hear what was decided."""
    if office.chat:
        until = city.now + timedelta(city.dice.randint(3, 40))
        text = f"/perpanjang {_item(city)} {until:%d/%m/%Y} menunggu pengesahan anggaran"
        says(city, office.secretary, office.chat, text)


def answers(city: City, office: Office) -> None:
    """✋ under the newest instruction."""
    who = _hand(city, office)
    if shown := _newest(city, office, who, HAND):
        who.presses(shown, HAND)


def trespasses(city: City, office: Office) -> None:
    """Each of these lacks the post for it, or holds it no more."""
    code, other = office.code, city.any_office()
    private = [
        (city.stranger, f"/done {code} 1"),
        (city.coordinators[0], f"/done {code} 1"),
        (office.secretary, f"/verifikasi {code} 1"),
        (office.operator, f"/perpanjang {code} 1 30/12/2026 menunggu pengesahan"),
        (city.auditor, f"/kembalikan {code} 1 dokumennya belum lengkap"),
        (city.sekda, f"/tidak_relevan {code} 1 tidak memberi layanan langsung"),
        *[(one, f"/done {code} 1") for one in office.former],
        *[(one, f"/batalkan {code} 1") for one in office.former],
    ]
    if other is not office:
        private.append((other.secretary, f"/done {code} 1"))
        private.append((other.secretary, f"/kendala {code} 1 anggaran: belum cair"))
    who, text = city.dice.choice(private)
    if city.dice.random() < 0.4 and (shown := _newest(city, office, city.stranger, "✅ ")):
        seen = city.stranger.presses(shown, shown.buttons[0][0])
        city.trespasses.append(f"press:{shown.chat.id}:{shown.id}:{seen.id}")
    else:
        said = says(city, who, None, text)
        city.trespasses.append(f"message:{said.chat.id}:{said.id}")


def comes_and_goes(city: City, office: Office) -> None:
    """A secretary blocks the bot, or is back."""
    bot, who = city.town.bot, office.secretary
    if who.id in bot.blocked_by:
        who.starts(bot)
    else:
        who.blocks(bot)


def says(city: City, who: Person, where: Chat | None, text: str) -> Message:
    if where is None and who.id in city.town.bot.blocked_by:
        who.unblocks(city.town.bot)  # Telegram's app asks for it first
    if where:
        head, _, rest = text.partition(" ")
        text = f"{head}@{city.town.bot.username} {rest}"
    return who.says(text, to=where or city.town.bot)


def _hand(city: City, office: Office) -> Person:
    return city.dice.choice((office.secretary, office.operator))


def _where(city: City, office: Office) -> Chat | None:
    return city.dice.choice((office.chat, office.chat, None))


def _item(city: City) -> int:
    return city.dice.randint(1, ITEMS + 1)


def _newest(city: City, office: Office, who: Person, label: str) -> Message | None:
    """The bot's newest with such a button first, where this person can press."""
    chat = office.chat or who.chat(city.town.bot)
    if office.chat is None and who.id in city.town.bot.blocked_by:
        return None
    for message in reversed(city.town.said_in(chat)):
        if message.buttons and message.buttons[0][0].startswith(label):
            return message
    return None


Deed = Callable[[City, Office], None]
CHANCES: dict[Deed, int] = {
    confirms: 9, presses: 6, withdraws: 2, reports: 2, asks_for_later: 4, answers: 3,
    trespasses: 4, comes_and_goes: 1,
}  # fmt: skip
DEEDS, WEIGHTS = list(CHANCES), list(CHANCES.values())
