"""What stands in the pages below docs/ is done here: files laid, plans played, commands run, their output compared.

docs/README.md tells how a page marks its blocks. Something new is written first with empty `play` and `text` blocks;
REWRITE_DOCS=1 fills in what comes out, to be read before it is kept.
"""

from __future__ import annotations

import os
import re
import runpy
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from plans import played

from game.cli import main
from game.load import load_story
from game.load.diagnostics import render
from game.workshop.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path for path in [*DOCS.glob("*.md"), *DOCS.glob("language/*.md")] if path != DOCS / "README.md")
BASE = (DOCS / "README.md").read_text("utf-8")

_BLOCK = re.compile(r"^```(.*)\n((?:.*\n)*?)```$|^<!-- (new story|finds)(.*) -->$", re.MULTILINE)
_FIRST_SCENE = re.compile(r"^(\w+):", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block of a page that means something to these tests. `kind` is the first word of its info string, or of the comment;
    `rest` the words behind it; `span` where its body stands in the page."""

    kind: str
    rest: tuple[str, ...]
    body: str
    span: tuple[int, int]
    line: int


def blocks(page: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(page):
        words = (found[1] if found[3] is None else f"{found[3].replace(' ', '-')} {found[4]}").split() or [""]
        yield Block(words[0], tuple(words[1:]), found[2] or "", found.span(2), page.count("\n", 0, found.start()) + 1)


class Echo(StringIO):
    """A person's lines, who types them at the prompt: what is read is also seen."""

    def __init__(self, typed: str, seen: StringIO) -> None:
        super().__init__(typed)
        self.seen = seen

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline()
        self.seen.write(line.rstrip("\n"))
        return line


class Desk:
    """Somebody who does what one page says, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.top = folder
        self.stories = 0
        self.begin()

    def begin(self) -> None:
        """A new folder: the base story, which the page's files are laid over as soon as it has any."""
        self.folder = self.top / str(self.stories)
        self.stories += 1
        self.laid: list[str] = []
        self.expected: set[str] = set()
        self.folder.mkdir()
        os.chdir(self.folder)
        os.environ["KUZBASS_SAVES"] = str(self.folder / "saves")

    def path(self, name: str) -> Path:
        """In `packs` or a folder that `kuzbass new` has begun here a name is as it is; all others are files of `story`."""
        first, _, rest = name.partition("/")
        as_it_is = rest and (first == "packs" or (self.folder / first).is_dir())
        return self.folder / name if as_it_is else self.folder / "story" / name

    def lay(self, name: str, text: str, more: bool) -> None:
        path, story = self.path(name), self.folder / "story"
        if path.is_relative_to(story) and not story.exists():
            for block in blocks(BASE):
                if block.kind == "yaml" and block.rest:
                    self._write(story / block.rest[0], block.body)
        assert more or name not in self.laid, f"{name} stands twice: `<!-- new story -->` begins another, `+` adds to a file"
        first = _FIRST_SCENE.search(text)
        if first and name == "scenes.yaml" and not {"scenes.yaml", "story.yaml"} & set(self.laid):
            self._write(
                story / "story.yaml", (story / "story.yaml").read_text("utf-8").replace("start: home", f"start: {first[1]}")
            )
        self.laid.append(name)
        before = path.read_text("utf-8") if more else ""
        self._write(path, before + ("\n" if more and text[0] != " " else "") + text)

    def change(self, name: str, text: str) -> None:
        """Lines with `-` become the lines with `+` below them; lines with a space only show where that is."""
        path = self.path(name)
        body = path.read_text("utf-8")
        old = "".join(line[1:] for line in text.splitlines(True) if line[0] in "- ")
        new = "".join(line[1:] for line in text.splitlines(True) if line[0] in "+ ")
        assert body.count(old) == 1, f"{name} has not once:\n{old}"
        self._write(path, body.replace(old, new))

    def run(self, commands: str, typed: str) -> str:
        """What the commands say. Lines that are neither `kuzbass …` nor `cp -r A B` are the reader's own affair."""
        seen = StringIO()
        for line in commands.splitlines():
            command, _, remark = line.partition(" # ")
            expected = int(remark.strip().removeprefix("exit ")) if remark.strip().startswith("exit ") else 0
            words = shlex.split(command)
            if words[:2] == ["cp", "-r"]:
                shutil.copytree(words[2], words[3], dirs_exist_ok=True)
            if words[:1] != ["kuzbass"]:
                continue
            with pytest.MonkeyPatch.context() as patch, redirect_stdout(seen), redirect_stderr(seen):
                patch.setattr("sys.stdin", Echo(typed, seen))
                code = main(words[1:])
            assert code == expected, f"`{line}` gives {code}\n{seen.getvalue()}"
        return seen.getvalue()

    def test(self, name: str, code: str) -> None:
        """A file of tests that the page shows: each of them holds."""
        self._write(self.folder / name, code)
        tests = [test for each, test in runpy.run_path(name).items() if each.startswith("test_")]
        assert tests
        for test in tests:
            test()

    def check(self) -> None:
        """The story as the page has it loads, and `kuzbass check` finds in it what the page says, as a rule nothing."""
        story = self.folder / "story"
        if "scenes.yaml" not in self.laid:
            return
        loaded = load_story(story, sorted(path.parent for path in self.folder.glob("packs/*/pack.yaml")))
        diagnostics = [*loaded.diagnostics, *(analyse(loaded) if loaded.story else ())]
        shown = "\n\n".join(render(one, loaded.sources) for one in diagnostics)
        assert {one.code for one in diagnostics} == self.expected, shown

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def alike(found: str, expected: str) -> bool:
    """`…` on a line of its own stands for any number of lines, inside a line for anything in it."""
    pattern = ""
    for line in expected.strip("\n").split("\n"):
        text = line.rstrip()
        pattern += r"(?:.*\n)*?" if text.strip() == "…" else re.escape(text).replace("…", ".*") + r" *\n"
    return re.fullmatch(pattern, found.strip("\n") + "\n") is not None


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("NO_COLOR", "1")
    return Desk(tmp_path)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).with_suffix("").as_posix())
