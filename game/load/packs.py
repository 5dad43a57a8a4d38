"""From folders to one model: the story's files, and branch packs laid over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from game.engine.model import NOWHERE, At, Graft, Info, Model, Name, Pack, Scene
from game.load import decode_story
from game.load.decode_declarations import declaration
from game.load.decode_scenes import scene_or_graft
from game.load.diagnostics import Diagnostic, Faults, in_order, place
from game.load.files import DECLARATIONS, Page, files_of, read_files
from game.load.folders import whole
from game.load.nodes import Mapping
from game.load.pause import collection_paused
from game.load.resolve import resolve
from game.load.style import Style, joined, style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_KINDS = (*DECLARATIONS, "codex")
_ENTRIES = dict(
    zip(
        _KINDS,
        ("a variable", "a person", "a place", "a paper", "a rule", "a snippet", "an ending", "a role", "a card"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, whole or not. `sources` holds the lines of every file by its name; `scenes` counts scenes and storylets.

    `misnamed` is the model where nothing but its names is wrong, so that the logic inside it can be looked at too.
    """

    model: Model | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, tuple[str, ...]]
    scenes: int = 0
    style: Style | None = None
    misnamed: Model | None = None


@dataclass(slots=True)
class _Tables:
    """Everything found so far, by name."""

    entries: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in _KINDS})
    scenes: dict[str, Scene] = field(default_factory=dict)
    grafts: dict[str, Graft] = field(default_factory=dict)
    packs: dict[str, Pack] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read(folder: Path, packs: Sequence[Path] = ()) -> Reading:
    """The story of a folder with packs laid over it. The model is None where anything is wrong; warnings do not count."""
    with collection_paused():
        return _Reader().read(folder, packs)


