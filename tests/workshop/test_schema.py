"""`kuzbass schema`: what editors are told of the language is what the decoders take."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft7Validator

from game.cli import main
from game.load import keys, load_story
from game.load.files import kind_of
from game.workshop.schema import FOLDER, KINDS, VALUES, modeline, schema, written

if TYPE_CHECKING:
    from game.load.diagnostics import Diagnostic

HERE = Path(__file__).parents[2]
SHIPPED = HERE / "story"
STORY = "id: example\ntitle: An example\nversion: 0.1.0\nstart: home\nhub: home\ndate: 1922-03-06\n"
PACK = "id: winter\ntitle: Winter\nversion: 0.1.0\nfor: {story: example, version: 0.1.0}\n"

# YAML as editors read it ---------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[-+]?(\d+|\.\d+|\d+\.\d*)([eE][-+]?\d+)?")
_TRUTHS = {
    "1.2": {"true": True, "false": False},
    "1.1": dict.fromkeys(("y", "yes", "true", "on"), True) | dict.fromkeys(("n", "no", "false", "off"), False),
}
VERSIONS = tuple(_TRUTHS)


def read(text: str, version: str) -> Any:
    """The document as JSON, plain scalars typed as by this version of YAML, keys and dates as they are written."""
    return _value(yaml.compose(text, yaml.CSafeLoader), version)


def _value(node: Any, version: str) -> Any:
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value, version) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, version) for item in node.value]
    text: str = node.value
    if node.style:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text.lower() in _TRUTHS[version] and text in (text.lower(), text.upper(), text.capitalize()):
        return _TRUTHS[version][text.lower()]
    if _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("+-").isdigit() else float(text)
    return text


@cache
def validator(kind: str) -> Draft7Validator:
    return Draft7Validator(schema(kind))


def faults(kind: str, text: str, version: str = "1.2") -> list[str]:
    """What the schema of a kind finds in a file."""
    return [
        f"{'/'.join(map(str, error.path))}: {error.message[:90]}" for error in validator(kind).iter_errors(read(text, version))
    ]


# no drift ------------------------------------------------------------------------------------------------------------

EVERY = sorted({name for table in vars(keys).values() if isinstance(table, dict) for name in table})


def entry(kind: str) -> dict[str, Any]:
    return schema(kind)["additionalProperties"]


def named(name: str, kind: str = "scenes") -> dict[str, Any]:
    return schema(kind)["definitions"][name]


CONSTRUCTS: dict[str, tuple[str, str, Any, str]] = {
    # name: the file, its text around a mapping, where the schema stands, and a key that makes it something else
    "a scene": ("scenes.yaml", "a: {}\n", lambda: named("scene"), "extend"),
    "a part": ("scenes.yaml", "a: {{parts: {{b: {}}}}}\n", lambda: named("part"), ""),
    "a beat": ("scenes.yaml", "a: {{then: [{}]}}\n", lambda: named("beat"), ""),
    "a flow": ("scenes.yaml", "a: {{then: {}}}\n", lambda: named("flow"), ""),
    "an elif": ("scenes.yaml", "a: {{if: 1 < 2, elif: [{}]}}\n", lambda: named("others")["items"], ""),
    "a choice": ("scenes.yaml", "a: {{choices: [{}]}}\n", lambda: named("choice"), "include"),
    "a draw": ("scenes.yaml", "a: {{draw: {}}}\n", lambda: named("draws"), ""),
    "a question": ("scenes.yaml", "a: {{ask: {}}}\n", lambda: named("ask"), ""),
    "a history": ("scenes.yaml", "a: {{history: {}}}\n", lambda: named("history"), ""),
    "a graft": ("winter/scenes.yaml", "a: {}\n", lambda: named("graft"), ""),
    "story.yaml": ("story.yaml", "{}\n", lambda: schema("story"), ""),
    "an act": ("story.yaml", STORY + "acts: [{}]\n", lambda: named("act", "story"), ""),
    "pack.yaml": ("winter/pack.yaml", "{}\n", lambda: schema("pack"), ""),
    "for": ("winter/pack.yaml", PACK.partition("for")[0] + "for: {}\n", lambda: named("for", "pack"), ""),
    "style.yaml": ("style.yaml", "{}\n", lambda: schema("style"), ""),
    "a rate": ("style.yaml", "rates: {{a: {}}}\n", lambda: named("rate", "style"), ""),
    "a variable": ("variables.yaml", "a: {}\n", lambda: entry("variables"), ""),
    "a person": ("people.yaml", "a: {}\n", lambda: entry("people"), ""),
    "a place": ("places.yaml", "a: {}\n", lambda: entry("places"), ""),
    "a paper": ("papers.yaml", "a: {}\n", lambda: entry("papers"), ""),
    "a rule": ("rules.yaml", "a: {}\n", lambda: entry("rules"), ""),
    "an ending": ("endings.yaml", "a: {}\n", lambda: entry("endings"), ""),
    "a codex card": ("codex/cards.yaml", "a: {}\n", lambda: entry("codex"), ""),
}


def found_in(folder: Path, file: str, text: str) -> list[Diagnostic]:
    """What the loader finds in one file, laid into a small story or, with `winter/`, into a pack for it."""
    story, pack = folder / "story", folder / "winter"
    base = {story / "story.yaml": STORY, story / "home.yaml": "home: {choices: [Wait]}\n", pack / "pack.yaml": PACK}
    path = (folder if file.startswith("winter/") else story) / file
    for each, content in (base | {path: text}).items():
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_text(content, "utf-8")
    return [
        found
        for found in load_story(story, [pack] if file.startswith("winter/") else []).diagnostics
        if found.at.file == path.as_posix()
    ]


def test_every_table_of_keys_is_one_of_these() -> None:
    tables = {name for name, table in vars(keys).items() if name.isupper() and isinstance(table, dict)}
    assert tables == {
        "PLAYED", "TESTS", "BEAT", "CHOICE", "INCLUDE", "PART", "SCENE", "GRAFT", "DRAW", "ASK", "HISTORY", "STORY", "ACT",
        "PACK", "FOR", "VARIABLE", "PERSON", "PLACE", "PAPER", "RULE", "ENDING", "CARD", "STYLE", "RATE",
    }  # fmt: skip


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_the_schema_has_the_keys_that_the_decoder_knows_and_no_others(name: str, tmp_path: Path) -> None:
    file, around, where, other = CONSTRUCTS[name]
    tried = [key for key in (*EVERY, "bogus") if key != other]
    written_out = "{" + ", ".join(f"{key}: x" for key in tried) + "}"
    refused = set()
    for found in found_in(tmp_path, file, around.replace("{{", "{").replace("}}", "}").replace("{}", written_out, 1)):
        if found.code == "unknown-key" and (match := re.search(r"has no (?:key )?`(\w+)`", found.message)):
            refused.add(match[1])
    assert "bogus" in refused
    assert set(where()["properties"]) - {other} == set(tried) - refused
    assert where()["additionalProperties"] is False


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_the_schema_needs_the_keys_that_the_decoder_needs(name: str, tmp_path: Path) -> None:
    file, around, where, _ = CONSTRUCTS[name]
    text = around.replace("{{", "{").replace("}}", "}")
    if name == "a graft":
        text = "a: {extend: home}\n"
    needed = {match[1] for found in found_in(tmp_path, file, text) if (match := re.search(r"needs `(\w+)`", found.message))}
    stated = set(where().get("required", ()))
    if name == "a choice":
        needed = {"say"} & needed
        stated = {one["required"][0] for one in where()["anyOf"]} - {"include"}
    if name == "a history":
        assert needed | stated == {"status"}
    assert stated == needed | ({"extend"} if name == "a graft" else set()) | ({"if"} if name == "an elif" else set())


SHOWN = [(name, key) for name, (_, _, where, _) in CONSTRUCTS.items() for key in where()["properties"] if name != "a flow"]


def described(name: str, key: str) -> dict[str, Any]:
    found = CONSTRUCTS[name][2]()["properties"][key]
    while "$ref" in found:
        at: Any = schema("scenes")
        for part in found["$ref"].removeprefix("#/").split("/"):
            at = at[part]
        found = at
    return found


ABOVE = {
    "a scene": "a:",
    "a part": "a:\n  parts:\n    b:",
    "a beat": "a:\n  then:\n    -",
    "an elif": "a:\n  if: 1 < 2\n  elif:\n    -",
    "a choice": "a:\n  choices:\n    -",
    "a draw": "a:\n  draw:",
    "a question": "a:\n  ask:",
    "a history": "a:\n  history:",
    "a graft": "a:",
    "an act": f"{STORY}acts:\n  -",
    "for": PACK.partition("for")[0] + "for:",
    "a rate": "rates:\n  a:",
}
"""What stands above a mapping in block style; nothing above that of a whole file, a name above any other."""
SHAPE = {
    "unknown-key", "wrong-type", "empty-value", "plain-prose", "bad-expression", "bad-prose", "out-of-range", "yaml-syntax",
    "bad-id", "bad-key", "reserved-name", "colon-in-text", "special-mark", "label-colon", "arrow-in-say", "cut-by-hash",
}  # fmt: skip


@pytest.mark.parametrize(("name", "key"), SHOWN)
def test_the_example_of_a_key_is_taken_by_the_loader(name: str, key: str, tmp_path: Path) -> None:
    """What it names need not exist in the small story, and what stands beside it in a real one is missing."""
    example = described(name, key)["markdownDescription"].partition("```yaml\n")[2].removesuffix("\n```")
    above = "" if name.endswith(".yaml") else ABOVE.get(name, "a:")
    indent = " " * 8 if above else ""
    text = f"{above}\n" * bool(above) + "".join(f"{indent}{line}\n" for line in example.splitlines())
    if name == "a graft" and key != "extend":
        text += f"{indent}extend: home\n"
    if name == "a choice" and key not in ("say", "include"):
        text += f"{indent}say: Label\n"
    found = [one for one in found_in(tmp_path, CONSTRUCTS[name][0], text) if one.code in SHAPE]
    assert not found, f"{text}\n{found}"


@pytest.mark.parametrize(("name", "key"), SHOWN)
def test_every_key_is_explained_with_an_example_that_is_valid(name: str, key: str) -> None:
    shown = described(name, key)
    assert shown["description"].endswith(".")
    assert len(shown["description"]) > 10
    example = re.search(r"```yaml\n(.*)\n```$", shown["markdownDescription"], re.DOTALL)
    assert example is not None
    assert example[1].startswith(f"{key}:")
    assert set(read(example[1], "1.2")) == {key}
    found = Draft7Validator({"$ref": "#/x", "x": shown, "definitions": schema("scenes")["definitions"] | _others()})
    for version in VERSIONS:
        assert not list(found.iter_errors(read(example[1], version)[key]))


def _others() -> dict[str, Any]:
    return schema("story")["definitions"] | schema("pack")["definitions"] | schema("style")["definitions"]


def test_every_kind_of_value_is_used() -> None:
    used = {
        key.value
        for table in vars(keys).values()
        if isinstance(table, dict)
        for key in table.values()
        if isinstance(key, keys.Key)
    }
    assert used == set(VALUES)


# what loads is valid -------------------------------------------------------------------------------------------------


def stories() -> dict[str, tuple[str, str]]:
    """Every file of a story that stands in this project and loads: (kind, text) by its name."""
    found: dict[str, tuple[str, str]] = {}
    for folder in (SHIPPED, HERE / "tests" / "engine" / "plays", HERE / "tests" / "plain" / "ferry", HERE / "docs" / "examples"):
        for path in sorted(folder.rglob("*.yaml")):
            found[path.relative_to(HERE).as_posix()] = kind_of(path.relative_to(folder).as_posix()), path.read_text("utf-8-sig")
    for page in sorted((HERE / "docs" / "diagnostics").glob("*.md")):
        text = page.read_text("utf-8")
        right = text if page.stem == "README" else text.partition("## Right")[2]
        for number, (name, code) in enumerate(
            re.findall(r"^```yaml (\S+\.yaml).*?\n(.*?)^```$", right, re.MULTILINE | re.DOTALL)
        ):
            found[f"{page.stem} {number} {name}"] = kind_of(name), code
    return found


FILES = stories()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_loads_is_valid(name: str, version: str) -> None:
    kind, text = FILES[name]
    assert not faults(kind, text, version)


TOLERATED = """
flow_is_a_text:
  text: |
    A text.
  then: |
    A text.
