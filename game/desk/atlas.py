"""The map: the places of the story as a grid of letters and as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.engine.state import State
    from game.engine.story import PlaceInfo, Story

MAX_COLUMNS, MAX_ROWS = 200, 80
"""A map is drawn up to here; a place beyond stands in the list only."""
HERE = "@"
"""The mark of the place where you are; the others have letters."""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place. `mark` is its letter on the grid, or empty where it has no position; `been` says it was visited in this life."""

    id: str
    name: str
    about: str
    mark: str
    spot: tuple[int, int] | None
    here: bool
    been: bool

    @property
    def words(self) -> str:
        """`The pier, you are here`."""
        where = "you are here" if self.here else "you have been here" if self.been else ""
        return f"{self.name}, {where}" if where else self.name


@dataclass(frozen=True, slots=True)
class MapView:
    """One map. `grid` holds its rows, a letter for each place and a dot elsewhere; empty where no place has a position."""

    id: str
    title: str
    places: tuple[PlaceView, ...]
    grid: tuple[str, ...]


def atlas(story: Story, state: State) -> tuple[MapView, ...]:
    """Every map of the story, the one you are on first. Places stand from north to south, then from west to east."""
    been = {scene.place for name, scene in story.scenes.items() if name in state.visits} | {state.place}
    maps: dict[str, list[PlaceInfo]] = {}
    for info in story.places.values():
        maps.setdefault(info.map, []).append(info)
    here = story.places[state.place].map if state.place in story.places else None
    ordered = sorted(maps, key=lambda name: (name != here, name == "", name))
    return tuple(_drawn(name, maps[name], state.place, been) for name in ordered)


def _drawn(name: str, infos: list[PlaceInfo], here: str, been: set[str]) -> MapView:
    infos = sorted(infos, key=lambda info: (info.spot is None, (info.spot or (0, 0))[::-1], info.name))
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    marks = {info.id: HERE if info.id == here else next(letters, "") for info in infos if _fits(info.spot)}
    cells: dict[tuple[int, int], str] = {}
    for info in infos:
        if info.spot and marks.get(info.id) and cells.get(info.spot) != HERE:
            cells[info.spot] = marks[info.id]
    places = tuple(
        PlaceView(info.id, info.name, info.about, marks.get(info.id, ""), info.spot, info.id == here, info.id in been)
        for info in infos
    )
    return MapView(name, name.replace("_", " ").capitalize(), places, _grid(cells))


def _fits(spot: tuple[int, int] | None) -> bool:
    return spot is not None and 0 <= spot[0] < MAX_COLUMNS and 0 <= spot[1] < MAX_ROWS


def _grid(cells: dict[tuple[int, int], str]) -> tuple[str, ...]:
    """From the first column and row in use to the last."""
    if not cells:
        return ()
    columns = range(min(x for x, _ in cells), max(x for x, _ in cells) + 1)
    rows = range(min(y for _, y in cells), max(y for _, y in cells) + 1)
    return tuple("".join(cells.get((x, y), ".") for x in columns) for y in rows)
