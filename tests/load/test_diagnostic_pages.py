"""The pages of docs/diagnostics: their front matter defines the codes, and their examples are played through the loader."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from game.load import load_story
from game.load.diagnostics import CODES, Diagnostic, render
from game.workshop.analysis.lives import lives
from game.workshop.analysis.local import local
from game.workshop.prose import lint

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
_FENCE = re.compile(r"^```yaml (\S+)(?: (\d+):(\d+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def front_matter(page: str) -> dict[str, str]:
    return dict(yaml.safe_load(page.split("---\n")[1]))


def pages() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted(PAGES.glob("*.md")) if path.stem != "README"}


def lay(folder: Path, *examples: str) -> tuple[Path, list[Path], tuple[str, int, int] | None]:
    """Writes the files of the examples, later over earlier. Gives story, packs, and the place that a fence marks."""
    story, packs, marked = folder / "story", set(), None
    for example in examples:
        for name, line, column, text in _FENCE.findall(example):
            path = folder / name if name.startswith("packs/") else story / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            if name.startswith("packs/"):
                packs.add(folder / "packs" / name.split("/")[1])
            if line:
                marked = path.as_posix(), int(line), int(column)
    return story, sorted(packs), marked


def found(story: Path, packs: list[Path]) -> tuple[list[Diagnostic], str]:
    loaded = load_story(story, packs)
    return list(loaded.diagnostics), "\n\n".join(render(one, loaded.sources) for one in loaded.diagnostics)


def found_by(page: str, story: Path, packs: list[Path]) -> tuple[list[Diagnostic], str]:
    """As `found`; where the page says `with: --prose`, of the prose; `with: lives`, of what is proved of every life; `with:
    local`, only this code's findings of a look at what stands there, since the base story declares more than it uses."""
    more = front_matter(page).get("with", "")
    if not more:
        return found(story, packs)
    loaded = load_story(story, packs)
    assert loaded.story is not None, loaded.diagnostics
    if more == "local":
        assert loaded.model is not None
        code = front_matter(page)["code"]
        diagnostics = [*loaded.diagnostics, *(one for one in local(loaded.model, loaded.story) if one.code == code)]
    else:
        diagnostics = [*loaded.diagnostics, *(lives(loaded) if more == "lives" else lint(loaded).diagnostics)]
    return diagnostics, "\n\n".join(render(one, loaded.sources) for one in diagnostics)


BASE = (PAGES / "README.md").read_text("utf-8")
PRINTED = [code for code, page in pages().items() if "## Wrong" in page]


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert set(pages()) == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_front_matter_is_what_the_game_knows_of_the_code(code: str) -> None:
    matter = front_matter(pages()[code])
    assert (matter["code"], matter["level"], matter["summary"]) == (code, *CODES[code])
    assert ("made" in matter) == (code not in PRINTED)


@pytest.mark.parametrize("code", PRINTED)
def test_the_wrong_example_gives_the_code_at_the_marked_place_and_nothing_else(code: str, tmp_path: Path) -> None:
    page = pages()[code]
    wrong = page[page.index("## Wrong") : page.index("## Right")]
    story, packs, marked = lay(tmp_path, BASE, wrong)
    diagnostics, shown = found_by(page, story, packs)
    assert {one.code for one in diagnostics} == {code, *front_matter(page).get("beside", "").split()}, shown
    assert {one.level for one in diagnostics} == {CODES[code][0]}
    assert marked is not None, f"the wrong example of {code} marks no place"
    assert marked in {(one.at.file, one.at.line, one.at.column) for one in diagnostics}, f"{marked}\n{shown}"


@pytest.mark.parametrize("code", PRINTED)
def test_the_right_example_gives_nothing(code: str, tmp_path: Path) -> None:
    page = pages()[code]
    story, packs, _ = lay(tmp_path, BASE, page[page.index("## Right") :])
    diagnostics, shown = found_by(page, story, packs)
    assert not diagnostics, shown


def broken_link(story: Path) -> None:
    (story / "nowhere.yaml").symlink_to(story / "missing.yaml")


def loop(story: Path) -> None:
    (story / "again").symlink_to(story, target_is_directory=True)


def large(story: Path) -> None:
    (story / "large.yaml").write_text("office:\n  text: |\n" + "    a line of prose\n" * 60_000, "utf-8")


def other_encoding(story: Path) -> None:
    (story / "old.yaml").write_bytes("office:\n  title: Контора\n".encode("cp1251"))


def aliases(story: Path) -> None:
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (story / "many.yaml").write_text("\n".join(lines), "utf-8")


MADE: dict[str, Callable[[Path], None]] = {
    "unreadable-file": broken_link,
    "link-loop": loop,
    "file-too-large": large,
    "bad-encoding": other_encoding,
    "alias-limit": aliases,
}


def test_every_page_without_an_example_is_made_here() -> None:
    assert set(MADE) == set(CODES) - set(PRINTED)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
@pytest.mark.parametrize("code", sorted(MADE))
def test_what_cannot_be_printed_is_found_too(code: str, tmp_path: Path) -> None:
    story, packs, _ = lay(tmp_path, BASE)
    MADE[code](story)
    diagnostics, shown = found(story, packs)
    assert {one.code for one in diagnostics} == {code}, shown
