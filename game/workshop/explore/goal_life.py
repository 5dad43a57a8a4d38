"""A life that was searched for, written as one that can be played on: played again choice by choice, and verified.

It is made in a folder of its own and brought in when it is whole: no torn life is left behind, and what other lives left for
a new one (`keep`) does not change it.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from game.options import Unable
from game.places import lives_folder, recorded_folder
from game.saves import Shelf

if TYPE_CHECKING:
    from game.engine.story import Story
    from game.workshop.explore.goal import Verdict


def free_to_write(output: Path | None) -> None:
    """Said before anything is searched, not after. Raises Unable."""
    folder = lives_folder() if output is None else output.parent
    if output is not None and output.exists():
        raise Unable(f"`{output}` exists already. Name another file for the life.")
    if output is not None and not folder.is_dir():
        raise Unable(f"There is no folder `{folder}` to write the life in.")
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise Unable(f"Nothing can be written in `{folder}`. Name a file for the life with `-o FILE`.")


def write(story: Story, found: Verdict, output: Path | None, shown: str) -> str:
    """Writes the life of a verdict; says where it is. Raises SaveFault, or Unable where it does not play as it was found."""
    name = "goal-" + "".join(letter if letter.isalnum() or letter == "_" else "-" for letter in found.goal.id)
    with TemporaryDirectory(prefix="kuzbass-goal-") as folder:
        shelf = Shelf(Path(folder))
        with shelf.begin(story, name=name[:75], seed=found.how.seed, optouts=found.how.optouts) as life:
            for move in found.keys:
                if life.page.question is not None:
                    life.answer(move.partition("=")[2])
                else:
                    life.choose(move)
            name, reached = life.name, found.goal.reached(life.state)
        if not reached or not shelf.verify(name, story).ok:
            raise Unable("The life that was found does not play again as it was found: that is a fault of the search.")
        if output is not None:
            file = shelf.export(name, output)
            return f"Written: {file}. `kuzbass replay {file}{shown} --verify` plays it again."
        kept = Shelf(lives_folder(), recorded_folder()).import_(Path(folder) / f"{name}.jsonl")
    return (
        f"Written: the life `{kept}`. `kuzbass play{shown} --life {kept if ' ' not in kept else repr(kept)}` goes on from there."
    )
