"""An author's edits are steps of the life: undone, replayed, verified and found again as choices are."""

from __future__ import annotations

import json

import pytest

from game.engine.turn import ChoiceRefused, StoryStuck
from game.saves import SaveFault
from game.saves.journal import EDITED, FORMAT, parse
from game.saves.lines import decode, encode


@pytest.fixture
def vera(shelf, tiny, play, to_the_month):
    """A life in the hub, with 3 coal: too little to write home."""
    with shelf.begin(tiny, name="vera", seed=4) as life:
        play(life, *to_the_month)
    return shelf


def enabled(life):
    return [option.id for option in life.page.options if option.enabled]


def test_a_variable_is_set_and_the_page_asks_anew(vera, tiny):
    with vera.open("vera", tiny) as life:
        assert "write_home" not in enabled(life)
        page = life.set_variable("coal", "5")
        assert "write_home" in enabled(life)
        assert page.blocks[-1].text == "Edited: coal is 5, it was 3."
        assert life.state.causes["coal"][-1][:2] == (3, 5)
        life.undo()
        assert life.state.vars["coal"] == 3
        assert not life.edited
        life.redo()
        assert life.state.vars["coal"] == 5
        assert life.edited


def test_a_scene_is_gone_to_and_undone(vera, tiny):
    with vera.open("vera", tiny) as life:
        before = life.page
        assert life.jump("start").title == "The pier"
        assert life.undo() == before


@pytest.mark.parametrize(("name", "text", "said"), [
    ("coal", "much", "`coal` is a whole number; `much` is not."),
    ("paid", "perhaps", "`paid` is yes or no; `perhaps` is neither."),
    ("mood", "sad", "`mood` is one of plain, glad; `sad` is not."),
    ("cole", "1", "No variable is called `cole`."),
])  # fmt: skip
def test_what_cannot_be_set_is_refused_in_a_sentence(vera, tiny, name, text, said):
    with vera.open("vera", tiny) as life:
        data = life.path.read_bytes()
        with pytest.raises(ChoiceRefused) as refused:
            life.set_variable(name, text)
        assert str(refused.value) == said
        with pytest.raises(StoryStuck):
            life.jump("nowhere")
        assert life.path.read_bytes() == data


def test_a_value_is_kept_within_its_range(vera, tiny):
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "1000")
        assert life.state.vars["coal"] == 99


def test_an_edited_life_is_replayed_and_verified_exactly(vera, tiny, play):
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "50")
        play(life, "write_home")
        life.jump("start.late")
        state, pages = life.state, [entry.page for entry in life.entries]
    with vera.open("vera", tiny) as life:
        assert life.verdict.kind == "exact"
        assert (life.state, [entry.page for entry in life.entries]) == (state, pages)
        assert [(entry.edit, entry.label) for entry in life.entries if entry.edit] == [
            ("set", "coal = 50"), ("jump", "go to start.late"),
        ]  # fmt: skip
    for level in ("logic", "pages"):
        assert vera.verify("vera", tiny, level).ok


def test_a_life_is_of_the_newer_format_from_its_first_edit_on(vera, tiny):
    def header():
        return decode(vera.open("vera", tiny, read_only=True).path.read_bytes().partition(b"\n")[0])

    before = header()
    assert before["format"] == FORMAT
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "5")
        life.set_variable("coal", "6")
    assert {key for key, value in header().items() if before[key] != value} == {"format"}
    assert header()["format"] == EDITED


def test_a_game_that_knows_no_edits_refuses_politely(vera, tiny, monkeypatch):
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "5")
    monkeypatch.setattr("game.saves.journal.EDITED", FORMAT)
    with pytest.raises(SaveFault, match="saved by a newer version of the game"):
        vera.open("vera", tiny)


def test_a_write_that_fails_leaves_the_life_where_it_was(vera, tiny, monkeypatch):
    with vera.open("vera", tiny) as life:
        state = life.state

        def full(*_):
            raise SaveFault("The disk is full.")

        monkeypatch.setattr("game.saves.disk.Held.append", full)
        with pytest.raises(SaveFault):
            life.set_variable("coal", "5")
        assert life.state is state
        monkeypatch.undo()
        life.set_variable("coal", "6")
    assert vera.verify("vera", tiny).ok


def test_lists_and_documents_say_that_a_life_is_edited(vera, tiny):
    from game.desk.shelf import document, info_line, table

    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "5")
        assert document(life)["edited"] is True
    assert vera.list()[0].edited
    assert "edited" in table(vera.list())
    assert info_line(vera.list()[0]).endswith("; edited")
    with vera.open("vera", tiny) as life:
        life.undo()
    assert not vera.list()[0].edited


