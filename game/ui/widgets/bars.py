"""The line above (where you are), the line below (the keys), and what is said when the window is too small for either."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widgets._static import Static

from game.ui.commands import COMMANDS, shown
from game.ui.prose import plain

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen

_KEY = Style(bold=True)
_GAP = "   "
SMALL = "This window is too small to read in. Make it at least 40 columns by 12 lines; nothing is lost meanwhile."


class Where(Static):
    """One line: the most important part first, cut at the edge of the window."""

    def __init__(self, text: str = "") -> None:
        super().__init__(plain(text), markup=False, id="where")

    def say(self, *parts: str) -> None:
        self.update(plain(" · ".join(part for part in parts if part)))


class Keys(Static):
    """The keys that work here and now, as many as the line holds. A click does what the key does."""

    def __init__(self) -> None:
        super().__init__(Content(""), markup=False, id="keys")

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)

    def on_resize(self) -> None:
        self._changed(self.screen)

    def on_click(self, event: events.Click) -> None:
        if action := event.style.meta.get("command"):
            event.stop()
            self.call_later(self.app.run_action, action, self.screen)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and self.size.width:
            line = keys_line(screen, self.content_size.width)
            if line.plain != str(self.content):
                self.update(line, layout=False)


def keys_line(screen: Screen[object], width: int) -> Content:
    """`? Help   Space Read on   u Undo`: in the order of the table of commands, cut after the last that fits."""
    order = {command.id(): place for place, command in enumerate(COMMANDS)}
    offered: dict[str, tuple[int, Content]] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.show and active.enabled and binding.action not in offered:
            action = binding.action if active.node is screen else f"app.{binding.action}"
            style = Style.from_meta({"command": action})
            label = Content.assemble((shown(key), _KEY + style), (f" {binding.description}", style))
            offered[binding.action] = (order.get(binding.id or "", 0), label)
    line = Content("")
    for _, label in sorted(offered.values(), key=itemgetter(0)):
        longer = Content.assemble(line, _GAP if line else "", label)
        if longer.cell_length > width:
            break
        line = longer
    return line


class Said(Static):
    """What the game has to say, above the keys, until the next key: nothing that must be read in a few seconds."""

    def __init__(self) -> None:
        super().__init__(Content(""), markup=False, id="said")
        self.display = False

    def say(self, text: str) -> None:
        """In plain words; a second notice on one key joins the first."""
        before = str(self.content)
        self.update(plain(f"{before}\n{text}" if before else text))
        self.display = True

    def clear(self) -> None:
        if self.display:
            self.update(Content(""))
            self.display = False


class TooSmall(Static):
    """Covers the window when it is smaller than 40 by 12."""

    def __init__(self) -> None:
        super().__init__(Content(SMALL), markup=False, id="too-small")
