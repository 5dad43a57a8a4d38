"""What is wrong with a story, as values: a code, a place, a sentence, and where there is one a fix.

Each code has a page in `docs/diagnostics`. Here stands only what the game needs at run time: the level and a summary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from game.engine.source import At

ERROR, WARNING = "error", "warning"

CODES: dict[str, tuple[str, str]] = {
    # files
    "missing-file": (ERROR, "The folder is no story"),
    "unreadable-file": (ERROR, "A file cannot be read"),
    "link-loop": (ERROR, "A folder contains itself by a link"),
    "file-too-large": (ERROR, "A file is larger than 1 MB"),
    "bad-encoding": (ERROR, "A file is not UTF-8"),
    "control-character": (ERROR, "A character that cannot be printed"),
    "ignored-file": (WARNING, "A file that the game does not read"),
    "misplaced-file": (ERROR, "A file stands where it does not belong"),
    # YAML
    "yaml-syntax": (ERROR, "The file is not YAML"),
    "tab-indent": (ERROR, "A line is indented with a tab"),
    "colon-in-text": (ERROR, "A colon makes YAML see a key"),
    "special-mark": (ERROR, "A text begins with a mark that YAML keeps for itself"),
    "unclosed-quote": (ERROR, "A quotation mark is not closed"),
    "text-after-quote": (ERROR, "Text goes on behind a closing quotation mark"),
    "too-deep": (ERROR, "Nested deeper than 40 levels"),
    "alias-limit": (ERROR, "Aliases make more than 10,000 nodes"),
    "alias-loop": (ERROR, "An alias inside what it stands for"),
    "several-documents": (ERROR, "More than one document in a file"),
    "bad-key": (ERROR, "A key is not a word"),
    "duplicate-key": (ERROR, "A key stands twice"),
    # the shape of things
    "unknown-key": (ERROR, "A key that means nothing here"),
    "missing-key": (ERROR, "A key is missing"),
    "empty-value": (ERROR, "A key without a value"),
    "wrong-type": (ERROR, "A value of the wrong kind"),
    "out-of-range": (ERROR, "A value outside its range"),
    "plain-prose": (ERROR, "Prose that is not a block scalar"),
    "bad-prose": (ERROR, "Text whose inline logic cannot be read"),
    "foreign-syntax": (WARNING, "Marks of another language in a text"),
    "bad-expression": (ERROR, "Logic that cannot be read"),
    "cut-by-hash": (ERROR, "A # cut the text off"),
    "label-colon": (ERROR, "A colon made a choice's label into a key"),
    "quoted-label": (WARNING, "A label loses its speech marks"),
    "arrow-in-say": (ERROR, "An arrow in `say`"),
    "bad-id": (ERROR, "A name with characters that names do not have"),
    "reserved-name": (ERROR, "A name that the language keeps for itself"),
    "word-clash": (ERROR, "A word that is also another name"),
    # scenes
    "below-go": (ERROR, "Something stands below `go` or `ending`"),
    "unreachable-beat": (ERROR, "A beat that nothing reaches"),
    "split-set": (ERROR, "Something plays between `draw` and `choices`"),
    "content-without-skip": (ERROR, "A scene that can be passed over has nothing to play instead"),
    "skip-without-content": (ERROR, "A `skip` without `content`"),
    "without-deck": (WARNING, "A key of storylets on a scene that is none"),
    "untitled-storylet": (ERROR, "A storylet that is offered has no title"),
    "empty-window": (ERROR, "A window closes before it opens"),
    "twin-labels": (ERROR, "Two choices of one set have one id"),
    "shadowed-name": (ERROR, "A part or beat takes a name that is in use"),
    "duplicate-name": (ERROR, "Two things have one name"),
    "falls-off": (ERROR, "A scene leads nowhere"),
    "include-loop": (ERROR, "Included choices include themselves"),
    "include-without-choices": (ERROR, "An included scene has no choices"),
    # names
    "unknown-target": (ERROR, "No scene, part or beat has this name"),
    "unknown-person": (ERROR, "No person has this name"),
    "unknown-place": (ERROR, "No place has this name"),
    "unknown-card": (ERROR, "No codex card has this name"),
    "unknown-paper": (ERROR, "No paper has this name"),
    "unknown-ending": (ERROR, "No ending has this name"),
    "unknown-deck": (ERROR, "No storylet is in this deck"),
    "unknown-variable": (ERROR, "No variable has this name"),
    "unknown-snippet": (ERROR, "No snippet has this name"),
    "undrawn-deck": (WARNING, "A deck that nothing draws from"),
    "unknown-content": (ERROR, "The story declares no such content"),
    "unknown-set": (ERROR, "No set of choices has this name"),
    # packs
    "graft-outside-pack": (ERROR, "A graft in the story's own files"),
    "graft-clash": (ERROR, "A graft has a choice that its set already has"),
    "pack-version": (WARNING, "A pack for another version of the story"),
    "pack-mismatch": (ERROR, "A pack for another story"),
    # inside expressions and texts
    "unknown-name": (ERROR, "A name in logic that nothing has"),
    "type-mismatch": (ERROR, "Values of kinds that do not go together"),
    "wrong-arguments": (ERROR, "A function with the wrong arguments"),
    "chance-in-text": (ERROR, "Chance inside a text"),
    "snippet-loop": (ERROR, "A snippet that contains itself"),
    "bad-format": (ERROR, "A format that does not fit the value"),
    "too-large": (ERROR, "Rules, snippets or included choices that multiply without end"),
    "rule-loop": (ERROR, "A rule that rests on itself"),
    "unknown-rule-reason": (ERROR, "A need without a reason that is no rule"),
    # what no life comes to
    "unreachable-scene": (WARNING, "No life comes to a scene"),
    "unreachable-target": (WARNING, "No life comes to a part or beat"),
    "unreachable-choice": (WARNING, "No life can take a choice"),
    "unreachable-ending": (WARNING, "No life comes to an ending"),
    "storylet-never-opens": (WARNING, "A storylet that is never drawn"),
    "event-never-fires": (WARNING, "A scene with a day that never plays"),
    "dead-condition": (WARNING, "A condition that can only come out one way"),
    "never-seen-yet": (WARNING, "Logic asks for what cannot have happened yet"),
    "can-never-end": (WARNING, "A place from which no ending can be reached"),
    "optout-breaks-story": (WARNING, "Passing over content closes an ending or every way out"),
    # prose, with --prose
    "doubled-space": (WARNING, "Two spaces in a row"),
    "doubled-word": (WARNING, "A word stands twice in a row"),
    "wrong-article": (WARNING, "`a` where `an` belongs, or the other way round"),
    "unbalanced-mark": (WARNING, "A speech mark or bracket without its partner"),
    "space-before-stop": (WARNING, "A space before a stop"),
    "doubled-stop": (WARNING, "Two stops in a row"),
    "missing-stop": (WARNING, "A paragraph ends without a stop"),
    "lower-case-start": (WARNING, "A sentence begins with a small letter"),
    "misspelt": (WARNING, "A word that no list knows"),
    "banned-phrase": (WARNING, "A phrase that the style bans"),
    "missed-bar": (WARNING, "The prose misses a bar of the style"),
    "over-bar": (WARNING, "A place that counts towards a missed bar"),
    # the story as a whole: what is declared, offered and claimed
    "unread-variable": (WARNING, "A variable that nothing reads"),
    "unset-variable": (WARNING, "A variable that nothing sets"),
    "unused-declaration": (WARNING, "A declaration that nothing uses"),
    "unknown-intent": (WARNING, "A role weighs an intent that no choice has"),
    "empty-set": (WARNING, "A set of choices that may come up empty"),
    "deep-choices": (WARNING, "Choices nested more than two levels deep"),
    "repeated-choice": (WARNING, "A choice that can be taken again at once and reads the same"),
    "dominated-option": (WARNING, "An option that another of its set outdoes"),
    "uncited-claim": (WARNING, "A date or figure without a card"),
    "unsourced-quotation": (WARNING, "Quotation marks beside a real person, without a card"),
}
"""Every code: its level, and what it is about."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `notes` are facts that help to see it; `fix` says what to write."""

    code: str
    level: str
    at: At
    message: str
    fix: str = ""
    notes: tuple[str, ...] = ()


