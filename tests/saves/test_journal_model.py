"""Whatever is done with a life, its file says the same as a list in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.engine import turn
from game.saves import Shelf
from game.saves.resync import Action

SCENES = ("start", "month", "start.late")

moves = st.lists(
    st.one_of(
        st.tuples(st.just("go"), st.integers(0, 5)),
        st.tuples(st.sampled_from(["undo", "redo", "reopen", "bookmark"]), st.just(0)),
        st.tuples(st.just("rewind"), st.integers(0, 12)),
        st.tuples(st.sampled_from(["set", "jump"]), st.integers(0, 12)),
    ),
    max_size=25,
)


class Model:
    """A life in memory: all choices of the line that is being played, and how many of them are made."""

    def __init__(self, story, seed):
        self.story = story
        self.line = []
        self.at = 0
        self.shown = [turn.begin(story, seed)]

    @property
    def now(self):
        return self.shown[self.at]

    def go(self, number):
        state, page = self.now
        if page.question:
            name = ("=", f"Vera {number}")
            after = turn.answer(self.story, state, name[1])
        else:
            ways = [option.key for option in page.options if option.enabled]
            if not ways:
                return None
            name = (ways[number % len(ways)], None)
            after = turn.choose(self.story, state, name[0])
        self.take(name, after)
        return name

    def edit(self, action):
        self.take(action, action.take(self.story, self.now[0], texts=True))

    def take(self, name, after):
        self.line = [*self.line[: self.at], name]
        self.shown = [*self.shown[: self.at + 1], after]
        self.at += 1


def same(life, model):
    state, page = model.now
    assert life.state == state
    assert life.page == page
    assert [entry.page for entry in life.entries] == [page for _, page in model.shown[1 : model.at + 1]]
    assert life.edited == any(isinstance(name, Action) for name in model.line[: model.at])
    assert life.can_undo == (model.at > 0)
    assert life.can_redo == (model.at < len(model.line))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves, st.integers(0, 99))
def test_any_sequence_gives_the_same_head_page_and_path(tiny, todo, seed):
    with tempfile.TemporaryDirectory() as folder:
        shelf, model, marks = Shelf(Path(folder)), Model(tiny, seed), {}
        life = shelf.begin(tiny, name="vera", seed=seed)
        for move, number in todo:
            match move:
                case "go":
                    made = model.go(number)
                    if made is not None:
                        life.answer(made[1]) if made[0] == "=" else life.choose(made[0])
                        marks = {name: n for name, n in marks.items() if n < model.at}
                case "set":
                    model.edit(Action("coal", str(number), "set"))
                    life.set_variable("coal", str(number))
                    marks = {name: n for name, n in marks.items() if n < model.at}
                case "jump":
                    scene = SCENES[number % len(SCENES)]
                    model.edit(Action(scene, None, "jump"))
                    life.jump(scene)
                    marks = {name: n for name, n in marks.items() if n < model.at}
                case "undo":
                    assert (life.undo() is None) == (model.at == 0)
                    model.at = max(model.at - 1, 0)
                case "redo":
                    assert (life.redo() is None) == (model.at == len(model.line))
                    model.at = min(model.at + 1, len(model.line))
                case "rewind":
                    model.at = number % (len(model.line) + 1)
                    life.rewind(model.at)
                case "bookmark":
                    life.bookmark(f"mark {model.at}")
                    marks[f"mark {model.at}"] = model.at
                case "reopen":
                    life.close()
                    life = shelf.open("vera", tiny)
                    assert life.verdict.kind == "exact"
            same(life, model)
        assert {mark.name: mark.n for mark in life.bookmarks if not mark.reached} == marks
        life.close()
        with shelf.open("vera", tiny) as life:
            same(life, model)
        assert shelf.verify("vera", tiny, level="pages").ok
        info = shelf.list()[0]
        assert info.edited == life.edited
        assert (info.choices, info.date, info.ending) == (model.at, model.now[1].date, model.now[1].ending)
        assert info.words == sum(len(page.text.split()) for _, page in model.shown[: model.at + 1])
