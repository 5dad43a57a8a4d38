"""What was recorded, played again: the first difference is named."""

from __future__ import annotations

import pytest


@pytest.fixture
def vera(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera", seed=4) as life:
        play(life, *to_the_month, "dig_coal", "dig_coal")
    return shelf


def test_a_life_as_it_was_is_well(vera, tiny):
    for level in ("logic", "pages"):
        found = vera.verify("vera", tiny, level)
        assert found.ok
        assert (found.entries, found.divergence, found.verdict.kind) == (5, None, "exact")


def test_other_words_are_found_on_pages_only(vera, tell, scenes):
    story = tell(scenes.replace("The ship is late.", "The ship is very late."))
    assert vera.verify("vera", story).ok
    found = vera.verify("vera", story, "pages")
    assert not found.ok
    assert (found.divergence.n, found.divergence.what) == (2, "page")
    assert found.divergence.sentence == (
        "Entry 2, 6 March 1922, The pier: after “Count your money” (start/count_your_money) the page reads otherwise than it did."
    )
    assert found.verdict.kind == "exact"


def test_other_logic_is_named_with_its_entry(vera, tell, scenes):
    found = vera.verify("vera", tell(scenes.replace("wait 2 weeks", "wait 3 weeks")))
    assert (found.divergence.n, found.divergence.what, found.divergence.scene) == (4, "logic", "month")
    assert found.divergence.sentence.startswith("Entry 4, 27 March 1922, The month: after “Dig coal” (month/dig_coal)")
    assert found.verdict.kind == "moved"


def test_a_choice_that_is_gone_is_named_with_what_opening_gives(vera, tell, scenes):
    found = vera.verify("vera", tell(scenes.replace("- say: Dig coal\n", "- say: Nothing\n          id: rest\n")))
    assert (found.divergence.n, found.divergence.what) == (4, "choice")
    assert "“Dig coal” (month/dig_coal) is no longer offered" in found.divergence.sentence
    assert found.verdict.kind in ("moved", "rewound")


def test_a_question_that_is_gone_is_named(vera, tell, scenes):
    without = scenes.replace("      ask: {into: name, say: Your name?, default: Anna Reed, limit: 40}\n", "")
    found = vera.verify("vera", tell(without))
    assert found.divergence.n == 1
    assert "is no longer asked" in found.divergence.sentence


def test_damage_is_named_though_it_changes_nothing(vera, tiny):
    path = vera.list()[0].path
    lines = path.read_bytes().split(b"\n")
    lines[4] = b"#" + lines[4][1:]
    path.write_bytes(b"\n".join(lines))
    found = vera.verify("vera", tiny)
    assert not found.ok
    assert found.damage == ("line 5 cannot be read",)


def test_verifying_changes_nothing(vera, tell, scenes):
    path = vera.list()[0].path
    data = path.read_bytes()
    vera.verify("vera", tell(scenes.replace("wait 2 weeks", "wait 3 weeks")), "pages")
    assert path.read_bytes() == data
