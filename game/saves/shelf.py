"""The shelf: the folder of lives, each a file.

The title screen only lists lives. What plays, finds again and mends them needs the engine, and is imported where it is used.
"""

from __future__ import annotations

import dataclasses
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from game.saves import disk
from game.saves.faults import SaveFault, told
from game.saves.glance import glance, learned
from game.saves.journal import EDITED, FORMAT, ROOT, Header, Here, Journal, Node, parse
from game.saves.lines import encode
from game.saves.names import clean_name, free_name
from game.saves.records import Level, LifeInfo, Repair, Verdict, Verification

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from game.engine.story import Story
    from game.saves.life import Life

ENDING = ".jsonl"


class Shelf:
    """A folder of lives, and a second one of recorded lives, which are never written to.

    `clock` gives seconds since 1970; it stands in what is written and nowhere in the story.
    """

    def __init__(self, folder: Path, recorded: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.recorded = recorded
        self.clock = clock

    def list(self) -> tuple[LifeInfo, ...]:
        """The lives, the one last played first; then the recorded ones by name. SaveFault where the folder cannot be read."""
        own = sorted((glance(path) for path in _files(self.folder)), key=lambda info: info.changed_at, reverse=True)
        return (*own, *(glance(path, recorded=True) for path in (_files(self.recorded) if self.recorded else ())))

    def cards(self) -> tuple[str, ...]:
        """Codex cards earned in any of the player's lives, undone paths included, in the order of the alphabet."""
        return tuple(sorted({card for path in _files(self.folder) for card in learned(path)}))

    def begin(
        self, story: Story, *, name: str = "", seed: int | None = None, optouts: tuple[str, ...] = (), scene: str = "",
        settings: Mapping[str, str] | None = None,
    ) -> Life:  # fmt: skip
        """A new life, on disk with its first page. A name that is taken is refused; without one the life gets one."""
        from game.saves.keep import kept_values
        from game.saves.replay import beginning
        from game.saves.writer import Writer, header_record, here_on, stamp

        taken = self._names()
        clean = clean_name(name)
        if name and not clean:
            raise SaveFault(f"A life cannot be called `{name}`: a name needs a letter or a digit.")
        if clean and free_name(clean, taken) != clean:
            raise SaveFault(f"There is a life called `{clean}` already. Give another name.")
        header = Header(
            life=os.urandom(8).hex(), name=clean or free_name(_made_name(self.clock()), taken),
            story=story.id, version=story.version, title=story.title, packs=dict(story.packs),
            seed=int.from_bytes(os.urandom(4)) if seed is None else seed, optouts=tuple(sorted(optouts)),
            kept=kept_values(story, _files(self.folder)), scene=scene, settings=dict(settings or {}), made=stamp(self.clock()),
        )  # fmt: skip
        state, page = beginning(story, header, texts=True)
        data = bytearray(encode(header_record(header)))
        writer = Writer(Journal(header), data.extend, self.clock)
        writer.snapshot(ROOT, state.to_json())
        writer.here(here_on(story, ROOT, 0, page, Here(), len(page.text.split()), 0))
        writer.commit()
        return self.open(self._put(header.name, bytes(data)), story)

    def open(self, life: str | Path, story: Story, *, read_only: bool = False) -> Life:
        """Opens a life by its name or its file, and finds it again in the story as it is now: see `Life.verdict`.

        A recorded life, and one whose packs are not all there, opens read-only. Raises LifeBusy where another process plays it,
        SaveFault where it cannot be opened.
        """
        from game.saves.life import Life
        from game.saves.opening import find_left

        path, recorded = self._find(life)
        file = None if read_only or recorded else disk.Held(path)
        try:
            journal = parse(disk.read(path), path.stem)
            _must_be_of(journal, story, path.stem)
            words = _notices(journal, path.stem)
            packs = journal.header.packs
            missing = [f"`{pack}` {packs[pack]}".rstrip() for pack in packs if pack not in story.packs]
            if missing:
                words.append(f"It was played with {' and '.join(missing)}, not here now, so it can be read but not played on.")
                if file is not None:
                    file.close()
                    file = None
            opening = find_left(story, journal)
            if not missing:  # what a story without its packs lacks is no news of the story
                words.insert(0, opening.verdict.sentence)
            verdict = Verdict(opening.verdict.kind, " ".join(filter(None, words)))
            return Life(self, path, story, journal, file, opening, verdict)
        except BaseException:
            if file is not None:
                file.close()
            raise

    def rename(self, name: str, new: str) -> str:
        """Gives a life another name; the name that it got."""
        path = self._own(name)
        wanted = clean_name(new)
        if not wanted:
            raise SaveFault(f"A life cannot be called `{new}`: a name needs a letter or a digit.")
        if wanted == path.stem:
            return wanted
        others = [each for each in self._names() if each.casefold() != path.stem.casefold()]
        if free_name(wanted, others) != wanted:
            raise SaveFault(f"There is a life called `{wanted}` already. Nothing was renamed.")
        with disk.held(path):
            try:
                if wanted.casefold() == path.stem.casefold():
                    os.rename(path, self._path(wanted))
                else:
                    disk.move(path, self._path(wanted))
            except FileExistsError:
                raise SaveFault(f"There is a life called `{wanted}` already. Nothing was renamed.") from None
            except OSError as error:
                raise told(error, path, "renamed") from error
        return wanted

    def copy(self, name: str, new: str = "") -> str:
        """A copy of a life, recorded or not, to be played by itself; its name (another one where the wanted is taken)."""
        path, _ = self._find(name)
        data = disk.read(path)
        journal = parse(data, path.stem)
        return self._put(clean_name(new) or path.stem, _whole(journal, data))

    def delete(self, name: str) -> None:
        """Deletes a life for good."""
        path = self._own(name)
        with disk.held(path):
            try:
                path.unlink()
                disk.sync_folder(path.parent)
            except OSError as error:
                raise told(error, path, "deleted") from error

    def export(self, name: str, to: Path) -> Path:
        """Writes a life to a file of its own, never over another one; the file."""
        path, _ = self._find(name)
        data = disk.read(path)
        to = to / f"{path.stem}{ENDING}" if to.is_dir() else to
        try:
            disk.make(to, _whole(parse(data, path.stem), data))
        except FileExistsError:
            raise SaveFault(f"{to} exists already. Nothing was written.") from None
        return to

    def import_(self, path: Path) -> str:
        """Takes a file in as a life, checked line by line; the name that it got. Raises SaveFault where a line is damaged."""
        from game.saves.mend import imported

        return self.take_in(clean_name(path.stem), imported(path))

    def take_in(self, name: str, data: bytes) -> str:
        """Takes the checked bytes of a life in under this name, or one like it; the name that it got."""
        return self._put(clean_name(name) or "life", data)

    def verify(self, name: str | Path, story: Story, level: Level = "logic") -> Verification:
        """Plays all entries of a life's present path again and compares: the logic, or the text of the pages too."""
        from game.saves.mend import verify

        path, _ = self._find(name)
        journal = parse(disk.read(path), path.stem)
        _must_be_of(journal, story, path.stem)
        return verify(path.stem, journal, story, level)

    def repair(self, name: str) -> Repair:
        """Makes a damaged life whole as far as it can be read; the damaged file is kept beside it."""
        from game.saves.mend import repair
        from game.saves.writer import stamp

        path = self._own(name)
        with disk.held(path):
            return repair(path, stamp(self.clock()))

    def branch(self, source: Journal, path: Sequence[Node], name: str, story: Story) -> Life:
        """A new life with these first choices of another one. `Life.branch` is how clients ask for it."""
        from game.saves.opening import find_again
        from game.saves.replay import shown
        from game.saves.writer import Writer, header_record, here_on, stamp

        target = path[-1].id if path else ROOT
        opening = find_again(story, source, target)
        walk = opening.walk
        if walk.at != target:
            raise SaveFault(f"No life can branch off there. {opening.verdict.sentence}")
        clean = free_name(clean_name(name) or source.header.name, self._names())
        number = EDITED if any(each.edit for each in path) else FORMAT
        header = dataclasses.replace(source.header, life=os.urandom(8).hex(), name=clean, made=stamp(self.clock()), format=number)
        data = bytearray(encode(header_record(header)))
        writer = Writer(Journal(header), data.extend, self.clock)
        node = writer.share(source, path)
        page = shown(story, source.header, target, walk.steps[target])
        before = source.seen.get(target, source.here)
        here = here_on(story, node, len(path), page, before, before.words, 0)
        writer.here(dataclasses.replace(here, learned=walk.state.cards, edited=number == EDITED))
        writer.commit()
        return self.open(self._put(clean, bytes(data)), story)

    def _put(self, wanted: str, data: bytes) -> str:
        while True:
            name = free_name(wanted, self._names())
            try:
                disk.make(self._path(name), data)
            except FileExistsError:  # another process was faster; the list of names has it now
                continue
            return name

    def _names(self) -> tuple[str, ...]:
        folders = (self.folder, self.recorded) if self.recorded else (self.folder,)
        return tuple(path.stem for folder in folders for path in _files(folder))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{ENDING}"

    def _find(self, life: str | Path) -> tuple[Path, bool]:
        """The file of a life, and whether it is a recorded one. Raises SaveFault."""
        if isinstance(life, Path) or life.endswith(ENDING) or any(mark in life for mark in "/\\"):
            path = Path(life).expanduser()
            if not path.is_file():
                raise SaveFault(f"There is no file {path}.")
            return path, self.recorded is not None and path.resolve().parent == self.recorded.resolve()
        for folder, recorded in ((self.folder, False), (self.recorded, True)):
            for path in _files(folder) if folder else ():
                if path.stem == life:
                    return path, recorded
        raise SaveFault(f"There is no life called `{life}`. `kuzbass lives list` names them.")

    def _own(self, name: str) -> Path:
        """The file of a life that may be changed: one in the folder, by its name."""
        path = next((path for path in _files(self.folder) if path.stem == name), None)
        if path is None:
            recorded = self.recorded and any(each.stem == name for each in _files(self.recorded))
            raise SaveFault(
                f"`{name}` is a recorded life and stays as it is. Watch it and branch off, to have one of your own."
                if recorded
                else f"There is no life called `{name}`. `kuzbass lives list` names them."
            )
        return path


def _files(folder: Path) -> list[Path]:
    """The files of lives in a folder; none where there is no folder. Raises SaveFault where it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ENDING and not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise told(error, folder, "read") from error


def _made_name(seconds: float) -> str:
    return time.strftime("life of %Y-%m-%d", time.localtime(seconds))


def _whole(journal: Journal, data: bytes) -> bytes:
    """The bytes of a life without a torn end."""
    return data[: journal.good] + (b"\n" if journal.unended else b"")


def _must_be_of(journal: Journal, story: Story, name: str) -> None:
    if journal.header.story != story.id:
        raise SaveFault(
            f"`{name}` is a life of another story, {journal.header.title or journal.header.story}; this one is {story.title}. "
            "Open it with that story (`--story FOLDER`)."
        )


def _notices(journal: Journal, name: str) -> list[str]:
    """What is to be said of the file itself."""
    words = []
    if journal.torn:
        words.append("The last line of its file was cut off, as by a loss of power, and was dropped.")
    if journal.damaged or journal.lost:
        count = len(journal.damaged) or len(journal.lost)
        lines = "One line of its file is" if count == 1 else f"{count} lines of its file are"
        words.append(f"{lines} damaged; what is whole is used. `kuzbass lives repair {name}` puts the damage aside.")
    return words
