"""A choice's id is made from its label: the words that stay when the logic is taken away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.load.slug import slug


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Thank them", "thank_them"),
        ("Ask for {food} {morale > 3 ? more | less}", "ask_for"),
        ("Say *nothing* about [the house](stone_house)", "say_nothing_about_the_house"),
        ("“Don’t!”, you say", "dont_you_say"),
        ("It's late", "its_late"),
        ("Да, поеду", "да_поеду"),
        ("5 roubles", "n_5_roubles"),
        ("{food}", "choice"),
        ("?!", "choice"),
        (r"Curly \{braces\}", "curly_braces"),
        ("Yes", "yes"),
        ("A very long label that goes on well beyond forty letters", "a_very_long_label_that_goes_on_well"),
    ],
)
def test_labels(label: str, name: str) -> None:
    assert slug(label) == name


@given(st.text(max_size=80))
def test_an_id_is_never_empty_nor_longer_than_forty_bytes(label: str) -> None:
    name = slug(label)
    assert name
    assert len(name.encode()) <= 40
    assert not name[0].isdigit()
    assert slug(label) == name
