"""The inspector, for whoever writes the story: what the life holds and why, edits that can be undone, and each file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported

from game import editor
from game.desk import inspect as desk
from game.ui.prose import heading, paragraphs, plain
from game.ui.screens.base import ListScreen, TextScreen
from game.ui.widgets.rows import Row, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.desk.inspect import Fact, Place
    from game.engine.page import Page
    from game.saves import Life
    from game.ui.screens.base import GameScreen


class InspectScreen(ListScreen):
    """What can be looked at. `changed` is called when it is left, if the life is not where it was."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "inspector", "file", "back")
    HEADING = "Inspector"
    NUMBERED = True

    def __init__(self, life: Life, changed: Callable[[], None]) -> None:
        super().__init__()
        self.life = life
        self.changed = changed
        self.page: Page = life.page

    def entries(self) -> Sequence[Row]:
        return [row(label, name, detail=about) for name, (label, about, _) in _PARTS.items()]

    def preface(self) -> str:
        state = self.life.state
        edited = " This life is edited." if self.life.edited else ""
        asked = f"set {state.set}" if state.set else f"asking {state.asking}" if state.asking else "no set"
        return f"Scene {state.scene} · {asked} · written in {desk.here(self.life.story, state)}.{edited}"

    def take(self, row: Row) -> None:
        self.app.push_screen(_PARTS[row.key][2](self))

    def action_edit_file(self) -> None:
        open_editor(self, desk.here(self.life.story, self.life.state))

    def action_back(self) -> None:
        self.dismiss()
        if self.life.page is not self.page:
            self.app.call_later(self.changed)


class FactsScreen(ListScreen):
    """A list of facts, read anew whenever it is shown. Enter looks closer."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "closer", "search", "file", "back")

    def __init__(self, owner: InspectScreen) -> None:
        super().__init__()
        self.owner = owner
        self.life = owner.life
        self.facts: tuple[Fact, ...] = ()

    def read(self) -> tuple[Fact, ...]:
        raise NotImplementedError

    def entries(self) -> Sequence[Row]:
        self.facts = desk.holding(self.read(), self.wanted)
        return [Row(plain(fact.label), str(number)) for number, fact in enumerate(self.facts)]

    def preface(self) -> str:
        return f"Those that hold “{self.wanted}”:" if self.wanted else ""

    @property
    def fact(self) -> Fact | None:
        return self.facts[int(self.current.key)] if self.current is not None else None

    def take(self, row: Row) -> None:
        self.action_look_closer()

    def can_look_closer(self) -> bool:
        return self.fact is not None

    def action_look_closer(self) -> None:
        if self.fact is not None:
            at = f"Written in {self.fact.at}." if self.fact.at else ""
            self.app.push_screen(TextScreen(self.HEADING, paragraphs([heading(self.fact.label), *self.fact.said, at])))

    def can_edit_file(self) -> bool:
        return self.fact is not None and self.fact.at is not None

    def action_edit_file(self) -> None:
        if self.fact is not None and self.fact.at is not None:
            open_editor(self, self.fact.at)


class VariablesScreen(FactsScreen):
    """Enter sets the variable at the caret."""

    HEADING = "Variables"

    def read(self) -> tuple[Fact, ...]:
        return desk.variables(self.life.story, self.life.state)

    def take(self, row: Row) -> None:
        from game.ui.screens.ask import AskScreen

        name = self.facts[int(row.key)].key
        value = desk.editable(self.life.story, self.life.state, name)
        self.app.push_screen(AskScreen(f"{name} is to be", lambda text: self._set(name, text), start=value, empty=True))

    def _set(self, name: str, text: str) -> None:
        with self.game.careful(keeps_the_page=True):
            self.life.set_variable(name, text)
            self.reload()
            self.game.say(f"{name} is {desk.editable(self.life.story, self.life.state, name)}. Undo on the page takes it back.")


class ScenesScreen(FactsScreen):
    """Enter goes to the scene at the caret."""

    HEADING = "Go to a scene"

    def read(self) -> tuple[Fact, ...]:
        return desk.scenes(self.life.story, self.life.state)

    def take(self, row: Row) -> None:
        with self.game.careful(keeps_the_page=True):
            self.life.jump(self.facts[int(row.key)].key)
            self.dismiss()
            self.app.call_later(self.owner.action_back)


class ChangesScreen(FactsScreen):
    HEADING = "What changed, the newest first"
    EMPTY = "Nothing has changed yet."

    def read(self) -> tuple[Fact, ...]:
        return desk.changes(self.life)


class StoryletsScreen(FactsScreen):
    HEADING = "Storylets: drawn or not, and why"
    EMPTY = "Nothing is drawn here, nor in a hub."

    def read(self) -> tuple[Fact, ...]:
        return desk.storylets(self.life)


class ChoicesScreen(FactsScreen):
    HEADING = "Choices: open or not, and why"
    EMPTY = "No set of choices is on offer here."

    def read(self) -> tuple[Fact, ...]:
        return desk.choices(self.life.story, self.life.state)


class HeldScreen(FactsScreen):
    HEADING = "What the life holds"

    def read(self) -> tuple[Fact, ...]:
        return desk.held(self.life.story, self.life.state)


_PARTS: dict[str, tuple[str, str, Callable[[InspectScreen], FactsScreen]]] = {
    "variables": ("Variables", "with value, word and range; Enter sets one", VariablesScreen),
    "changes": ("What changed", "what, when and by which choice", ChangesScreen),
    "storylets": ("Storylets", "why each was drawn, or not", StoryletsScreen),
    "choices": ("Choices", "why each is open, locked or hidden", ChoicesScreen),
    "scenes": ("Go to a scene", "every scene, with its file", ScenesScreen),
    "held": ("What the life holds", "papers, cards, people, scenes seen", HeldScreen),
}
"""The parts of the inspector: label, what is in it, its screen."""


def open_editor(screen: GameScreen, place: Place) -> None:
    """Opens a place in the author's editor; a sentence where that cannot be done."""
    try:
        command = editor.command(os.environ, editor.find(place, screen.game.start.author), place.line)
        if not command.terminal:
            editor.run(command)
            screen.game.say(f"{place} was opened in {command.words[0]}.")
            return
        try:
            with screen.app.suspend():
                editor.run(command)
        except SuspendNotSupported:
            screen.game.say(f"There is no terminal here to open {place} in. Use an editor with a window of its own.")
        else:
            screen.app.refresh()
    except ValueError as error:
        screen.game.say(f"{error} It is {place}.")
