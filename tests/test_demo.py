"""The demo plays its day to the end, the same each time, wherever it is started."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from demo import city, eve, play, script
from demo.moments import Moment
from tests import golden

HOME = Path(__file__).parent.parent
DEMO = [sys.executable, "-m", "bot", "demo"]


def environment(**more: str) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "NO_COLOR"}} | more


async def test_a_day_in_kendari_goes_without_trouble(caplog: pytest.LogCaptureFixture) -> None:
    """Changing a template changes this file. No link in it is good: tokens are not shown."""
    page = io.StringIO()
    screen = play.page(page)

    async def show(moment: Moment) -> None:
        screen.draw(moment)

    async with city.opened(eve.EVE, show) as kendari:
        await script.day(kendari)

        assert kendari.telegram.refused == []
    assert [r.getMessage() for r in caplog.records if r.levelname in {"WARNING", "ERROR"}] == []
    golden.check("demo", page.getvalue().rstrip("\n"))


def test_nobody_needs_more_than_sixty_columns_for_it() -> None:
    lines = kept().splitlines()

    assert max(map(cell_len, lines)) <= 60


def test_in_a_pipe_it_plays_fast_whatever_the_settings_and_letters(tmp_path: Path) -> None:
    """The settings of this machine do not matter, and a console that lacks letters does not."""
    ours = {"TIMEZONE": "Asia/Jakarta", "REMIND_AT": "09:00", "CITY": "Kota Lain"}
    env = environment(PYTHONPATH=str(HOME), PYTHONIOENCODING="ascii", **ours)

    played = subprocess.run(DEMO, cwd=tmp_path, env=env, capture_output=True, check=True)

    assert played.stdout.rstrip() == kept().rstrip().encode("ascii", "replace")
    assert played.stderr == b""
    assert list(tmp_path.iterdir()) == []


def test_in_a_terminal_it_has_colours() -> None:
    assert "\x1b[1;32mTuntas" in first_words()


def test_with_no_color_it_has_none() -> None:
    seen = first_words(NO_COLOR="1")

    assert "\x1b[1mTuntas" in seen
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", seen)


def test_ctrl_c_ends_it_cleanly() -> None:
    with subprocess.Popen(
        DEMO, cwd=HOME, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as demo:
        assert demo.stdout
        assert demo.stdout.readline()
        demo.send_signal(signal.SIGINT)
        _, errors = demo.communicate(timeout=60)

    assert errors == b""
    assert demo.returncode == 0


def test_whoever_has_seen_enough_of_it_may_go() -> None:
    command = f"{sys.executable} -m bot demo | head -n 3"

    seen = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=HOME, env=environment(), capture_output=True, check=False,
    )  # fmt: skip

    assert len(seen.stdout.splitlines()) == 3
    assert seen.stderr == b""


def kept() -> str:
    return (golden.FOLDER / "demo.txt").read_text(encoding="utf-8")


def first_words(**more: str) -> str:
    """What a terminal of 60 columns gets to see, until the bot has spoken."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    env = environment(TERM="xterm-256color", COLUMNS="60", **more)
    seen = b""
    with subprocess.Popen([*DEMO, "--fast"], cwd=HOME, env=env, stdout=theirs, stdin=theirs) as one:
        os.close(theirs)
        while b"/bantuan" not in seen:
            seen += os.read(ours, 65536)
        one.kill()
    os.close(ours)
    return seen.decode()
