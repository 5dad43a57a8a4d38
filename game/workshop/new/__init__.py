"""`kuzbass new`: the beginning of a story, a branch pack, a deck or a scene, as files that check clean.

Nothing is ever overwritten: a folder must be new, a file is new or gets the scaffold behind what stands in it. What is to be
written is loaded with the story first; what would not load is not written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from game.engine.model import Choices
from game.load import load_story
from game.load.diagnostics import Faults, place
from game.load.files import kind_of
from game.load.names import DECKS, KEYWORDS, TARGETS, check_id, near
from game.load.nodes import Scalar, TextFile
from game.load.targets import beats_of
from game.workshop.freeze.files import replace_all
from game.workshop.new import scaffolds
from game.workshop.schema import FOLDER, modeline, write_all
from game.workshop.trial import load_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.model import Model

KINDS = ("scene", "deck", "branch", "story")
LONGEST = 25
"""Letters of a name: scaffolds make longer ones from it."""


class Refused(Exception):
    """Nothing was written; `str` says why, in a sentence or two."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The file or folder that was written, and sentences on what to do next."""

    path: Path
    next: tuple[str, ...]


def new_story(name: str, inside: Path) -> Begun:
    """A small complete story in a new folder."""
    _check(name, "a story", KEYWORDS)
    folder = _new_folder(inside / name)
    _write_folder(folder, {path: text.format(id=name, title=_title(name)) for path, text in scaffolds.STORY.items()})
    return Begun(folder, (f"Play it, and see it change while you write: kuzbass play --story {folder} --watch",))


def new_branch(name: str, inside: Path, story: Path, shown: str = "") -> Begun:
    """A branch pack for the story, in a new folder. `shown`: how a command line names the story, as in `--story DIR `."""
    _check(name, "a pack", KEYWORDS)
    model = _model(story)
    folder = _new_folder(inside / name)
    sets, decks = _sets(model), _decks(model)
    info = model.info
    parts = [scaffolds.GRAFT] if sets else []
    parts += [scaffolds.PACK_SCENE, *([] if info.hubs else [scaffolds.COMES_BACK]), *([scaffolds.PACK_STORYLET] if decks else [])]
    given = {
        "id": name, "title": _title(name), "story": info.id, "version": info.version,
        "set": next(iter(sets), ""), "deck": next(iter(decks), ""),
    }  # fmt: skip
    files = {"pack.yaml": scaffolds.PACK.format(**given), f"{name}.yaml": "".join(parts).lstrip("\n").format(**given)}
    _try(story, [folder], {f"{folder.as_posix()}/{path}": text.encode() for path, text in files.items()})
    _write_folder(folder, files)
    return Begun(folder, (f"Play it, and see it change while you write: kuzbass play {shown}--with {folder} --watch",))


def new_scene(name: str, story: Path, file: Path | None = None, shown: str = "") -> Begun:
    """A scene behind what stands in `file`, or in a new file. A file below a pack.yaml gets a scene of that pack."""
    return _added(name, "scene", TARGETS, story, file, shown)


def new_deck(name: str, story: Path, file: Path | None = None, shown: str = "") -> Begun:
    """Two storylets of a new deck, in the same way."""
    return _added(name, "deck", DECKS, story, file, shown)


def _added(name: str, what: str, reserved: frozenset[str], story: Path, file: Path | None, shown: str) -> Begun:
    _check(name, f"a {what}", reserved)
    root, path, packs = _root(story / f"{name}.yaml" if file is None else file, story)
    file = root / path
    model = _model(story, packs)
    decks = _decks(model)
    if what == "deck" and name in decks:
        raise Refused(
            f"The deck `{name}` exists. `kuzbass new scene` makes a scene; with `deck: {name}` in it, it is one more storylet."
        )
    if (first := model.scenes.get(_full(model, packs, name))) is not None:
        raise Refused(f"A scene called `{name}` exists already: {place(first.at)}.")
    text = (scaffolds.DECK if what == "deck" else scaffolds.SCENE).format(id=name, title=_title(name))
    if what == "scene" and not model.info.hubs:
        text += scaffolds.COMES_BACK if packs else scaffolds.LEAVES.format(next=model.info.start.text)
    content = _behind(root, path, text)
    _try(story, packs, {f"{root.as_posix()}/{path}": content})
    _write(file, content)
    play = f"kuzbass play {shown}{''.join(f'--with {pack} ' for pack in packs)}"
    if what == "scene":
        lead = f"Nothing leads there yet: write `- {_title(name)} -> {name}` among the choices of a scene."
        if packs:
            lead = f"Nothing leads there yet: write `visit: {name}` in a scene or a graft of the pack."
        return Begun(file, (lead, f"Play it: {play}--scene {_full(model, packs, name)} --watch"))
    lead = f"Nothing draws from it yet: write `draw: {name}` in a scene, beside its choices."
    similar = near(name, decks, "A deck")
    return Begun(file, (*((f"{similar}.",) if similar else ()), lead, f"Play it: {play}--watch"))


