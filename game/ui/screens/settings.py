"""How to read: every change applies at once and is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from game.ui.prose import plain
from game.ui.screens.base import ListScreen
from game.ui.settings import MEASURES, THEMES, Settings
from game.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = "Two years. Soviet law. Your own tools, your own passage, your own food as far as the border."


@dataclass(frozen=True, slots=True)
class Dial:
    """A setting: its field, its label, and its values with the word for each."""

    field: str
    label: str
    values: tuple[tuple[Any, str], ...]

    def word(self, settings: Settings) -> str:
        return next(word for value, word in self.values if value == getattr(settings, self.field))

    def turned(self, settings: Settings, by: int) -> Settings:
        values = [value for value, _ in self.values]
        place = values.index(getattr(settings, self.field))
        return replace(settings, **{self.field: values[(place + by) % len(values)]})


DIALS = (
    Dial("theme", "Theme", tuple((name, "high contrast" if name == "contrast" else name) for name in THEMES)),
    Dial("measure", "Width of the lines", tuple((measure, f"{measure} columns") for measure in MEASURES)),
    Dial("reduced_motion", "Motion", ((False, "as the screens have it"), (True, "reduced"))),
    Dial("typewriter", "Text appears", ((False, "at once"), (True, "letter by letter, any key completes it"))),
)


class SettingsScreen(ListScreen):
    """Enter or Right takes the next value, Left the one before."""

    GROUPS: ClassVar[tuple[str, ...]] = ("settings", "list", "back")
    HEADING = "Settings"

    def entries(self) -> Sequence[Row]:
        settings = self.game.settings
        return [Row(plain(f"{dial.label}: {dial.word(settings)}"), dial.field) for dial in DIALS]

    def preface(self) -> str:
        motion = self.game.settings.reduced_motion and self.game.settings.typewriter
        return SAMPLE + (" Reduced motion shows text at once." if motion else "")

    def take(self, row: Row) -> None:
        self._turn(1)

    def action_change_back(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        self.game.apply(DIALS[self.list.caret].turned(self.game.settings, by))
        self.reload()
