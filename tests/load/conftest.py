"""Small stories on disk, for tests that say only what matters to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.load import read_model

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from game.engine.model import Model, Scene
    from game.load.diagnostics import Diagnostic

BASE = {
    "story.yaml": """id: example
title: An example
version: 0.1.0
start: home
hub: home
date: 1922-03-06
content: {illness: Illness}
acts: [{id: first, title: The first act, turns: [30, 30]}]
""",
    "home.yaml": "home: {choices: [Wait]}\n",
    "variables.yaml": "food: {start: 10, range: 0 to 100}\nmorale: {start: 3}\nname: {start: Anna Reed}\n",
    "people.yaml": "hester: {name: Hester Quinn}\n",
    "places.yaml": "pier: {name: The pier, map: world, at: [12, 7]}\n",
    "papers.yaml": "letter: {title: A letter}\n",
    "endings.yaml": "the_end: {title: The end}\n",
    "rules.yaml": "fed: {if: food > 3, reason: There is no bread.}\n",
    "codex/cards.yaml": "stone_house: {title: The stone house, claim: It stands.}\n",
}


class Small:
    """The base story, with `scenes.yaml` and other declaration files (`people="…"`) on top, and packs laid over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(
        self, scenes: str = "", packs: Mapping[str, Mapping[str, str]] | None = None, **files: str
    ) -> tuple[Path, list[Path]]:
        own = {f"{name}.yaml": text for name, text in files.items()}
        story = _write(self.folder / "story", {**BASE, "scenes.yaml": scenes, **own})
        return story, [_write(self.folder / name, pack) for name, pack in (packs or {}).items()]

    def read(
        self, scenes: str = "", packs: Mapping[str, Mapping[str, str]] | None = None, **files: str
    ) -> tuple[Model | None, tuple[Diagnostic, ...]]:
        return read_model(*self.write(scenes, packs, **files))

    def model(self, scenes: str = "", packs: Mapping[str, Mapping[str, str]] | None = None, **files: str) -> Model:
        """The model, which must be without fault."""
        found, diagnostics = self.read(scenes, packs, **files)
        assert found is not None, diagnostics
        return found

    def scene(self, text: str) -> Scene:
        """The scene `office` with these lines."""
        lines = "".join(f"  {line}\n" for line in text.strip("\n").splitlines())
        return self.model(f"office:\n{lines}").scenes["office"]

    def faults(self, scenes: str = "", packs: Mapping[str, Mapping[str, str]] | None = None, **files: str) -> list[Diagnostic]:
        """Everything that is found."""
        return list(self.read(scenes, packs, **files)[1])

    def codes(self, scenes: str = "", packs: Mapping[str, Mapping[str, str]] | None = None, **files: str) -> list[str]:
        """The codes of everything that is found, by place."""
        return [found.code for found in self.faults(scenes, packs, **files)]


def _write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)
