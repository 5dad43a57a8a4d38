"""A line of a file in the author's own editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.desk.inspect import Place
from game.editor import NONE, Command, command, find, run


@pytest.mark.parametrize(("editor", "words", "terminal"), [
    ("vi", ["vi", "+7", "/a.yaml"], True),
    ("/usr/bin/nvim -p", ["/usr/bin/nvim", "-p", "+7", "/a.yaml"], True),
    ("nano", ["nano", "+7", "/a.yaml"], True),
    ("emacs -nw", ["emacs", "-nw", "+7", "/a.yaml"], True),
    ("hx", ["hx", "/a.yaml:7"], True),
    ("code --wait", ["code", "--wait", "--goto", "/a.yaml:7"], False),
    ("subl", ["subl", "/a.yaml:7"], False),
    ("kate", ["kate", "--line", "7", "/a.yaml"], False),
    ("'/opt/my editor/ed.sh'", ["/opt/my editor/ed.sh", "/a.yaml"], True),
    ("'C:/Program Files/Code.exe'", ["C:/Program Files/Code.exe", "--goto", "/a.yaml:7"], False),
])  # fmt: skip
def test_each_editor_is_told_the_line_in_its_own_way(editor, words, terminal):
    assert command({"EDITOR": editor}, Path("/a.yaml"), 7) == Command(tuple(words), terminal)


def test_visual_goes_before_editor():
    assert command({"VISUAL": "nano", "EDITOR": "vi"}, Path("/a"), 1).words[0] == "nano"
    assert command({"VISUAL": "", "EDITOR": "vi"}, Path("/a"), 1).words[0] == "vi"


@pytest.mark.parametrize(
    ("environ", "said"), [({}, NONE), ({"EDITOR": "  "}, NONE), ({"EDITOR": "vi 'x"}, "cannot be understood")]
)
def test_without_an_editor_a_sentence_says_so(environ, said):
    with pytest.raises(ValueError, match=said):
        command(environ, Path("/a"), 1)


def test_an_editor_that_is_not_there_is_told():
    with pytest.raises(ValueError, match="There is no editor `no-such-editor`"):
        run(Command(("no-such-editor", "/a"), True))


def test_a_file_is_found_in_the_story_or_a_pack_wherever_they_lie(tmp_path):
    story, pack = tmp_path / "story", tmp_path / "packs" / "more"
    for file in (story / "one" / "a.yaml", pack / "b.yaml"):
        file.parent.mkdir(parents=True)
        file.touch()
    assert find(Place("story/one/a.yaml", 1), (story, pack)) == story / "one" / "a.yaml"
    assert find(Place("/elsewhere/packs/more/b.yaml", 1), (story, pack)) == pack / "b.yaml"
    with pytest.raises(ValueError, match=r"The file of story/c\.yaml:1 is not there any more"):
        find(Place("story/c.yaml", 1), (story, pack))
