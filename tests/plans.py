"""Plans of play: what is chosen in a story, and everything that is read.

A plan is a transcript. Lines the player enters begin with `>`; all others are what the page must show, to the letter:

    == title      -- subtitle     a paragraph as it reads     ~ what changed     * * *  a break between scenes
    - an option   - an option (locked: why) [note] (final)    ? a question [default]    The end: title    (checkpoint: name)

`> words` chooses the option whose label begins so, or answers the question; `>` alone takes the default. A first line `seed 3` or
`optouts a b` sets up the life.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from game.engine.state import State
from game.engine.turn import StoryStuck, answer, begin, choose
from game.load import load_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from game.engine.page import Page
    from game.engine.story import Story

MARKS = {"title": "== {}", "subtitle": "-- {}", "change": "~ {}", "text": "{}", "break": "* * *"}


def shown(page: Page) -> Iterator[str]:
    for block in page.blocks:
        yield MARKS[block.kind].format(block.text)
    for name in page.checkpoints:
        yield f"(checkpoint: {name})"
    for option in page.options:
        reason = "" if option.enabled else f" (locked: {' '.join(option.reasons)})"
        yield f"- {option.label}{reason}" + (f" [{option.note}]" if option.note else "") + (" (final)" if option.final else "")
    if page.question:
        yield f"? {page.question.label} [{page.question.default}]"
    if page.ending:
        yield f"The end: {page.ending}"


def load(folder: Path) -> Story:
    packs = sorted(path.parent for pattern in ("*/pack.yaml", "packs/*/pack.yaml") for path in folder.glob(pattern))
    loaded = load_story(folder / "story" if (folder / "story").is_dir() else folder, packs)
    assert loaded.story is not None, [str(found) for found in loaded.diagnostics]
    return loaded.story


def played(folder: Path, plan: list[str]) -> list[str]:
    """The plan as it goes in truth: its entered lines kept, everything else as the engine shows it."""
    story = load(folder)
    seed, lines = 1, list[str]()
    optouts: tuple[str, ...] = ()
    for line in plan:
        if line.startswith("seed "):
            seed = int(line[5:])
            lines.append(line)
        elif line.startswith("optouts "):
            optouts = tuple(line.split()[1:])
            lines.append(line)
    state, page = begin(story, seed, optouts=optouts)
    lines += shown(page)
    for line in plan:
        if not line.startswith(">"):
            continue
        entered = line[1:].strip()
        lines += ["", line]
        try:
            before = state.to_json()
            if page.question:
                after, page = answer(story, state, entered)
            else:
                key = next(option.key for option in page.options if option.enabled and option.label.startswith(entered))
                after, page = choose(story, state, key)
        except StoryStuck as stuck:
            lines.append(f"Stuck: {stuck}")
            assert state.to_json() == before, "the state before is untouched"
            continue
        assert state.to_json() == before, "a turn does not change the state it is given"
        assert State.from_json(json.loads(json.dumps(after.to_json()))) == after, "a state goes into JSON and back"
        state = after
        lines += shown(page)
    return lines