def _full(model: Model, packs: list[Path], name: str) -> str:
    """What the story calls a scene of this name."""
    pack = next((pack.id for pack in model.packs if packs and pack.folder == packs[0].as_posix()), "")
    return f"{pack}/{name}" if pack else name


# what is there -----------------------------------------------------------------------------------------------------


def _check(name: str, what: str, reserved: Iterable[str]) -> None:
    faults, mark = Faults(), SimpleNamespace(line=0, column=0)
    check_id(Scalar(name, "", mark, mark, TextFile("", ()), False), what, reserved, faults)
    for fault in faults:
        raise Refused(_sentence(fault.message) + (f" {_sentence(fault.fix)}" if fault.fix else ""))
    if len(name.encode()) > LONGEST:
        raise Refused(f"The name `{name}` is too long to make others from; {LONGEST} letters will do.")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _title(name: str) -> str:
    words = name.replace("_", " ").strip() or name
    return words[:1].upper() + words[1:]


def _model(story: Path, packs: Iterable[Path] = ()) -> Model:
    model = load_story(story, tuple(packs)).model
    if model is None:
        raise Refused("The story has errors, so nothing was begun. `kuzbass check` says which.")
    return model


def _sets(model: Model) -> list[str]:
    """Sets that a choice can be added to: those of the hubs first, then of the start, then others."""
    found: dict[str, int] = {}
    hubs, start = {hub.text for hub in model.info.hubs}, model.info.start.text
    for scene in model.scenes.values():
        rank = 0 if scene.id in hubs else 1 if scene.id == start else 2
        for placed in beats_of(scene):
            if "/" not in placed.set and any(isinstance(step, Choices) for step in placed.beat.steps):
                found.setdefault(placed.set, rank)
    return sorted(found, key=found.__getitem__)


def _decks(model: Model) -> list[str]:
    return list(dict.fromkeys(deck.text for scene in model.scenes.values() for deck in scene.decks))


def _root(file: Path, story: Path) -> tuple[Path, str, list[Path]]:
    """The folder that the file belongs to, its path below it, and the packs to load: that folder, where it is a pack."""
    if file.suffix != ".yaml" or file.name.startswith("."):
        raise Refused(f"`{file}` would not be read: a story's files are called something.yaml.")
    for base in (Path(os.path.normpath(file)), Path(os.path.abspath(file))):
        for folder in base.parents:
            path = base.relative_to(folder).as_posix()
            if (folder / "pack.yaml").is_file():
                return folder, _scenes(path), [folder]
            if folder.resolve() == story.resolve():
                return story, _scenes(path), []
    raise Refused(f"`{file}` stands neither in the story `{story}` nor in a branch pack. `--in` takes a file below one of them.")


def _scenes(path: str) -> str:
    """The path, where a file of that name holds scenes."""
    if kind_of(path) != "scenes":
        raise Refused(f"By its name, `{path}` is not for scenes. Call it otherwise.")
    return path


def _behind(root: Path, path: str, text: str) -> bytes:
    """What stands in the file and the text below it, with the file's own line ends; or a new file, its modeline first."""
    try:
        before = (root / path).read_bytes()
    except FileNotFoundError:
        first = f"{modeline('scenes', path.count('/'))}\n" if (root / FOLDER / "scenes.json").is_file() else ""
        return f"{first}{text}".encode()
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before or before.endswith(b"\n") else end
    return before + gap + (end if before.strip() else b"") + text.encode().replace(b"\n", end)


# what is written ---------------------------------------------------------------------------------------------------


def _try(story: Path, packs: list[Path], contents: dict[str, bytes]) -> None:
    found = [one for one in load_with(story, packs, contents).diagnostics if one.level == "error"]
    if found:
        place = f"{Path(found[0].at.file).name}, line {found[0].at.line}"
        raise Refused(
            f"With that the story would not load ({place}: {found[0].message}), so nothing was written. Try another name."
        )


def _new_folder(folder: Path) -> Path:
    if folder.exists() or folder.is_symlink():
        raise Refused(
            f"`{folder}` exists already, and nothing is ever overwritten. Take another name, or another place with `--in`."
        )
    return folder


def _write_folder(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for path, text in files.items():
        _write(folder / path, f"{modeline(kind_of(path))}\n{text}".encode())
    write_all(folder / FOLDER)


def _write(file: Path, content: bytes) -> None:
    """A new file, or an old one with more in it."""
    if file.exists():
        replace_all({file: content})
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "xb") as stream:
        stream.write(content)
