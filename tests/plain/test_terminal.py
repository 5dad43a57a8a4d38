"""The plain client in a real terminal: what a person, or a screen reader, meets."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")

FERRY = Path(__file__).parent / "ferry"

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of Unix")]


def kuzbass(saves: Path, *arguments: str, term: str = "xterm") -> pexpect.spawn:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "KUZBASS_SAVES": str(saves), "TERM": term}
    line = ["-m", "game", "play", "--story", str(FERRY), *arguments]
    return pexpect.spawn(sys.executable, line, env=environ, encoding="utf-8", timeout=20, dimensions=(24, 80))


def test_enter_ends_the_line_of_the_prompt(tmp_path: Path) -> None:
    with kuzbass(tmp_path, "--plain") as child:
        child.expect_exact("are words here)\r\n> ")
        child.sendline("Анна")
        child.expect_exact('Анна\r\n"Анна is waiting," the boy calls.\r\n\r\nChoices:\r\n1. ')
        child.expect_exact("\r\n> ")
        child.sendeof()
        child.expect_exact(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0


def test_a_dumb_terminal_gets_lines_and_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    with kuzbass(tmp_path, term="dumb") as child:
        child.expect_exact("> ")
        said = child.before
        child.sendintr()
        child.expect_exact(pexpect.EOF)
        child.close()
        assert child.exitstatus == 130
        assert "\x1b" not in said + child.before
        assert child.before.endswith("\r\n")


def test_on_a_terminal_no_word_is_broken_at_the_edge(tmp_path: Path) -> None:
    with kuzbass(tmp_path, "--plain") as child:
        child.expect_exact("> ")
        said = child.before
        child.sendline("/settings")
        child.expect_exact("Width: lines of 80 columns.")
        child.expect_exact("> ")
        assert all(len(line) <= 80 for line in said.splitlines())
        child.sendeof()
        child.expect_exact(pexpect.EOF)
