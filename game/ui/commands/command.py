"""What a command is, and the table that all of them enter.

A command's class name is its label, its docstring what help says of it, and its action the method of the same name on a screen
(`TakeBack` is `action_take_back`). A screen names the groups of commands that it answers to. `can_take_back` on the screen, where
there is one, says whether the command applies now; one that does not is shown nowhere and does nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Mapping

_LAYOUT = dict(zip("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить", strict=True))
_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "backspace": "Backspace",
    "shift+tab": "Shift+Tab",
    "home": "Home",
    "end": "End",
}


class Command:
    """What all commands have.

    keys     as Textual names them; letters answer on a Russian layout too
    group    the screens on which it works, by the name of the group
    footer   whether it is offered in the last line
    action   the name of the method, without `action_`
    each     whether the method is given the number that was pressed
    """

    keys: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = ""
    footer: ClassVar[bool] = False
    each: ClassVar[bool] = False
    label: ClassVar[str]
    action: ClassVar[str]
    text: ClassVar[str]

    def __init_subclass__(cls) -> None:
        words = re.findall(r"[A-Z][a-z]*", cls.__name__)
        cls.label = " ".join([words[0], *(word.lower() for word in words[1:])])
        cls.action = cls.__dict__.get("action", "_".join(words).lower())
        cls.text = (cls.__doc__ or "").strip()
        COMMANDS.append(cls)

    @classmethod
    def bindings(cls) -> list[Binding]:
        """Its keys for Textual. The player may move them by their id, which is the group and the name."""
        if cls.each:
            return [Binding(key, f"{cls.action}({key})", cls.label, show=False, tooltip=cls.text) for key in cls.keys]
        keys = ",".join(with_layout(cls.keys))
        first = cls.group == "always"
        return [Binding(keys, cls.action, cls.label, show=cls.footer, tooltip=cls.text, id=cls.id(), priority=first)]

    @classmethod
    def id(cls) -> str:
        return f"{cls.group}.{cls.action}"


COMMANDS: list[type[Command]] = []
"""In the order in which help lists them and the footer offers them."""


def with_layout(keys: tuple[str, ...]) -> list[str]:
    """The keys, each letter followed by the letter that the same key gives on a Russian layout."""
    found: list[str] = []
    for key in keys:
        found.append(key)
        other = _LAYOUT.get(key.lower(), "") if len(key) == 1 else ""
        if other:
            found.append(other.upper() if key.isupper() else other)
    return found


def shown(key: str) -> str:
    """A key as players know it: `Space`, `?`, `F1`, `Ctrl+P`."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{shown(key[5:]).upper()}"
    return key.upper() if re.fullmatch(r"f\d+", key) else key


def bindings(*groups: str) -> list[Binding]:
    """The bindings of these groups, in their order, and within a group in the table's."""
    return [binding for group in groups for command in COMMANDS if command.group == group for binding in command.bindings()]


def keymap(keys: Mapping[str, str]) -> dict[str, str]:
    """The player's own keys by the ids of bindings: `undo` moves in every group that has an `undo`."""
    return {command.id(): keys[command.action] for command in COMMANDS if keys.get(command.action, "").strip()}
