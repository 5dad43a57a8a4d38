"""What a file has lost is told, and what is left of it is played."""

from __future__ import annotations

import json
import os
import random

import pytest

from game.saves import SaveFault
from game.saves.journal import parse


@pytest.fixture
def vera(shelf, tiny, play, to_the_month):
    """A life with every kind of line but a verdict, and the states that were shown."""
    with shelf.begin(tiny, name="vera", seed=4) as life:
        shown = [life.state]
        for move in (*to_the_month, "dig_coal", "dig_coal"):
            shown.append(play(life, move).state)
        life.undo()
        life.bookmark("here")
        shown.append(play(life, "dig_coal").state)
        life.rewind(2)
        for move in ("walk_about", "dig_coal", "dig_coal"):
            shown.append(play(life, move).state)
    return life.path, {state.digest() for state in shown}


def number_of(path, **wanted):
    """The index of the last line that has these values."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    return max(index for index, line in enumerate(lines) if all(line.get(key) == value for key, value in wanted.items()))


def damage(path, *numbers):
    lines = path.read_bytes().split(b"\n")
    for number in numbers:
        lines[number] = lines[number][:30] + b"#" + lines[number][31:]
    path.write_bytes(b"\n".join(lines))


def test_a_torn_last_line_is_dropped_with_a_word(shelf, tiny, vera):
    path, _ = vera
    with shelf.open("vera", tiny) as life:
        page = life.page
        life.undo()
    data = path.read_bytes()
    path.write_bytes(data[:-9])
    assert shelf.list()[0].readable
    assert "cut off" in shelf.list()[0].problem
    with shelf.open("vera", tiny) as life:
        assert "was dropped" in life.verdict.sentence
        assert life.undo() is not None
    assert path.read_bytes().count(b"\n") == len(path.read_bytes().splitlines())
    with shelf.open("vera", tiny) as life:
        assert life.verdict.sentence == ""
        life.redo()
        assert life.redo() == page


def test_a_last_line_without_its_end_is_used_and_ended(shelf, tiny, vera, play):
    path, _ = vera
    path.write_bytes(path.read_bytes()[:-1])
    with shelf.open("vera", tiny) as life:
        assert life.verdict.sentence == ""
        page = play(life, "dig_coal").page
    with shelf.open("vera", tiny) as life:
        assert life.page == page
        assert life.verdict.sentence == ""


def test_cut_off_anywhere_it_opens_at_a_state_that_was_shown(shelf, tiny, vera):
    path, shown = vera
    data = path.read_bytes()
    begun = data.index(b"\n") + 1
    ends = [at for at, byte in enumerate(data) if byte == ord("\n")]
    sizes = {max(end + step, 0) for end in ends for step in (-200, -1, 0, 1, 2, 40)} | {*range(0, len(data), 97)}
    for size in sorted(sizes):
        path.write_bytes(data[:size])
        if size < begun - 1:
            with pytest.raises(SaveFault):
                shelf.open("vera", tiny, read_only=True)
            continue
        with shelf.open("vera", tiny, read_only=True) as life:
            assert life.state.digest() in shown
            assert life.verdict.kind == "exact"


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_cut_off_it_is_played_on(shelf, tiny, vera, part, play):
    path, _ = vera
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with shelf.open("vera", tiny) as life:
        way = "=Vera" if life.page.question else next(option.id for option in life.page.options if option.enabled)
        page = play(life, way).page
    with shelf.open("vera", tiny) as life:
        assert life.page == page
        assert life.verdict.kind == "exact"


def test_any_changed_byte_is_noticed(vera):
    path, _ = vera
    data = path.read_bytes()
    dice = random.Random(1)
    ends = [at for at, byte in enumerate(data) if byte == ord("\n")]
    for at in (*ends, *range(0, len(data), 5)):
        changed = bytearray(data)
        changed[at] ^= 1 << dice.randrange(8)
        try:
            journal = parse(bytes(changed), "vera")
        except SaveFault:
            continue
        assert journal.torn or journal.damaged or journal.lost


def test_random_edits_never_raise_anything_but_a_fault(shelf, tiny, vera):
    path, _ = vera
    data = path.read_bytes()
    lines = data.split(b"\n")
    dice = random.Random(2)
    for _ in range(120):
        mixed = list(lines)
        for _ in range(dice.randint(1, 4)):
            match dice.randrange(4):
                case 0:
                    del mixed[dice.randrange(len(mixed))]
                case 1:
                    mixed.insert(dice.randrange(len(mixed)), dice.choice(lines))
                case 2:
                    dice.shuffle(mixed)
                case 3:
                    at = dice.randrange(len(mixed))
                    mixed[at] = mixed[at][: dice.randrange(len(mixed[at]) + 1)] + bytes(dice.randrange(256) for _ in range(3))
            mixed = mixed or [b""]
        path.write_bytes(b"\n".join(mixed))
        assert len(shelf.list()) == 1
        try:
            with shelf.open("vera", tiny) as life:
                assert life.page
                life.undo()
                assert all(entry.page for entry in life.entries)
            shelf.verify("vera", tiny, "pages")
            shelf.repair("vera")
        except SaveFault as fault:
            assert str(fault)
        for kept in path.parent.glob("*.damaged-*"):
            kept.unlink()


def test_a_damaged_middle_goes_on_from_the_last_good_snapshot(shelf, tiny, vera, play):
    path, _ = vera
    with shelf.open("vera", tiny) as life:
        state, moves = life.state, [entry.key for entry in life.entries]
    damage(path, number_of(path, choice="walk_about"))
    with shelf.open("vera", tiny) as life:
        assert life.state == state
        assert life.verdict.kind == "moved"
        assert "a part of its file is damaged" in life.verdict.sentence
        assert "One line of its file is damaged" in life.verdict.sentence
        assert [entry.key for entry in life.entries] == [key for key in moves if "walk" not in key]
        page = play(life, "dig_coal").page
    with shelf.open("vera", tiny) as life:
        assert life.page == page


def test_without_a_snapshot_behind_the_damage_it_goes_back_to_before_it(shelf, tiny, play):
    with shelf.begin(tiny, name="vera") as life:
        play(life, "=Vera")
        state = life.state
        play(life, "count_your_money")
        life.undo()
        play(life, "look_at_the_water")
    damage(life.path, number_of(life.path, choice="look_at_the_water"))
    with shelf.open("vera", tiny) as life:
        assert life.state == state
        assert "One line" in life.verdict.sentence


def test_repair_keeps_what_is_whole_and_the_damaged_file_beside_it(shelf, tiny, vera):
    path, _ = vera
    with shelf.open("vera", tiny) as life:
        state = life.state
    damage(path, number_of(path, choice="walk_about"))
    data = path.read_bytes()
    repair = shelf.repair("vera")
    assert repair.lost == 1
    assert repair.kept.read_bytes() == data
    assert repair.kept.name.startswith("vera.damaged-")
    with shelf.open("vera", tiny) as life:
        assert life.state == state
        assert "line" not in life.verdict.sentence
    with shelf.open("vera", tiny) as life:
        assert (life.verdict.kind, life.verdict.sentence) == ("exact", "")
    assert shelf.repair("vera").kept is None
    assert [info.name for info in shelf.list()] == ["vera"]


def test_a_damaged_first_line_says_what_can_be_done_and_repair_does_it(shelf, tiny, vera, play):
    path, _ = vera
    with shelf.open("vera", tiny) as life:
        page, seed = life.page, life.header.seed
    damage(path, 0)
    assert "repair vera" in shelf.list()[0].problem
    assert not shelf.list()[0].readable
    with pytest.raises(SaveFault, match="lives repair vera"):
        shelf.open("vera", tiny)
    assert "made anew" in shelf.repair("vera").sentence
    with shelf.open("vera", tiny) as life:
        assert life.page == page
        assert life.header.seed == seed
        assert life.verdict.kind == "exact"
        assert life.rewind(0).question is not None
        play(life, "=Olga")
    with shelf.open("vera", tiny) as life:
        assert life.verdict.kind == "exact"


def test_a_file_without_anything_in_it_is_left_alone(shelf, tiny, vera):
    path, _ = vera
    for data in (b"", b"\n\n", b"not a life", b'{"life":1}\n{"i":2}\n{}\n', os.urandom(4000)):
        path.write_bytes(data)
        with pytest.raises(SaveFault):
            shelf.open("vera", tiny)
        with pytest.raises(SaveFault):
            shelf.repair("vera")
        assert path.read_bytes() == data
        assert not shelf.list()[0].readable
