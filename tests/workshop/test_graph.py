"""`kuzbass graph`: what leads where, in three languages; whatever a title says, it stays a title."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.cli import main
from game.load import load_story
from game.saves import Shelf
from game.workshop.graph import FORMATS, Edge, Graph, Group, Node, act, around, lived, of_story, write
from game.workshop.graph.acts import acts_of
from game.workshop.graph.dot import quoted
from game.workshop.graph.layout import Box, Line, layout
from game.workshop.graph.mermaid import escaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.story import Story

    Tell = Callable[..., Story]

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"

STORY = """
    id: tiny
    title: A Tiny Story
    version: 0.1.0
    start: pier
    hub: month
    date: 1922-03-06
    acts:
      - {id: voyage, title: The voyage, turns: [30]}
      - {id: winter, title: The winter, turns: [30]}
"""
SCENES = """
    pier:
      title: The pier
      choices:
        - say: Board
          go: cabin.bunk
        - Walk home -> home
        - say: Look
          text: |
            Water.
      then:
        - go: month
    cabin:
      title: A cabin
      parts:
        bunk:
          visit: letter
          go: month
    letter:
      text: |
        Dear Vera.
    home:
      ending: end_home
    drill: {day: 1922-03-06, title: The drill}
    month:
      title: The month
      choices:
        - say: Walk the works
          draw: works
        - include: more
        - Wait
      then:
        - do: wait turn
        - go: month
    more: {choices: [Listen, Sleep]}
    oven: {deck: works, title: The oven, until: 1922-04-04, choices: [Mend it]}
    mill: {deck: works, title: The mill, until: 1922-04-04, choices: [{say: Burn it down, ending: end_home}]}
