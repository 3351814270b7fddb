"""The guide to the server, followed line by line in a folder of its own: what it says is typed as
it stands there, and every line that is not is named here with its reason."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.settings import KNOWN
from demo.telegram import Bot, Telegram
from demo.telegram.http import served_aside
from tests.test_cli import PATIENCE, ends, line_to, said

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "server.md").read_text()
USB = "/media/usb"
NOT_HERE = re.compile(
    r"sudo .*|exit"  # root, systemd and another account
    r"|git clone <.*|make setup|cd tuntas && git pull && make setup"  # the network
)


def lines(title: str) -> list[str]:
    """Those of one chapter that can be typed here."""
    chapter = GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    written = "\n".join(re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)).splitlines()
    return [line for line in written if line and not NOT_HERE.fullmatch(line)]


class Server:
    """A copy of the product, the folder that the guide calls `tuntas`, with what was installed."""

    def __init__(self, folder: Path, usb: Path) -> None:
        self.folder, self.usb = folder, usb
        gone = {*KNOWN, "PYTHONPATH"}
        self.environment = {k: v for k, v in os.environ.items() if k.upper() not in gone}

    def gets_the_code(self) -> None:
        left_out = shutil.ignore_patterns(".*", "tests", "bench", "data", "__pycache__")
        shutil.copytree(ROOT, self.folder, ignore=left_out)
        shutil.copy(ROOT / ".env.example", self.folder)
        (self.folder / ".venv").symlink_to(sys.prefix)

    def types(self, line: str) -> str:
        """What it printed."""
        done = subprocess.run(
            ["bash", "-euc", "umask 022; " + line.replace(USB, str(self.usb))],
            cwd=self.folder, env=self.environment, capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    def fills_in(self, **settings: str) -> None:
        """As one edits `.env`; a line that is there already is not written twice."""
        file = self.folder / ".env"
        text = file.read_text()
        for name, value in settings.items():
            text = re.sub(rf"^{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
        file.write_text(text)

    def runs(self) -> None:
        """What the unit does until it is stopped."""
        unit = (self.folder / "docs" / "tuntas.service").read_text()
        [words] = re.findall(r"^ExecStart=/srv/tuntas/tuntas/(.*)$", unit, re.MULTILINE)
        process = subprocess.Popen(
            [self.folder / words.split()[0], *words.split()[1:]],
            cwd=self.folder, env=self.environment, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        said(process, "Running")
        process.terminate()
        ends(process)
        assert process.returncode == 0


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def begun(folder: Path, usb: Path, bot: Bot) -> tuple[Server, list[str]]:
    """As far as `.env`, and the lines that follow."""
    server = Server(folder, usb)
    server.gets_the_code()
    settings, *others = lines("Memasang")
    server.types(settings)
    server.fills_in(**line_to(bot))
    return server, others


@dataclass(frozen=True)
class Installed:
    """A folder to copy, after every line of the first chapter, and what those printed."""

    folder: Path
    printed: list[str]
    bot: Bot

    def twin(self, folder: Path, usb: Path) -> Server:
        shutil.copytree(self.folder, folder, symlinks=True)
        return Server(folder, usb)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("server")
    telegram = Telegram(lambda: datetime.now(UTC))
    bot = telegram.bot("tuntas_bot", "Tuntas")
    with served_aside(telegram) as bot.address:  # type: ignore[attr-defined]
        server, others = begun(folder / "tuntas", folder / "usb", bot)
        yield Installed(server.folder, [server.types(line) for line in others], bot)


def test_the_guide_leads_from_nothing_to_a_new_server(
    tmp_path: Path, usb: Path, installed: Installed
) -> None:
    *_, link, checked = installed.printed
    old = installed.twin(tmp_path / "tuntas", usb)
    old.runs()
    [kept] = [old.types(line) for line in lines("Cadangan")]
    new, _ = begun(tmp_path / "new" / "tuntas", usb, installed.bot)
    shutil.copy(old.folder / ".env", new.folder / ".env")
    restored, audited, again = [new.types(line) for line in lines("Memulihkan, atau pindah server")]
    new.runs()

    assert re.fullmatch(r"https://t\.me/tuntas_bot\?start=\S+\n", link)
    assert checked.splitlines()[-1].startswith("0 problems, ")
    assert "44 OPD, 1364 items, 0 of them confirmed" in kept
    assert restored.startswith("restored Kota Kendari as of ")
    assert "44 OPD, 1364 items, 0 of them confirmed" in restored
    assert audited.startswith("the audit log is whole: ")
    assert again.splitlines()[-1].startswith("0 problems, ")
    assert (new.folder / ".env").stat().st_mode & 0o077 == 0


def test_restoring_where_something_was_keeps_it(
    tmp_path: Path, usb: Path, installed: Installed
) -> None:
    """As after a mishap, on the same server."""
    server = installed.twin(tmp_path / "tuntas", usb)
    for line in lines("Cadangan") + lines("Memulihkan, atau pindah server"):
        server.types(line)

    assert len(list((server.folder / "data").glob("before-restore-*/tuntas.db"))) == 1


def test_after_an_update_the_old_database_is_taken_over(
    tmp_path: Path, usb: Path, installed: Installed
) -> None:
    """`git pull` brings other code into the folder; `data` and `.env` stay."""
    newer = Server(tmp_path / "tuntas", usb)
    newer.gets_the_code()
    shutil.copytree(installed.folder / "data", newer.folder / "data")
    shutil.copy(installed.folder / ".env", newer.folder / ".env")
    newer.runs()

    assert newer.types(".venv/bin/python -m bot check").splitlines()[-1].startswith("0 problems, ")


def test_every_line_is_typed_or_named_as_one_that_cannot_be() -> None:
    chapters = re.findall(r"^## (.*)$", GUIDE, re.MULTILINE)
    typed = {title: lines(title) for title in chapters}

    assert {title: len(of) for title, of in typed.items() if of} == {
        "Memasang": 5,
        "Cadangan": 1,
        "Memulihkan, atau pindah server": 3,
    }
