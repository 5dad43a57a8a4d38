"""A life watched again, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.desk.start import Start
from game.saves import SaveFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from game.saves import Shelf

    Play = Callable[..., str]
    Answers = Callable[..., list[str]]

WATCH = Start("replay", "anna")


@pytest.fixture(autouse=True)
def _a_life(play: Play) -> None:
    play("Eino", "1", "1", "1")


def test_each_empty_line_shows_the_next_page_with_what_was_chosen(answers: Answers) -> None:
    said = answers("", "", "", "", start=WATCH)
    assert said[0].startswith(
        "The life anna, 5 pages. An empty line shows the next one; `help` lists more.\n\nPage 1 of 5, 18 May 1922.\n"
    )
    assert said[0].endswith("You chose: Eino\n\n")
    assert said[1] == 'Page 2 of 5, 18 May 1922.\n"Eino is waiting," the boy calls.\nYou chose: Talk to the ferryman\n\n'
    assert said[4] == "Page 5 of 5, 21 May 1922.\nGrass.\nThe end: Across\nThe film ends here.\n\n"


def test_where_the_input_ends_the_film_runs_on_to_its_end(play: Play) -> None:
    assert "The film ends here." in play(start=WATCH)


def test_a_film_stops_where_it_was_told_to(play: Play) -> None:
    said = play(start=Start("replay", "anna", to=1))
    assert "The life anna, 2 pages." in said
    assert "Page 3" not in said


@pytest.mark.parametrize(("where", "page"), [("to 4", 4), ("to 1922-05-20", 4), ("to The far bank", 4), ("to near", 1)])
def test_a_film_goes_to_a_page_a_date_or_an_act(answers: Answers, where: str, page: int) -> None:
    assert answers(where, start=WATCH)[1].startswith(f"Page {page} of 5, ")


def test_a_film_goes_back_and_says_where_it_cannot_go(answers: Answers) -> None:
    said = answers("", "back", "to 99", "sing", start=WATCH)
    assert said[2].startswith("Page 1 of 5, ")
    assert said[3].startswith("There is no page `99`")
    assert said[4] == "`sing` is not understood here. `help` lists what is.\n"


def test_a_life_branched_off_is_played_from_that_page(play: Play, shelf: Shelf) -> None:
    said = play("", "branch other", "3", start=WATCH)
    assert "Life: other." in said
    assert said.endswith("The end: Home again\n\n> \n")
    assert {info.name: info.choices for info in shelf.list()} == {"anna": 4, "other": 2}


def test_a_film_is_written_out_up_to_its_page(play: Play, tmp_path: Path) -> None:
    file = tmp_path / "anna.txt"
    play("", f"transcript {file}", start=WATCH)
    assert "is waiting" in file.read_text(encoding="utf-8")
    assert "He spits" not in file.read_text(encoding="utf-8")


def test_watching_changes_nothing(play: Play, shelf: Shelf) -> None:
    before = shelf.list()[0].path.read_bytes()
    play("", "", "back", "stop", start=WATCH)
    assert shelf.list()[0].path.read_bytes() == before


def test_a_life_is_watched_from_its_own_prompt_and_comes_back_to_its_page(answers: Answers) -> None:
    said = answers("watch", "stop", start=Start("play", "anna"))
    assert said[1].startswith("The life anna, 5 pages.")
    assert said[2] == "Grass.\nThe end: Across\n\n"


def test_a_life_that_is_not_there_is_said_to_be_missing(play: Play) -> None:
    with pytest.raises(SaveFault, match="There is no life called `bert`"):
        play(start=Start("replay", "bert"))
