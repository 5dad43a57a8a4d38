"""A life found again in a story that was edited: what each kind of edit gives."""

from __future__ import annotations

from textwrap import dedent

import pytest

from game.saves import SaveFault

SCENES = """
    start:
      title: The pier
      text: |
        The pier.
      choices:
        - say: Look at the grey water
          id: look
        - say: Count your money
          id: count
        - say: Sit down on the trunk
          id: sit
      then:
        - id: ship
          text: |
            The ship.
          choices:
            - say: Go on board
              id: board
            - say: Turn back
              id: turn
        - go: sea
    sea:
      title: The sea
      text: |
        The sea.
      choices:
        - say: Write a letter
          id: letter
          do: coal += 1
        - say: Play cards
          id: cards
          do: coal -= 1
      then:
        - do: wait 5 weeks
        - go: month
    month:
      title: The month
      text: |
        {coal} tons, {date}.
      choices:
        - say: Dig coal
          id: dig
          do: coal += roll(1, 6)
        - say: Rest
          id: rest
        - say: Go home
          id: leave
          ending: end_home
      then:
        - do: wait 2 weeks
        - go: month
"""
STORY = """
    id: tiny
    title: A Tiny Story
    version: 0.2.0
    start: start
    hub: month
    date: 1922-03-06
    acts:
      - {id: first, title: The first act, turns: [28, 28, 28]}
"""
MOVES = ("count", "board", "letter", "dig", "rest", "dig")


@pytest.fixture
def left(shelf, tell, play):
    """A life of the story, closed; its last state."""
    with shelf.begin(tell(dedent(SCENES)), name="vera", seed=4) as life:
        return play(life, *MOVES).state


def starting(text):
    """The story's file for these scenes: a prologue comes first where there is one."""
    story = STORY.replace("0.2.0", "0.1.0").replace("start: start", "start: prologue")
    return {"story": story} if "prologue:" in text else {}


def edited(*changes):
    text = SCENES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return dedent(text)


INSERTED = ("        - say: Count your money", "        - say: Ask a sailor\n          id: ask\n        - say: Count your money")
REORDERED = (
    "        - say: Look at the grey water\n          id: look\n        - say: Count your money\n          id: count\n",
    "        - say: Count your money\n          id: count\n        - say: Look at the grey water\n          id: look\n",
)
TYPO = ("Count your money", "Count yuor money")
REWORDED = ("Count your money", "See what is left in the purse")
FOREWORD = "    {}:\n      text: |\n        A prologue.\n      choices: [Turn the page -> {}]\n    {}:\n"
PROLOGUE = ("    start:\n", FOREWORD.format("prologue", "start", "start"))
MOVED = ("    start:\n", FOREWORD.format("start", "pier", "pier"))
SHIP = "        - id: ship\n"
RAIN = "        - text: |\n            Rain.\n          id: rain\n          choices: [{}]\n        - id: ship\n"
ONE_CHOICE, TWO_CHOICES = (SHIP, RAIN.format("Wait")), (SHIP, RAIN.format("Wait, Curse"))
QUESTION = (SHIP, "        - ask: {into: name, say: Who are you?, default: Nobody}\n          id: rain\n        - id: ship\n")
BOARD = "            - say: Go on board\n              id: board\n"
CLIMB = "            - say: Climb\n              id: up\n"
TURN = "            - say: Turn back\n              id: turn\n"


COUNT = "Count your money\n          id: count"
LETTER = "Write a letter\n          id: letter"

SAME_END = {
    "choices inserted": INSERTED,
    "choices reordered": REORDERED,
    "a typo in a label": TYPO,
    "a label reworded": REWORDED,
    "prose rewritten": ("The ship.", "The ship, and it is late."),
    "a choice renamed, with was": (LETTER, "Write\n          id: note\n          was: letter"),
}


@pytest.mark.parametrize("changes", SAME_END.values(), ids=SAME_END)
def test_by_id_the_life_ends_where_it_was_left(shelf, tell, left, changes):
    with shelf.open("vera", tell(edited(changes))) as life:
        assert life.verdict.kind in ("exact", "moved")
        assert life.state.vars == left.vars
        assert (life.state.date, life.state.set, life.state.draws) == (left.date, left.set, left.draws)
        assert len(life.entries) == len(MOVES)


