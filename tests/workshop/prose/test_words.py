"""Words: their spelling and who knows it, `a` or `an` before them, their syllables, and phrases made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.load.style import Phrase, Style
from game.workshop.prose.articles import wants_an
from game.workshop.prose.dialects import to_american, to_british
from game.workshop.prose.phrases import Phrases
from game.workshop.prose.sentences import sentences, spoken, syllables

if TYPE_CHECKING:
    from conftest import Small

AN = """hour heir honest apple egg MP SOS FBI X-ray uncle unimportant unintended umbrella eight 8 11 18 80 18,000 8,000 811 urgent
Irishman x e n 8.5 11th 18-year x-ray e-mail"""
A = """European unit uniform union university UN one once ewe Ukrainian usual user utopia U-boat unanimous 1 100 110 1,100 180
NATO house year u t t-shirt s'more"""


@pytest.mark.parametrize("word", AN.split())
def test_words_that_are_spoken_with_a_vowel_first(word: str) -> None:
    assert wants_an(word)


@pytest.mark.parametrize("word", A.split())
def test_words_that_are_spoken_with_a_consonant_first(word: str) -> None:
    assert not wants_an(word)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("coal", 1),
        ("people", 2),
        ("while", 1),
        ("wanted", 2),
        ("asked", 1),
        ("kitchens", 2),
        ("boxes", 2),
        ("table", 2),
        ("you've", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(("british", "american"), [("colours", "colors"), ("theatre", "theater"), ("organised", "organized"),
                                                   ("travelled", "traveled"), ("grey", "gray"), ("soup", "soup")])  # fmt: skip
def test_a_british_spelling_has_its_american_one(british: str, american: str) -> None:
    assert to_american(british) == american


def test_only_what_is_wrong_in_britain_is_sent_back() -> None:
    assert to_british("harbor") == "harbour"
    assert [to_british(word) for word in ("organize", "check", "drafted", "meter", "soup", "humorist")] == [None] * 6


@pytest.mark.parametrize(
    ("language", "wrong"),
    [("en", set()), ("en_GB", {"color"}), ("en_US", {"colour", "organised"})],
)
def test_the_language_decides_between_two_spellings(small: Small, language: str, wrong: set[str]) -> None:
    found = small.text(
        "The color, the colour, organised or organized, whether they check or draft it.", f"language: {language}\n"
    )
    assert {one.message.split("`")[1] for one in found} == wrong
    assert all("write `colo" in one.fix or "write `organized`" in one.fix for one in found)


def test_the_storys_own_words_and_names_are_known(small: Small) -> None:
    text = "Eino and the Lehtos of Kemerovka say *khleb*, and *Khleb's* dear; the half-khleb too."
    places = {"places.yaml": "kemerovka: {name: Kemerovka}\n"}
    assert [one.message for one in small.text(text, **places)] == [
        f"`{word}` is in no word list" for word in ("khleb", "Khleb's", "half-khleb")
    ]
    assert small.text(text, "words: [khleb]\n", **places) == []


def test_what_is_no_word_is_passed_over(small: Small) -> None:
    assert small.text("Тут написано по-русски: the RSFSR, its IWW's men, the 3rd, Q's hat, a.k.a. nobody@home.org.") == []


def test_another_language_has_its_own_list(small: Small) -> None:
    found = small.text("Der Ofen ist kalt, und niemand hustett.", "language: de\n")
    assert [one.message for one in found] == ["`hustett` is in no word list"]


# phrases


def hits(phrase: str, text: str) -> list[str]:
    return [text[start:end] for start, end, _ in Phrases([Phrase(phrase)]).find(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("delv*", "He delves. Delve! A model.", ["delves", "Delve"]),
        ("steel* yourself", "You steel  yourself, steeling yourself.", ["steel  yourself", "steeling yourself"]),
        ("a mix of ... and", "A mix of fear and joy; a mix of one two three four and; a mix of a b c d e and.",
         ["A mix of fear and", "a mix of one two three four and"]),
        ("not ... but", "Not now but later. Not now. But later.", ["Not now but"]),
        ("isn't ... . It's", "It isn’t for them. It’s for you.", ["isn’t for them. It’s"]),
        ("* , * and *", "bread, soup and tea", ["bread, soup and tea"]),
        (", *s , and *s", "He stops, thinks, and says it.", [", thinks, and says"]),
        ("—", "Here—there", ["—"]),
        ("like a", "like a man, unlike a man, like an ox", ["like a"]),
        ("c.d (e)", "c.d (e)", ["c.d (e)"]),
    ],
)  # fmt: skip
def test_a_phrase_finds(phrase: str, text: str, found: list[str]) -> None:
    assert hits(phrase, text) == found


# sentences


def parts(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text, 0, len(text), Style(abbreviations=("Nr.",)))]


def test_a_sentence_goes_on_behind_what_somebody_says_in_it() -> None:
    text = '"What town is this?" says the Finn. "Stop!" It is late. Mr. Reed, of Nr. 4, paid 3.50... and left'
    assert parts(text) == [
        '"What town is this?" says the Finn.',
        '"Stop!"',
        "It is late.",
        "Mr. Reed, of Nr. 4, paid 3.50... and left",
    ]


def test_speech_lies_between_its_marks() -> None:
    text = '"Sit," he says, "down." He sits. "And'
    assert [text[start:end] for start, end in spoken(text, 0, len(text), Style())] == ['"Sit,', '"down.', '"And']
