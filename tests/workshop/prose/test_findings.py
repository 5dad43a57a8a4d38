"""One planted slip for each thing that is looked for, found where it stands; and what looks like a slip and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Small

PLANTED = [
    ("The office  is closed.", "doubled-space", 3, 15),
    ("The office is is closed.", "doubled-word", 3, 19),
    ("The Office. It it is closed.", "doubled-word", 3, 20),
    ("They left\non on foot.", "doubled-word", 4, 8),
    ("It is a hour away.", "wrong-article", 3, 11),
    ('It is an "useful" thing.', "wrong-article", 3, 11),
    ("She is a MP.", "wrong-article", 3, 12),
    ("It is an 1 to me.", "wrong-article", 3, 11),
    ("There is a *empty* chair.", "wrong-article", 3, 14),
    ("Mark it with a x.", "wrong-article", 3, 18),
    ("Mark it with an u.", "wrong-article", 3, 18),
    ('"You are new, says Eino.', "unbalanced-mark", 3, 5),
    ('You are new," says Eino.', "unbalanced-mark", 3, 17),
    ('"Sit down. "Eat," he says.', "unbalanced-mark", 3, 5),
    ('"Sit down.\n\nYou sit down.', "unbalanced-mark", 3, 5),
    ("There is soup (and bread.", "unbalanced-mark", 3, 19),
    ("There is soup and bread).", "unbalanced-mark", 3, 28),
    ("There is soup , and bread.", "space-before-stop", 3, 18),
    ("There is soup .", "space-before-stop", 3, 18),
    ("There is soup,, and bread.", "doubled-stop", 3, 18),
    ("There is soup..", "doubled-stop", 3, 18),
    ("Is there soup?.", "doubled-stop", 3, 18),
    ('"There is soup.".', "doubled-stop", 3, 19),
    ("There is soup", "missing-stop", 3, 17),
    ("There is soup.\n\nThere is bread\n\nThere is meat.", "missing-stop", 5, 18),
    ('He says "soup"', "missing-stop", 3, 17),
    ("there is soup.", "lower-case-start", 3, 5),
    ("There is soup. there is bread.", "lower-case-start", 3, 20),
    ("There is soop.", "misspelt", 3, 14),
    ("There is \\{ soop \\} here.", "misspelt", 3, 17),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), PLANTED)
def test_a_planted_slip_is_found_where_it_stands(small: Small, text: str, code: str, line: int, column: int) -> None:
    found = [(one.code, one.at.line, one.at.column) for one in small.text(text)]
    assert (code, line, column) in found
    assert {one for one, _, _ in found} == {code}


CLEAN = [
    '"What town is this?" says the man behind you.',
    '"Sit down. It is late.\n\n"And take your hat off," he says.',
    'He reads: "An hour, a European, an MP, a one-eyed horse, an 8, an 11, a 100 and an honest man."',
    "He waits... and goes on waiting… until ten.",
    "It costs 3.50, or 1,000 in all. It was 10.30 a.m. and raining.",
    "Mr. Reed had had enough of that.",
    "No, no. *Not plumb.* Not plumb.",
    "There is a list:\n\nSoup (thin); bread [old].",
    "Whose head?",
    "Mark it with an x, an n or a u; an 8, an 11, an 18 or an 80. An 1850 rifle, a 1,850 of them, a 1850.",
    'He says "yes"—and leaves. "No"? "No!"',
    "The *Enough. Sit down.* of the minutes is read aloud, and *who weighs it?* after it.",
    "{food > 3 ? Soup | Bread}{food > 5 ? , and more of it}. {food > 8 ? Meat.} Nothing else {food > 9 ? today}.",
    "{name} has a hat, and {food} loaves. {food:words} loaves are few.",
    "You and Eino's brother are not the Lehtos' guests, and she'd say so; it isn't well-meant.",
    "It is a <>",
    "[An old card](stone_house) is read.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_what_only_looks_like_a_slip_is_left_alone(small: Small, text: str) -> None:
    cards = {"codex/cards.yaml": "stone_house: {title: The stone house, claim: It stands., sources: [a book]}\n"}
    assert [(one.code, one.at.column, one.message) for one in small.text(text, **cards)] == []


def test_what_only_one_variant_has_says_which(small: Small) -> None:
    (found,) = small.text("It is a {food < 3 ? old | new} stove.")
    assert (found.code, found.at.column, found.notes) == ("wrong-article", 11, ("only when `food < 3`",))


def test_a_value_that_wants_another_article_is_named(small: Small) -> None:
    (found,) = small.text("You draw a {food} from the hat.")
    assert (found.code, found.at.column, found.notes) == ("wrong-article", 14, ("only when `food` is 8",))


def test_a_word_doubled_over_an_empty_branch_is_found(small: Small) -> None:
    (found,) = small.text("The soup and {food < 3 ? the bread and} and the meat.")
    assert (found.code, found.at.column) == ("doubled-word", 45)
    assert found.notes == ()  # in either variant
    (found,) = small.text("The soup {food < 3 ? , the bread} the the meat {food > 5 ? is here}.")
    assert found.at.column == 43


def test_two_variants_that_cannot_meet_make_no_finding(small: Small) -> None:
    text = '{pronouns == he ? "He is | She is "a} new, {pronouns == he ? "they say | "they} say.'
    assert small.text('{food < 3 ? "Thin | Fat} soup{food < 3 ? ," they say}.') == []
    assert small.text('{pronouns == she ? "Yes, | No,} {pronouns == she ? she says." | he says.}') == []
    assert small.text(text) != []


def test_a_slip_in_a_branch_is_told_once(small: Small) -> None:
    found = small.text("{food < 3 ? Thin soop. | Soup.} {food > 8 ? Bread. | Meat.} {cycle | One. | Two.}")
    assert [(one.code, one.at.column, one.notes) for one in found] == [("misspelt", 22, ())]


def test_a_snippet_is_looked_at_where_it_is_declared_and_where_it_meets_others(small: Small) -> None:
    snippets = {"snippets.yaml": 'tool: "{food > 5 ? old axe | nww saw}"\n'}
    report = small.lint({"scenes.yaml": "office:\n  text: |\n    You take a {@tool} and go.\n  go: home\n", **snippets})
    found = [(one.code, one.at.file.rpartition("/")[2], one.at.line, one.at.column) for one in report.diagnostics]
    assert found == [("wrong-article", "scenes.yaml", 3, 14), ("misspelt", "snippets.yaml", 1, 30)]


def test_every_kind_of_text_is_read(small: Small) -> None:
    scenes = """\