def test_a_branch_and_a_copy_bring_their_edits_along(vera, tiny):
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "5")
        with life.branch(4, "late") as late, life.branch(3, "early") as early:
            assert (late.state.vars["coal"], late.edited, late.header.format) == (5, True, EDITED)
            assert (early.state.vars["coal"], early.edited, early.header.format) == (3, False, FORMAT)
    vera.copy("vera", "twin")
    for name in ("late", "early", "twin"):
        assert vera.verify(name, tiny).ok
        assert next(info for info in vera.list() if info.name == name).edited == (name != "early")


def test_what_an_edit_led_to_is_kept_for_no_other_life(vera, tiny, play):
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "90")
        play(life, "leave")
    assert vera.begin(tiny, name="next").header.kept == {}


def test_an_edit_of_a_variable_that_is_gone_is_left_out(vera, tell, scenes, play, tiny):
    with vera.open("vera", tiny) as life:
        life.set_variable("mood", "glad")
        play(life, "dig_coal")
    plain = scenes.replace("; mood = glad", "")
    changed = tell(
        plain, variables="coal: {start: 3, range: 0 to 99, label: Coal, series: yes}\nname: {start: Anna Reed}\npaid: {start: no}"
    )
    with vera.open("vera", changed) as life:
        assert life.verdict.kind == "moved"
        assert "one choice was left out" in life.verdict.sentence
        assert life.entries[-1].key == "month/dig_coal"


def test_a_jump_to_a_scene_that_is_gone_says_so(vera, tell, scenes, tiny):
    told = scenes + "    cellar:\n      text: |\n        Dark.\n      choices: [Up]\n      then: {go: month}\n"
    with vera.open("vera", tell(told)) as life:
        life.jump("cellar")
    with vera.open("vera", tiny, read_only=True) as life:
        assert "the story no longer has the scene `cellar`" in life.verdict.sentence


def test_an_edit_confirms_no_guess(vera, tell, scenes, play, tiny):
    """A choice that is gone is not taken for left out only because an edit, which fits everywhere, follows it."""
    with vera.open("vera", tiny) as life:
        play(life, "dig_coal")
        life.set_variable("paid", "yes")
    with vera.open("vera", tell(scenes.replace("say: Dig coal", "say: Dance")), read_only=True) as life:
        assert life.verdict.kind == "moved"
        assert "from a snapshot" in life.verdict.sentence


def test_a_damaged_edit_is_told_and_repaired(vera, tiny):
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "5")
        life.set_variable("coal", "6")
        path = life.path
    lines = path.read_bytes().split(b"\n")
    at = next(number for number, line in enumerate(lines) if b'"edit":' in line)
    lines[at] = lines[at].replace(b'"value":"5"', b'"value":"7"')
    path.write_bytes(b"\n".join(lines))
    assert not vera.verify("vera", tiny).ok
    assert vera.repair("vera").lost == 1
    with vera.open("vera", tiny) as life:
        assert life.state.vars["coal"] == 6


@pytest.mark.parametrize("change", [{"edit": "burn"}, {"name": 3}, {"value": None}, {"of": -1}])
def test_an_edit_that_makes_no_sense_is_a_damaged_line(vera, tiny, change):
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "5")
        path = life.path
    lines = path.read_bytes().split(b"\n")
    at = next(number for number, line in enumerate(lines) if b'"edit":' in line)
    lines[at] = encode({**{key: value for key, value in json.loads(lines[at]).items() if key != "sum"}, **change})[:-1]
    assert parse(b"\n".join(lines), "vera").damaged == [at + 1]


def test_a_life_that_lost_its_first_line_keeps_its_edits(vera, tiny):
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "5")
        path = life.path
    path.write_bytes(b"x" + path.read_bytes())
    vera.repair("vera")
    with vera.open("vera", tiny) as life:
        assert (life.state.vars["coal"], life.edited, life.header.format) == (5, True, EDITED)


def test_hostile_edits_with_good_checksums(vera, tiny):
    """Every field of an edit in turn as something else: a fault, or a life that can be played."""
    with vera.open("vera", tiny) as life:
        life.set_variable("coal", "5")
        life.jump("start.late")
        path = life.path
    good = [decode(line) for line in path.read_bytes().split(b"\n")[:-1]]
    for number, record in enumerate(good):
        for key in record if "edit" in record else ():
            for value in (None, 7, -1, "x", "", "jump", "set", [], {}, {"$date": "x"}, "../../x", "start.@skip", 10**30, True):
                lines = [dict(each) for each in good]
                lines[number][key] = value
                path.write_bytes(b"".join(encode(line) for line in lines))
                try:
                    with vera.open("vera", tiny, read_only=True) as life:
                        assert life.page.options or life.page.question
                        assert all(entry.page for entry in life.entries)
                        assert life.states
                        life.undo()
                except SaveFault as fault:
                    assert str(fault)
