"""The prologue's own bars, read from its files: length, what each pick decides, the language it uses, and its sources."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

STORY = Path(__file__).parents[2] / "story"
DECLARATIONS = {"story", "variables", "people", "places", "papers", "rules", "snippets", "endings", "roles"}

# The order of play. A pick must be felt in two scenes after the one that makes it.
ORDER = re.split(
    r"\s+",
    """p_prospectus p_hands p_reason p_the_paper p_pier p_ship_congress p_ship_days p_ship_rail s_ship_lesson s_ship_soup
    s_ship_boat_six s_ship_gale s_ship_drill p_ship_landing p_border s_rail_platform p_boxcar""",
)
PICKS = {"origin": "p_prospectus", "pronouns": "p_prospectus", "trade": "p_hands", "motive": "p_reason"}

BANNED = """testament, tapestry, delve, pivotal, vibrant, nestled, beacon, couldn't help but, breath you didn't know,
    barely above a whisper, hung in the air, something shifts, the weight of, sends a shiver, etched, steel yourself,
    steeled yourself, unspoken, ghost of a smile, you realise that, you realize that"""
ANACHRONISMS = ["FBI", "NKVD", "OGPU", "Novosibirsk", "USSR", "Soviet Union", "Gulag", "service station", "Kutkin"]


class UniqueKeys(yaml.SafeLoader):
    """PyYAML keeps the last of two equal keys in silence; a scene must not lose a key that way."""


def _mapping(loader: UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    pairs = [(loader.construct_object(key, deep=True), loader.construct_object(value, deep=True)) for key, value in node.value]
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"{node.start_mark}: a key stands twice among {keys}"
    return dict(pairs)


UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), UniqueKeys)
    return found


def _scenes() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((STORY / "prologue").glob("*.yaml")):
        found.update(read(path))
    return found


def _cards() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((STORY / "codex").glob("*.yaml")):
        found.update(read(path))
    return found


SCENES = _scenes()
CARDS = _cards()
ENDINGS = {"end_stayed": read(STORY / "endings.yaml")["end_stayed"]}  # the one that the prologue has
PAPERS = read(STORY / "papers.yaml")
VARIABLES = read(STORY / "variables.yaml")


# -- walking the files -------------------------------------------------------------------------------------------------


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a node, itself first."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def texts(node: Any) -> Iterator[str]:
    for found in nodes(node):
        if isinstance(found.get("text"), str):
            yield found["text"]


def logic(node: Any) -> Iterator[str]:
    """Every string of a node, conditions that are keys of `needs` included."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "needs" and isinstance(value, dict):
                yield from value
            yield from logic(value)
    elif isinstance(node, list):
        for value in node:
            yield from logic(value)
    elif isinstance(node, str):
        yield node


def effects() -> list[str]:
    """Every single effect of the scenes."""
    return [part.strip() for node in nodes(SCENES) if isinstance(node.get("do"), str) for part in node["do"].split(";")]


EVERYTHING = "\n".join(
    [*logic(SCENES), *logic(ENDINGS), *logic(PAPERS), *logic(read(STORY / "snippets.yaml")), *logic(read(STORY / "rules.yaml"))]
)


# -- prose: a small reader of the inline logic, enough to count its words ------------------------------------------------


def split(body: str) -> list[str]:
    """The branches of one `{…}`, cut at the bars of its own level."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(body):
        depth += (letter == "{") - (letter == "}")
        if letter == "|" and depth == 0:
            parts.append(body[start:at])
            start = at + 1
    return [*parts, body[start:]]


def pieces(text: str) -> list[str | list[str]]:
    """A text as plain stretches and, for each `{…}` in it, the list of that logic's branches."""
    out: list[str | list[str]] = []
    depth, start = 0, 0
    for at, letter in enumerate(text):
        if letter == "{":
            if depth == 0:
                out.append(text[start:at])
                start = at + 1
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0:
                out.append(split(text[start:at]))
                start = at + 1
    return [*out, text[start:]]


def condition(branch: str) -> tuple[str | None, str]:
    """A branch as its condition (none for the last one) and its text."""
    question = re.match(r"\s*([^{}?\"]+?)\s\?(?:\s|$)", branch)
    return (question[1], branch[question.end() :]) if question else (None, branch)


def is_value(piece: list[str]) -> bool:
    """`{x}`, which prints something, beside `{x ? a | b}`, which chooses."""
    return len(piece) == 1 and condition(piece[0])[0] is None


