"""What an author is told of a life: every variable, every change, and why each thing is or is not on offer."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.desk import inspect
from game.load import load_story


@pytest.fixture
def office(works, shelf):
    with shelf.begin(works, name="anna", seed=2) as begun:
        yield begun


def told(facts):
    return {fact.key: " | ".join(fact.lines) for fact in facts}


def storylet(life, card):
    return told(inspect.storylets(life))[card]


def test_every_variable_is_listed_with_value_word_range_and_group(office):
    office.choose("office/sweep")
    found = told(inspect.variables(office.story, office.state))
    assert list(found) == list(office.story.variables)
    assert found["trust"] == (
        "trust = 4 · whole number, 0 to 8 · “civil” · group standing · shown as Trust |   "
        "1922-06-01: 3 -> 4, in office, by office/sweep |   It began as 3."
    )
    assert found["mood"].startswith("mood = plain · one of plain, glad")
    assert found["due"].startswith("due = 1922-07-01 · date")
    assert found["open"].startswith("open = no · yes or no")


def test_facts_are_filtered_by_words(office):
    facts = inspect.variables(office.story, office.state)
    assert [fact.key for fact in inspect.holding(facts, "GLAD one")] == ["mood"]
    assert inspect.holding(facts, "nothing at all") == ()


def test_changes_are_listed_newest_first_with_scene_and_choice(office):
    office.choose("office/sweep")
    office.set_variable("mood", "glad")
    found = ["; ".join(fact.lines) for fact in inspect.changes(office)]
    assert found[0] == "1922-06-08 · mood: plain -> glad;   in office;   2. edited: mood = glad"
    assert "1922-06-01 · trust: 3 -> 4;   in office;   1. Sweep the floor" in found
    assert found[-1].startswith("1922-06-01 · seen: office;")


def test_changes_that_fall_out_of_memory_are_found_from_the_path(office):
    for value in range(8):
        office.set_variable("trust", str(value if value < 3 else value + 1))
    assert sum(fact.key == "trust" for fact in inspect.changes(office)) == 8


def test_each_storylet_says_why_it_was_drawn_or_not(office):
    hand = [fact.key for fact in inspect.storylets(office) if fact.label.endswith(": in hand")]
    assert len(hand) == 1
    open_cards = {"pit", "oven", "ward"}
    found = told(inspect.storylets(office))
    assert set(hand) < open_cards
    for card in open_cards - set(hand):
        assert found[card].startswith(f"{card}: open, not picked")
    assert "weight 3 of 5 that are open: 60% to come first" in found["pit"]
    assert found["frost"] == "frost: its window opens on 1 November 1922"
    assert found["fair"] == "fair: its window closed on 30 May 1922"
    assert found["never"] == "never: open, but its weight is 0, so it is never drawn"
    assert found["talk"] == (
        "talk: `when` fails: trust >= 5: trust is 3 (and 2 more) |   `when` fails: seen(pit): pit was not seen yet |   "
        "`when` fails: not mood == plain: mood is plain"
    )
    assert found["visit_home"] == "visit_home: `when` fails: taken(office/sweep): office/sweep was not taken"


def test_a_storylet_once_played_or_not_due_again_says_since_when(office):
    office.choose("office/sweep")
    office.jump("visit_home")
    office.jump("pit")
    assert storylet(office, "pit") == "pit: played already, on 8 June 1922 (once)"
    assert "every 3 weeks: again from" in storylet(office, "visit_home")


def test_a_storylet_that_the_player_passes_over_says_so(works, shelf):
    with shelf.begin(works, seed=2, optouts=("fever",)) as life:
        assert storylet(life, "ward") == "ward: the player has opted out of fever"


def test_inside_a_storylet_the_draw_that_led_to_it_is_shown(office):
    drawn = next(option.key for option in office.page.options if option.id in ("pit", "oven", "ward"))
    head = inspect.storylets(office)[0]
    assert head.label == "office draws 1 of works"
    assert head.at is not None
    office.choose(drawn)
    assert told(inspect.storylets(office))


def test_each_choice_says_why_it_is_open_locked_or_hidden(office):
    found = told(inspect.choices(office.story, office.state))
    assert found["office/ask_for_the_key"] == (
        "locked · Ask for the key [ask_for_the_key] |   needs trust >= 5: trust is 3 (“He does not like you.”) |   "
        "needs mood == glad or open: mood is plain; open is no (“He does not like you.”)"
    )
    assert found["office/open_the_safe"] == (
        "hidden · Open the safe [open_the_safe] |   `if` fails: open: open is no |   `if` fails: trust > 6: trust is 3"
    )
    assert found["office/sweep"] == "open · Sweep the floor [sweep]"
    office.choose("office/sweep")
    assert "taken already (once)" in told(inspect.choices(office.story, office.state))["office/sweep"]


def test_edits_change_what_is_told_and_offered(office):
    office.set_variable("trust", "7")
    office.set_variable("open", "yes")
    found = told(inspect.choices(office.story, office.state))
    assert found["office/open_the_safe"].startswith("open ·")
    assert found["office/ask_for_the_key"].endswith("holds: trust >= 5 and (mood == glad or open)")


def test_every_fact_knows_its_file_and_line(office):
    lines = (Path(__file__).parent / "works" / "scenes.yaml").read_text().splitlines()
    assert str(inspect.here(office.story, office.state)) == "works/scenes.yaml:5"
    for fact in inspect.scenes(office.story, office.state):
        assert lines[fact.at.line - 1] == f"{fact.key}:"
    keys = [fact.at for fact in inspect.choices(office.story, office.state)]
    assert all(at.file == "works/scenes.yaml" and at.line >= 5 for at in keys)


def test_a_story_from_the_cache_is_told_alike(office, tmp_path):
    folder = Path(__file__).parent / "works"
    load_story(folder, cache=tmp_path)
    kept = load_story(folder, cache=tmp_path)
    assert kept.model is None
    assert inspect.choices(kept.story, office.state) == inspect.choices(office.story, office.state)
    assert inspect.scenes(kept.story, office.state) == inspect.scenes(office.story, office.state)


def test_what_the_life_holds_is_listed(life):
    found = told(inspect.held(life.story, life.state))
    assert found["ticket"] == "paper · ticket"
    assert found["tom_ferry"] == "card · tom_ferry"
    assert found["gusev"].startswith("met · gusev: first 1922-05-18")
    assert found["bank.waiting/pay"] == "taken · bank.waiting/pay: 1 x"


def test_a_number_is_told_without_the_dust_of_its_sums():
    assert inspect.shown(6.1 - 2.7) == "3.4"
    assert inspect.shown(3.25) == "3.25"
    assert inspect.shown(1234567.5) == "1234567.5"
    assert inspect.shown(True) == "yes"
