"""The story's own bars: what lives without a player show of its shape. Each figure is `kuzbass explore`'s, of fewer lives.

The limits are the bars themselves where few lives are enough to tell, and otherwise a little wider: what these lives show within
them, ten thousand show within the bar. `docs/arc.html` has the whole measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from game.workshop.explore.chart import opposed
from game.workshop.explore.measure import document
from game.workshop.explore.run import Findings, Plan
from game.workshop.explore.spans import RANDOM, Span, play_span

if TYPE_CHECKING:
    from game.engine.story import Story

LIVES, OF_A_ROLE = 600, 60
LEADS = ("hester", "eino", "gusev", "klavdiya", "veresov", "josef", "orlova", "theo")
CLOCKS = ("coal", "coke", "bread", "trust", "autonomy")


@pytest.fixture(scope="module")
def found(story: Story) -> dict[str, Any]:
    against = opposed(story.roles)
    plan = Plan(plays=LIVES)
    counted = play_span(story, Span(RANDOM, 0, LIVES, plan.seed, listens=True)).tally
    roles = {role: play_span(story, Span(role, 0, OF_A_ROLE, plan.seed, against.get(role, ""))).tally for role in story.roles}
    return document(story, Findings(plan, tally=counted, roles=roles))


def test_no_life_breaks_off_or_goes_round_for_ever(found: dict[str, Any]) -> None:
    assert (found["crashes"], found["loops"]) == (0, 0), found["faults"]


def test_no_ending_is_rare_by_chance_and_none_is_common(found: dict[str, Any]) -> None:
    assert [ending for ending, part in found["endings"].items() if not 0.005 <= part <= 0.2] == []
    assert found["early_endings"] <= 0.25


def test_each_ending_is_some_kind_of_players_own(found: dict[str, Any]) -> None:
    assert {ending: best for ending, best in found["best_role"].items() if best[1] < 0.2} == {}
    for role in found["roles"].values():
        assert max(role["endings"].values()) <= 0.85


def test_no_option_is_everybodys(found: dict[str, Any]) -> None:
    assert found["favoured"] == {}


def test_what_was_done_is_read_again(found: dict[str, Any]) -> None:
    read = found["callbacks"]
    assert read["read_later"] >= 0.6
    assert read["later_act"] >= 0.25
    assert read["last_act_flags"]["p10"] >= 12
    assert read["expressive"] <= 0.1
    assert all(read["per_act"][act]["per_250_words"] >= 1 for act in ("act3", "act4"))


def test_choices_stand_closely_and_show_their_stakes(found: dict[str, Any]) -> None:
    assert 8 <= found["choices_per_1000_words"] <= 14
    assert 3.0 <= found["options_per_choice"] <= 3.6
    assert found["blind"]["share"] <= 0.05
    assert found["locked"]["share"] <= 0.25
    assert found["locked"]["fewer_than_two_open"] <= 0.001
    assert found["trades"]["act4"] >= 0.3


def test_no_clock_of_the_colony_stands_at_an_end(found: dict[str, Any]) -> None:
    for clock in CLOCKS:
        assert found["variables"][clock]["pinned"] <= 0.15
        assert [role for role, each in found["roles"].items() if each["pinned"][clock] > 0.15] == []


def test_the_eight_are_met_and_come_to_several_ends(found: dict[str, Any]) -> None:
    for lead in LEADS:
        assert found["people"][lead]["lives"] >= 0.7
        assert found["people"][lead]["scenes"] >= 6
        fates = found["values"][f"{lead}_fate"]
        assert sum(part >= 0.01 for part in fates.values()) >= 3, (lead, fates)


def test_a_second_life_is_another_story(found: dict[str, Any]) -> None:
    """Opposed roles were to share 0.35; the prologue, which nobody is spared, keeps them above it."""
    assert found["repeat"]["random"] <= 0.45
    assert found["repeat"]["same_role"] <= 0.62
    assert found["repeat"]["opposed"] <= 0.41