def plain(text: str) -> int:
    return len(re.findall(r"\w[\w'’.-]*", re.sub(r"\]\(\w+\)", "]", text)))


def words(text: str) -> int:
    """Words a reader can meet in a text, those of all branches together; a printed value counts as one."""
    total = 0
    for piece in pieces(text):
        if isinstance(piece, str):
            total += plain(piece)
        elif is_value(piece):
            total += 1
        else:
            alternatives = piece[1:] if piece[0].strip() in ("seq", "cycle", "shuffle", "once") else piece
            total += sum(words(condition(branch)[1]) for branch in alternatives)
    return total


def length() -> dict[str, int]:
    counted = {name: sum(words(text) for text in texts(scene)) for name, scene in {**SCENES, **ENDINGS}.items()}
    return {**counted, "papers": sum(words(paper["text"]) for paper in PAPERS.values())}


# -- what a pick decides -------------------------------------------------------------------------------------------------


def holds(cond: str, pick: str, value: str) -> bool | None:
    """Whether a condition holds when a pick has a value; None where that does not settle it."""

    def join(parts: list[bool | None], stop: bool) -> bool | None:
        return stop if stop in parts else None if None in parts else not stop

    if " or " in cond:
        return join([holds(part, pick, value) for part in cond.split(" or ")], True)
    if " and " in cond:
        return join([holds(part, pick, value) for part in cond.split(" and ")], False)
    if compared := re.fullmatch(rf"\s*{pick} (==|!=) (\w+)\s*", cond):
        return (compared[2] == value) == (compared[1] == "==")
    if listed := re.fullmatch(rf"\s*{pick} in \(([^)]*)\)\s*", cond):
        return value in re.split(r",\s*", listed[1])
    return None


def chosen(branches: list[str], pick: str, value: str) -> list[int]:
    """The branches that can be shown when the pick has the value."""
    possible = []
    for at, branch in enumerate(branches):
        cond = condition(branch)[0]
        truth = True if cond is None else holds(cond, pick, value)
        if truth is not False:
            possible.append(at)
        if truth is True:
            return possible
    return possible


def words_decided(text: str, pick: str, value: str, values: list[str]) -> int:
    """Words of a text that stand there because of the value: the shorter branch where something else decides too."""
    total = 0
    for piece in pieces(text):
        if isinstance(piece, str) or is_value(piece):
            continue
        if piece[0].strip() in ("seq", "cycle", "shuffle", "once"):
            total += max(words_decided(branch, pick, value, values) for branch in piece[1:])
            continue
        mine = chosen(piece, pick, value)
        others = [chosen(piece, pick, other) for other in values if other != value]
        if mine and all(set(mine).isdisjoint(other) for other in others):
            total += min(words(condition(piece[at])[1]) for at in mine)
        else:
            total += max([words_decided(condition(piece[at])[1], pick, value, values) for at in mine], default=0)
    return total


def choices_decided(scene: Any, pick: str, value: str, values: list[str]) -> list[str]:
    """The choices whose `if` the value opens and some other value closes."""
    opened = []
    for node in nodes(scene):
        cond = node.get("if")
        if (
            "say" in node
            and isinstance(cond, str)
            and holds(cond, pick, value) is not False
            and any(holds(cond, pick, other) is False for other in values)
        ):
            opened.append(node["say"])
    return opened


def values_of(pick: str) -> list[str]:
    return list(VARIABLES[pick]["words"])


@pytest.mark.parametrize(("pick", "value"), [(pick, value) for pick in PICKS for value in values_of(pick)])
def test_each_pick_decides_something_in_two_later_scenes(pick: str, value: str) -> None:
    felt = {}
    for name in ORDER[ORDER.index(PICKS[pick]) + 1 :]:
        opened = choices_decided(SCENES[name], pick, value, values_of(pick))
        most = max((words_decided(text, pick, value, values_of(pick)) for text in texts(SCENES[name])), default=0)
        if opened or most >= 12:
            felt[name] = opened or most
    assert len(felt) >= 2, f"{pick} = {value} is felt only in {felt}"


# -- length and style ----------------------------------------------------------------------------------------------------


def test_the_prologue_is_good_short_form() -> None:
    counted = length()
    assert 4000 <= sum(counted.values()) <= 6000, counted


