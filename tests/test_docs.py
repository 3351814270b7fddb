"""The guides say what is true: commands exist, links lead somewhere, systemd takes the unit."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from bot.__main__ import cli
from bot.table import COMMANDS
from config.settings import KNOWN

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GUIDES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
SAID = re.compile(r"`/([a-z_]+)")
VERB = re.compile(r"python -m bot ([a-z]+)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
OF_OTHERS = {"newbot", "revoke"}  # commands of @BotFather


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    known = {name for command in COMMANDS for name in command.names}
    said = set(SAID.findall(page.read_text()))

    assert said - known - OF_OTHERS <= {"opt", "srv", "media"}, page


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_verb_and_every_link_of_a_page_exists(page: Path) -> None:
    text = page.read_text()
    verbs = set(get_command(cli).commands)

    assert set(VERB.findall(text)) <= verbs
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["sekretaris.md", "koordinator.md", "sekda.md"])
def test_each_command_is_in_the_guide_of_who_says_it(name: str) -> None:
    """Those that the `/` menu shows first."""
    role = {"sekretaris.md": "secretary", "koordinator.md": "coordinator", "sekda.md": "sekda"}
    mine = [c.names[0] for c in COMMANDS if c.menu and role[name] in c.roles]
    text = (DOCS / name).read_text()

    left_out = {"daftar", "opd", "hubungkan", "lepas", "akhiri", "undang", "bukti"}
    assert [c for c in mine if f"/{c}" not in text and c not in left_out] == []


def test_settings_that_the_server_guide_names_are_known() -> None:
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", (DOCS / "server.md").read_text()))

    assert named
    assert {name.lower() for name in named} <= {name.lower() for name in KNOWN}


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    """Only the program is another one: that of the guide is not installed here."""
    unit = (DOCS / "tuntas.service").read_text()
    here = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", unit).replace("User=tuntas\n", "")
    (tmp_path / "tuntas.service").write_text(here)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "tuntas.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout + done.stderr) == (0, "")