office:
  title: The offfice
  subtitle: In Marsh, in Aprill
  history: {status: invented, note: Nothing is atested.}
  text: |
    Soup.
  choices:
    - say: Ask forr soup
      note: it is colld
      needs:
        food > 3: There is nune.
      if: food > 2
      text: |
        Souup.
    - say: Go awway
  then:
    - ask: {into: name, say: "Your nname?", default: Anna}
      checkpoint: A checkpoiint
    - if: food > 3
      text: |
        Theen.
      elif:
        - if: food > 2
          text: |
            Elssif.
      else:
        - text: |
            Ellse.
    - go: home
  parts:
    cellar: {title: The celler, go: back}
"""
    more = {
        "scenes.yaml": scenes,
        "endings.yaml": "the_end:\n  title: The ennd\n  text: |\n    Endded.\n",
        "papers.yaml": "letter:\n  title: A lettter\n  text: |\n    Dearr sir.\n",
        "rules.yaml": "rich: {if: food > 3, reason: You are poorr.}\n",
        "people.yaml": "eino: {name: Eino Lehto, about: A carpennter.}\n",
        "places.yaml": "pier: {name: The pier, about: It is wwet.}\n",
        "codex/cards.yaml": (
            "pond:\n  title: The pond\n  claim: |\n    It is *deeep*.\n\n    And so onn.\n  sources: [a book]\n"
            "  changed: Nothing was chaanged.\n"
        ),
    }
    report = small.lint(more)
    words = {
        one.message.split("`")[1]: (one.at.file.rpartition("/")[2], one.at.line, one.at.column) for one in report.diagnostics
    }
    wrong = (
        "offfice Aprill atested forr colld nune Souup awway nname checkpoiint Theen Elssif Ellse celler ennd Endded lettter "
        "Dearr poorr carpennter wwet deeep onn chaanged"
    )
    assert words == {word: where(word, more) for word in wrong.split()}


def where(word: str, files: dict[str, str]) -> tuple[str, int, int]:
    """The file, line and column in which a word stands first."""
    for name, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            if word in line:
                return name.rpartition("/")[2], number, line.index(word) + 1
    raise AssertionError(word)


def test_a_word_is_reported_once_and_its_other_places_are_counted(small: Small) -> None:
    (found,) = small.text("The brread is brread. Soup and brread.")
    assert found.at.column == 9
    assert found.notes[0].startswith("and 2 more, the next in ")
    assert found.fix == "is it `bread`? If it is right, list it under `words` in style.yaml"


def test_a_text_behind_glue_goes_on_in_small_letters(small: Small) -> None:
    scenes = "office:\n  text: |\n    You wait <>\n  then:\n    - text: |\n        and go on waiting.\n    - go: home\n"
    assert small.lint({"scenes.yaml": scenes}).diagnostics == ()


def test_curly_marks_are_told_by_the_style(small: Small) -> None:
    style = "speech: [“, ”]\n"
    assert small.text("“Sit down,” he says.", style) == []
    assert [one.code for one in small.text("“Sit down, he says.", style)] == ["unbalanced-mark"]


def test_other_languages_have_no_articles(small: Small) -> None:
    assert small.text("Das ist a alter Ofen.", "language: de\nwords: [a]\n") == []


def test_without_a_language_nothing_is_misspelt(small: Small) -> None:
    assert small.text("Qwxyz is soop.", "language: none\n") == []


def test_a_passage_that_the_style_allows_holds_no_finding_and_others_do(small: Small) -> None:
    text = "He is an hundred of us, and an hundred of them. No no no, he says, soop."
    assert [one.code for one in small.text(text)] == ["wrong-article", "wrong-article", "doubled-word", "misspelt"]
    style = 'allow:\n  - an hundred of us\n  - "No no no, he says, soop"\n'
    assert [(one.code, one.at.column) for one in small.text(text, style)] == [("wrong-article", 33)]
