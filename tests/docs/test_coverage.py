"""The pages of docs/language leave nothing of the language out: every key, function and effect is in an example that is run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from game.load import keys
from game.load.diagnostics import CODES
from game.load.files import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGE = sorted(path for path in (DOCS / "language").glob("*.md") if path.name != "README.md")
_FILE = re.compile(r"^```yaml (\S+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s#]*)(?:#([^)\s]*))?\)")

ENTRIES = {
    "people": "PERSON", "places": "PLACE", "papers": "PAPER", "rules": "RULE",
    "endings": "ENDING", "codex": "CARD", "variables": "VARIABLE",
}  # fmt: skip
"""What each entry of a file of declarations is, by the name of its table."""
WHOLE = {"story": "STORY", "pack": "PACK", "style": "STYLE"}
BELOW = {
    "ask": "ASK", "history": "HISTORY", "for": "FOR", "acts": "ACT", "draw": "DRAW",
    "then": "BEAT", "else": "BEAT", "elif": "BEAT", "skip": "BEAT",
}  # fmt: skip
FUNCTIONS = ["seen", "visits", "since", "taken", "has", "knows", "met", "chance", "roll", "min", "max", "abs", "round"]
NAMES = ["date", "turn", "act", "place"]
EFFECTS = [r"\w = ", r"\w \+= ", r"\w -= ", r"\w \*= ", r"[+-]= \S+ if ", "learn ", r"wait \d+ ", "wait turn", r"wait until \d"]
LISTS = ["{seq |", "{cycle |", "{once |", "{shuffle |"]
FORMATS = [":.2f}", ":words}", ":scale}", ":cap}", ":weekday d month}"]
MARKS = ["{@", "<>", "*N", "**", "](ferry)", r"\{"]


def examples() -> Iterator[tuple[str, str]]:
    """Every file that a page lays: its name and its text."""
    for path in [*LANGUAGE, DOCS / "style.md"]:
        yield from _FILE.findall(path.read_text("utf-8"))


def shown(value: Any, table: str) -> Iterator[tuple[str, str]]:
    """The keys in use, as (table, key), in what stands where a thing of this table is written."""
    if isinstance(value, list):
        for one in value:
            yield from shown(one, table)
    if not isinstance(value, dict):
        return
    for key, below in value.items():
        yield table, key
        if key == "choices":
            for choice in below:
                yield from shown(choice, "INCLUDE" if "include" in choice else "CHOICE")
        elif key == "parts":
            for part in below.values():
                yield from shown(part, "SCENE")
                yield from (("PART", name) for name in part if name in keys.PART_KEYS)
        elif key == "rates":
            yield from shown(list(below.values()), "RATE")
        elif key in BELOW:
            yield from shown(below, BELOW[key])


def every_key_shown() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for name, text in examples():
        content, kind = yaml.load(text, yaml.BaseLoader), kind_of(name.split("/", 2)[-1] if name.startswith("packs/") else name)
        if kind in WHOLE:
            found |= set(shown(content, WHOLE[kind]))
            continue
        for entry in content.values():
            if kind == "scenes":
                found |= set(shown(entry, "GRAFT" if "extend" in entry else "SCENE"))
            elif kind in ENTRIES:
                found |= set(shown(entry, ENTRIES[kind]))
    return found


def every_key() -> set[tuple[str, str]]:
    """Keys of a beat are played alike in a beat, a choice and a scene: shown in one of them, they are shown."""
    tables = {name: table for name, table in vars(keys).items() if name.isupper() and isinstance(table, dict)}
    return {(name, key) for name, table in tables.items() if name not in ("PLAYED", "TESTS") for key in table}


def test_every_key_of_the_language_is_in_an_example() -> None:
    found = every_key_shown()
    played = {key for table, key in found if table in ("BEAT", "CHOICE", "SCENE") and key in keys.PLAYING}
    assert {(table, key) for table, key in every_key() - found if key not in played} == set()


def test_the_reference_names_every_key() -> None:
    """docs/language.md is complete by itself, but for style.yaml, which has a page of its own."""
    code = " ".join(re.findall(r"```.*?```|`[^`\n]+`", (DOCS / "language.md").read_text("utf-8"), re.DOTALL))
    wanted = {key for table, key in every_key() if table not in ("STYLE", "RATE")}
    assert {key for key in wanted if not re.search(rf"\b{key}\b", code)} == set()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_in_an_example(name: str) -> None:
    assert any(re.search(rf"\b{name}\(", text) for _, text in examples())


@pytest.mark.parametrize("name", NAMES)
def test_every_built_in_name_is_in_an_example(name: str) -> None:
    assert any(re.search(rf"\{{{name}\W|(if|when): {name} |{name} [=<>]", text) for _, text in examples())


@pytest.mark.parametrize("form", EFFECTS)
def test_every_effect_is_in_an_example(form: str) -> None:
    assert any(re.search(form, line) for _, text in examples() for line in text.splitlines() if re.search(r"\bdo: |^ +- ", line))


@pytest.mark.parametrize("form", [*LISTS, *FORMATS, *MARKS])
def test_every_form_of_text_is_in_an_example(form: str) -> None:
    assert any(form in text for _, text in examples())


@pytest.mark.parametrize("path", LANGUAGE, ids=lambda path: path.stem)
def test_a_page_has_an_example_at_play_and_the_way_back(path: Path) -> None:
    page = path.read_text("utf-8")
    assert "```play" in page
    assert "](../language.md#" in page
    assert f"]({path.name})" in (DOCS / "language" / "README.md").read_text("utf-8")


def test_the_diagnostics_of_the_language_are_linked_from_a_page() -> None:
    """All but those of the prose, which docs/style.md explains."""
    pages = "".join(path.read_text("utf-8") for path in [*LANGUAGE, DOCS / "style.md", DOCS / "testing.md"])
    assert {code for code in CODES if f"diagnostics/{code}.md)" not in pages} == set()


def test_the_index_leads_to_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    assert [path.name for path in sorted(DOCS.glob("*.md")) if f"]({path.name})" not in index and path.name != "README.md"] == []


def anchors(path: Path) -> set[str]:
    lines = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL).splitlines()
    heads = (line.lstrip("#").strip().lower() for line in lines if line.startswith("#"))
    return {re.sub(r"[^\w -]", "", head).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.relative_to(DOCS).with_suffix("").as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]+`", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target, anchor in _LINK.findall(text):
        if "://" in target:
            continue
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), f"{path.name}: {target}"
        assert not anchor or anchor in anchors(file), f"{path.name}: {target}#{anchor}"
