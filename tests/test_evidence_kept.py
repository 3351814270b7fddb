"""What lies on the shelf is in the backup, and missed when it is gone."""

from __future__ import annotations

import asyncio
import hashlib
import resource

import pytest

from bot.checks.evidence import evidence
from bot.checks.finding import Finding, Kind
from bot.cli import findings
from db import shelf as shelves
from db.reports import evidence as proofs
from tests import keeping
from tests.evidence import PDF, document, kept, shelf
from tests.town import WITA, Town


async def found(town: Town) -> list[Finding]:
    async with town.desk.view() as session:
        return list(evidence(shelf(town), await proofs.shelved(session)))


async def test_a_backup_holds_it_with_the_checksum_that_the_database_knows(town: Town) -> None:
    await document(town, "sari", "/bukti 2")
    [path] = kept(town)
    archive = await asyncio.to_thread(keeping.kept, keeping.source_of(town))
    members = {member["name"]: member for member in keeping.manifest_in(archive)["members"]}

    assert members[f"evidence/{path}"]["sha256"] == hashlib.sha256(PDF).hexdigest()


async def test_check_tells_that_all_is_there(town: Town) -> None:
    nothing = await found(town)
    await document(town, "sari", "/bukti 2, 3")
    [fine] = await found(town)

    assert nothing == []
    assert (fine.kind, fine.name, fine.facts["count"]) == (Kind.FINE, "evidence", 1)


async def test_check_names_what_is_gone_and_what_was_changed(town: Town) -> None:
    await document(town, "sari", "/bukti 2")
    await document(town, "sari", "/bukti 3", data=b"other")
    gone, changed = (shelf(town) / path for path in kept(town))
    gone.unlink()
    changed.write_bytes(b"OTHER")
    said = [findings.line(one, WITA) for one in await found(town)]

    assert [one.kind for one in await found(town)] == [Kind.PROBLEM] * 2
    assert said == [
        f"1 files of evidence are gone ({gone}): bring them back from a backup",
        f"1 files of evidence were changed or cannot be read ({changed}): "
        "bring them back from a backup",
    ]


async def test_a_full_disk_leaves_no_half_of_a_file(town: Town) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(PDF) - 1, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            shelves.put(shelf(town), "DIKBUD/2/1/a.pdf", shelves.digest(PDF), PDF)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert kept(town) == []
