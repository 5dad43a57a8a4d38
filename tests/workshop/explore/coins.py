"""Small stories whose every share can be worked out on paper."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from game.load import load_story

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.story import Story

DOORS = """\
# story.yaml
id: doors
title: Three Doors
version: 0.1.0
start: table
date: 1922-03-06
acts:
  - id: only
    title: The only act
    turns: [7, 7, 7]
# variables.yaml
luck: {start: 2, range: 0 to 4, label: Luck}
mood: {start: plain, words: [plain, glad]}
# people.yaml
ada: {name: Ada}
# roles.yaml
bold: {bold: 1, shy: -1}
shy: {bold: -1, shy: 1}
# endings.yaml
end_heads: {title: Heads}
end_tails: {title: Tails}
end_stay: {title: Stayed, early: yes}
end_never: {title: Never}
# scenes.yaml
table:
  text: |
    Three doors stand here.
  choices:
    - {say: Left, intent: bold, go: left}
    - {say: Right, intent: shy, go: right}
    - say: Stay
      do: wait turn; luck = 0
      text: |
        You stay.
      ending: end_stay
left:
  cast: [ada]
  text: |
    A coin lies there.
  choices:
    - {say: Heads, ending: end_heads}
    - {say: Tails, ending: end_tails}
    - say: Both
      do: luck = 4; mood = glad
      ending: end_heads
    - say: Neither
      needs: {luck > 3: You have not the luck.}
      ending: end_tails
right:
  text: |
    Two cards lie face down.
  draw: {deck: cards, show: 1}
  then:
    - ending: end_tails
ace:
  deck: cards
  title: The ace
  text: |
    It is the ace.
  choices:
    - {say: Show it, intent: bold}
    - {say: Hide it, intent: shy}
king:
  deck: cards
  title: The king
  text: |
    It is the king.
cellar: {ending: end_never}
"""

CIRCLES = """\
# story.yaml
id: circles
title: Circles
version: 0.1.0
start: ring
date: 1922-03-06
# endings.yaml
end_out: {title: Out}
# scenes.yaml
ring:
  choices:
    - {say: Round again, go: ring}
    - {say: Round the other way, go: ring}
"""

FALLS = """\
# story.yaml
id: falls
title: Falls
version: 0.1.0
start: edge
date: 1922-03-06
# endings.yaml
end_back: {title: Back}
# scenes.yaml
edge:
  choices:
    - {say: Step off, go: here}
    - {say: Look first, go: ledge}
    - {say: Turn back, ending: end_back}
ledge:
  choices:
    - {say: Step off, go: here}
    - {say: Turn back, ending: end_back}
here: {go: there}
there: {go: here}
"""

STRAIGHT = """\
# story.yaml
id: straight
title: Straight
version: 0.1.0
start: road
date: 1922-03-06
# endings.yaml
end_sea: {title: The sea}
# scenes.yaml
road:
  text: |
    One two three four.
  choices:
    - Go on
  then:
    - text: |
        Five six. Seven eight nine.
      choices:
        - {say: Left}
        - {say: Right}
    - text: |
        Ten. {seen(nowhere) ? Eleven twelve thirteen}
      choices:
        - {say: Left, id: again_left}
        - {say: Right, id: again_right}
    - text: |
        One two three four.
      ending: end_sea
nowhere: {ending: end_sea}
"""


def write(folder: Path, text: str) -> Path:
    """A story folder of the files that `# name.yaml` lines divide the text into."""
    name = ""
    for line in dedent(text).splitlines():
        if line.startswith("# ") and line.endswith(".yaml"):
            name = line.removeprefix("# ")
            (folder / name).write_text("", encoding="utf-8")
        else:
            with (folder / name).open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    return folder


def story_in(folder: Path, text: str) -> Story:
    loaded = load_story(write(folder, text))
    assert loaded.story is not None, loaded.diagnostics
    return loaded.story
