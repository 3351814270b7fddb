"""What is kept about a person: told to them, exported, and reduced to their post."""

from __future__ import annotations

import json

from sqlalchemy import select

from db import audit, privacy
from db.engine import file_of
from db.models import Audit, Person
from tests import golden
from tests.coordinating import end_all
from tests.test_cli import Home
from tests.town import Town


async def test_everybody_is_told_what_is_kept_about_them(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1, 2")
    answer = await town.says(town.people["sari"], "/privasi")

    golden.check("kept", answer.text.replace(str(town.people["sari"].id), "123456789"))
    assert "Tindakan yang tercatat (konfirmasi, bukti, kendala, dan lainnya): 2" in answer.text


async def test_who_holds_no_post_is_told_so(town: Town) -> None:
    answer = await town.says(town.people["stranger"], "/privasi")

    assert "Anda tidak memegang jabatan di sini." in answer.text


async def test_it_is_told_in_private_only(town: Town) -> None:
    answer = await town.says(town.people["sari"], "/privasi", to=town.groups["DIKBUD"])

    assert str(town.people["sari"].id) not in answer.text


async def left(town: Town) -> int:
    """Sari confirmed, and left; the user id."""
    await town.says(town.people["sari"], "/done 1")
    await end_all(town, "sari")
    return town.people["sari"].id


async def test_after_the_reduction_cards_show_the_post_and_the_log_is_whole(town: Town) -> None:
    user_id = await left(town)
    home = of(town)
    done = home.does("person", "reduce", str(user_id), DATABASE_URL=url(town))
    card = await town.says(town.people["dewi"], "/daftar 1")

    instead = "Sekretaris Dinas Pendidikan & Kebudayaan (sampai 2026)"
    assert (done.returncode, done.stderr) == (0, "")
    assert instead in done.stdout
    assert instead in card.text
    assert "Sari" not in card.text
    async with town.desk.view() as session:
        assert (await audit.verify(session)).broken is None
        [entry] = await session.scalars(select(Audit).where(Audit.verb == "reduced"))
        names = set(await session.scalars(select(Person.name)))
    assert entry.subject == f"user:{user_id}"
    assert "Sari Wulandari" not in names


async def test_who_holds_a_post_is_not_reduced(town: Town) -> None:
    done = of(town).does("person", "reduce", str(town.people["sari"].id), DATABASE_URL=url(town))

    assert done.returncode == 1
    assert "they hold a post: end it first" in done.stderr


async def test_the_export_holds_everything_and_overwrites_nothing(town: Town) -> None:
    user_id, home = await left(town), of(town)
    first = home.does("person", "export", str(user_id), "sari.json", DATABASE_URL=url(town))
    again = home.does("person", "export", str(user_id), "sari.json", DATABASE_URL=url(town))
    found = json.loads((home.folder / "sari.json").read_text())

    assert (first.returncode, again.returncode) == (0, 1)
    assert found["person"][0]["name"] == "Sari Wulandari"
    assert [event["verb"] for event in found["event"]] == ["submit"]
    assert {entry["verb"] for entry in found["audit"]} >= {"appointed", "submit"}
    tables = {"person", "tenure", "draft", "invitation", "owed", "living", "audit"}
    assert set(found) == tables | set(privacy.BY_TENURE)


async def test_nobody_known_is_said_in_one_sentence(town: Town) -> None:
    for verb in (("export", "42", "none.json"), ("reduce", "42")):
        done = of(town).does("person", *verb, DATABASE_URL=url(town))

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == "nobody with this Telegram id is known\n"


def url(town: Town) -> str:
    return town.desk.settings.database_url


def of(town: Town) -> Home:
    return Home(file_of(url(town)).parent)
