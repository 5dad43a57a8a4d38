"""A deck that nothing draws from is one finding, whatever hangs on its storylets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.load import load_story
from game.workshop.analysis import analyse

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "story.yaml": "id: r\ntitle: R\nversion: 0.1.0\nstart: month\nhub: month\ndate: 1922-03-06\n",
    "endings.yaml": "left: {title: Left}\nmilled: {title: Milled}\n",
    "papers.yaml": "pass: {title: A pass}\n",
    "scenes.yaml": """\
month:
  draw: {deck: works, show: 2}
  choices:
    - say: Leave
      if: has(pass)
      ending: left
    - say: Remember
      if: seen(mill) and taken(mill.saw)
      ending: left
    - say: Give up
      ending: left
  then:
    - do: wait 1 month
forge: {deck: works, title: The forge, choices: [Wait]}
mill:
  deck: wroks
  title: The mill
  give: pass
  choices:
    - {say: Saw, id: saw, go: yard}
yard:
  choices:
    - {say: Stay, ending: milled}
    - Go home -> month
""",
}


def codes(folder: Path, **changes: str) -> list[str]:
    for name, text in FILES.items():
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / name).write_text(text, "utf-8")
    loaded = load_story(folder)
    return [one.code for one in (*loaded.diagnostics, *analyse(loaded))]


def test_what_hangs_on_an_undrawn_storylet_is_not_told_again(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["undrawn-deck"]


def test_once_the_deck_is_mended_nothing_is_left(tmp_path: Path) -> None:
    assert codes(tmp_path, wroks="works") == []
