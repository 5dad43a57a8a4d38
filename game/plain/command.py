"""What a word of the prompt is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from game.plain.play import Game


class Command:
    """Does one thing with a life. Its docstring is its line of help, its name the word that is typed.

    `short` is a letter that does the same, `takes` what may be typed after the word. `live` tells that it is of use only where
    the story's files are followed, `authors` that it is for whoever writes the story.
    """

    word: ClassVar[str]
    short: ClassVar[str] = ""
    takes: ClassVar[str] = ""
    live: ClassVar[bool] = False
    authors: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        cls.word = cls.__name__.casefold()

    def run(self, game: Game, text: str) -> None:
        """Runs with what was typed after the word, or an empty text."""
        raise NotImplementedError

    @property
    def help(self) -> str:
        """`undo [N] (or u): Takes the last choice back, or the last N.`"""
        said = " ".join(part for part in (self.word, self.takes) if part)
        return f"{said}{f' (or {self.short})' if self.short else ''}: {self.__doc__}"
