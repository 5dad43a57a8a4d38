"""The traps into which authors of real stories fell: each is seen, and each is told what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Small


def office(*lines: str) -> str:
    return "office:\n" + "".join(f"  {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (office("text: The desk is bare."), "plain-prose", 2, 9),
        (office('text: "The desk is bare."'), "plain-prose", 2, 9),
        (office("text: >", "  The desk."), "plain-prose", 2, 9),
        (office("text: {people}"), "plain-prose", 2, 9),
        (office("text: [words](card)"), "special-mark", 2, 9),
        (office("then: Soup."), "plain-prose", 2, 9),
        (office("then:", "  - Soup."), "plain-prose", 3, 7),
        (office("choices:", "  - Ask: why -> home"), "label-colon", 3, 7),
        (office("choices:", "  - Ask: why", "    go: home"), "label-colon", 3, 7),
        (office("choices:", "  - {food}"), "special-mark", 3, 7),
        (office("choices:", "  - [food]"), "wrong-type", 3, 7),
        (office("choices:", "  - #5 is mine"), "cut-by-hash", 3, 6),
        (office("choices:", "  - Take #5"), "cut-by-hash", 3, 12),
        (office("title: Car #5"), "cut-by-hash", 2, 14),
        (office("choices:", "  - say: Take", "    note: for #5"), "cut-by-hash", 4, 17),
        (office("choices:", '  - "We sign."'), "quoted-label", 3, 7),
        (office("choices:", "  - say: Leave -> home"), "arrow-in-say", 3, 18),
        (office("choices:", "  - Leave ->"), "empty-value", 3, 13),
        (office("choices:", "  - sya: Leave"), "unknown-key", 3, 7),
        (office("choices:", "  - go: home"), "missing-key", 3, 7),
        (office("choices:", "  - say: Leave", "    if: food > 1", "    else: |", "      No."), "unknown-key", 5, 7),
        (office("choices:", "  - |", "    Leave."), "wrong-type", 3, 7),
        (office("choices:"), "empty-value", 2, 11),
        (office("choices: Leave"), "wrong-type", 2, 12),
        (office("choices:", "  - {include: home, if: food > 1}"), "unknown-key", 3, 23),
        (office("if: food: 3"), "colon-in-text", 2, 11),
        (office("if: food = 3"), "bad-expression", 2, 12),
        (office("do: x"), "bad-expression", 2, 8),
        (office("once: true", "deck: works"), "wrong-type", 2, 9),
        (office("day: 4 June 1922", "when: food > 1"), "wrong-type", 2, 8),
        (office("deck: 4 June", "when: food > 1"), "bad-id", 2, 9),
        (office("deck: works", "from: 1922-02-30"), "wrong-type", 3, 9),
        (office("day: 6 March 1922"), "wrong-type", 2, 8),
        (office("draw: {deck: any, show: 03}"), "wrong-type", 2, 27),
        (office("draw: {deck: any, show: 1_0}"), "wrong-type", 2, 27),
        (office("draw: {deck: any, show: 0}"), "out-of-range", 2, 27),
        (office("draw: {deck: any, show: 1, play: 1}"), "unknown-key", 2, 30),
        (office("ask: {default: Anna}"), "missing-key", 2, 3),
        (office("ask: {into: food}"), "type-mismatch", 2, 15),
        (office("ask: {into: name, default: Anna Reed, limit: 4}"), "out-of-range", 2, 21),
        (office("visit: home if food > 1 else office"), "wrong-type", 2, 10),
        (office("history: {cards: [stone_house]}"), "missing-key", 2, 12),
        (office("history: {status: atested}"), "wrong-type", 2, 21),
        (office("else: |", "  No."), "missing-key", 2, 3),
        (office("if: food > 1", "elif:", "  - do: food += 1"), "missing-key", 4, 7),
        (office("id: desk"), "unknown-key", 2, 3),
        (office("then:", "  - title: x"), "unknown-key", 3, 7),
        (office("parts:", "  door: {deck: works}"), "unknown-key", 3, 12),
        (office("when: food > 1"), "without-deck", 2, 3),
        (office("until: 1922-05-01"), "without-deck", 2, 3),
        (office("day: 1922-05-01", "weight: 2"), "without-deck", 3, 3),
        (office("day: 1922-05-01", "until: 1922-04-30"), "empty-window", 3, 3),
        (office("deck: works", "title: x", "day: 1922-05-01", "until: 1922-04-30"), "empty-window", 5, 3),
        (office("go: home", "text: |", "  x"), "below-go", 3, 3),
        (office("ending: the_end", "go: home"), "below-go", 3, 3),
        (office("then:", "  - {if: food > 1, go: home, else: {go: home}}", "  - do: food += 1"), "unreachable-beat", 4, 7),
        (office("text:"), "empty-value", 2, 8),
        ("office: go home\n", "wrong-type", 1, 9),
        ("office:\n", "empty-value", 1, 8),
        ("office: {}\n", "empty-value", 1, 1),
        ("- office\n", "wrong-type", 1, 1),
        ("the office: {go: home}\n", "bad-id", 1, 1),
        ("5th: {go: home}\n", "bad-id", 1, 1),
        ("x" * 41 + ": {go: home}\n", "bad-id", 1, 1),
        ("if: {go: home}\n", "reserved-name", 1, 1),
        (office("then:", "  - id: back", "    do: food += 1"), "reserved-name", 3, 11),
        (office("deck: any", "title: x"), "reserved-name", 2, 9),
    ],
)  # fmt: skip
def test_the_trap_is_seen_where_it_is(small: Small, text: str, code: str, line: int, column: int) -> None:
    assert [(one.code, one.at.line, one.at.column) for one in small.faults(text)] == [(code, line, column)]


@pytest.mark.parametrize(
    "text",
    [
        office("go: home     # a remark"),
        office("choices:", "  - Leave -> home     # a remark"),
        office("choices:", "  - 'Take #5: now'"),
        office("choices:", "  - '\"We sign,\" you say'"),
        office("choices:", '  - "We sign: now"'),
        office("choices:", "  - Leave {food > 1 ? now | later} -> home"),
        office("choices:", "  - say: Show {food} -> {morale}"),
        office("choices:", "  - No", "  - Yes", "  - Back"),
        office("text: |", "  Car #5: \"Yes,\" she says & 'no'. @ % ! `x`"),
        office("then:", "  - if: food > 1", "    go: home", "  - do: food += 1"),
        office("then:", "  - go: home", "  - id: door", "    do: food += 1", "  - do: food += 1"),
        office("if: food > 1", "go: home", "else: |", "  No.", "parts:", "  door: {go: home}"),
        office("draw: {deck: any, play: 1}", "do: food += 1", "choices: [Wait]"),
        office("day: 1922-05-01", "when: food > 1"),
        office("day: 1922-05-01", "until: 1922-05-01"),
        "контора:\n  go: home\n",
    ],
)
def test_what_only_looks_like_a_trap_is_let_through(small: Small, text: str) -> None:
    assert small.faults(text) == []


def test_the_nearest_real_key_is_named(small: Small) -> None:
    (found,) = small.faults(office("chioces: [Wait]"))
    assert found.notes == ("a key with a similar name exists: `choices`",)


def test_a_key_of_something_else_is_sent_there(small: Small) -> None:
    (found,) = small.faults(office("then:", "  - deck: works"))
    assert found.fix == "`deck` belongs to a scene"


def test_where_a_key_has_no_effect_it_is_said_what_would_give_it_one(small: Small) -> None:
    def told(*lines: str) -> tuple[str, str]:
        (found,) = small.faults(office(*lines))
        return found.message, found.fix

    assert told("every: 3 months") == ("`every` has no effect: this scene is in no deck", "add `deck: …`, or take it away")
    assert told("until: 1922-05-01") == (
        "`until` has no effect: this scene is in no deck and has no `day`",
        "add one of them, or take it away",
    )
    assert told("day: 1922-05-01", "from: 1922-04-01") == ("`from` has no effect: an event begins on its `day`", "take it away")


def test_an_event_that_is_over_before_its_day_is_told_both_days(small: Small) -> None:
    (found,) = small.faults(office("day: 1922-05-01", "until: 1922-04-30"))
    assert found.message == "the window closes on 1922-04-30, before its `day`, 1922-05-01: the event can never come"


def test_a_fault_inside_prose_is_shown_in_its_line(small: Small) -> None:
    (found,) = small.faults(office("text: |", "  One.", "", "  Two {food > } three."))
    assert (found.code, found.at.line, found.at.column) == ("bad-prose", 5, 17)


@pytest.mark.parametrize(
    ("needs", "column"),
    [
        (["needs:", "  - You have not been told that"], 11),
        (["needs: You have no bread, and no money"], 14),
        (["needs: {You have no bread: food > 3}"], 15),
        (["needs: 'They do not trust you.'"], 14),
    ],
)
def test_a_reason_where_a_condition_belongs_is_told_the_shape(small: Small, needs: list[str], column: int) -> None:
    (found,) = small.faults(office("choices:", "  - say: Go", *(f"    {line}" for line in needs)))
    assert (found.code, found.at.column) == ("bad-expression", column)
    assert "`needs` is `{condition: The reason.}`" in found.message
    assert found.fix.startswith("write the condition in front: `food > 3: ")


def test_a_slip_in_a_need_is_still_told_where_it_is(small: Small) -> None:
    (found,) = small.faults(office("choices:", "  - say: Go", "    needs: {Food > = 3: No bread.}"))
    assert found.fix == "write `>=`"
    assert small.faults(office("choices:", "  - say: Go", "    needs: [fed, {morale > 1: They are tired.}]")) == []


def test_an_undrawn_deck_is_told_those_that_are_drawn_the_nearest_first(small: Small) -> None:
    text = office("draw: [{deck: rail, show: 1}, {deck: ship, show: 1}]")
    text += "".join(f"{name}: {{deck: {name}, title: T, go: home}}\n" for name in ("rail", "ship", "shp"))
    (found,) = small.faults(text)
    assert (found.code, found.notes) == ("undrawn-deck", ("the decks that are drawn from, the nearest first: `ship`, `rail`",))


def test_names_inside_logic_are_told_beside_those_of_the_model(small: Small) -> None:
    story, _ = small.write(
        office("cast: [nobody]", "if: fod > 3", "do: morale += 1; mrale += 1", "text: |", "  {@nothing}", "go: hom")
    )
    from game.load import load_story

    loaded = load_story(story)
    assert loaded.story is None
    assert loaded.model is None
    assert [one.code for one in loaded.diagnostics] == [
        "unknown-person", "unknown-name", "unknown-variable", "unknown-snippet", "unknown-target",
    ]  # fmt: skip


def test_everything_is_reported_at_once(small: Small) -> None:
    story, _ = small.write(office("txt: x", "go: hom", "once: on", "cast: [nobody]"))
    (story / "broken.yaml").write_text("shed:\n  a: b: c\n")
    from game.load import read_model

    model, found = read_model(story)
    assert model is None
    assert [one.code for one in found] == [
        "colon-in-text",
        "unknown-key",
        "unknown-target",
        "without-deck",
        "wrong-type",
        "unknown-person",
    ]


def test_names_in_a_file_that_cannot_be_read_do_not_count_as_unknown(small: Small) -> None:
    story, _ = small.write(office("go: shed"))
    (story / "broken.yaml").write_text("shed:\n  a: b: c\n")
    from game.load import read_model

    assert [one.code for one in read_model(story)[1]] == ["colon-in-text"]
