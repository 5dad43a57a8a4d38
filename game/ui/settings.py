"""How the player wants to read: a small file of JSON, forgiving when read, written whole or not at all."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MEASURES = (56, 68, 80)
THEMES = ("dark", "sepia", "light", "contrast", "ansi")


@dataclass(frozen=True, slots=True)
class Settings:
    """`measure` is the width of a line of prose in columns. `taught` says that the three keys of the first scene were shown.

    `keys` maps names of commands to the keys that the player gave them (`{"undo": "z"}`).
    """

    theme: str = "dark"
    measure: int = 68
    reduced_motion: bool = False
    typewriter: bool = False
    taught: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def types_out(self) -> bool:
        """Whether text appears letter by letter: reduced motion forces it off."""
        return self.typewriter and not self.reduced_motion


def settings_path(environ: Mapping[str, str] = os.environ) -> Path:
    """`KUZBASS_SETTINGS`; or with the lives where their folder is given, so that visitors share nothing; or the user's own."""
    if given := environ.get("KUZBASS_SETTINGS"):
        return Path(given)
    if saves := environ.get("KUZBASS_SAVES"):
        return Path(saves) / "settings.json"
    from platformdirs import user_config_path

    return user_config_path("kuzbass", appauthor=False) / "settings.json"


def load_settings(path: Path) -> Settings:
    """What the file says, value by value; a file or a value that is not understood counts as not written."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(data, dict):
        return Settings()
    known = {entry.name: data[entry.name] for entry in fields(Settings) if _fits(entry.name, data.get(entry.name))}
    return Settings(**known)


def save_settings(path: Path, settings: Settings) -> None:
    """Replaces the file in one step. Raises OSError where it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, indent=2, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _fits(name: str, value: Any) -> bool:
    if name == "theme":
        return value in THEMES
    if name == "measure":
        return value in MEASURES
    if name == "keys":
        return isinstance(value, dict) and all(isinstance(text, str) for pair in value.items() for text in pair)
    return isinstance(value, bool)
