"""The author's word: what the life holds, why things are or are not on offer, and how to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk import inspect as desk
from game.editor import find
from game.plain.command import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.desk.inspect import Fact, Place
    from game.plain.play import Game

NOT_HERE = "`inspect` is for whoever writes a story: start with --story, --with, --scene, --set or --watch to have it."
_WORDS = {
    "variables [WORDS]": "every variable, or those that hold the words",
    "set NAME = VALUE": "sets a variable; `undo` takes it back",
    "changes [WORDS]": "what changed what, the newest first",
    "storylets [WORDS]": "why each card of the decks here was drawn, or not",
    "choices": "why each choice here is open, locked or hidden",
    "holds [WORDS]": "papers, cards, people met, scenes seen",
    "scenes [WORDS]": "every scene, with the file and line",
    "go SCENE": "goes to a scene; `undo` comes back",
    "where": "the file and line of this scene",
}
_NAMES = {
    "variables": "the variables", "changes": "what changed, the newest first", "storylets": "the storylets here",
    "choices": "the choices here", "holds": "what the life holds", "scenes": "the scenes",
}  # fmt: skip


class Inspect(Command):
    """What an author asks of a life: variables, changes, storylets, choices, scenes. Alone, it lists what it can do."""

    takes = "[what]"
    authors = True

    def run(self, game: Game, text: str) -> None:
        if not game.author:
            game.console.say(NOT_HERE)
            return
        word, _, rest = text.partition(" ")
        act = _ACTS.get(word.casefold())
        if act is None:
            game.console.say(f"There is nothing to inspect called `{word}`." if word else f"Here: {_at(game, _here(game))}")
            game.console.say(*(f"inspect {what}: {about}." for what, about in _WORDS.items()))
        else:
            act(game, rest.strip())


def _variables(game: Game, wanted: str) -> None:
    _list(game, desk.holding(desk.variables(game.life.story, game.life.state), wanted), "variables", wanted)


def _changes(game: Game, wanted: str) -> None:
    _list(game, desk.holding(desk.changes(game.life), wanted), "changes", wanted)


def _storylets(game: Game, wanted: str) -> None:
    _list(game, desk.holding(desk.storylets(game.life), wanted), "storylets", wanted)


def _choices(game: Game, wanted: str) -> None:
    _list(game, desk.holding(desk.choices(game.life.story, game.life.state), wanted), "choices", wanted)


def _holds(game: Game, wanted: str) -> None:
    _list(game, desk.holding(desk.held(game.life.story, game.life.state), wanted), "holds", wanted)


def _scenes(game: Game, wanted: str) -> None:
    _list(game, desk.holding(desk.scenes(game.life.story, game.life.state), wanted), "scenes", wanted)


def _set(game: Game, text: str) -> None:
    name, equals, value = text.partition("=")
    if not equals:
        game.console.say("Write `inspect set NAME = VALUE`.")
        return
    game.life.set_variable(name.strip(), value.strip())
    game.show()


def _go(game: Game, scene: str) -> None:
    if not scene:
        game.console.say("Where to? `inspect scenes` lists them.")
        return
    game.life.jump(scene)
    game.show()


def _where(game: Game, text: str) -> None:
    game.console.say(_at(game, _here(game)))


def _here(game: Game) -> Place:
    return desk.here(game.life.story, game.life.state)


def _at(game: Game, place: Place) -> str:
    """The file as an editor takes it, where it is still there."""
    try:
        return f"{find(place, game.author)}:{place.line}"
    except ValueError:
        return str(place)


def _list(game: Game, facts: Sequence[Fact], what: str, wanted: str) -> None:
    if not facts:
        game.console.say(f"Nothing of {_NAMES[what]} holds `{wanted}`." if wanted else f"{_NAMES[what].capitalize()}: none.")
        return
    game.console.say(f"{_NAMES[what].capitalize()}:")
    for fact in facts:
        game.console.say(f"- {fact.label}{f' [{fact.at}]' if fact.at else ''}", indent="  ")
        for said in fact.said:
            game.console.say(f"  {said}", indent="    ")


_ACTS: dict[str, Callable[[Game, str], None]] = {
    "variables": _variables, "set": _set, "changes": _changes, "storylets": _storylets, "choices": _choices, "holds": _holds,
    "scenes": _scenes, "go": _go, "where": _where,
}  # fmt: skip
