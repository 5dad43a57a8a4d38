"""A small story, and what the prose lint says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.load import load_story
from game.workshop.prose import Report, lint

if TYPE_CHECKING:
    from pathlib import Path

    from game.load.diagnostics import Diagnostic

FILES = {
    "story.yaml": "id: example\ntitle: An example\nversion: 0.1.0\nstart: home\nhub: home\ndate: 1922-03-06\n",
    "variables.yaml": (
        "food: {start: 10, range: 0 to 100}\nname: {start: Anna Reed}\n"
        "pronouns: {start: they, words: {he: he, she: she, they: they}}\n"
    ),
    "people.yaml": "eino: {name: Eino Lehto}\n",
    "home.yaml": "home:\n  choices:\n    - Look around\n    - Leave -> leave\n  parts:\n    leave: {ending: the_end}\n",
    "endings.yaml": "the_end: {title: The end}\n",
}


class Small:
    """Writes stories below a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lint(self, files: dict[str, str], pack: dict[str, str] | None = None) -> Report:
        """The report on a story of these files, laid over FILES; `pack` is laid over it as a pack."""
        self.loaded = load_story(self._write("story", FILES | files), [self._write("pack", pack)] if pack else [])
        errors = [one for one in self.loaded.diagnostics if one.level == "error"]
        assert not errors, errors
        return lint(self.loaded)

    def text(self, text: str, style: str = "", **files: str) -> list[Diagnostic]:
        """The findings in a text, which begins in line 3, column 5 of scenes.yaml."""
        prose = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
        more = {"style.yaml": style} if style else {}
        report = self.lint({"scenes.yaml": f"office:\n  text: |\n{prose}  go: home\n", **more, **files})
        return [one for one in report.diagnostics if one.at.file.endswith("scenes.yaml")]

    def broken(self, style: str, pack: str = "") -> list[tuple[str, int, int]]:
        """The diagnostics of loading with this style.yaml, as (code, line, column)."""
        story = self._write("story", FILES | {"style.yaml": style})
        packs = []
        if pack:
            head = "id: winter\ntitle: Winter\nversion: 0.1.0\nfor: {story: example, version: 0.1.0}\n"
            packs = [self._write("pack", {"pack.yaml": head, "style.yaml": pack})]
        return [(one.code, one.at.line, one.at.column) for one in load_story(story, packs).diagnostics]

    def _write(self, name: str, files: dict[str, str]) -> Path:
        folder = self.folder / name
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        return folder


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)