flow_is_a_beat:
  then: {go: other}
flow_is_a_list:
  then:
    - |
      A text.
    - {if: food < 3, do: [food += 1, food -= 1], elif: {if: food < 2, go: other}, else: [{go: other}]}
    - draw: works
    - draw: {deck: works, show: '3'}
    - draw: [works, {deck: any, play: 2}]
    - give: [a, b]
    - ask: {into: name, say: "Your name?", default: 7, limit: 20}
choices_of_every_form:
  choices:
    - Label
    - Label -> other
    - 1922
    - yes
    - 'Quoted: with a colon'
    - {include: other}
    - {say: Long, needs: fed, once: no, final: yes, intent: care}
    - say: Longer
      id: yes
      needs: {coal >= 3: You have none.}
      intent: [care, 7]
    - say: Longest
      needs: [fed, {coal >= 3: You have none.}, {a: b, c: d}]
      choices: [Nested]
keys_of_a_scene:
  title: 1922
  cast: hester
  deck: [works, other]
  when: yes
  weight: 0.5
  once: no
  every: 3 months
  from: 1922-05-01
  until: '1922-06-30'
  history: {status: composite, cards: one, note: A note.}
  content: [illness]
  skip: {go: other}
  tags: [1, a]
  parts: {door: {title: A door, go: other}}
