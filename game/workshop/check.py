"""`kuzbass check`: a story's findings for people, for scripts, for GitHub, and for whatever reads SARIF."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from game import __version__
from game.load import Loaded, load_story
from game.load.diagnostics import CODES, Diagnostic, in_order, render
from game.places import cache_folder
from game.workshop.analysis.kept import analysed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.workshop.prose.measures import Measure

    Measures = Sequence[Measure] | None

SCHEMA = 1
FORMATS = ("text", "json", "github", "sarif")
WELL, FOUND, UNABLE = 0, 1, 2


def run_check(folder: Path, packs: Sequence[Path] = (), format: str = "text", prose: bool = False) -> tuple[str, int]:
    """The report in one of FORMATS, and the exit code: 0 no errors (warnings do not count), 1 errors, 2 nothing to check.

    `prose` looks at how the story is written too: its findings are warnings, its figures stand at the end.

    With 2 the text is a sentence for stderr.
    """
    if format not in _REPORTS:
        return f"There is no format called {format}; there are {', '.join(FORMATS)}.", UNABLE
    for one in (folder, *packs):
        if not one.is_dir():
            return f"There is no folder {one}.", UNABLE
    loaded = load_story(near(folder), [near(pack) for pack in packs])
    loaded = replace(loaded, diagnostics=in_order((*loaded.diagnostics, *analysed(loaded, cache_folder()))))
    errors = any(found.level == "error" for found in loaded.diagnostics)
    measures = None
    if prose:
        from game.workshop.prose import lint

        written = lint(loaded)
        loaded = replace(loaded, diagnostics=in_order((*loaded.diagnostics, *written.diagnostics)))
        measures = written.measures
    if format == "text" and packs:
        return _of_packs(loaded, measures), FOUND if errors else WELL
    return _REPORTS[format](loaded, measures), FOUND if errors else WELL


def _of_packs(loaded: Loaded, measures: Measures) -> str:
    """Who names a pack asks about the pack: what is found in the story's own files is only counted, unless it is an error."""
    assert loaded.model is not None or any(found.level == "error" for found in loaded.diagnostics)
    folders = tuple(f"{pack.folder}/" for pack in loaded.model.packs) if loaded.model else ()
    if not folders:
        return _text(loaded, measures)
    mine = tuple(found for found in loaded.diagnostics if found.level == "error" or found.at.file.startswith(folders))
    text = _text(replace(loaded, diagnostics=mine), measures)
    others = len(loaded.diagnostics) - len(mine)
    if not others:
        return text
    return f"{text}\nBesides, {_counted(others, 'warning')} in the story's own files: check it without the pack."


def near(folder: Path) -> Path:
    """The folder as it is called from here, so that findings can be clicked and annotations find their file."""
    try:
        return folder.resolve().relative_to(Path.cwd().resolve())
    except (ValueError, OSError):
        return folder


def _text(loaded: Loaded, measures: Measures) -> str:
    blocks = [render(found, loaded.sources) for found in loaded.diagnostics]
    levels = Counter(found.level for found in loaded.diagnostics)
    looked = f"{_counted(len(loaded.sources), 'file')}, {_counted(loaded.scenes, 'scene')}"
    told = f"{_counted(levels['error'], 'error')} and {_counted(levels['warning'], 'warning')} in {looked}."
    blocks.append(told if blocks else f"No faults in {looked}.")
    if measures is not None:
        from game.workshop.prose.table import table

        blocks.insert(-1, table(measures))
    return "\n\n".join(blocks)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _json(loaded: Loaded, measures: Measures) -> str:
    report: dict[str, Any] = {
        "schema": SCHEMA,
        "files": len(loaded.sources),
        "scenes": loaded.scenes,
        "diagnostics": [_entry(found) for found in loaded.diagnostics],
    }
    if measures is not None:
        from game.workshop.prose.table import as_data

        report["prose"] = as_data(measures)
    return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)


def _entry(found: Diagnostic) -> dict[str, Any]:
    """Lines and columns count from 1; a finding about a whole file has zeros."""
    at = found.at
    return {
        "code": found.code,
        "level": found.level,
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "message": found.message,
        "fix": found.fix,
        "notes": list(found.notes),
    }


def _github(loaded: Loaded, measures: Measures) -> str:
    return "\n".join(_annotation(found) for found in loaded.diagnostics)


def _annotation(found: Diagnostic) -> str:
    at = found.at
    fields = {"file": at.file}
    if at.line:
        fields |= {"line": str(at.line), "endLine": str(at.end_line), "col": str(at.column)}
        fields |= {"endColumn": str(at.end_column)} if at.end_line == at.line else {}
    fields["title"] = found.code
    details = [found.message, *found.notes, *([f"help: {found.fix}"] if found.fix else [])]
    listed = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    return f"::{found.level} {listed}::{_data(chr(10).join(details))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(loaded: Loaded, measures: Measures) -> str:
    """SARIF 2.1.0."""
    used = sorted({found.code for found in loaded.diagnostics})
    rules = [{"id": code, "shortDescription": {"text": CODES[code][1]}} for code in used]
    driver = {"name": "kuzbass check", "version": __version__, "rules": rules}
    report = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(found, used.index(found.code)) for found in loaded.diagnostics],
            }
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)


def _result(found: Diagnostic, rule: int) -> dict[str, Any]:
    at = found.at
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(at.file)}}
    if at.line:
        location["region"] = {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        }
    details = [found.message, *found.notes, *([f"help: {found.fix}"] if found.fix else [])]
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.level,
        "message": {"text": "\n".join(details)},
        "locations": [{"physicalLocation": location}],
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else path.as_posix()


_REPORTS: dict[str, Callable[[Loaded, Measures], str]] = {"text": _text, "json": _json, "github": _github, "sarif": _sarif}
