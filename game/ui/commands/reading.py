"""Reading and choosing, and what a life holds."""

from __future__ import annotations

from game.ui.commands.command import Command


class ReadOn(Command):
    """Shows the next screenful; at the end of the text, moves to the choices."""

    keys = ("space", "pagedown")
    group = "reading"
    footer = True


class ReadBack(Command):
    """Shows the screenful before."""

    keys = ("pageup", "backspace")
    group = "reading"


class Choose(Command):
    """Takes the choice at the caret; in the middle of a text, reads on."""

    keys = ("enter",)
    group = "reading"
    footer = True


class Number(Command):
    """Takes the choice with that number at once."""

    keys = tuple("123456789")
    each = True
    group = "reading"


class Down(Command):
    """To the next choice; in the middle of a text, a line down."""

    keys = ("down", "j")
    group = "reading"


class Up(Command):
    """To the choice before; from the first, a line up."""

    keys = ("up", "k")
    group = "reading"


class Undo(Command):
    """Takes the last choice back, as often as you like, to the beginning of the life."""

    keys = ("u",)
    group = "life"
    footer = True


class Redo(Command):
    """Takes again what was taken back."""

    keys = ("U",)
    group = "life"
    footer = True


class NextWord(Command):
    """To the next underlined word; Enter or F1 opens its card."""

    keys = ("tab",)
    group = "reading"


class WordBefore(Command):
    """To the underlined word before."""

    keys = ("shift+tab",)
    group = "reading"


class OpenWord(Command):
    """Opens the card of the underlined word at the cursor."""

    keys = ("f1",)
    group = "reading"


class Words(Command):
    """Lists the underlined words of this page, and opens their cards."""

    keys = ("w",)
    group = "reading"


class Why(Command):
    """Why is this so? What a locked choice asks, and which choices of yours changed what."""

    keys = ("y",)
    group = "life"


class History(Command):
    """What in this scene is attested, and what is invented."""

    keys = ("h",)
    group = "life"


class Journal(Command):
    """Everything read so far: search it, go back to any page of it, export it."""

    keys = ("J", "f2")
    group = "life"
    footer = True


class People(Command):
    """Whom you have met, what they think of you, when you saw them last."""

    keys = ("p", "f3")
    group = "life"
    footer = True


class Papers(Command):
    """What you carry, to be read again."""

    keys = ("i", "f4")
    group = "life"
    footer = True


class Ledger(Command):
    """How things stand with the colony and with you, month by month."""

    keys = ("l", "f5")
    group = "life"


class Map(Command):
    """Where you are and where you have been."""

    keys = ("m", "f6")
    group = "life"


class Codex(Command):
    """The cards earned: what is claimed, on what sources, and what the story changed."""

    keys = ("c", "f7")
    group = "life"
    footer = True


class Bookmark(Command):
    """Puts a bookmark with a name of yours at this page."""

    keys = ("b",)
    group = "life"


class Bookmarks(Command):
    """Lists your bookmarks and the story's own, and goes back to any of them."""

    keys = ("B", "f8")
    group = "life"


class Settings(Command):
    """Theme, width of the lines, motion: applied at once."""

    keys = ("s", "f9")
    group = "life"


class ToTheTitle(Command):
    """Goes back to the title. The life is saved already."""

    keys = ("q", "escape", "f10")
    group = "life"
    footer = True
    action = "back"
