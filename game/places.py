"""Where things are: lives, recorded lives, the story, packs and the cache; in a checkout or as installed."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

PROJECT = "two-years-signed"
_APP = "kuzbass"
_PACKAGE = Path(__file__).resolve().parent


@cache
def checkout() -> Path | None:
    """The folder of the checkout that this code runs from, or None where it is installed."""
    project = _PACKAGE.parent / "pyproject.toml"
    try:
        text = project.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return project.parent if f'name = "{PROJECT}"' in text else None


def lives_folder() -> Path:
    """The player's lives: `KUZBASS_SAVES`, else `saves/` of a checkout, else the user's data folder."""
    named = os.environ.get("KUZBASS_SAVES", "")
    if named:
        return Path(named).expanduser().absolute()
    home = checkout()
    return home / "saves" if home else _user_data() / "saves"


def recorded_folder() -> Path:
    """The lives that ship with the game."""
    home = checkout()
    return home / "saves" / "recorded" if home else _PACKAGE / "_recorded"


def story_folder() -> Path:
    """The story that ships with the game."""
    home = checkout()
    return home / "story" if home else _PACKAGE / "_story"


def packs_folder() -> Path:
    """The player's branch packs, a folder each."""
    return _user_data() / "packs"


def cache_folder() -> Path:
    """What can be made again at any time."""
    home = checkout()
    if home:
        return home / ".cache"
    from platformdirs import user_cache_path

    return user_cache_path(_APP, appauthor=False)


def _user_data() -> Path:
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False)