class Faults:
    """Gathers findings while a story is read: nothing stops at the first."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def add(self, code: str, at: At, message: str, fix: str = "", *notes: str) -> None:
        """One more finding; its level is the code's. Empty notes are left out."""
        self.found.append(Diagnostic(code, CODES[code][0], at, message, fix, tuple(note for note in notes if note)))

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def in_order(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file and place, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda found: (found.at, found.code, found.message)))


def place(at: At) -> str:
    """`file:line:column`, as editors understand it."""
    return f"{at.file}:{at.line}:{at.column}" if at.line else at.file


_WIDEST = 110


def render(diagnostic: Diagnostic, sources: Mapping[str, Sequence[str]], widest: int = _WIDEST) -> str:
    """The finding with its line of the source (`sources`: lines by file) and carets below what is meant.

    `widest`: how many characters of that line are shown, 40 or more lest the carets miss them.
    """
    at = diagnostic.at
    text = [f"{diagnostic.level}[{diagnostic.code}]: {printable(diagnostic.message)}"]
    lines = sources.get(at.file, ())
    gutter = len(str(at.line)) if 0 < at.line <= len(lines) else 1
    if at.file:
        text.append(f"{' ' * gutter}--> {place(at)}")
    if 0 < at.line <= len(lines):
        shown, below = _excerpt(lines[at.line - 1], at, widest)
        text += [f"{' ' * gutter} |", f"{at.line} | {shown}".rstrip(), f"{' ' * gutter} | {below}"]
    text += [f"{' ' * gutter} = note: {printable(note)}" for note in diagnostic.notes]
    if diagnostic.fix:
        text.append(f"{' ' * gutter} = help: {printable(diagnostic.fix)}")
    return "\n".join(text)


def _excerpt(line: str, at: At, widest: int) -> tuple[str, str]:
    """The line and the carets, cut to a screen's width around what is meant."""
    start = min(max(at.column - 1, 0), len(line))
    end = at.end_column - 1 if at.end_line == at.line else len(line.rstrip())
    end = max(min(end, len(line)), start + 1)
    left = "" if start < widest - 20 else "…"
    first = 0 if not left else start - (widest - 30) // 2
    last = min(len(line), first + widest)
    right = "…" if last < len(line) else ""
    pad = len(left) + _columns(line[first:start])
    carets = max(1, _columns(line[start : min(end, last)]))
    return left + printable(line[first:last]) + right, " " * pad + "^" * carets


def _columns(text: str) -> int:
    return sum(_width(character) for character in printable(text))


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """The text with whatever could move a terminal's cursor made visible, and tabs as four spaces."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else "    " if c == "\t" else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text
    )
