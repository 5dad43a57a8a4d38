"""What a life holds, as every client shows it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from game.desk import atlas, codex, history, journal, ledger, papers, people, status, why
from game.desk.shelf import info_line, table
from game.desk.start import Start, open_life
from game.engine.page import Block, Option, Page, Span
from game.engine.story import CardInfo, PlaceInfo
from game.load import load_story
from game.saves import SaveFault

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.story import Story
    from game.saves import Life, Shelf

SLOW = {
    "story.yaml": "id: slow\ntitle: Slow\nversion: 0.1.0\nstart: first\ndate: 1922-03-01\n",
    "endings.yaml": "end_here: {title: Here}\n",
    "scenes.yaml": """\
first:
  do: wait 1 month
  choices:
    - {say: On, go: second}
second:
  do: wait 1 month
  choices:
    - {say: On, ending: end_here}
""",
}
"""A story in which every page takes a month."""
MAY_18, MAY_21 = date(1922, 5, 18), date(1922, 5, 21)


def test_people_say_when_and_in_which_scene_they_were_last_seen(ferry: Story, life: Life) -> None:
    (gusev,) = people.people(ferry, life.state, {"boat": "The boat"})
    assert (gusev.name, gusev.standing, gusev.first, gusev.last, gusev.scene) == (
        "Yefim Gusev",
        "civil",
        MAY_18,
        MAY_18,
        "The boat",
    )


def test_papers_are_read_as_they_stand_today(ferry: Story, life: Life) -> None:
    (ticket,) = papers.papers(ferry, life.state)
    assert [block.text for block in ticket.blocks] == ["Good for Anna Reed, one crossing."]


def test_the_ledger_keeps_what_bears_no_label_to_itself(ferry: Story, life: Life) -> None:
    accounts = [account for group in ledger.ledger(ferry, life.state).groups for account in group.accounts]
    assert [(account.id, account.word, account.value) for account in accounts] == [("coins", "0", 0), ("trust", "civil", 4)]
    assert [(point.date, point.value) for point in accounts[1].changes] == [(MAY_18, 2), (MAY_21, 4)]


def test_the_ledger_sets_what_happened_beside_the_acts(ferry: Story, life: Life) -> None:
    events = ledger.ledger(ferry, life.state, [(MAY_21, "In the boat")]).events
    assert [(event.date, event.text) for event in events] == [
        (MAY_18, "The near bank"), (MAY_21, "The far bank"), (MAY_21, "In the boat"),
    ]  # fmt: skip


def test_why_names_the_choice_that_brought_a_change(ferry: Story, life: Life) -> None:
    path = journal.leaves(life)
    causes = why.causes(ferry, life.state, journal.choice_labels(path), {"talk": "A word with Gusev"})
    assert [cause.sentence for cause in causes] == [
        "Coins: from 1 to 0, on 18 May 1922, in bank, when you chose: Pay for the crossing.",
        "Trust: from wary to civil, on 18 May 1922, in A word with Gusev, when you chose: Talk to the ferryman.",
    ]


def test_why_names_what_locked_options_ask() -> None:
    options = (Option("a/b", "Go"), Option("a/c", "Stay", False, ("Not yet.", "No bread.")))
    page: Any = SimpleNamespace(options=options)
    assert why.locks(page) == (why.Lock(2, "Stay", "Not yet. No bread."),)


def test_history_is_told_for_every_scene_of_the_page(ferry: Story, life: Life) -> None:
    views = history.history(ferry, life.page)
    assert [(view.scene, view.title, view.status) for view in views] == [
        ("boat", "The boat", ""),
        ("drowning", "drowning", "invented"),
    ]


def test_status_is_a_line_of_words(ferry: Story, life: Life) -> None:
    now = status.status(ferry, life.page)
    assert now.line == "The far bank. 21 May 1922. The boat."
    assert [(standing.label, standing.word) for standing in now.standings] == [("Trust", "civil"), ("Coins", "0")]


def test_the_journal_has_a_leaf_more_than_choices(life: Life) -> None:
    path = journal.leaves(life)
    assert [(leaf.number, leaf.chosen) for leaf in path] == [
        (0, "Anna Reed"), (1, "Talk to the ferryman"), (2, "Pay for the crossing"), (3, ""),
    ]  # fmt: skip
    assert path[3].page == life.page


def test_a_leaf_begins_on_the_day_on_which_the_one_before_it_ends(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "slow").mkdir()
    for name, text in SLOW.items():
        (tmp_path / "slow" / name).write_text(text, encoding="utf-8")
    slow = load_story(tmp_path / "slow").story
    assert slow is not None
    with shelf.begin(slow, seed=1) as life:
        assert [leaf.began for leaf in journal.leaves(life)] == [date(1922, 3, 1)], "though its first page ends in April"
        life.choose("first/on")
        life.choose("second/on")
        assert [leaf.began for leaf in journal.leaves(life)] == [date(1922, 3, 1), date(1922, 4, 1), date(1922, 5, 1)]
        life.undo()
        assert [leaf.began for leaf in journal.leaves(life)] == [date(1922, 3, 1), date(1922, 4, 1)]
    with shelf.begin(slow, seed=1, scene="second", settings={"date": "1922-07-01"}) as trial:
        assert [leaf.began for leaf in journal.leaves(trial)] == [date(1922, 7, 1)]
    with shelf.begin(slow, seed=1, scene="second") as trial:
        assert [leaf.began for leaf in journal.leaves(trial)] == [trial.page.date]


def test_the_journal_finds_words_read_and_words_chosen(life: Life) -> None:
    path = journal.leaves(life)
    assert [leaf.number for leaf in journal.search(path, " BENCH ")] == [2]
    assert [leaf.number for leaf in journal.search(path, "crossing")] == [2]


def test_an_excerpt_is_cut_around_the_words() -> None:
    text = "a" * 200 + " wolf " + "b" * 200
    page = Page("s", "", "", MAY_18, "", 1, (Block("text", (Span(text),)),))
    found = journal.excerpt(journal.Leaf(0, page, MAY_18), "wolf", 20)
    assert "wolf" in found
    assert len(found) == 22
    assert found[0] == found[-1] == "…"


CARDS = {
    "stone": CardInfo("stone", "The stone house", "Built of brick."),
    "brick": CardInfo("brick", "Brick", "Fired in Kemerovo.", sources=("The stone archive",)),
    "barn": CardInfo("barn", "A barn", "Brick, of stone."),
}
STORY: Any = SimpleNamespace(cards=CARDS)


def test_the_codex_holds_this_life_first_and_other_lives_after() -> None:
    views = codex.codex(STORY, ["stone", "gone"], elsewhere=["stone", "brick", "barn"])
    assert [(view.card.id, view.here) for view in views] == [("stone", True), ("barn", False), ("brick", False)]


@pytest.mark.parametrize(("text", "found"), [("brick", ["brick"]), ("STONE", ["stone"]), ("house", ["stone"]), ("glass", [])])
def test_the_codex_is_searched_by_title_before_text(text: str, found: list[str]) -> None:
    assert [view.card.id for view in codex.find(codex.codex(STORY, ["stone", "brick", "barn"]), text)] == found


def test_linked_words_of_a_page_are_each_named_once(ferry: Story, shelf: Shelf) -> None:
    with shelf.begin(ferry) as life:
        assert codex.linked(life.page) == (("old ferry", "tom_ferry"),)


def test_a_map_never_hides_where_you_are() -> None:
    places = {
        name: PlaceInfo(name, name, map="world", spot=spot) for name, spot in {"a": (1, 1), "b": (1, 1), "c": (900, 1)}.items()
    }
    story: Any = SimpleNamespace(places=places | {"d": PlaceInfo("d", "d", map="moon")}, scenes={})
    world, moon = atlas.atlas(story, SimpleNamespace(place="a", visits={}))  # type: ignore[arg-type]
    assert world.grid == ("@",)
    assert [place.mark for place in world.places] == ["@", "A", ""]
    assert (moon.title, moon.grid) == ("Moon", ())


def test_the_shelf_is_a_table_that_says_what_cannot_be_read(life: Life, shelf: Shelf) -> None:
    (shelf.folder / "torn.jsonl").write_bytes(b"\xff\xfe")
    lines = {line.split()[0]: line for line in table(shelf.list()).splitlines()}
    assert lines["anna"].startswith("anna  The far bank, The boat  21 May 1922  3        ")
    assert "damaged" in lines["torn"]
    assert next(info_line(info) for info in shelf.list() if info.name == "anna").startswith(
        "anna: The far bank, 21 May 1922, The boat; 3"
    )


def test_a_life_is_resumed_where_it_exists_and_begun_where_not(ferry: Story, shelf: Shelf) -> None:
    with open_life(Start("play", "anna", seed=4), shelf, ferry) as begun:
        begun.answer("Eino")
    with open_life(Start("play", "anna", seed=9), shelf, ferry) as resumed:
        assert (len(resumed.entries), resumed.header.seed) == (1, 4)


@pytest.mark.parametrize("start", [Start("play", "anna", scene="boat"), Start("play", "anna", settings=(("coins", "3"),))])
def test_a_life_that_has_begun_takes_no_scene_and_no_values(ferry: Story, shelf: Shelf, life: Life, start: Start) -> None:
    life.close()
    with pytest.raises(SaveFault, match="has begun already"):
        open_life(start, shelf, ferry)


@pytest.mark.parametrize("name", ["gone.jsonl", "folder/gone"])
def test_a_file_that_is_not_there_begins_nothing(ferry: Story, shelf: Shelf, name: str) -> None:
    with pytest.raises(SaveFault, match="There is no file"):
        open_life(Start("play", name), shelf, ferry)
