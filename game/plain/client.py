"""The client as a whole: shows the title or goes straight to a page, and ends quietly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.start import Start, open_life
from game.desk.words import listed
from game.plain.console import Console, EndOfInput, Leave
from game.plain.pages import introduce

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.story import Story
    from game.plain.live import Live
    from game.saves import Life, Shelf


def run(story: Story, shelf: Shelf, console: Console, *, start: Start, live: Live | None = None) -> int:
    """Plays until the player quits or the input ends; the exit code. Raises SaveFault where the life cannot be opened.

    `live` follows the files of the story, where a life is played at once.
    """
    try:
        _begin(story, shelf, console, start, live)
    except (EndOfInput, Leave):
        pass
    finally:
        console.close()
    return 0


def _begin(story: Story, shelf: Shelf, console: Console, start: Start, live: Live | None) -> None:
    match start.mode:
        case "title":
            from game.plain import title

            title.run(console, shelf, story)
        case "play":
            _play(story, shelf, console, open_life(start, shelf, story), live, start.author)
        case "replay":
            _watch(story, shelf, console, start)


def _play(
    story: Story, shelf: Shelf, console: Console, life: Life, live: Live | None, author: tuple[Path, ...]
) -> None:  # fmt: skip
    """Straight to the page; a life that has not begun gets the words that stand before one, without a question."""
    from game.plain import play

    if not life.entries:
        introduce(console, story)
        if story.content and not life.state.optouts:
            console.say(f"This story holds: {listed(list(story.content.values()))}. `new` begins a life that passes over it.")
    play.run(console, shelf, story, life, live, author)


def _watch(story: Story, shelf: Shelf, console: Console, start: Start) -> None:
    from game.plain import film, play

    life = shelf.open(start.life, story, read_only=True)
    try:
        branched = film.watch(console, story, life, to=start.to)
    finally:
        life.close()
    if branched:
        play.run(console, shelf, story, branched)
