"""What the `/` menus and the bot's profile show."""

from __future__ import annotations

import json

import pytest

from bot import menus
from bot.context import Context
from bot.table import COMMANDS
from db import tenures
from db.act import Act
from db.models import Role
from demo.telegram import Person
from tests.test_start import token_for
from tests.town import Town


async def a_turn(town: Town) -> None:
    await menus.keep(Context(town.app), COMMANDS)


def menu(town: Town, scope: str, **of: int) -> list[str]:
    kept = town.bot.menus.get((json.dumps({"type": scope} | of), ""), [])
    return [command["command"] for command in kept]


def menu_of(town: Town, who: Person) -> list[str]:
    return menu(town, "chat", chat_id=who.id)


def settings_of_menus(town: Town) -> int:
    return sum("set_my" in c.method.lower() or "setMy" in c.method for c in town.telegram.calls)


async def test_everybody_sees_what_they_may_say_there(town: Town) -> None:
    await a_turn(town)

    assert menu(town, "all_private_chats") == ["privasi", "bantuan"]
    assert menu(town, "all_group_chats")[:3] == ["done", "batalkan", "daftar"]
    assert "undang" not in menu(town, "all_group_chats")
    assert menu_of(town, town.people["dewi"])[:3] == ["done", "batalkan", "daftar"]
    assert "undang" in menu_of(town, town.people["sari"])
    assert "undang" not in menu_of(town, town.people["dewi"])
    assert "tenggat" in menu_of(town, town.people["coordinator"])
    assert menu_of(town, town.people["stranger"]) == []


@pytest.mark.parametrize("roles", [(role,) for role in Role] + [tuple(Role)], ids=str)
@pytest.mark.parametrize("is_private", [True, False])
def test_no_menu_has_more_than_twelve_and_each_has_the_help(
    roles: tuple[Role, ...], is_private: bool
) -> None:
    shown = menus.lines(COMMANDS, roles, is_private=is_private)
    names = [name for name, _ in shown]

    assert len(names) <= 12
    assert names[-1] == "bantuan"
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("role", "begins", "holds"),
    [
        (Role.COORDINATOR, ["verifikasi", "kembalikan"], {"jawab", "instruksi", "undang", "cek"}),
        (Role.SEKDA, ["ringkasan", "jawab", "opd"], {"instruksi", "ingatkan", "tutup"}),
        (Role.AUDITOR, ["ringkasan", "opd", "rekap"], {"daftar"}),
        (Role.SECRETARY, ["done", "batalkan", "daftar"], {"kendala", "perpanjang", "undang"}),
    ],
)
def test_what_a_post_says_most_stands_first(role: Role, begins: list[str], holds: set[str]) -> None:
    names = [name for name, _ in menus.lines(COMMANDS, (role,), is_private=True)]

    assert names[: len(begins)] == begins
    assert holds <= set(names)


async def test_who_is_new_reads_first_what_to_begin_with(town: Town) -> None:
    lina = town.telegram.person("Lina Marlina")
    told = (await town.starts(lina, await token_for(town, Role.COORDINATOR, ""))).text
    said = [line for line in told.splitlines() if line.startswith("/")]

    assert [line.split()[0].strip(":") for line in said[:4]] == [
        "/cek", "/undang", "/undang", "/verifikasi"
    ]  # fmt: skip
    assert said[2].startswith("/undang semua: berkas tautan")


async def test_the_profile_says_what_this_is(town: Town) -> None:
    await a_turn(town)

    assert town.bot.descriptions[""] == (
        "Tuntas mengingatkan setiap OPD Kota Kendari akan tenggat daftar periksa pelayanan publik, "
        "mencatat penyelesaiannya, dan melaporkannya kepada Sekretaris Daerah.\n\n"
        "Untuk memakainya, buka tautan undangan dari koordinator (Bagian Organisasi). Tekan Mulai "
        "untuk melihat yang dapat Anda lakukan."
    )
    assert town.bot.short_descriptions[""] == (
        "Pengingat tenggat dan catatan penyelesaian pelayanan publik OPD Kota Kendari."
    )


async def test_what_is_right_already_is_not_set_again(town: Town) -> None:
    await a_turn(town)
    first = settings_of_menus(town)
    await a_turn(town)
    await town.restarts()
    await a_turn(town)

    assert first > 0
    assert settings_of_menus(town) == first


async def test_a_menu_follows_the_posts(town: Town) -> None:
    await a_turn(town)
    dewi, sari = town.people["dewi"], town.people["sari"]
    await town.appoint(dewi, Role.SECRETARY, "DIKBUD")
    await a_turn(town)

    assert "undang" in menu_of(town, dewi)
    assert menu_of(town, sari) == []


async def test_a_menu_that_cannot_be_set_is_set_later(town: Town) -> None:
    town.telegram.refuses_next(502, "Bad Gateway", method="setMyCommands")
    await a_turn(town)
    before = menu(town, "all_private_chats")
    await a_turn(town)

    assert before == []
    assert menu(town, "all_private_chats") == ["privasi", "bantuan"]


async def test_who_never_started_the_bot_costs_one_try(town: Town) -> None:
    async with town.desk.transaction() as session:
        act = Act(town.clock.now, "a restore")
        await tenures.appoint(session, act, Role.AUDITOR, None, (9_000_000_001, "Lina"))
    await a_turn(town)
    tried = len(town.telegram.refused)
    await a_turn(town)

    assert tried == 1
    assert len(town.telegram.refused) == 1


async def test_a_turn_is_short_and_the_latest_change_comes_first(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menus, "A_TURN", 3)
    newest = town.telegram.person("Lina Marlina")
    await town.later(seconds=1)
    await town.appoint(newest, Role.OPERATOR, "DINKES")
    await a_turn(town)

    assert menu_of(town, newest) != []
    assert menu_of(town, town.people["coordinator"]) == []
