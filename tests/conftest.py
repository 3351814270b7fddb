"""The stage on which tests play: Kendari in small, on a real SQLite file of its own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from db import upgrade
from db.models import Role
from demo.telegram import Person
from tests import proof, stage
from tests.proof import Proof
from tests.town import Town, wita

MORNING = wita(11, 24, 10, 0)  # a Tuesday

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # a busy machine is no failure


@pytest.fixture(autouse=True)
def proven() -> Iterator[Proof]:
    """In no test does the product change state without an entry in the audit log."""
    with proof.watching() as found:
        yield found

    assert found.missing == []


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, made once by the real migrations and copied for every test."""
    folder = tmp_path_factory.mktemp("empty")
    file = folder / "tuntas.db"

    async def make() -> None:
        database = await upgrade.to_head(f"sqlite+aiosqlite:///{file}", folder)
        await database.close()

    asyncio.run(make())
    return file


@pytest.fixture
async def bare_town(tmp_path: Path, empty_database: Path) -> AsyncIterator[Town]:
    """The application with an empty database: no OPD, nobody in any post. A Tuesday, 10.00."""
    shutil.copy(empty_database, file := tmp_path / "tuntas.db")
    town = await stage.opened(Town, file, MORNING)
    yield town
    await stage.closed(town)


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Town:
    """The town of which every test gets a twin, settled once and closed."""
    shutil.copy(empty_database, file := tmp_path_factory.mktemp("settled") / "tuntas.db")

    async def make() -> Town:
        town = await stage.opened(Town, file, MORNING)
        await settle(town)
        await stage.closed(town)
        return town

    with proof.watching() as found:
        town = asyncio.run(make())

    assert found.missing == []
    return town


@pytest.fixture
async def town(tmp_path: Path, settled: Town) -> AsyncIterator[Town]:
    """Two OPD with a group each (everybody sits in both, which gives nobody a right), their
    secretaries, an operator, the posts of the city, and somebody without any post."""
    town = await stage.twin(settled, tmp_path / "tuntas.db")
    yield town
    await stage.closed(town)


async def settle(town: Town) -> None:
    names = {
        "coordinator": "Rudi Hartono",
        "sekda": "Hasan Basri",
        "auditor": "Wati Lestari",
        "sari": "Sari Wulandari",
        "budi": "Budi Santoso",
        "dewi": "Dewi Anggraini",
        "stranger": "Tono Sugiarto",
    }
    town.people = {key: town.telegram.person(name) for key, name in names.items()}
    who = town.people
    await town.opd("DIKBUD", "Dinas Pendidikan & Kebudayaan")
    await town.opd("DINKES", "Dinas Kesehatan")
    await town.item("DIKBUD", 1, "Maklumat pelayanan", wita(11, 20), weight=240)
    await town.item("DIKBUD", 2, "Survei kepuasan <SKM>", wita(11, 24), evidence="Laporan SKM")
    await town.item("DIKBUD", 3, "Foto loket", wita(12, 30))
    await town.item("DINKES", 1, "Standar pelayanan", wita(12, 30))
    await town.group("DIKBUD", "Dikbud Kendari", who["sari"], *others(who, "sari"))
    await town.group("DINKES", "Dinkes Kendari", who["budi"], *others(who, "budi"))
    await town.appoint(who["coordinator"], Role.COORDINATOR)
    await town.appoint(who["sekda"], Role.SEKDA)
    await town.appoint(who["auditor"], Role.AUDITOR)
    await town.appoint(who["sari"], Role.SECRETARY, "DIKBUD")
    await town.appoint(who["dewi"], Role.OPERATOR, "DIKBUD")
    await town.appoint(who["budi"], Role.SECRETARY, "DINKES")


def others(people: dict[str, Person], name: str) -> list[Person]:
    return [person for key, person in people.items() if key != name]
