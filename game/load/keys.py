"""The keys of the language: one table for each thing that is written as a mapping.

The decoders take from here which keys a thing knows, and the editor's schema what each of them is, so that the two cannot
drift. `needed` says that the thing is an error without the key; the decoders say so where they want its value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from game.load import values

if TYPE_CHECKING:
    from game.load.diagnostics import Faults
    from game.load.nodes import Scalar


class Key(NamedTuple):
    """`value` names the kind of what stands behind the key (`game.workshop.schema` knows them all), `about` says in a
    sentence or two what it does, `example` shows it in use, as YAML."""

    value: str
    about: str
    example: str
    needed: bool = False


Keys = dict[str, Key]

STATUSES = ("attested", "contested", "composite", "invented")
GROUPS = ("colony", "self", "standing")
BETTER = ("up", "down", "none")
KEEP = ("best", "any", "last")
TYPES = ("whole", "number", "yes/no", "text", "date", "span")

# beats, choices, scenes ------------------------------------------------------------------------------------------

PLAYED: Keys = {
    "text": Key(
        "block",
        "Prose, always below `|`. A blank line begins a new paragraph; `{…}` holds logic.",
        "text: |\n  The stove is out.",
    ),
    "do": Key(
        "effects",
        "Effects, separated by `;` or as a list: change variables, `learn` a card, `wait`.",
        "do: food += 40; wait 2 weeks",
    ),
    "give": Key("names", "A paper, or a list of papers, that the player now holds.", "give: contract"),
    "take": Key("names", "A paper, or a list of papers, that the player gives away.", "take: contract"),
    "visit": Key("target", "Plays a scene, part or beat, then comes back here.", "visit: knock"),
    "draw": Key(
        "draws", "Storylets from a deck: offered as choices (`show`) or played at once (`play`).", "draw: {deck: works, show: 3}"
    ),
    "choices": Key("choices", "A list of choices. Play stops here for the player.", "choices:\n  - Wait\n  - Go in -> office"),
    "ask": Key(
        "ask",
        "A line for the player to type, kept in a text variable.",
        'ask: {into: name, say: "Your name?", default: Anna Reed}',
    ),
    "then": Key("flow", "What plays below the choices: the branches that did not `go` meet here.", "then:\n  - go: office"),
    "go": Key(
        "routes",
        "Leaves for a scene, part or beat. `back` ends a visit; `a if c else b` chooses.",
        "go: office if food > 3 else pier",
    ),
    "ending": Key("name", "The life ends here, with this ending of endings.yaml.", "ending: end_home"),
    "checkpoint": Key("text", "A bookmark of this name, to which the player can come back.", "checkpoint: The first signature"),
}
"""What plays, in the order written."""

TESTS: Keys = {
    "if": Key("logic", "The whole beat plays only if this holds.", "if: food < 0"),
    "elif": Key(
        "beats",
        "A list of beats, each with an `if`: the first that holds plays where the first `if` does not.",
        "elif:\n  - if: food < 10\n    do: morale -= 1",
    ),
    "else": Key("flow", "Plays where neither `if` nor an `elif` holds.", "else:\n  - go: office"),
}

_WAS = Key("name", "What this was called in older versions, so that lives that are kept follow.", "was: old_name")
_SKIP = Key(
    "flow", "Plays instead for a player who has opted out of the scene's `content`.", "skip:\n  - text: |\n      A week passes."
)

BEAT: Keys = {
    "id": Key("new name", "A name for the beat: it can be gone to, and its visits are counted.", "id: door"),
    **TESTS,
    **PLAYED,
    "skip": _SKIP,
    "was": _WAS,
}

CHOICE: Keys = {
    "say": Key("text", "The label that the player reads, in one line. It may hold logic.", "say: Walk the works", needed=True),
    "id": Key(
        "choice name", "The choice's name within its set; else it is made from the label, and changes with it.", "id: walk"
    ),
    "was": _WAS,
    "if": Key("logic", "The choice is hidden unless this holds.", "if: seen(quarrel)"),
    "needs": Key(
        "needs",
        "Greyed out, with the reason, unless it holds: `{condition: reason}`, the name of a rule, or a list of these.",
        "needs:\n  coal >= 3: You have nothing to promise them.",
    ),
    "once": Key("truth", "Gone after it was taken.", "once: yes"),
    "final": Key("truth", "Cannot be taken back in the story's world; the label says so.", "final: yes"),
    "note": Key("text", "A few words beside the label: what the choice stakes.", "note: it will be read aloud"),
    "intent": Key(
        "texts", "One tag or a list: what a player who takes this wants. The bots of roles.yaml go by it.", "intent: care"
    ),
}

INCLUDE: Keys = {
    "include": Key("target", "The choices of another scene are offered here. It stands alone.", "include: office", needed=True)
}

PART: Keys = {
    "title": Key("text", "Shown when it is entered; a storylet is offered under it.", "title: The colony office"),
    "was": _WAS,
}

SCENE: Keys = {
    **PART,
    "subtitle": Key("text", "Shown below the title.", "subtitle: In the third week"),
    "place": Key("name", "A place of places.yaml; from here on `place` has that value.", "place: pier"),
    "cast": Key("names", "The people who are present, by their names in people.yaml. They count as met.", "cast: [hester]"),
    "history": Key(
        "history",
        "What of this is attested and what invented, and the codex cards that say so.",
        "history: {status: composite, cards: [stone_house]}",
    ),
    "deck": Key("deck names", "Makes the scene a storylet of this deck, or of several.", "deck: works"),
    "when": Key("logic", "The storylet or day event is available only if this holds.", "when: food < 40"),
    "weight": Key("logic", "How often the storylet is drawn beside others; 1 unless said.", "weight: 3 if morale < 2 else 1"),
    "once": Key("truth", "A storylet is played once in a life, unless this says no.", "once: no"),
    "every": Key("span", "The storylet may come again after this span.", "every: 3 months"),
    "from": Key("date", "The first day on which the storylet is available.", "from: 1922-05-01"),
    "until": Key("date", "The last day on which the storylet or day event is available.", "until: 1922-06-30"),
    "day": Key("date", "An event: plays when the calendar first reaches this day, at the hub.", "day: 1922-05-20"),
    "content": Key("names", "What a player can opt out of, by its name in story.yaml.", "content: illness"),
    "skip": _SKIP,
    "parts": Key("parts", "Local scenes, entered only by `go` and `visit`.", "parts:\n  refused: {do: morale -= 1, go: office}"),
    "tags": Key("texts", "One tag or a list, for tools.", "tags: [winter]"),
}

GRAFT: Keys = {
    "extend": Key(
        "set",
        "In a pack: the set of choices, in the story or another pack, that these are added to.",
        "extend: office/moscow",
        needed=True,
    ),
    "choices": Key("choices", "The choices that are added to the set.", "choices:\n  - Ask for Gusev -> gusev", needed=True),
}

DRAW: Keys = {
    "deck": Key("name", "The deck that is drawn from; `any` is every deck.", "deck: works", needed=True),
    "show": Key("count to 100", "So many storylets are offered as choices.", "show: 3"),
    "play": Key("count to 100", "So many storylets are played at once, the most specific first.", "play: 1"),
}

ASK: Keys = {
    "into": Key("name", "The text variable that keeps the answer.", "into: name", needed=True),
    "say": Key("text", "The question.", "say: Your name?"),
    "default": Key("text", "What an empty line stands for.", "default: Anna Reed"),
    "limit": Key("count to 200", "The most characters that can be typed; 40 unless said.", "limit: 20"),
}

HISTORY: Keys = {
    "status": Key("status", "attested, contested, composite or invented.", "status: composite", needed=True),
    "cards": Key("names", "The codex cards that name the sources.", "cards: [stone_house]"),
    "note": Key("text", "What was changed, and why.", "note: Two meetings are told as one."),
}

PLAYING = frozenset(PLAYED)
CONDITIONS = frozenset(TESTS)
BEAT_KEYS = frozenset(BEAT)
CHOICE_KEYS = frozenset(CHOICE)
PART_KEYS = frozenset(PART)
SCENE_KEYS = frozenset(SCENE)

# story.yaml and pack.yaml ----------------------------------------------------------------------------------------

STORY: Keys = {
    "id": Key(
        "new name",
        "The story's name in lives that are kept, and in packs. It never changes.",
        "id: two_years_signed",
        needed=True,
    ),
    "title": Key("text", "The title that players see.", "title: Two Years, Signed", needed=True),
    "version": Key("text", "The version, kept with every life.", "version: 0.1.0", needed=True),
    "start": Key("target", "The scene with which a life begins.", "start: home", needed=True),
    "hub": Key("names", "The scene, or scenes, to which play comes back where another has nothing left.", "hub: home"),
    "date": Key("date", "The first day.", "date: 1922-03-06", needed=True),
    "acts": Key(
        "acts",
        "The acts in order, each with the lengths of its turns in days.",
        "acts:\n  - {id: first, title: The first act, turns: [30, 28]}",
    ),
    "content": Key(
        "words",
        "What a player can opt out of: a name, and how the player is asked.",
        "content: {illness: Illness and the death of a child}",
    ),
    "byline": Key("text", "Shown on the title screen.", "byline: The prologue"),
    "intro": Key("text", "Shown before a new life begins.", "intro: |\n  You have until the sailing."),
}

ACT: Keys = {
    "id": Key("new name", "The act's name in logic: `act == first`.", "id: first", needed=True),
    "title": Key("text", "The title that players see.", "title: What was promised", needed=True),
    "turns": Key("turns", "The length of each turn in days.", "turns: [30, 28, 14]", needed=True),
}

PACK: Keys = {
    "id": Key("new name", "The pack's name: its scenes are `name/scene` in lives that are kept.", "id: winter", needed=True),
    "title": Key("text", "The title that players see.", "title: A winter branch", needed=True),
    "version": Key("text", "The pack's own version.", "version: 0.1.0", needed=True),
    "for": Key(
        "for",
        "The story that the pack belongs to, and the version it was written for.",
        "for: {story: two_years_signed, version: 0.1.0}",
        needed=True,
    ),
}

FOR: Keys = {
    "story": Key("text", "The story's id.", "story: two_years_signed", needed=True),
    "version": Key("text", "The version of the story that the pack was last looked at with.", "version: 0.1.0"),
}

# declarations ----------------------------------------------------------------------------------------------------

VARIABLE: Keys = {
    "start": Key(
        "start",
        "The value at the beginning, which says the kind: `3`, `0.5`, `yes`, a date, `2 weeks`; anything in quotes is text.",
        "start: 3",
        needed=True,
    ),
    "range": Key("range", "The least and the most; the value is kept inside.", "range: 0 to 8"),
    "type": Key("type", "The kind of value, where the start does not show it.", "type: number"),
    "words": Key(
        "words or list", "Makes it one of these words; a mapping says how each is printed.", "words: {none: nobody, finn: a Finn}"
    ),
    "label": Key("text", "What players call it. A variable without a label is never shown.", "label: Trust"),
    "group": Key("group", "Where the ledger shows it: colony, self or standing.", "group: colony"),
    "scale": Key("scale", "A word for the number, each from its value up.", "scale: {0: nobody speaks, 2: wary, 7: warm}"),
    "rises": Key("text", "What players are told when it rises.", "rises: They trust you a little more"),
    "falls": Key("text", "What players are told when it falls.", "falls: They trust you a little less"),
    "better": Key("better", "Which way is good: up, down or none.", "better: up"),
    "series": Key("truth", "Kept month by month for the ledger.", "series: yes"),
    "keep": Key("keep", "What of it outlives a life: the best, any or the last value.", "keep: best"),
}

PERSON: Keys = {
    "name": Key("text", "The name that players read.", "name: Hester Quinn", needed=True),
    "about": Key("text", "Who this is, for the list of people. Best below `|`.", "about: |\n  Keeps the minutes."),
    "real": Key("truth", "Somebody who lived.", "real: no"),
    "standing": Key("name", "The variable that says how this person stands to the player.", "standing: trust"),
}

PLACE: Keys = {
    "name": Key("text", "The name that players read.", "name: The pier", needed=True),
    "about": Key("text", "What this place is.", "about: Where the line forms."),
    "map": Key("text", "The map it is drawn on; `at` stands beside it.", "map: world"),
    "at": Key("spot", "Column and row on the map.", "at: [12, 7]"),
}

PAPER: Keys = {
    "title": Key("text", "The title that players read.", "title: The second copy", needed=True),
    "text": Key("text", "What it says. It may hold logic; best below `|`.", "text: |\n  *Sober and regular.*"),
}

RULE: Keys = {
    "if": Key("logic", "The condition that the rule's name stands for.", "if: trust >= 5", needed=True),
    "reason": Key("text", "What players read where a choice needs it and it does not hold.", "reason: They do not trust you."),
}

ENDING: Keys = {
    "title": Key("text", "The title that players read.", "title: Home", needed=True),
    "text": Key("text", "What is read at the end. It may hold logic; best below `|`.", "text: |\n  The train goes west."),
    "early": Key("truth", "The life ends before its time.", "early: yes"),
}

CARD: Keys = {
    "title": Key("text", "The title that players read.", "title: The stone house", needed=True),
    "claim": Key("text", "What is claimed. Best below `|`.", "claim: It stood on the hill.", needed=True),
    "sources": Key("texts", "A source, or a list of sources.", "sources: [Minutes of 1922]"),
    "confidence": Key("status", "attested, contested, composite or invented; attested unless said.", "confidence: attested"),
    "changed": Key("text", "What the story changed.", "changed: Moved by a month."),
    "date": Key("text", "When it was, in any words.", "date: 1916"),
}

STYLE: Keys = {
    "language": Key("language", "The language of the texts, for spelling; `none` leaves it unchecked.", "language: en"),
    "speech": Key("speech", "The sign that opens and closes speech, or the two that do.", "speech: [“, ”]"),
    "bars": Key("bars", "What is measured by `check --prose`, and between what it stays.", "bars: {label: at most 8}"),
    "words": Key("texts", "Words that the dictionary does not know and the story does.", "words: [Kuzbass, verst]"),
    "abbreviations": Key("texts", "Words whose full stop ends no sentence.", "abbreviations: [Mr.]"),
    "repeats": Key("texts", "Words that may stand twice in a row.", "repeats: [had]"),
    "allow": Key("texts", "Passages that are right as they stand: nothing inside them is a finding.", "allow: [so to speak]"),
    "banned": Key(
        "texts", "Phrases that are a finding wherever they stand. `*` is any letters or word.", "banned: [a testament to]"
    ),
    "rates": Key(
        "rates",
        "Phrases that may stand only so often in 10,000 words.",
        "rates:\n  hedges: {at_most: 3, find: [seems to, a kind of]}",
    ),
}

RATE: Keys = {
    "at_most": Key("number", "How often, in 10,000 words.", "at_most: 3", needed=True),
    "find": Key("texts", "The phrases that are counted together.", "find: [seems to, a kind of]", needed=True),
}


def foreign_key(key: Scalar, what: str, known: frozenset[str], faults: Faults) -> None:
    """Reports a key that has no meaning here, and says where it would have one."""
    fix = ""
    if key.text in SCENE_KEYS:
        fix = f"`{key.text}` belongs to a scene"
    elif key.text in CHOICE_KEYS:
        fix = f"`{key.text}` belongs to a choice"
    elif key.text in CONDITIONS:
        fix = f"`{key.text}` belongs to a beat; put one into `then`"
    values.unknown_key(key, what, known, faults, fix)
