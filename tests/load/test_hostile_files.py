"""Whatever stands in a file, loading it ends in a story or in diagnostics: never in an exception, never in a hang."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.load import Loaded, load_story
from game.load.diagnostics import render
from game.load.files import DECLARATIONS
from game.load.keys import BEAT_KEYS, CHOICE_KEYS, SCENE_KEYS

HEAD = """id: example
title: An example
version: 0.1.0
start: home
hub: home
date: 1922-03-06
"""
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def load(files: dict[str, bytes | str]) -> Loaded:
    """The story of these files, every finding drawn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in {"story.yaml": HEAD, "home.yaml": "home: {choices: [Wait]}\n", **files}.items():
            (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        loaded = load_story(folder)
    for diagnostic in loaded.diagnostics:
        assert render(diagnostic, loaded.sources)
    assert (loaded.story is None) == any(found.level == "error" for found in loaded.diagnostics)
    return loaded


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    load({"scenes.yaml": content})


@FUZZ
@given(st.text(alphabet=st.sampled_from("ab:- \n\t\"'|>{}[]#&*!%@`,?\\/<=.1é\u2028\x85\r"), max_size=80))
def test_any_text_of_yamls_own_signs(content: str) -> None:
    load({"scenes.yaml": f"office:\n  {content}"})


@FUZZ
@given(st.text(alphabet=st.sampled_from("ab:;{}[]()|?*<>+-=.,\"'\\ \n@#_1if not"), max_size=60))
def test_any_prose_and_logic(content: str) -> None:
    block = "\n".join(f"    {line}" for line in content.splitlines())
    load({"scenes.yaml": f"office:\n  text: |\n    x\n{block}\n  if: |\n    1\n{block}\n  do: |\n    x\n{block}\n"})


keys = st.sampled_from(sorted(BEAT_KEYS | CHOICE_KEYS | SCENE_KEYS)) | st.text(max_size=4)
words = st.sampled_from(["home", "back", "a -> home", "x += 1", "yes", "no", "1922-03-06", "3 months", "", "any", "seen(home)"])
leaves = words | st.text(max_size=12) | st.none() | st.integers() | st.floats() | st.booleans() | st.dates()
trees = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5), max_leaves=25)


@FUZZ
@given(st.dictionaries(st.sampled_from(["office", "shed", "home", "back"]), trees, max_size=3), st.booleans())
def test_any_nesting_of_the_languages_keys(tree: object, flow: bool) -> None:
    load({"scenes.yaml": yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True)})


@FUZZ
@given(st.sampled_from([*DECLARATIONS, "story", "codex"]), st.dictionaries(keys, trees, max_size=4))
def test_any_declarations(kind: str, tree: object) -> None:
    load({f"{kind}.yaml": yaml.safe_dump(tree, allow_unicode=True)})


SCENE = """office:
  title: The office
  text: |
    There are {food ? loaves | none}, *she says*.
  choices:
    - say: Sign
      needs: {food > 3: There is none.}
      do: food += 1; wait 2 weeks
    - Leave -> home
  then:
    - id: door
      go: home if food > 3 else office
"""


@FUZZ
@given(st.data())
def test_a_good_file_with_something_cut_out_or_put_in(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SCENE)))
    end = data.draw(st.integers(start, min(start + 12, len(SCENE))))
    middle = data.draw(st.text(alphabet=":-|#\"'{}[] \n\tabc&*", max_size=4))
    load({"scenes.yaml": SCENE[:start] + middle + SCENE[end:], "variables.yaml": "food: {start: 10}\n"})


@pytest.mark.parametrize(
    "content",
    [
        "[" * 900_000,
        "{a: " * 200_000,
        "- " * 400_000,
        "a:\n" + "  - b: c\n" * 90_000,
        "? " * 300_000,
        '"' + "a\n" * 400_000,
        "office:\n  text: |\n" + "    {" * 150_000,
        "office:\n  do: " + "(" * 400_000,
        "office:\n  go: " + "a if b else " * 70_000,
        "office:\n  text: |\n    " + "*" * 900_000,
        "office:\n  text: |\n    " + "[" * 900_000,
        "office:\n  choices:\n" + "    - x -> home\n" * 20_000,
        "".join(f"x{n}: &a{n} b\n" for n in range(40_000)),
        "a: &a [b]\n" + "".join(f"x{n}: *a\n" for n in range(40_000)),
        "\n".join(f"office{n}: {{go: offise}}" for n in range(1_500)),
    ],
    ids=lambda content: repr(content[:18]),
)
def test_a_hostile_file_is_answered_soon(content: str) -> None:
    began = perf_counter()
    load({"scenes.yaml": content[:999_000]})
    assert perf_counter() - began < 20