BEHIND, BY_WORDS = "one choice was found behind new pages", "one choice was found again by its words"
VERDICTS = {
    "choices inserted": ([INSERTED], "exact", ""),
    "choices reordered": ([REORDERED], "exact", ""),
    "a typo, the id frozen": ([TYPO], "exact", ""),
    "reworded, the id frozen": ([REWORDED], "exact", ""),
    "a typo, the id made of the label": ([(COUNT, "Count yuor money")], "moved", f"{BY_WORDS} (“Count your money”)"),
    "reworded, the id made of the label": ([(COUNT, "Count the money you have")], "moved", BY_WORDS),
    "a prologue before all": ([PROLOGUE], "moved", BEHIND),
    "a prologue, and the first scene under a new name": ([MOVED], "moved", "found again by"),
    "a new beat with one choice": ([ONE_CHOICE], "moved", BEHIND),
    "a new question": ([QUESTION], "moved", BEHIND),
    "a new beat with two choices, a snapshot behind it": ([TWO_CHOICES], "moved", "from a snapshot of 8 May 1922"),
    "a choice replaced by another, the only one": ([(BOARD, CLIMB), (TURN, "")], "moved", "from a snapshot of 8 May 1922"),
    "a beat removed": ([(f"          choices:\n{BOARD}{TURN}", "")], "moved", "one choice was left out (“Go on board”)"),
    "an effect changed": ([("coal += roll(1, 6)", "coal += 7")], "moved", "has changed"),
}


@pytest.mark.parametrize(("changes", "kind", "sentence"), VERDICTS.values(), ids=VERDICTS)
def test_the_verdict_says_how_it_was_found(shelf, tell, left, changes, kind, sentence, play):
    scenes = edited(*changes)
    story = tell(scenes, **starting(scenes))
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == kind
        assert sentence in life.verdict.sentence
        assert life.state.scene == "month"
        assert life.state.date == left.date
    with shelf.open("vera", story) as life:
        assert (life.verdict.kind, life.verdict.sentence) == ("exact", "")
        page = play(life, "rest").page
        assert [entry.page for entry in life.entries][-1] == page
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == "exact"
        assert life.page == page


def test_new_two_choice_beats_without_a_snapshot_rewind_to_before_them(shelf, tell, play):
    with shelf.begin(tell(dedent(SCENES)), name="vera", seed=4) as life:
        play(life, "count", "board")
    story = tell(edited(TWO_CHOICES))
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == "rewound"
        because = "because the story no longer offers “Go on board” there"
        assert life.verdict.sentence == f"Rewound to 6 March 1922, The pier, {because}."
        assert [option.id for option in life.page.options] == ["wait", "curse"]
        assert not life.read_only
        play(life, "curse", "board")
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == "exact"
        assert [entry.choice for entry in life.entries] == ["count", "curse", "board"]


def test_a_scene_renamed_with_was_is_followed(shelf, tell, left):
    story = tell(edited(("    sea:\n", "    ocean:\n      was: sea\n"), ("go: sea", "go: ocean")))
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == "moved"
        assert [entry.key for entry in life.entries][2] == "sea/letter"
        assert life.state.vars == left.vars


def test_where_it_stood_is_gone_the_hub_opens(shelf, tell, play):
    story = tell(dedent(SCENES))
    with shelf.begin(story, name="vera", seed=4) as life:
        play(life, *MOVES[:4])
        coal = life.state.vars["coal"]
    gone = SCENES[SCENES.index("    month:\n") :].replace("month", "town")
    gone = gone.replace("id: dig", "id: hew").replace("Dig coal", "Go below")
    files = {"story": STORY.replace("start: start", "start: town").replace("hub: month", "hub: town")}
    new = tell(dedent(gone), **files)
    with shelf.open("vera", new) as life:
        assert life.verdict.kind == "opened"
        assert life.verdict.sentence.startswith("Opened at 10 April 1922, The town, from a snapshot by name, because the")
        assert life.state.vars["coal"] == 4 <= coal
        page = play(life, "hew").page
    with shelf.open("vera", new) as life:
        assert life.verdict.kind == "exact"
        assert life.page == page
        assert life.undo() is not None
        assert life.page.options
    with shelf.open("vera", new) as life:
        assert life.page.options


def test_nothing_matches_and_no_snapshot_opens_it_begins_anew(shelf, tell, play):
    with shelf.begin(tell(dedent(SCENES)), name="vera", seed=4) as life:
        play(life, "count", "board")
    new = tell(
        "other:\n  title: Elsewhere\n  text: |\n    Elsewhere.\n  choices:\n    - Yes -> other\n    - No -> other\n",
        story=STORY.replace("start: start", "start: other").replace("    hub: month\n", ""),
    )
    with shelf.open("vera", new) as life:
        assert life.verdict.kind == "rewound"
        assert "6 March 1922, Elsewhere" in life.verdict.sentence
        play(life, "yes")


