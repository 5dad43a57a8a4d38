"""The journal: what was read and chosen, as leaves that can be searched, shown again and written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from game.desk.words import plain_lines
from game.engine.calendar import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.page import Page
    from game.saves import Entry, Life


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that was read, and what was done on it.

    `number` counts the choices before the page (0: the first page), so `rewind` to it brings the page back. `chosen` is the
    label of the choice, or the line typed, or empty on the page where the life stands now; `key` names the choice. `began` is
    the day on which the page begins: its own date is that of its end, which may be months later.
    """

    number: int
    page: Page
    began: date
    chosen: str = ""
    key: str = ""

    @property
    def heading(self) -> str:
        """The title of the last scene that begins here, or empty where the page goes on with one."""
        titles = [block.text for block in self.page.blocks if block.kind == "title"]
        return titles[-1] if titles else ""


def leaves(life: Life) -> tuple[Leaf, ...]:
    """The present path of a life from its first page to the page where it stands."""
    pages = [life.first_page, *(entry.page for entry in life.entries)]
    began = [_begun(life), *(page.date for page in pages)]
    triples = zip(pages, began, life.entries, strict=False)  # there is a page more than choices: the present one
    made = [Leaf(number, page, day, _chosen(entry, page), entry.key) for number, (page, day, entry) in enumerate(triples)]
    return (*made, Leaf(len(made), pages[-1], began[len(made)]))


def _begun(life: Life) -> date:
    """The day on which a life's first page begins. Where that is not recorded (a trial of a scene, a life whose first line was
    lost) the day of its end."""
    header = life.header
    if "date" in header.settings:
        return date.fromisoformat(header.settings["date"].strip())
    return life.first_page.date if header.rebuilt or header.scene or header.settings else life.story.calendar.start


def _chosen(entry: Entry, page: Page) -> str:
    """The label chosen, or the line typed, or the default that an empty line took."""
    if entry.edit:
        return f"edited: {entry.label}"
    if entry.answer is None:
        return entry.label
    return entry.answer or (page.question.default if page.question else "")


def words_read(pages: Iterable[Leaf]) -> int:
    """How many words stand on these pages."""
    return sum(len(leaf.page.text.split()) for leaf in pages)


def search(pages: Iterable[Leaf], text: str) -> tuple[Leaf, ...]:
    """The leaves on which the words stand, or on which they were chosen."""
    wanted = text.casefold().strip()
    return tuple(leaf for leaf in pages if wanted in leaf.page.text.casefold() or wanted in leaf.chosen.casefold())


def choice_labels(pages: Iterable[Leaf]) -> dict[str, str]:
    """Labels of the choices made, by key."""
    return {leaf.key: leaf.chosen for leaf in pages if leaf.key}


def leaf_line(leaf: Leaf) -> str:
    """`12. 20 May 1922, The pier: Stay on deck`."""
    heading = f", {leaf.heading}" if leaf.heading else ""
    return f"{leaf.number}. {long_date(leaf.page.date)}{heading}" + (f": {leaf.chosen}" if leaf.chosen else "")


def excerpt(leaf: Leaf, text: str, width: int = 100) -> str:
    """The line of the leaf in which the words stand, cut to `width` characters around them."""
    wanted = text.casefold().strip()
    line = next((line for line in plain_lines(leaf.page.blocks) if wanted in line.casefold()), leaf.chosen)
    middle = max(line.casefold().find(wanted), 0) + len(wanted) // 2
    first = max(0, min(middle - width // 2, len(line) - width))
    cut = line[first : first + width]
    return ("…" if first else "") + cut + ("…" if first + width < len(line) else "")