имя_сцены: {go: back}
"""


@pytest.mark.parametrize("version", VERSIONS)
def test_what_may_be_written_in_several_forms_is_valid_in_each(version: str) -> None:
    assert not faults("scenes", TOLERATED, version)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("variables", "a: {start: 2 weeks}\nb: {start: 1922-03-06}\nc: {start: no, type: yes/no}\nd: {start: '7', series: yes}"),
        (
            "variables",
            "a: {start: x, words: [x, yes1]}\nb: {start: 0.5, range: 0.0 to 1.0, scale: {0: low, 0.5: high, -1: none}}",
        ),
        ("places", "pier: {name: The pier, map: world, at: [12, 7]}"),
        ("roles", "a: {care: 3, order: -2, self: 0.5}"),
        (
            "codex",
            "a: {title: A, claim: B, date: 1916, sources: One}\nb: {title: A, claim: B, date: 1916-05-01, sources: [1, Two]}",
        ),
        ("pack", "id: a\ntitle: A\nversion: 1\nfor: {story: b}"),
        ("story", STORY.replace("hub: home", "hub: [home, other]") + "content: {}\nacts: [{id: a, title: B, turns: [1, '2']}]"),
        (
            "style",
            "speech: [“, ”]\nbars: {label: at most 8, grade: 5 to 8, dialogue: at least 10%}\nrates: {a: {at_most: 3, find: b}}",
        ),
    ],
)
def test_so_are_declarations(kind: str, text: str, version: str) -> None:
    assert not faults(kind, text, version)


# what is wrong is found ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("scenes", "a: {txt: b}"),
        ("scenes", "a: {id: b}"),
        ("scenes", "a: {}"),
        ("scenes", "a: text"),
        ("scenes", "a:"),
        ("scenes", "9a: {go: b}"),
        ("scenes", "a.b: {go: b}"),
        ("scenes", "back: {go: b}"),
        ("scenes", "a: {then: [[b]]}"),
        ("scenes", "a: {then: {txt: b}}"),
        ("scenes", "a: {then: [{txt: b}]}"),
        ("scenes", "a: {choices: Label}"),
        ("scenes", "a: {choices: []}"),
        ("scenes", "a: {choices: [Ask: why]}"),
        ("scenes", "a: {choices: [{sya: b}]}"),
        ("scenes", "a: {choices: [{go: b}]}"),
        ("scenes", "a: {choices: [{include: b, if: c}]}"),
        ("scenes", "a: {choices: [{say: b, once: maybe}]}"),
        ("scenes", "a: {choices: [{say: b, else: c}]}"),
        ("scenes", "a: {choices: [{say: [b]}]}"),
        ("scenes", "a: {choices: [{say: b, needs: {c: [d]}}]}"),
        ("scenes", "a: {visit: b if c else d}"),
        ("scenes", "a: {draw: {show: 3}}"),
        ("scenes", "a: {draw: {deck: b, show: 0}}"),
        ("scenes", "a: {draw: {deck: b, show: 101}}"),
        ("scenes", "a: {draw: {deck: b, show: 1, play: 1}}"),
        ("scenes", "a: {ask: {say: b}}"),
        ("scenes", "a: {ask: {into: b, limit: 201}}"),
        ("scenes", "a: {from: 6 March 1922}"),
        ("scenes", "a: {deck: any}"),
        ("scenes", "a: {history: {status: atested}}"),
        ("scenes", "a: {history: {cards: b}}"),
        ("scenes", "a: {parts: {b: {deck: c}}}"),
        ("scenes", "a: {if: b, elif: [{text: c}]}"),
        ("scenes", "a: {if: b, elif: [{if: c, else: {go: d}}]}"),
        ("scenes", "a: {extend: b, text: c}"),
        ("scenes", "a: {extend: b}"),
        ("scenes", "a: {do: {b: 1}}"),
        ("story", "id: a"),
        ("story", STORY + "hubs: b"),
        ("story", STORY + "acts: [{id: a, title: b, turns: []}]"),
        ("story", STORY + "acts: [{id: a, title: b, turns: [0]}]"),
        ("story", STORY + "acts: {id: a}"),
        ("pack", PACK + "start: b"),
        ("pack", PACK.replace("story: ", "stroy: ")),
        ("variables", "a: 3"),
        ("variables", "a: {range: 0 to 3}"),
        ("variables", "a: {start: 3, range: 0-3}"),
        ("variables", "a: {start: 3, better: more}"),
        ("variables", "a: {start: 3, keep: first}"),
        ("variables", "a: {start: 3, group: none}"),
        ("variables", "a: {start: 3, type: integer}"),
        ("variables", "a: {start: 3, scale: {low: 1}}"),
        ("variables", "turn: {start: 3}"),
        ("people", "a: {nmae: b}"),
        ("people", "a: {about: b}"),
        ("places", "a: {name: b, at: [1]}"),
        ("places", "a: {name: b, at: [1, -2]}"),
        ("papers", "a: {text: b}"),
        ("rules", "a: {reason: b}"),
        ("snippets", "a: {b: c}"),
        ("endings", "a: {title: b, early: soon}"),
        ("roles", "a: {care: much}"),
        ("codex", "a: {title: b, claim: c, confidence: sure}"),
        ("style", "bars: {lable: at most 3}"),
        ("style", "bars: {label: 3}"),
        ("style", "language: klingon"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(kind: str, text: str) -> None:
    for version in VERSIONS:
        assert faults(kind, text + "\n", version)


# files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_draft_07_and_keeps_to_what_editors_ask_of_one(kind: str) -> None:
    found = schema(kind)
    Draft7Validator.check_schema(found)
    assert found["$schema"] == "http://json-schema.org/draft-07/schema#"
    text = json.dumps(found)
    assert '"enum": []' not in text  # editors refuse a whole schema for it
    assert '"required": []' not in text.replace('"required": [], "anyOf"', "")
    assert set(re.findall(r"#/definitions/(\w+)", text)) == set(found.get("definitions", ()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_that_ship_are_the_ones_that_are_made(kind: str) -> None:
    """After a change of the language: `kuzbass schema -o story/schema`."""
    assert (SHIPPED / FOLDER / f"{kind}.json").read_text("utf-8") == written(kind)


def test_no_other_schemas_ship() -> None:
    assert {path.stem for path in (SHIPPED / FOLDER).iterdir()} == set(KINDS)


def relative(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


def first_line(path: Path) -> str:
    return path.read_text("utf-8-sig").partition("\n")[0]


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.yaml")), ids=relative)
def test_every_file_of_the_story_names_its_schema(path: Path) -> None:
    inside = path.relative_to(SHIPPED).as_posix()
    assert first_line(path) == modeline(kind_of(inside), inside.count("/"))


def test_every_schema_that_a_file_names_is_there_and_of_its_kind() -> None:
    for folder in (SHIPPED, HERE / "docs" / "examples"):
        for path in sorted(folder.rglob("*.yaml")):
            named = first_line(path).partition("$schema=")[2]
            if named:
                assert (path.parent / named).is_file(), relative(path)
                assert (path.parent / named).stem == kind_of(path.relative_to(folder).as_posix()), relative(path)


def test_the_page_of_the_docs_names_every_kind() -> None:
    page = (HERE / "docs" / "editor.md").read_text("utf-8")
    assert set(re.findall(r"`(\w+)\.json`", page)) == set(KINDS)


# the command ---------------------------------------------------------------------------------------------------------


def test_the_command_prints_the_schema_of_a_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema("scenes")
    assert main(["schema", "--kind", "people", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == schema("people")


def test_the_command_writes_one_file_or_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "-o", str(tmp_path / "all")]) == 0
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "all").iterdir()} == {
        f"{kind}.json": written(kind) for kind in KINDS
    }
    assert main(["schema", "--kind", "codex", "-o", str(tmp_path / "codex.json")]) == 0
    assert (tmp_path / "codex.json").read_text("utf-8") == written("codex")
    assert main(["schema", "--kind", "scene"]) == 2
    assert "a kind with a similar name exists: `scenes`" in capsys.readouterr().err