def test_the_page_holds(path: Path, desk: Desk) -> None:
    page = path.read_text("utf-8")
    rewritten: list[tuple[tuple[int, int], str]] = []

    def compare(block: Block, found: str, same: bool) -> None:
        if os.environ.get("REWRITE_DOCS") and not same:
            rewritten.append((block.span, found.strip("\n") + "\n"))
            return
        assert same, f"{path.name}:{block.line}: in truth\n\n{found}"

    every = list(blocks(page))
    for at, block in enumerate(every):
        if block.kind == "new-story":
            desk.check()
            desk.begin()
        elif block.kind == "finds":
            desk.expected = set(block.rest)
        elif block.kind == "yaml" and block.rest:
            desk.lay(block.rest[0], block.body, more="+" in block.rest[1:])
        elif block.kind == "python" and block.rest:
            desk.test(block.rest[0], block.body)
        elif block.kind == "diff" and block.rest:
            desk.change(block.rest[0], block.body)
        elif block.kind == "play":
            desk.check()
            found = "\n".join(played(desk.folder, block.body.splitlines()))
            compare(block, found, found == block.body.rstrip("\n"))
        elif block.kind == "sh":
            output = every[at + 1] if at + 1 < len(every) and every[at + 1].kind == "text" else None
            typed = "".join(f"{line[2:]}\n" for line in (output.body if output else "").splitlines() if line.startswith("> "))
            said = desk.run(block.body, typed)
            if output:
                compare(output, said, alike(said, output.body))
    desk.check()
    for (start, end), text in reversed(rewritten):
        page = page[:start] + text + page[end:]
    if rewritten:
        path.write_text(page, "utf-8")