def test_a_new_version_is_named(shelf, tell, left):
    story = tell(edited(("coal += 1", "coal += 2")), story=STORY)
    with shelf.open("vera", story) as life:
        assert "it was 0.1.0, now 0.2.0" in life.verdict.sentence


def test_variables_come_and_go(shelf, tell, left):
    variables = "coal: {start: 3, range: 0 to 5}\nname: {start: Anna Reed}\nnew: {start: 2}\n"
    with shelf.open("vera", tell(dedent(SCENES), variables=variables)) as life:
        assert life.verdict.kind == "moved"
        assert life.state.vars["new"] == 2
        assert "paid" not in life.state.vars


def test_what_was_undone_before_the_edit_can_be_redone_or_says_nothing(shelf, tell, left):
    with shelf.open("vera", tell(edited())) as life:
        life.rewind(1)
    story = tell(edited(("Go on board\n              id: board", "Fly\n              id: fly")))
    with shelf.open("vera", story) as life:
        assert life.verdict.kind in ("exact", "moved")
        assert life.can_redo
        assert life.redo() is None
        assert not life.can_redo
        assert len(life.entries) == 1


def test_an_undo_that_the_story_no_longer_allows_falls_back(shelf, tell, left, play):
    story = tell(edited(TWO_CHOICES))
    with shelf.open("vera", story) as life:
        assert len(life.entries) == 6
        for _ in range(6):
            if life.undo() is None:
                break
            assert any(option.enabled for option in life.page.options)
        assert len(life.entries) <= 1
        assert all(entry.page for entry in life.entries)


def test_questions_are_found_by_key_and_by_what_they_ask(shelf, tell, tiny, play, to_the_month, scenes):
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month)
    moved = scenes.replace("    start:\n      title", "    start:\n      go: pier\n    pier:\n      title")
    with shelf.open("vera", tell(moved)) as life:
        assert life.verdict.kind == "moved"
        assert life.state.vars["name"] == "Vera"
        assert life.state.scene == "month"
    without = scenes.replace("      ask: {into: name, say: Your name?, default: Anna Reed, limit: 40}\n", "")
    with shelf.open("vera", tell(without)) as life:
        assert life.verdict.kind == "moved"
        assert life.state.vars["name"] == "Anna Reed"


def test_a_life_that_is_only_read_keeps_its_file_as_it_was(shelf, tell, left):
    path = shelf.list()[0].path
    data = path.read_bytes()
    with shelf.open("vera", tell(edited(ONE_CHOICE)), read_only=True) as life:
        assert life.verdict.kind == "moved"
    assert path.read_bytes() == data


def test_a_branch_of_a_life_that_went_on_from_a_snapshot(shelf, tell, left, play):
    story = tell(edited(TWO_CHOICES))
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == "moved"
        play(life, "rest")
        with life.branch(6, "olga") as branch:
            assert branch.verdict.kind == "exact"
            assert branch.page.options == life.entries[5].page.options
            play(branch, "rest")
            assert branch.page == life.page
        with life.branch(3, "petra") as branch:
            assert branch.state.date == life.entries[2].date
        with pytest.raises(SaveFault, match="No life can branch off there"):
            life.branch(2, "ida")
    with shelf.open("olga", story) as life:
        assert life.verdict.kind == "exact"


DECK = """
    start:
      text: |
        Begin.
      choices: [Go on -> month]
    month:
      title: The month
      do: wait 5 weeks
      draw: {deck: works, show: 2}
      then:
        - go: month
    dig:
      deck: works
      once: no
      title: Dig
      choices: [Deep, Deeper]
    hew:
      deck: works
      once: no
      title: Hew
      choices: [Long, Longer]
"""


def test_a_snapshot_with_an_open_hand_survives_the_loss_of_a_storylet(shelf, tell, play):
    with shelf.begin(tell(DECK), name="vera") as life:
        play(life, "go_on", "dig", "deep", "hew", "long")
    story = tell(DECK.replace("hew:", "saw:").replace("[Go on -> month]", "[One -> month, Two -> month]"))
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == "moved"
        assert life.state.scene == "month"
        play(life, next(option.id for option in life.page.options if option.enabled))
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == "exact"
