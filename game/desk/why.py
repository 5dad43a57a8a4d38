"""Why: on a locked option what it asks, on a change the choice that caused it, with its date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.desk.words import locked_because, scene_name, value_in_words
from game.engine.calendar import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from game.engine.page import Option, Page
    from game.engine.state import State
    from game.engine.story import Story


@dataclass(frozen=True, slots=True)
class Lock:
    """A locked option: its number on the page, its label, and what it asks."""

    number: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A change that the player may know of: of what (`label`), from which word to which, and what brought it about.

    `scene` is the scene's title; `choice` the label of the choice that led to it, or empty where none did.
    """

    variable: str
    label: str
    before: str
    after: str
    date: date
    scene: str
    choice: str

    @property
    def sentence(self) -> str:
        """`Trust: from wary to civil, on 20 May 1922, in The pier, when you chose: Stay on deck.`"""
        change = f"from {self.before} to {self.after}" if self.before != self.after else f"still {self.after}, but moved"
        chosen = f", when you chose: {self.choice}" if self.choice else ""
        text = f"{self.label}: {change}, on {long_date(self.date)}, in {self.scene}{chosen}"
        return text if text.endswith((".", "!", "?")) else f"{text}."


def locks(page: Page) -> tuple[Lock, ...]:
    """The locked options of a page."""
    return tuple(
        Lock(number, option.label, locked_because(option)) for number, option in enumerate(page.options, 1) if not option.enabled
    )


def lock_sentence(number: int, option: Option) -> str:
    """What a locked option says when it is chosen."""
    return f"{number} is locked: {locked_because(option)}"


def causes(
    story: Story,
    state: State,
    labels: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
) -> tuple[Cause, ...]:
    """Every remembered change of a labelled variable, the latest first.

    `labels` gives a choice's label by its key (see `journal.choice_labels`), `titles` a scene's title by its id. What bears no
    label is a secret of the story's and stays one.
    """
    found = []
    for variable, changes in state.causes.items():
        info = story.variables.get(variable)
        if info is None or not info.label:
            continue
        for old, new, day, scene, choice in changes:
            found.append(
                Cause(
                    variable, info.label, value_in_words(info, old), value_in_words(info, new), day,
                    (titles or {}).get(scene) or scene_name(story, scene), (labels or {}).get(choice, ""),
                )
            )  # fmt: skip
    found.reverse()  # of one day, the latest first
    return tuple(sorted(found, key=lambda cause: cause.date, reverse=True))
