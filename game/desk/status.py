"""Status: where a life stands, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.desk.words import act_title
from game.engine.calendar import long_date

if TYPE_CHECKING:
    from game.engine.page import Page, Standing
    from game.engine.story import Story


@dataclass(frozen=True, slots=True)
class Status:
    """Act (its title), date in words, place (its name), and what players see of the variables. Each may be empty."""

    act: str
    date: str
    place: str
    standings: tuple[Standing, ...]
    ending: str

    @property
    def line(self) -> str:
        """`What was promised. 6 March 1922. The pier.`"""
        return " ".join(f"{part}." for part in (self.act, self.date, self.place) if part)


def status(story: Story, page: Page) -> Status:
    place = story.places.get(page.place)
    ending = story.endings.get(page.ending)
    return Status(
        act_title(story, page.act),
        long_date(page.date),
        place.name if place else "",
        page.standings,
        ending.title if ending else "",
    )
