"""Every condition of a story as it was written, with what holds where it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.model import Ask, End
from game.load.targets import beats_of
from game.workshop.analysis.logic import Code, Env, refine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from game.engine.expressions import Expr
    from game.engine.model import Choice, Model, Prose, Source
    from game.engine.prose import ProseTree
    from game.load.lower_scene import Written
    from game.workshop.analysis.flow import Flow


class Asked(NamedTuple):
    """A condition at one place. `base` is what holds before the chain of conditions that it ends, where nothing follows it:
    being the only one left makes it no fault."""

    source: Source
    tree: Expr
    code: Code
    env: Env
    base: Env


class Conditions:
    def __init__(self, flow: Flow, model: Model, written: dict[str, Written]) -> None:
        self.flow, self.model, self.written = flow, model, written
        self.chains = dict(_chains(model))

    def all(self) -> Iterator[Asked]:
        for scene, states in self.flow.states.items():
            ops, written = self.flow.programs[scene]["ops"], self.written[scene].steps
            heads: dict[int, Env] = {}
            for pc in sorted(states):
                if pc in written and not _asks_nothing(ops[pc]):
                    yield from self.step(ops[pc], written[pc], states[pc], heads)
        for scene, envs in self.flow.whens.items():
            logic = self.model.scenes[scene].when
            if logic is not None:
                code = self.flow.story.index["conditions"][scene][0]
                for env in envs:
                    yield from self.one(logic.source, logic.tree, code, env)

    def step(self, op: list[Any], node: Any, env: Env, heads: dict[int, Env]) -> Iterator[Asked]:
        kind = op[0]
        if kind == "if":
            first, last = self.chains.get(id(node), (id(node), False))
            base = heads.setdefault(first, env) if first != id(node) else env
            heads[id(node)] = env
            yield from self.one(node.source, node.tree, op[1], env, base if last else env)
        elif kind == "go":
            yield from self.routes(op[1], node, env)
        elif kind in ("effect", "wait"):
            source, effect = node
            guard, code = (op[4], op[3]) if kind == "effect" else (op[3], op[2])
            held: Env | None = env
            if guard is not None:
                yield from self.one(source, effect.guard, guard, env)
                held = refine(guard, env, True)
            if code is not None and effect.value is not None and held is not None:
                yield from self.inner(source, effect.value, code, held)
        elif kind == "offer":
            for item, choice in zip(op[2], node, strict=True):
                yield from self.choice(item, choice, env)
        elif kind == "ask" and isinstance(node, Ask):
            yield from self.prose(node.say, op[3], env)
        elif kind == "end" and isinstance(node, End):
            yield from self.prose(self.model.endings[node.ending.text].text, op[2], env)
        elif kind in ("say", "heading", "checkpoint"):
            yield from self.prose(node, op[1], env)

    def one(self, source: Source, tree: Expr, code: Code, env: Env, base: Env | None = None) -> Iterator[Asked]:
        yield Asked(source, tree, code, env, base or env)
        yield from self.inner(source, tree, code, env)

    def inner(self, source: Source, tree: Expr, code: Code, env: Env) -> Iterator[Asked]:
        """The conditions of `a if condition else b` inside an expression."""
        if tree.kind == "if":
            yield Asked(source, tree.args[0], code[1], env, env)
        for part, inside in parts(tree, code):
            yield from self.inner(source, part, inside, env)

    def routes(self, routes: list[Any], node: Any, env: Env) -> Iterator[Asked]:
        for (code, _), (logic, _) in zip(routes, node.routes, strict=True):
            if code is None or logic is None:
                return
            yield from self.one(node.source, logic.tree, code, env)
            fails = refine(code, env, False)
            if fails is None:
                return
            env = fails

    def choice(self, item: Any, choice: Choice, env: Env) -> Iterator[Asked]:
        shown: Env | None = env
        if item["once"] and env.asked(f"taken {item['key']}"):
            shown = refine(["taken", [item["key"]]], env, False)
        if shown is None:
            return
        if choice.test is not None:
            yield from self.one(choice.test.source, choice.test.tree, item["if"], shown)
            shown = refine(item["if"], shown, True)
        if shown is None:
            return
        for words, code in ((choice.label, item["label"]), (choice.note, item["note"])):
            if not _only_words(code):
                yield from self.prose(words, code, shown)
        for need, (code, reason) in zip(choice.needs, item["needs"], strict=True):
            yield from self.one(need.test.source, need.test.tree, code, shown)
            locked = refine(code, shown, False)
            tree = need.test.tree
            words = need.reason or (self.model.rules[tree.value].reason if tree.value in self.model.rules else None)
            if locked is not None and not _only_words(reason):
                yield from self.prose(words, reason, locked)

    # texts

    def prose(self, prose: Prose | None, code: list[Code] | None, env: Env) -> Iterator[Asked]:
        if prose is not None and code:
            yield from self.text(prose.source, prose.tree, iter(code), env)

    def text(self, source: Source, tree: ProseTree, codes: Iterator[Code], env: Env) -> Iterator[Asked]:
        """A text's nodes beside their code: a snippet's code stands in line."""
        for node in tree:
            if node.kind == "snippet":
                snippet = self.model.snippets[node.value].prose
                for _ in self.text(snippet.source, snippet.tree, codes, env):
                    pass  # a snippet is written for any place: that a part of it is of no use here is no fault
                continue
            code = next(codes)
            if node.kind == "link":
                yield from self.text(source, node.branches[0], iter(code[2]), env)
            elif node.kind == "pick":
                for branch, inside in zip(node.branches, code[4], strict=True):
                    yield from self.text(source, branch, iter(inside), env)
            elif node.kind == "when":
                yield from self.branches(source, node.logic, node.branches, code[1], env)
            elif node.kind == "value" and node.logic[0] is not None:
                yield from self.inner(source, node.logic[0], code[1], env)

    def branches(
        self, source: Source, tests: Iterable[Expr | None], texts: Iterable[ProseTree], codes: list[Any], env: Env
    ) -> Iterator[Asked]:
        base = env
        for number, (tree, words, (test, inside)) in enumerate(zip(tests, texts, codes, strict=True)):
            held: Env | None = env
            if tree is not None and test is not None:
                last = number == len(codes) - 1
                yield from self.one(source, tree, test, env, base if last else env)
                held = refine(test, env, True)
            if held is not None:
                yield from self.text(source, words, iter(inside), held)
            left = None if test is None else refine(test, env, False)
            if left is None:
                return
            env = left


def _asks_nothing(op: list[Any]) -> bool:
    """Whether there is surely no condition in a step: most say words or put a number into a variable."""
    if op[0] == "say":
        return _only_words(op[1])
    return op[0] == "effect" and op[4] is None and (op[3] is None or op[3][0] == "lit")


def _only_words(code: list[Code] | None) -> bool:
    return code is None or (len(code) == 1 and code[0][0] == "s")


def parts(tree: Expr, code: Code) -> Iterator[tuple[Expr, Code]]:
    """The expressions inside an expression, each beside its code. A rule's name is not looked into."""
    kind = tree.kind
    if kind in ("and", "or", "not", "if", "neg", "+", "-", "*", "/", "//", "%"):
        yield from zip(tree.args, code[1:], strict=True)
    elif kind == "compare":
        yield tree.args[0], code[1]
        for index, arg in enumerate(tree.args[1:]):
            sign, inside = code[2 + 2 * index], code[3 + 2 * index]
            if sign.endswith("in"):
                yield from zip(arg.args if arg.kind == "group" else (arg,), inside, strict=True)
            else:
                yield arg, inside
    elif kind == "call" and code[0] in ("min", "max", "abs", "round"):
        yield from zip(tree.args, code[1:], strict=True)
    elif kind == "call" and code[0] in ("chance", "roll"):
        yield from zip(tree.args, code[2:], strict=True)


def _chains(model: Model) -> Iterator[tuple[int, tuple[int, bool]]]:
    """For the condition of each `elif`: the first of its chain, and whether nothing comes after it."""
    for scene in model.scenes.values():
        for placed in beats_of(scene):
            beat = placed.beat
            for number, other in enumerate(beat.others):
                last = number == len(beat.others) - 1 and not beat.otherwise
                yield id(other.test), (id(beat.test), last)
