"""A bug report brought in: its life on the shelf, and a test that fails for as long as the fault is there.

A report is a stranger's: it is read as data (see `game.desk.report`), and the only words of it that get into a file of the
checkout are its own, as JSON, beside a test that is the same for every report.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from game.desk import report as reports
from game.desk.words import listed
from game.engine import turn
from game.load import load_story
from game.saves import SaveFault, Shelf
from game.saves.names import clean_name
from game.saves.rename import renamed
from game.saves.resync import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.desk.report import Report
    from game.engine.story import Story

FOLDER = Path("tests") / "reports"
"""Where tests of reports stand in a checkout."""

_TEST = '''\
"""A reported life, played again: fails for as long as the fault is there. Made by `kuzbass lives import`."""

from pathlib import Path

from game.workshop.reports import still_wrong

HERE = Path(__file__)
STORY = {story}
PACKS = {packs}


def test_what_was_reported_is_mended() -> None:
    assert still_wrong(HERE.with_name({data!r}), STORY, PACKS) == ""
'''


def read(path: Path) -> Report | None:
    """The report in a file; None where it means to be none. Raises SaveFault where it is one that cannot be read."""
    try:
        if path.stat().st_size > reports.LARGEST:
            with path.open("rb") as file:
                if not reports.is_report(file.read(4096)):
                    return None
            raise reports.NoReport("it is too large to be a report")
        data = path.read_bytes()
    except reports.NoReport as fault:
        raise SaveFault(f"{path.name} was not brought in: {fault}.") from fault
    except OSError:
        return None  # whoever reads it as a life says what is wrong with the file
    if not reports.is_report(data):
        return None
    try:
        return reports.read(data)
    except reports.NoReport as fault:
        raise SaveFault(f"{path.name} was not brought in: {fault}.") from fault


def take_in(
    path: Path, report: Report, shelf: Shelf, story: Path, packs: Sequence[Path], checkout: Path | None
) -> tuple[str, ...]:
    """Brings the life of a report in, and writes its test into the checkout; what came of both, in sentences.

    Raises SaveFault, and does nothing, where a pack is missing that the report was made with: its test could never pass.
    """
    if report.life and (missing := _missing(report, story, packs)):
        one = len(missing) == 1
        named = listed([f"`{pack}`" for pack in missing])
        raise SaveFault(f"{named} {'is' if one else 'are'} missing: name {'its folder' if one else 'their folders'} with --with.")
    if not report.life:
        return (_about(report), "No life was being played, so there is nothing to bring in and nothing to play again.")
    name = shelf.take_in(clean_name(path.stem) or "report", _whole(report, path.name))
    said = [_about(report), f"Its life was brought in as {name}."]
    if checkout is None:
        said.append(
            "To have a failing test of it too, bring it in from a clone of the game's repository: this game is installed."
        )
        return tuple(said)
    file = write_test(path, checkout, story, packs)
    wrong = still_wrong(file.with_suffix(".json"), story, packs)
    said.append(f"A test of it was written: {from_here(file)}; `pytest {quote(from_here(file))}` runs it.")
    if wrong:
        said.append(f"It fails now: {wrong}")
    elif report.kind:
        said.append("It passes now: with this story and this game, playing the life again does not bring the error.")
    else:
        said.append("It passes now: every page of the life reads as it did for whoever reported it.")
    return tuple(said)


def write_test(path: Path, checkout: Path, story: Path, packs: Sequence[Path]) -> Path:
    """A test and its data in the checkout, never over others; the test's file. Raises SaveFault."""
    folder = checkout / FOLDER
    stem = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")[:60] or "report"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            file = folder / f"test_{stem}{f'_{number}' if number > 1 else ''}.py"
            data = file.with_suffix(".json")
            if not file.exists() and not data.exists():
                break
            number += 1
        data.write_bytes(path.read_bytes())
        placed = [_from(file, folder_of, checkout) for folder_of in (story, *packs)]
        words = f"({''.join(f'{each}, ' for each in placed[1:])})".replace(", )", ",)")
        file.write_text(_TEST.format(story=placed[0], packs=words, data=data.name), encoding="utf-8")
    except OSError as error:
        raise SaveFault(f"The life was brought in, but its test was not written: {folder}: {error.strerror or error}.") from error
    return file


def _from(test: Path, folder: Path, checkout: Path) -> str:
    """A folder as the test says it: from the checkout's own folder where it lies in there, so that the test can be shared."""
    try:
        inside = folder.resolve().relative_to(checkout.resolve())
    except ValueError:
        return f"Path({str(folder.resolve())!r})"
    return f"HERE.parents[2] / {inside.as_posix()!r}" if inside.parts else "HERE.parents[2]"


def still_wrong(path: Path, folder: Path, packs: Sequence[Path] = ()) -> str:
    """What is still wrong with a reported life in the story as it is now, in a sentence; empty where nothing is.

    Where an error was reported: the life is played again up to where it was, then what was tried is tried again, and no error
    may come. Where none was: every page must read as it did.
    """
    report = reports.read(path.read_bytes())
    loaded = load_story(folder, packs)
    if loaded.story is None:
        return "The story has errors; `kuzbass check` shows them."
    try:
        with tempfile.TemporaryDirectory() as lives:
            return _wrong(report, loaded.story, Shelf(Path(lives)))
    except turn.StoryStuck as stuck:
        return f"The story is stuck: {stuck}."
    except SaveFault as fault:
        return str(fault)
    except Exception as error:  # whatever it is: a life must play
        return f"The game fails on it: {type(error).__name__}: {error}"


def _wrong(report: Report, story: Story, shelf: Shelf) -> str:
    name = shelf.take_in("reported", _whole(report, "the report"))
    if not report.kind:
        found = shelf.verify(name, story, level="pages")
        return found.divergence.sentence if found.divergence else ""
    life = shelf.open(name, story, read_only=True)
    if life.verdict.kind in ("rewound", "opened"):
        return f"The life cannot be played again to where it was. {life.verdict.sentence}"
    _ = [page.text for page in (life.first_page, *(entry.page for entry in life.entries))]
    if report.attempt is not None:
        tried = report.attempt
        key = tried.key if tried.edit else renamed(story, tried.key)
        try:
            Action(key, tried.text, tried.edit).take(story, life.state, texts=True)
        except turn.ChoiceRefused:
            return ""  # it is no longer on offer, so it no longer leads into the error
    return ""


def _whole(report: Report, name: str) -> bytes:
    """The life's lines, all of them checked. Raises SaveFault."""
    from game.saves.mend import checked

    try:
        return checked(report.life, name)
    except ValueError as error:
        raise SaveFault(f"{name} was not brought in: in its life {error}.") from error


def _about(report: Report) -> str:
    packs = "".join(f" with {name} {version}" for name, version in report.packs)
    error = f"{report.kind}: {report.message}" if report.kind else "no error"
    return f"A report of {report.made[:10] or 'no date'}, of {report.story or 'no story'} {report.version}{packs}: {error}"


def _missing(report: Report, story: Path, packs: Sequence[Path]) -> list[str]:
    """The packs of a report that are not among these; none where the story has errors, which are told of elsewhere."""
    if not report.packs:
        return []
    loaded = load_story(story, packs)
    return [] if loaded.story is None else [pack for pack, _ in report.packs if pack not in loaded.story.packs]


def from_here(file: Path) -> str:
    """A file as it is found from the folder that one stands in: from there where it lies below, else in full."""
    whole = file.resolve()
    try:
        return whole.relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return str(whole)