def prose() -> str:
    return "\n".join([*texts(SCENES), *texts(ENDINGS), *texts(PAPERS)])


@pytest.mark.parametrize("phrase", re.split(r",\s+", BANNED))
def test_no_banned_phrase_of_the_bible(phrase: str) -> None:
    assert phrase.lower() not in prose().lower()


@pytest.mark.parametrize("term", ANACHRONISMS)
def test_no_term_that_1922_did_not_know(term: str) -> None:
    assert not re.search(rf"\b{term}\b", prose())


def test_few_em_dashes_and_few_similes() -> None:
    assert prose().count("—") <= 4
    assert len(re.findall(r"\bas if\b|\blike an?\b", prose())) <= 4


def test_labels_are_short() -> None:
    for node in nodes(SCENES):
        if "say" in node and "into" not in node:
            assert words(node["say"]) <= 14, node["say"]


def test_a_plain_label_is_not_cut_by_yaml() -> None:
    for node in nodes(SCENES):
        for choice in node.get("choices", []):
            assert isinstance(choice, dict), choice
            assert "include" in choice or isinstance(choice.get("say"), str), choice


# -- sources -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_says_what_is_attested(name: str) -> None:
    history = SCENES[name].get("history")
    assert history, f"{name} has no history"
    assert history["status"] in ("attested", "contested", "composite", "invented")
    assert history["cards"]


@pytest.mark.parametrize("name", CARDS)
def test_every_card_has_its_claim_its_sources_and_what_we_changed(name: str) -> None:
    card = CARDS[name]
    assert all(card[key] for key in ("title", "claim", "sources", "changed"))
    assert card["confidence"] in ("attested", "contested", "composite", "invented")


# -- the language --------------------------------------------------------------------------------------------------------


def keys(node: Any) -> set[str]:
    return {str(key) for found in nodes(node) for key in found}


KEYS = re.split(
    r"\s+",
    """draw choices then visit go ask give take checkpoint ending needs once include final note intent parts deck when weight
    every from until day if elif else id was tags cast place history content skip title subtitle""",
)

WRITTEN = {
    "a named rule": r"^(duty|has_words|own_name)$",
    "an early return": r"^back$",
    "a conditional go": r"^\w+ if .+ else \w+$",
    "an inline condition": r"\{[^{}?]+ \? [^{}]*\|",
    "seq": r"\{seq \|",
    "cycle": r"\{cycle \|",
    "shuffle": r"\{shuffle \|",
    "once in text": r"\{once \|",
    "a snippet": r"\{@\w+\}",
    "glue": r"<>",
    "emphasis": r"\*\w",
    "strong": r"\*\*\w",
    "a codex link": r"\[[^\]]+\]\(\w+\)",
    "a number's format": r"\{purse:\.2f\}",
    "a date's format": r"\{\w+:(weekday )?d month",
    "chance": r"\bchance\(",
    "roll": r"\broll\(",
    "learn": r"\blearn \w+",
    "wait": r"\bwait \d+ ",
    "wait turn": r"\bwait turn\b",
    "wait until": r"\bwait until \d",
    "seen": r"\bseen\(",
    "visits": r"\bvisits\(",
    "since": r"\bsince\(",
    "taken": r"\btaken\(",
    "has": r"\bhas\(",
    "knows": r"\bknows\(",
    "met": r"\bmet\(",
    "a guarded effect": r"[+-]= \d+ if ",
}


@pytest.mark.parametrize("key", KEYS)
def test_the_prologue_uses_the_key(key: str) -> None:
    assert key in keys(SCENES)


@pytest.mark.parametrize("construct", WRITTEN)
def test_the_prologue_uses(construct: str) -> None:
    assert re.search(WRITTEN[construct], EVERYTHING, re.MULTILINE), construct


def test_storylets_are_offered_and_played() -> None:
    draws = [node["draw"] for node in nodes(SCENES) if "draw" in node]
    assert {"show", "play"} <= {key for draw in draws for key in draw}


def test_variables_are_of_several_types_and_some_outlive_a_life() -> None:
    starts = {type(variable["start"]).__name__ for variable in VARIABLES.values()}
    assert {"int", "float", "bool", "str", "date"} <= starts
    assert any("scale" in variable for variable in VARIABLES.values())
    assert any("words" in variable for variable in VARIABLES.values())
    assert any("keep" in variable for variable in VARIABLES.values())
    assert any("series" in variable for variable in VARIABLES.values())