class _Reader:
    def __init__(self) -> None:
        self.faults = Faults()
        self.tables = _Tables()
        self.style: Style | None = None

    def read(self, folder: Path, packs: Sequence[Path]) -> Reading:
        info = self.story(folder)
        for pack in packs:
            self.pack(pack, info)
        tables = self.tables
        model = self.model(info)
        named = resolve(model, frozenset(tables.lost))
        sound = info is not None and not any(found.level == "error" for found in self.faults)
        good = sound and not any(found.level == "error" for found in named)
        diagnostics = in_order([*self.faults, *named])
        misnamed = model if sound and not good else None
        return Reading(model if good else None, diagnostics, tables.sources, len(tables.scenes), self.style, misnamed)

    def model(self, info: Info | None) -> Model:
        """All tables as a model; without a readable story.yaml with an empty one, for the names pass."""
        tables, entries = self.tables, self.tables.entries
        return Model(
            info=info or _nameless(),
            scenes=tables.scenes,
            grafts=tuple(tables.grafts.values()),
            cards=entries["codex"],
            packs=tuple(tables.packs.values()),
            **{kind: entries[kind] for kind in DECLARATIONS},
        )

    # folders

    def story(self, folder: Path) -> Info | None:
        info = None
        for page in self.pages(folder, "story"):
            if page.kind == "story":
                info = None if page.root is None else decode_story.info(_mapping(page), self.faults)
                self.check_empty(page, "it needs at least id, title, version, start and date")
            else:
                self.page(page, "")
        return info

    def pack(self, folder: Path, info: Info | None) -> None:
        pages = tuple(self.pages(folder, "pack"))
        head = next((page for page in pages if page.kind == "pack"), None)
        if head is None:
            return
        self.check_empty(head, "it needs id, title, version and for")
        pack = None if head.root is None else decode_story.pack(_mapping(head), folder.as_posix(), self.faults)
        if pack is None:
            return
        if not self.once(self.tables.packs, pack.id, pack, "a pack"):
            return
        if info is not None and pack.story != info.id:
            message = f"this pack is for the story `{pack.story}`; this one is `{info.id}`"
            self.faults.add("pack-mismatch", pack.meant, message, "play it with the story it was written for")
        elif info is not None and pack.story_version and pack.story_version != info.version:
            message = f"this pack was written for version {pack.story_version} of the story; this is {info.version}"
            fix = "look whether it still holds, and name the version you looked at"
            self.faults.add("pack-version", pack.meant, message, fix)
        for page in pages:
            if page.kind != "pack":
                self.page(page, pack.id)

    def check_empty(self, page: Page, fix: str) -> None:
        if page.root is None and not page.lost:
            self.faults.add("missing-file", whole(page.file.name), "this file is empty", fix)

    def pages(self, folder: Path, kind: str) -> Iterator[Page]:
        """The folder's files, checked for what every story or pack has: its `story.yaml` or `pack.yaml` at the top. A story
        without has no pages, though each file is looked at."""
        here = whole(folder.as_posix())
        if not folder.is_dir():
            self.faults.add(
                "missing-file", here, "there is no such folder" if not folder.exists() else "this is a file, not a folder"
            )
            return
        paths = files_of(folder, self.faults)
        headless = f"{kind}.yaml" not in paths
        if headless:
            self.faults.add("missing-file", here, f"there is no {kind}.yaml in this folder")
        for page in read_files(folder, paths, self.faults):
            self.tables.sources[page.file.name] = page.file.lines
            self.tables.lost |= page.lost
            if page.kind in ("story", "pack") and page.path != f"{kind}.yaml":
                where = (
                    "a pack has pack.yaml at its top" if kind == "pack" else "a story has story.yaml at its top, and no pack.yaml"
                )
                fix = "a branch pack is played with `--with`" if page.kind == "pack" else "call it otherwise"
                self.faults.add("misplaced-file", whole(page.file.name), f"this file does not belong here: {where}", fix)
            elif not headless or kind == "pack":
                yield page

    # entries

    def page(self, page: Page, pack: str) -> None:
        if page.root is None:
            return
        if page.kind == "style" and page.path != "style.yaml":
            fix = "put it beside story.yaml or pack.yaml, or call it otherwise"
            self.faults.add("misplaced-file", whole(page.file.name), "a style.yaml stands at the top of its folder", fix)
            return
        if page.kind == "style":
            self.style = joined(self.style, style(_mapping(page), bool(pack), self.faults))
            return
        for key, node in _mapping(page).entries:
            if page.kind == "scenes":
                self.scene(scene_or_graft(key, node, pack, self.faults), pack, key.text)
            else:
                entry = declaration(page.kind, key, node, self.faults)
                if entry is None:
                    self.tables.lost.add(key.text)
                else:
                    self.once(self.tables.entries[page.kind], key.text, entry, _ENTRIES[page.kind])

    def scene(self, entry: Scene | Graft | None, pack: str, name: str) -> None:
        tables = self.tables
        if entry is None:
            tables.lost.add(name)
        elif isinstance(entry, Graft):
            if self.once(tables.grafts, f"{pack}/{name}", entry, "a graft"):
                self.apart(tables.scenes, f"{pack}/{name}", entry.at, name)
        elif not pack or self.apart(tables.scenes, name, entry.at, name):
            self.once(tables.scenes, entry.id, entry, "a scene")

    def once(self, table: dict[str, Any], name: str, entry: Any, what: str) -> bool:
        """Enters it, unless the name is taken: then both places are named."""
        first = table.setdefault(name, entry)
        if first is entry:
            return True
        message = f"{what} called `{name}` exists already"
        self.faults.add(
            "duplicate-name", entry.at, message, "call one of the two otherwise", f"the first stands in {place(first.at)}"
        )
        return False

    def apart(self, table: dict[str, Any], full: str, at: At, name: str) -> bool:
        """A pack's name is not one that the story has."""
        first = table.get(full)
        if first is not None:
            message = f"a scene called `{name}` exists already"
            self.faults.add("duplicate-name", at, message, "call this one otherwise", f"the first stands in {place(first.at)}")
        return first is None


def _mapping(page: Page) -> Mapping:
    assert isinstance(page.root, Mapping)
    return page.root


def _nameless() -> Info:
    """What stands in for a story.yaml that cannot be read, so that the rest is checked all the same."""
    return Info(NOWHERE, "", "", "", Name("", NOWHERE), date.min)
