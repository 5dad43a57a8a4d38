"""What a new story, branch, deck or scene begins with: it checks clean and plays, and its comments teach."""

from __future__ import annotations

STORY = {
    "story.yaml": """\
id: {id}  # its name in lives that are kept: never change it
title: {title}
version: 0.1.0
start: arrival               # the scene with which a life begins
date: 1922-03-06             # the first day
""",
    "variables.yaml": """\
trust:
  start: 1
  range: 0 to 3              # kept inside
  label: Trust               # without a label it is never shown
  group: standing
  scale: {{0: none, 1: wary, 2: warm}}
  better: up
  rises: The keeper warms to you
coins: {{start: 2, range: 0 to 2, label: Coins, group: self, better: up}}
warm: {{start: no}}            # yes or no
""",
    "people.yaml": """\
keeper:
  name: The keeper
  about: |
    Has the keys, and the tools.
  standing: trust            # the variable that says how the two of you stand
""",
    "places.yaml": """\
house: {{name: The house, about: It stands above the road.}}
""",
    "endings.yaml": """\
stayed:
  title: Stayed
  text: |
    You hang up your coat.
moved_on:
  title: Moved on
  text: |
    The road is there, and you have {{coins > 1 ? two coins | one coin}} for it.
""",
    "scenes.yaml": """\
arrival:
  title: Arrival
  place: house
  cast: [keeper]             # who is present
  text: |
    A bed, a window, a stove that is out. The keeper looks at your bags.
  choices:
    - say: Pay before you are asked
      do: coins -= 1; trust += 1
      text: |
        "There was no hurry," says the keeper.
    - Say nothing            # a choice can be a label and no more
  then:                      # where the choices meet again
    - go: evening

evening:
  title: Evening
  text: |
    It is cold. {{trust > 1 ? The keeper has left the tools by the stove. | Somewhere a door is locked.}}
  choices:
    - say: Mend the stove
      needs:
        trust > 1: The keeper has the tools.
      do: warm = yes
      text: |
        It draws.
    - Go to bed
  draw: house                # one storylet of this deck, offered with the choices
  then:
    - do: wait 1 day
    - go: morning

morning:
  title: Morning
  text: |
    {{warm ? The window is wet with warmth. | There is ice on the inside of the window.}}
  choices:
    - say: Ask to stay
      if: warm               # hidden unless it holds
      ending: stayed
    - say: Take your bags
      final: yes
      ending: moved_on

# A storylet: a scene of a deck, offered under its title where the deck is drawn, once in a life.
letters:
  deck: house
  title: Read the letters on the sill
  text: |
    They are addressed to somebody before you.
""",
}
PACK = """\
id: {id}
title: {title}
version: 0.1.0
for: {{story: {story}, version: {version}}}
"""

GRAFT = """\
# A graft: one more choice for a set of the story. `extend` is the set's name.
{id}_graft:
  extend: {set}
  choices:
    - say: {title}
      once: yes                # gone after it was taken
      visit: {id}_scene  # plays that scene, then comes back here
"""

PACK_SCENE = """\

# A scene of the pack. In lives that are kept it is called {id}/{id}_scene.
{id}_scene:
  text: |
    Write here what happens.
  choices:
    - say: Look closer
      text: |
        Write here what comes of it.
    - Leave it                 # a choice can be a label and no more
"""

PACK_STORYLET = """\

# A storylet: the story offers it where it draws from its deck `{deck}`, beside its own.
{id}_storylet:
  deck: {deck}
  title: {title}, again
  weight: 2  # drawn twice as often as one without a weight
  text: |
    Write here what happens.
"""

SCENE = """\
{id}:
  title: {title}
  text: |
    Write here what happens.
  choices:
    - say: Look closer
      text: |
        Write here what comes of it.
    - Leave it                 # a choice can be a label and no more
"""

LEAVES = """\
  then:                        # where the choices meet again
    - go: {next}
"""

COMES_BACK = """\
  then:                        # where the choices meet again
    - go: back                 # to where it was visited from
"""

DECK = """\
# The deck `{id}`: storylets that are drawn by `draw: {id}`, each once in a life unless it says otherwise.
{id}_first:
  deck: {id}
  title: {title}
  text: |
    Write here what happens.

{id}_again:
  deck: {id}
  title: {title}, again
  every: 1 month               # may come again after this span
  text: |
    Write here what happens.
"""
