"""Words for what a life holds, and text made fit to print: every client speaks of dates, counts and values alike."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from game.engine.calendar import long_date
from game.engine.page import Block, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from game.engine.page import Option, Page
    from game.engine.story import Story, VariableInfo

_EMPHASIS = re.compile(r"(\*\*[^*\s](?:[^*]*[^*\s])?\*\*|\*[^*\s](?:[^*]*[^*\s])?\*)")
_UNSAFE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_UNSEEN = frozenset("\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that show nothing and make a terminal show what follows in another order than it is written."""


def clean(text: str) -> str:
    """One line of text without control characters, so that nothing a story, save or player wrote can steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_harmless(character) for character in text)


def _harmless(character: str) -> str:
    if character in _UNSEEN:
        return ""
    if character in "\n\t\u2028\u2029":
        return " "
    return "" if unicodedata.category(character) in _UNSAFE else character


def declared(text: str) -> tuple[Block, ...]:
    """A declared text (an intro, a claim) as blocks: an empty line begins a new one, `*em*` and `**strong**` are styles."""
    return tuple(
        Block("text", tuple(_styled(piece) for piece in _EMPHASIS.split(words) if piece))
        for part in text.split("\n\n")
        if (words := " ".join(part.split()))
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """A declared text as plain paragraphs, its emphasis left out."""
    return plain_lines(declared(text))


def _styled(piece: str) -> Span:
    if _EMPHASIS.fullmatch(piece) is None:
        return Span(piece)
    strong = piece.startswith("**")
    return Span(piece.strip("*"), em=not strong, strong=strong)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 word`, `2 words`, `no words`."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def number(text: str) -> int | None:
    """The whole number that was typed, or None. Nine digits at most: nothing that is counted here has more."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def sentence(text: str) -> str:
    """The text with a capital first letter and a full stop, where it has none of its own."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…”\"'»" else ".")


def laid_over(story: Story) -> str:
    """`With A Herring 0.1.0 and Oars 1.2.`, the packs that are laid over the story; nothing where none is."""
    packs = [f"{story.pack_titles[pack]} {version}" for pack, version in story.packs.items()]
    return f"With {listed(packs)}." if packs else ""


def month_in_words(day: date) -> str:
    """`March 1922`."""
    return long_date(day).partition(" ")[2]


def value_in_words(info: VariableInfo, value: Any) -> str:
    """The word in which players see a value of this variable."""
    if isinstance(value, bool):
        return info.words.get("yes" if value else "no", "yes" if value else "no")
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, float) and not info.scale:
        return f"{value:g}"
    return info.word(value)


def act_title(story: Story, act: str) -> str:
    """The title of the act with this id, or nothing."""
    return next((info.title for info in story.acts if info.id == act), "")


def scene_name(story: Story, scene: str) -> str:
    """A scene's name for a player who has met no title of it: its id without its pack, in words."""
    return scene.rpartition("/")[2].replace("_", " ")


def scene_titles(pages: Iterable[Page]) -> dict[str, str]:
    """Titles of scenes by id, as these pages showed them; the latest stands."""
    found: dict[str, str] = {}
    for page in pages:
        found[page.scene] = page.title or found.get(page.scene, "")
        found.update({block.scene: block.text for block in page.blocks if block.kind == "title" and block.scene})
    return {scene: title for scene, title in found.items() if title}


def option_notes(option: Option) -> tuple[str, ...]:
    """What stands beside an option's label: its stake, and that it cannot be taken back."""
    final = ("cannot be taken back",) if option.final else ()
    return ((option.note,) if option.note else ()) + final


def locked_because(option: Option) -> str:
    """Why an option cannot be chosen, in the story's words."""
    return " ".join(option.reasons) or "not now"


def plain_lines(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Blocks as lines of plain words: a paragraph a line, headings said in words, an empty line where the page pauses.

    Emphasis is left out (a screen reader would read its marks aloud) and words that open a codex card are words only: the
    cards are found by `codex`.
    """
    lines: list[str] = []
    for block in blocks:
        if block.kind == "break":
            if lines and lines[-1]:
                lines.append("")
        elif text := clean(block.text).strip():
            lines.append(_SAID[block.kind](text) if block.kind in _SAID else text)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


_SAID = {"title": "Scene: {}".format, "change": lambda text: sentence(f"Changed: {text.replace(' · ', '; ')}")}
