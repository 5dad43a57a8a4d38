"""A life whose story is read anew while it is played: it goes over without a line in its file, and owes that until a step."""

from __future__ import annotations

import pytest

from game.saves import SaveFault

STORY = """
id: {story}
title: A Tiny Story
version: 0.1.0
start: {start}
date: 1922-03-06
"""
SCENES = """
start:
  title: The pier
  text: |
    The pier.
  choices:
    - say: Look at the grey water
      id: look
      do: coal += 1
      text: |
        Grey water.
    - say: Sit down on the trunk
      id: sit
  then:
    - text: |
        The ship.
      choices:
        - say: Go on board
          id: board
        - say: Turn back
          id: turn
    - text: |
        The sea.
      choices:
        - say: Go home
          id: leave
          ending: end_home
"""
WORDS = {"The ship.": "The ship at last."}
LOGIC = {"coal += 1": "coal += 2"}
GONE = {"say: Look at the grey water\n      id: look": "say: Whistle\n      id: whistle"}


@pytest.fixture
def edited(tell):
    """The story with some of its words replaced."""

    def make(edits=None, start="start", story="tiny"):
        scenes = SCENES
        for old, new in (edits or {}).items():
            assert old in scenes, old
            scenes = scenes.replace(old, new)
        return tell(scenes, story=STORY.format(story=story, start=start))

    return make


@pytest.fixture
def life(shelf, edited):
    life = shelf.begin(edited(), name="anna", seed=1)
    life.choose("start/look")
    yield life
    life.close()


def what(life):
    """All that a player can see of a life."""
    entries = [(entry.key, entry.label, entry.date, entry.page.text) for entry in life.entries]
    return life.page, life.state.digest(), entries, life.bookmarks, life.can_undo, life.can_redo


def test_the_page_is_read_anew_with_the_words_that_led_there(life, edited):
    assert life.reread(edited({"Grey water.": "Green water."} | WORDS)) == (True, "You are where you were.")
    assert [block.text for block in life.page.blocks if block.kind == "text"] == ["Green water.", "The ship at last."]


@pytest.mark.parametrize("edits", [{}, WORDS, LOGIC, GONE])
def test_nothing_is_written_for_a_reading(life, edited, edits):
    before = life.path.read_bytes()
    life.reread(edited(edits))
    life.reread(edited(edits))
    assert life.path.read_bytes() == before


@pytest.mark.parametrize("edits", [WORDS, LOGIC, GONE])
def test_after_the_next_choice_all_is_as_if_the_life_had_been_opened_on_the_new_story(life, shelf, edited, edits):
    copy, new = shelf.copy("anna", "copy"), edited(edits)
    life.reread(new)
    with shelf.open(copy, new) as opened:
        assert what(life) == what(opened)
        for each in (life, opened):
            each.choose(next(option.key for option in each.page.options if option.enabled))
        assert what(life) == what(opened)
    life.close()
    with shelf.open("anna", new) as again, shelf.open(copy, new) as opened:
        assert again.verdict == opened.verdict == ("exact", "")
        assert what(again) == what(opened)


def test_where_the_logic_changed_on_the_way_it_says_so(life, edited):
    assert life.reread(edited(LOGIC)) == (True, "You are where you were; coal changed on the way.")


def test_a_choice_that_was_reworded_is_told(life, edited):
    found = life.reread(edited({"say: Look at the grey water\n      id: look": "say: Look at the green water\n      id: see"}))
    assert found == (True, "You are where you were; one choice was found again by its words (“Look at the grey water”).")


def test_a_life_that_was_rewound_is_back_at_its_place_when_the_author_puts_the_choice_back(life, edited):
    page = life.page
    found = life.reread(edited(GONE))
    assert not found.stayed
    assert found.sentence.startswith("Rewound to 6 March 1922, The pier, because the story no longer offers")
    assert life.page.text.startswith("The pier")
    assert life.reread(edited()) == (False, "You are back at the page that you were on before.")
    assert life.page == page


def test_after_a_choice_at_the_earlier_place_the_life_stays_on_its_new_way(life, edited):
    life.reread(edited(GONE))
    life.choose("start/whistle")
    assert life.reread(edited(GONE)) == (True, "You are where you were.")
    assert [entry.key for entry in life.entries] == ["start/whistle"]


@pytest.mark.parametrize("step", ["undo", "rewind"])
def test_a_step_back_writes_down_where_the_life_stands_too(life, shelf, edited, step):
    new = edited(LOGIC)
    life.reread(new)
    life.undo() if step == "undo" else life.rewind(0)
    life.close()
    with shelf.open("anna", new) as again:
        assert again.verdict.kind == "exact"
        assert not again.entries
        assert again.can_redo


def test_a_life_left_after_a_rewinding_is_where_it_was_once_the_story_is_mended(life, shelf, edited):
    life.reread(edited(GONE))
    life.close()
    with shelf.open("anna", edited()) as again:
        assert [entry.key for entry in again.entries] == ["start/look"]


def test_a_renamed_scene_keeps_the_place(life, edited):
    story = edited({"start:\n  title": "jetty:\n  was: start\n  title"}, start="jetty")
    assert life.reread(story).stayed
    assert life.page.scene == "jetty"


def test_a_story_that_this_life_is_not_of_leaves_it_in_the_old_one(life, edited):
    old, page = life.story, life.page
    with pytest.raises(SaveFault, match="The story is now `other`"):
        life.reread(edited(story="other"))
    assert (life.story, life.page) == (old, page)
    life.choose("start/board")


def test_a_story_that_goes_round_for_ever_is_gone_on_with_from_a_snapshot_and_the_next_one_from_its_beginning(life, edited):
    loops = edited({"start:\n  title": "round:\n  go: round\nstart:\n  title"}, start="round")
    assert life.reread(loops).sentence.endswith("because the story cannot be begun as it was.")
    assert life.page.options
    assert life.reread(edited()) == (True, "You are where you were.")


def test_a_life_that_can_only_be_read_goes_over_too(life, shelf, edited):
    with shelf.open("anna", life.story, read_only=True) as reader:
        reader.rewind(0)
        assert reader.reread(edited({"The pier.": "The long pier."})).stayed
        assert "The long pier." in reader.page.text
