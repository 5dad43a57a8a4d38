"""The words at the prompt of a life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from game.saves import Shelf

    Play = Callable[..., str]
    Answer = Callable[..., str]
    Answers = Callable[..., list[str]]


def test_undo_goes_back_a_page_or_several_and_redo_forward_again(answers: Answers) -> None:
    said = answers("", "1", "undo", "redo", "undo 2", "Eino")
    assert said[3].startswith('"Anna Reed is waiting,"')
    assert said[4] == said[2]
    assert said[5].startswith("Scene: The near bank")
    assert said[6].startswith('"Eino is waiting,"')


def test_undo_and_redo_say_when_there_is_nothing(answers: Answers) -> None:
    said = answers("", "redo", "undo", "")
    assert said[2] == "There is nothing to redo.\n"


def test_again_shows_the_page_again(answers: Answers) -> None:
    said = answers("", "again")
    assert said[1] == said[2]


def test_why_tells_what_locked_choices_ask_and_which_choice_changed_what(answer: Answer) -> None:
    assert answer("", "why") == "2. Pay for the crossing (locked: He does not take strangers.)\n"
    assert answer("1", "why") == (
        "Trust: from wary to civil, on 18 May 1922, in A word with Gusev, when you chose: Talk to the ferryman.\n"
    )


def test_why_never_tells_of_a_variable_without_a_label(play: Play) -> None:
    assert "secret" not in play("", "why", "ledger", "status")


def test_why_takes_the_number_of_a_choice_or_a_word(answers: Answers) -> None:
    said = answers("", "why 2", "why 3", "1", "why trust", "why bread")
    assert said[2] == "2 is locked: He does not take strangers.\n"
    assert said[3] == "3 is open. Cannot be taken back.\n"
    assert said[5].startswith("Trust: from wary to civil")
    assert said[6] == "Nothing called `bread` has changed.\n"


def test_history_tells_what_is_attested_and_what_invented(answers: Answers) -> None:
    said = answers("", "history", "1", "history")
    assert said[2] == (
        "The near bank: composite (put together from several things that sources tell).\n"
        "The crossing is attested; the talk is not\n"
        "Card: The Tom ferry. A cable ferry crossed the Tom until the bridge was built.\n"
    )
    assert said[4].startswith("A word with Gusev: nothing is said of its history yet.\n")


def test_people_are_those_met_with_what_they_think_of_you(answers: Answers) -> None:
    said = answers("", "people", "1", "people", "people gusev", "people Rutgers")
    assert said[2] == "You have met nobody yet.\n"
    assert said[4] == "Yefim Gusev: civil. Last seen on 18 May 1922 in A word with Gusev.\n"
    assert said[5].splitlines()[1:] == ["The ferryman. He knows every stone of the river.", "Invented for this story."]
    assert said[6] == "You have met nobody called `Rutgers`.\n"


def test_papers_lists_what_is_carried_and_reads_one(answers: Answers) -> None:
    said = answers("Eino", "papers", "1", "1", "papers", "papers ticket")
    assert said[2] == "You carry no papers.\n"
    assert said[5] == "A ferry ticket\nRead one: `papers A ferry ticket`.\n"
    assert said[6] == "A ferry ticket:\nGood for Eino, one crossing.\n"


def test_the_ledger_shows_groups_words_months_and_what_happened(answer: Answer) -> None:
    assert answer("", "1", "1", "ledger") == (
        "You:\n  Coins: 0.\nWhat they think of you:\n  Trust: civil.\n    May 1922: civil (4)\n"
        "What happened:\n  18 May 1922: The near bank\n  21 May 1922: The far bank\n  21 May 1922: In the boat\n"
    )


def test_the_map_is_a_list_of_words_and_a_grid_for_those_who_want_it(answers: Answers) -> None:
    said = answers("", "map", "map grid")
    assert said[2] == "River:\nThe far bank.\nThe boat.\nThe near bank, you are here.\n"
    assert said[3] == "River:\n....A\n..B..\n.....\n@....\nA  The far bank.\nB  The boat.\n@  The near bank, you are here.\n"


def test_the_codex_lists_earned_cards_and_reads_them(answers: Answers) -> None:
    said = answers("", "codex", "1", "codex", "codex bridge", "codex Moscow")
    assert said[2] == "You have earned no codex card yet.\n"
    assert said[4] == "The Tom ferry, new\nRead one: `codex The Tom ferry`.\n"
    assert said[5] == (
        "Card: The Tom ferry, 1922.\nA cable ferry crossed the Tom until the bridge was built.\n"
        "Confidence: attested.\nWhat we changed: The ferryman is invented.\nSource: A regional history\n"
    )
    assert said[6] == "No card that you have earned speaks of `Moscow`.\n"


def test_endings_reached_are_told_and_the_others_stay_sealed(answers: Answers) -> None:
    said = answers("", "endings", "3", "endings")
    assert said[2] == "Reached: none yet.\nSealed: Across and Home again.\n"
    assert said[4] == "Reached: Home again.\nSealed: Across.\n"


def test_a_bookmark_is_set_listed_and_gone_back_to(answers: Answers) -> None:
    said = answers("", "bookmarks", "save before the talk", "1", "1", "bookmarks", "rewind Before the Talk", "rewind nowhere")
    assert said[2] == "There are no bookmarks yet. `save NAME` sets one here.\n"
    assert said[3] == "Bookmark set: before the talk, 18 May 1922.\n"
    assert said[6] == "before the talk, 18 May 1922, page 1.\nIn the boat, 21 May 1922, page 3.\n"
    assert said[7] == said[1]
    assert said[8] == "There is no bookmark `nowhere`.\n"


def test_save_without_a_name_says_that_all_is_saved(answer: Answer) -> None:
    assert answer("", "save").startswith("All is saved already, at every choice.")


def test_the_journal_lists_pages_shows_one_and_finds_words(answers: Answers) -> None:
    said = answers("", "1", "journal", "journal 1", "journal willows", "journal bench", "journal 7", "rewind 1")
    assert said[3].splitlines()[:3] == [
        "0. 18 May 1922, The near bank: Anna Reed",
        "1. 18 May 1922: Talk to the ferryman",
        "2. 18 May 1922, A word with Gusev",
    ]
    assert said[4] == 'Page 1, 18 May 1922.\n"Anna Reed is waiting," the boy calls.\nYou chose: Talk to the ferryman\n'
    assert said[5] == "`willows` stands nowhere in the journal.\n"
    assert said[6] == "2. 18 May 1922, A word with Gusev\n  He spits, and moves over on the bench.\n"
    assert said[7] == "The journal ends at page 2.\n"
    assert said[8] == said[1]


def test_status_tells_act_date_place_and_standings(answer: Answer) -> None:
    assert answer("", "1", "1", "status") == (
        "The far bank. 21 May 1922. The boat.\nTrust: civil.\nCoins: 0.\nLife: anna; 3 choices made, 88 words read.\n"
    )


@pytest.mark.parametrize(("typed", "told"), [
    ("settings", "Width: a paragraph a line."),
    ("settings width 72", "Width: lines of 72 columns."),
    ("settings width 3", "A width is 20 columns or more, or `none`; `3` is not."),
    ("settings theme", "There is no setting `theme`."),
])  # fmt: skip
def test_settings_are_a_width(answer: Answer, typed: str, told: str) -> None:
    assert answer("", typed).startswith(told)


def test_help_lists_every_word_of_the_contract(answer: Answer) -> None:
    listed = {line.split()[0].strip(":") for line in answer("", "help").splitlines()}
    words = "undo redo again why history people papers ledger map codex save bookmarks journal status settings help quit"
    assert set(words.split()) <= listed
    assert answer("help undo") == "undo [N] (or u): Takes the last choice back, or the last N.\n"


def test_quit_leaves_at_once_and_keeps_the_life(play: Play) -> None:
    assert play("", "1", "quit", "1").count("\n> ") == 3
    assert "He spits" in play()


def test_new_begins_another_life_and_passes_content_over(play: Play, shelf: Shelf) -> None:
    said = play("", "new", "2", "1", "", "1", "1")
    assert "2. Pass over: A drowning" in said
    assert "2. Do not pass over: A drowning" in said
    assert "The river is high." in said
    assert "A hat goes by" not in said
    assert len(shelf.list()) == 2


def test_new_thought_better_of_comes_back_to_the_page(answers: Answers, shelf: Shelf) -> None:
    said = answers("", "new", "back")
    assert said[3] == said[1]
    assert len(shelf.list()) == 1


@pytest.mark.parametrize("ending", ["md", "html", "txt"])
def test_transcript_writes_the_life_to_a_file(answer: Answer, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"anna.{ending}"
    assert answer("", "1", f"transcript {file}") == f"Written: {file}.\n"
    assert "He spits, and moves over on the bench" in file.read_text(encoding="utf-8")


def test_a_transcript_that_cannot_be_written_says_why(answer: Answer, tmp_path: Path) -> None:
    assert "`.pdf` is none of them" in answer("", "transcript anna.pdf")
    assert "cannot be written" in answer(f"transcript {tmp_path / 'nowhere' / 'anna.md'}")


def test_where_a_line_is_asked_for_a_known_word_behind_a_slash_is_a_word(answers: Answers) -> None:
    said = answers("/help", "/undo", "undo")
    assert "undo" in said[1]
    assert said[2] == "There is nothing to undo: this is the first page.\n"
    assert "undo is waiting" in said[3]