"""


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.places.cache_folder", lambda: tmp_path / "cache")


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """A story of scenes in YAML; other files by name."""

    def told(scenes: str = SCENES, **files: str) -> Story:
        folder = tmp_path / "story"
        written = {"story": STORY, "scenes": scenes, "endings": "end_home: {title: Home}\n", **files}
        for name, text in written.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
        loaded = load_story(folder)
        assert loaded.story is not None, [f"{each.code} {each.message}" for each in loaded.diagnostics]
        return loaded.story

    return told


def ways(graph: Graph) -> set[str]:
    return {
        f"{edge.source} {edge.kind} {edge.target}" + (f": {', '.join(edge.labels)}" if edge.labels else "")
        for edge in graph.edges
    }


# what leads where ---------------------------------------------------------------------------------------------------


def test_every_way_of_the_story_is_an_edge_with_the_choices_that_lead_there(tell: Tell) -> None:
    assert ways(of_story(tell())) == {
        "pier go cabin: Board",
        "pier go home: Walk home",
        "pier go month",
        "cabin visit letter",
        "cabin go month",
        "home end ending:end_home",
        "month draw deck:works: Walk the works",
        "month include more",
        "month go month",
        "month day drill",
        "deck:works end ending:end_home: Burn it down",
    }


def test_a_scene_that_ends_goes_on_to_the_hub_unless_it_was_called(tell: Tell) -> None:
    scenes = """
        pier: {choices: [{say: Read, visit: letter}, Go on], then: [{go: road}]}
        road: {choices: [Walk]}
        letter: {choices: [Fold it]}
        month: {choices: [{say: Stop, ending: end_home}]}
    """
    graph = of_story(tell(scenes))
    assert {edge.source for edge in graph.edges if edge.kind == "hub"} == {"road"}


def test_a_deck_is_one_node_unless_its_storylets_are_asked_for(tell: Tell) -> None:
    story = tell()
    folded = of_story(story)
    assert folded.nodes["deck:works"].note == "2 storylets"
    assert folded.nodes["deck:works"].about == ("The mill", "The oven")
    assert "oven" not in folded.nodes
    opened = of_story(story, storylets=True)
    assert {"deck:works draw oven", "deck:works draw mill", "mill end ending:end_home: Burn it down"} <= ways(opened)


def test_parts_are_folded_into_their_scene_unless_they_are_asked_for(tell: Tell) -> None:
    graph = of_story(tell(), parts=["cabin"])
    assert graph.nodes["cabin.bunk"].kind == "part"
    assert {"pier go cabin.bunk: Board", "cabin.bunk visit letter", "cabin.bunk go month"} <= ways(graph)


def test_a_scene_without_words_in_its_title_is_called_by_its_name(tell: Tell) -> None:
    graph = of_story(tell(SCENES.replace("title: The month", 'title: "{date}"')))
    assert graph.nodes["month"].title == "month"


def test_a_label_with_logic_reads_as_its_first_branch(tell: Tell) -> None:
    graph = of_story(tell(SCENES.replace("- say: Board", '- say: "Board{turn > 1 ? , at last}, on *{date:d month}*"')))
    assert "pier go cabin: Board, at last, on …" in ways(graph)


# acts -------------------------------------------------------------------------------------------------------------


def test_a_scene_belongs_to_the_act_of_its_folder_or_its_days_or_what_leads_there(tell: Tell) -> None:
    acts = acts_of(
        tell(**{"2-winter/snow": "snow: {go: month}\nthaw: {day: 1922-03-09, go: stove}\n", "any": "stove: {go: month}\n"})
    )
    assert {scene: acts[scene] for scene in ("snow", "thaw", "stove", "drill", "oven", "pier", "letter")} == {
        "snow": "winter", "thaw": "winter", "stove": "winter", "drill": "voyage", "oven": "voyage", "pier": "", "letter": "",
    }  # fmt: skip


def test_an_act_is_drawn_with_what_borders_on_it(tell: Tell) -> None:
    graph = act(of_story(tell()), "voyage")
    assert {node.id: node.beyond for node in graph.nodes.values()} == {
        "drill": False, "deck:works": False, "month": True, "ending:end_home": True,
    }  # fmt: skip
    assert ways(graph) == {
        "month day drill", "month draw deck:works: Walk the works", "deck:works end ending:end_home: Burn it down",
    }  # fmt: skip


def test_around_a_scene_is_what_is_so_many_steps_away(tell: Tell) -> None:
    story = tell()
    graph = of_story(story, parts=["cabin"])
    assert set(around(graph, "cabin", 0).nodes) == {"cabin", "cabin.bunk"}
    assert set(around(graph, "cabin", 1).nodes) == {"cabin", "cabin.bunk", "pier", "letter", "month"}


# what a life visited ------------------------------------------------------------------------------------------------


def test_a_life_is_marked_in_its_order_with_the_choices_that_it_took(tell: Tell, tmp_path: Path) -> None:
    story = tell()
    with Shelf(tmp_path / "lives").begin(story, name="vera", seed=1) as life:
        for name in ("look", "walk_the_works"):
            life.choose(next(option.key for option in life.page.options if option.id == name))
        card = life.page.options[0].key
        life.choose(card)
        graph = lived(of_story(story), story, life)
    assert graph.lived == "vera"
    assert {node.id: node.visits for node in graph.nodes.values() if node.visits} == {
        "pier": (1,), "drill": (2,), "month": (3,), "deck:works": (4,),
    }  # fmt: skip
    taken = {(edge.source, edge.target): edge.taken for edge in graph.edges if edge.taken}
    assert taken["pier", "drill"] == ("1. Look",)
    assert taken["month", "deck:works"][0].startswith("3. The ")
    assert "chosen here: 2. Walk the works" in graph.nodes["month"].about


def test_the_recorded_life_is_drawn_to_its_ending() -> None:
    story = load_story(ROOT / "story").story
    assert story is not None
    with Shelf(ROOT, ROOT / "saves" / "recorded").open("vieno", story, read_only=True) as life:
        graph = lived(of_story(story), story, life)
    visited = sorted((node.visits[0], node.id) for node in graph.nodes.values() if node.visits)
    assert visited[0][1] == story.start
    assert visited[-1][1] == f"ending:{life.page.ending}"


# formats ----------------------------------------------------------------------------------------------------------


def test_mermaid(tell: Tell) -> None:
    assert write(act(of_story(tell()), "voyage"), "mermaid") == dedent("""\
        flowchart TD
          accTitle: A Tiny Story
          accDescr: 2 scenes, 1 deck and 1 ending, 3 ways between them.
          subgraph g0["In no one act"]
            n1{{"The month"}}
          end
          subgraph g1["The voyage"]
            n0>"The drill<br/>6 March 1922"]
            n2[["works<br/>2 storylets"]]
          end
          n3(["Home"])
          n1 ==>|"Walk the works"| n2
          n2 -->|"Burn it down"| n3
          n1 -.-> n0
          classDef beyond stroke-dasharray:4 3
          class n1,n3 beyond
        """)


def test_dot(tell: Tell) -> None:
    text = write(around(of_story(tell()), "letter", 1), "dot")
    assert 'n0 [shape=box, label="A cabin"' in text
    assert 'n0 -> n1 [style=dashed, tooltip="visit, and back"];' in text
    assert text.endswith("}\n")


def test_svg_is_accessible_and_follows_light_and_dark(tell: Tell) -> None:
    text = write(of_story(tell()), "svg")
    root = ET.fromstring(text)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title about")
    assert root.findtext(f"{SVG}title") == "A Tiny Story"
    assert root.findtext(f"{SVG}desc") == "7 scenes, 1 deck and 1 ending; 11 ways between them."
    assert "prefers-color-scheme: dark" in text
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert any(title.startswith("The pier\nthe story begins here\nscene\npier\nstory/scenes.yaml:2") for title in titles)
    assert "go\nBoard" in titles


def test_a_picture_names_no_folder_of_this_machine(tell: Tell, tmp_path: Path) -> None:
    graph = of_story(tell())
    assert not any(str(tmp_path) in write(graph, form) for form in FORMATS)


ANY_TEXT = st.text(max_size=40) | st.sampled_from(
    [
        "end",
        "]",
        '"]',
        "--> n1",
        "#quot;",
        "%%{init: {}}%%",
        "style a:#b;",
        "</title><script>",
        "]]>",
        "&amp;",
        "\\N",
        "\\",
        "`x`",
        "a|b",
    ]
)


def _hostile(title: str, label: str, group: str) -> Graph:
    nodes = {
        name: Node(name, kind, title, "g", (title,), note=label, visits=(1,))
        for name, kind in (("one", "scene"), ("two", "hub"), ("deck:x", "deck"))
    }
    edges = (Edge("one", "two", "go", (label, title)), Edge("two", "two", "go", (label,)), Edge("two", "deck:x", "draw"))
    return Graph(title, nodes, edges, (Group("g", group),))


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_valid_xml(title: str, label: str, group: str) -> None:
    root = ET.fromstring(write(_hostile(title, label, group), "svg"))
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "style",
        "rect",
        "text",
        "g",
        "path",
        "polygon",
    }


@given(ANY_TEXT)
def test_any_text_is_one_string_of_dot(text: str) -> None:
    assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\n])*"', quoted(text, text))


@given(ANY_TEXT)
def test_any_text_is_a_label_of_mermaid(text: str) -> None:
    """Nothing is left that Mermaid could read: every ASCII sign but a few harmless ones is an entity."""
    assert re.fullmatch(r"(?:#\d+;|[A-Za-z0-9 ,.!?'-]|[^\x00-\x7f])*", escaped(text))


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
@settings(max_examples=60, deadline=None)
def test_any_text_leaves_mermaid_its_lines(title: str, label: str, group: str) -> None:
    line = re.compile(
        r"flowchart TD|  acc(Title|Descr): [^\n#;%{}]*|  subgraph g\d+\[\"[^\"]*\"\]|  end"
        r"|  (  )?n\d+(\[|\[\[|\{\{)\"[^\"]+\"(\]|\]\]|\}\})|  n\d+ (-->|==>)(\|\"[^\"]+\"\|)? n\d+"
        r"|  (classDef|class) [\w#,:; -]+"
    )
    for text in write(_hostile(title, label, group), "mermaid").splitlines():
        assert line.fullmatch(text), text


# layout -----------------------------------------------------------------------------------------------------------

NAMES = st.integers(0, 14).map(str)


@given(st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=40), st.lists(st.integers(0, 2), min_size=15, max_size=15))
@settings(max_examples=60, deadline=None)
def test_no_two_boxes_overlap_and_no_label_lies_on_a_box(pairs: list[tuple[str, str, bool]], bands: list[int]) -> None:
    boxes = {str(number): Box(60 + 17 * number, 30 + number, band) for number, band in enumerate(bands)}
    lines = [Line(one, other, "go", label=(90, 20) if labelled else (0, 0)) for one, other, labelled in pairs]
    placed = layout(boxes, lines)
    rects = [(*placed.boxes[name], box.width, box.height) for name, box in boxes.items()]
    labels = [
        (*at, *line.label) for line, at in zip(lines, placed.labels, strict=True) if line.label[0] and line.source != line.target
    ]
    for one, other in [*combinations(rects, 2), *((label, rect) for label in labels for rect in rects)]:
        apart = (
            abs(one[0] - other[0]) >= (one[2] + other[2]) / 2 - 0.01 or abs(one[1] - other[1]) >= (one[3] + other[3]) / 2 - 0.01
        )
        assert apart


def test_a_line_runs_from_box_to_box_and_bands_stand_below_one_another() -> None:
    boxes = {"a": Box(80, 30, 0), "b": Box(80, 30, 1), "c": Box(80, 30, 0)}
    placed = layout(boxes, [Line("a", "c", "go"), Line("c", "b", "go"), Line("b", "a", "go"), Line("a", "a", "go")])
    assert placed.bands[0][1] < placed.bands[1][0]
    down, on, back, loop = placed.routes
    assert down[0][1] == placed.boxes["a"][1] + 15
    assert down[-1][1] == placed.boxes["c"][1] - 15
    assert on[-1][1] == placed.boxes["b"][1] - 15
    assert back[0][1] == placed.boxes["b"][1] - 15
    assert loop == []


# the command --------------------------------------------------------------------------------------------------------


def test_the_format_follows_the_file(tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell()
    assert main(["graph", str(tmp_path / "story"), "-o", str(tmp_path / "map.svg")]) == 0
    assert (tmp_path / "map.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert capsys.readouterr().out == f"Written: {tmp_path / 'map.svg'}.\n"
    assert main(["graph", str(tmp_path / "story")]) == 0
    assert capsys.readouterr().out.startswith("flowchart TD\n")


@pytest.mark.parametrize(("line", "sentence"), [
    (["--format", "png"], "There is no format called png; there are mermaid, dot, svg."),
    (["--act", "summer"], "The story has no act `summer`; it has `voyage` and `winter`."),
    (["--around", "moth"], "The story has no scene `moth`; it has `month`."),
    (["--around", "month", "--act", "voyage"], "`--act` and `--around` each choose what is drawn: give one of them."),
    (["--steps", "2"], "`--steps N` goes with `--around SCENE`, and N is 0 or more."),
    (["--life", "nobody"], "There is no life called `nobody`. `kuzbass lives list` names them."),
])  # fmt: skip
def test_what_cannot_be_drawn_is_a_sentence(
    tell: Tell,
    tmp_path: Path,
    line: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "none"))
    tell()
    assert main(["graph", str(tmp_path / "story"), *line]) == 2
    assert capsys.readouterr().err == f"kuzbass: {sentence}\n"


def test_a_graph_too_large_for_mermaid_says_so_beside_it(
    tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.workshop.graph.mermaid.LIMITS", (3, 1000))
    tell()
    assert main(["graph", str(tmp_path / "story")]) == 0
    assert "`--format svg` draws up to 3,000 boxes" in capsys.readouterr().err


def test_a_picture_that_is_too_large_is_a_sentence_and_the_other_formats_stay(
    tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.workshop.commands.graph.LARGEST", 2)
    tell()
    assert main(["graph", str(tmp_path / "story"), "--format", "svg"]) == 2
    said = capsys.readouterr().err
    assert "is too large to be of use; 2 is the limit. `--act` and `--around` draw a part of it" in said
    assert main(["graph", str(tmp_path / "story"), "--format", "dot"]) == 0


def test_a_choice_that_leads_into_a_folded_part_labels_the_ways_out_of_it(tell: Tell) -> None:
    pier = """
    pier:
      choices:
        - say: Knock
          go: door
        - Sit down
      parts:
        door: {go: hall}
        hall: {go: month}
      then: {go: month}
    """
    rest = SCENES.partition("    cabin:")[2]
    graph = of_story(tell(scenes=f"{pier}\n    cabin:{rest}"))
    assert [edge.labels for edge in graph.edges if (edge.source, edge.target) == ("pier", "month")] == [("Knock",)]
