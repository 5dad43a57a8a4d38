"""Lives on disk: a journal of choices with snapshots, found again in a story that may have changed.

    shelf = Shelf(places.lives_folder(), places.recorded_folder())
    shelf.list() shelf.begin(story) shelf.open(name_or_path, story)      -> LifeInfo..., Life, Life
    shelf.rename copy delete export import_ verify repair

A `Life` has `name path page state story verdict read_only header entries first_page bookmarks can_undo can_redo`, and does
`choose answer undo redo rewind bookmark branch close`. What is written is on disk before the next page is returned.
`entries[k]` is choice number k + 1 of the present path with the page that it led to; the page before all is `first_page`.
An author's edits (`set_variable`, `jump`) are steps of the path as choices are; `edited` tells of them, `states` are the path's.
A read-only life can be walked (`undo`, `redo`, `rewind`) but not played on. Faults are `SaveFault` (a sentence), of which
`LifeBusy` is one: another process plays this life.
"""

from typing import TYPE_CHECKING, Any

from game.saves.faults import LifeBusy, SaveFault
from game.saves.records import Bookmark, Divergence, Entry, LifeInfo, Repair, Verdict, Verification
from game.saves.shelf import Shelf

if TYPE_CHECKING:
    from game.saves.life import Life

__all__ = [
    "Bookmark",
    "Divergence",
    "Entry",
    "Life",
    "LifeBusy",
    "LifeInfo",
    "Repair",
    "SaveFault",
    "Shelf",
    "Verdict",
    "Verification",
]


def __getattr__(name: str) -> Any:
    """`Life` brings the whole engine with it, which a title screen and a list of lives do without."""
    if name == "Life":
        from game.saves.life import Life

        return Life
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
