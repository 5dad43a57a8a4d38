"""The counts as a document (JSON, see its keys in docs/maps-and-figures.md) and as a text for people."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any

from game.desk.words import counted
from game.workshop.graph.acts import acts_of
from game.workshop.stats.count import Count
from game.workshop.stats.grade import Prose
from game.workshop.stats.speech import NOBODY, YOU

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from game.engine.model import Model
    from game.engine.story import Story
    from game.workshop.stats.count import Counts

SCHEMA = 1
_SHOWN = 5
Data = dict[str, Any]


def document(story: Story, model: Model, counts: Counts) -> Data:
    acts = acts_of(story)
    scenes = {scene: _scene(story, scene, acts[scene], found) for scene, found in counts.scenes.items()}
    every = [*counts.scenes.values(), *counts.endings.values()]
    prose = sum(counts.words[kind] for kind in ("scenes", "endings", "papers", "intro"))
    own = {act.id: [scene for scene in scenes if acts[scene] == act.id] for act in story.acts}
    own |= {"": [scene for scene in scenes if not acts[scene]]} if not all(acts.values()) else {}
    titles = {act.id: act.title for act in story.acts}
    return {
        "schema": SCHEMA,
        "words": prose,
        "words_of": counts.words,
        "scenes": len(scenes),
        "storylets": sum(bool(info.decks) for info in story.scenes.values()),
        "choices": sum(found.choices for found in every),
        "endings": len(model.endings),
        "cards": len(model.cards),
        "grade": _grade(every),
        "acts": {act: {"title": titles.get(act, "")} | _act(story, counts, names) for act, names in own.items()},
        "by_scene": scenes,
        "by_ending": {ending: {"words": found.words, "grade": _grade([found])} for ending, found in counts.endings.items()},
        "packs": {pack: _pack(story, counts, pack) for pack in story.packs},
        "speakers": _speakers(model, every),
        "codex": _codex(story, model, counts),
    }


def _scene(story: Story, scene: str, act: str, found: Count) -> Data:
    return {
        "act": act,
        "choices": found.choices,
        "grade": _grade([found]),
        "label_words": found.label_words,
        "storylet": bool(story.scenes[scene].decks),
        "words": found.words,
    }


def _pack(story: Story, counts: Counts, pack: str) -> Data:
    """What stands in a pack's own scenes, endings and grafts; its papers and codex are not counted here."""
    scenes = [scene for scene in counts.scenes if scene.startswith(f"{pack}/")]
    grafted = counts.grafts.get(pack, Count())
    found = [*(counts.scenes[scene] for scene in scenes), grafted]
    found += [one for ending, one in counts.endings.items() if ending.startswith(f"{pack}/")]
    return {
        "choices": sum(one.choices for one in found),
        "label_words": sum(one.label_words for one in found),
        "scenes": len(scenes),
        "storylets": sum(bool(story.scenes[scene].decks) for scene in scenes),
        "words": sum(one.words for one in found),
    }


def _act(story: Story, counts: Counts, names: Sequence[str]) -> Data:
    found = [counts.scenes[scene] for scene in names]
    words = [one.words for one in found]
    return {
        "choices": sum(one.choices for one in found),
        "grade": _grade(found),
        "label_words": sum(one.label_words for one in found),
        "median": median(words) if words else 0,
        "scenes": len(names),
        "storylets": sum(bool(story.scenes[scene].decks) for scene in names),
        "words": sum(words),
    }


def _grade(found: Iterable[Count]) -> float | None:
    total = Prose()
    for one in found:
        total = total.joined(one.measure)
    return None if total.grade is None else round(total.grade, 1)


def _speakers(model: Model, found: Sequence[Count]) -> Data:
    """By id of a person, `you`, or the words that name somebody else; what nobody could be found for is apart."""
    quotes: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for one in found:
        quotes += one.quotes
        said += one.said
    people = {
        speaker: {
            "name": model.people[speaker].name if speaker in model.people else speaker,
            "quotes": number,
            "words": said[speaker],
        }
        for speaker, number in quotes.items()
        if speaker != NOBODY
    }
    return {"by": people, "unattributed": {"quotes": quotes[NOBODY], "words": said[NOBODY]}}


def _codex(story: Story, model: Model, counts: Counts) -> Data:
    named, learnt = set(counts.carded), _learnt(story)
    return {
        "confidence": dict(sorted(Counter(card.confidence for card in model.cards.values()).items())),
        "scenes_without_history": [scene for scene, info in story.scenes.items() if not info.status],
        "unnamed": [card for card in model.cards if card not in named and card.rpartition("/")[2] not in named],
        "unlearnt": [card for card in model.cards if card not in learnt],
        "without_sources": [card.id for card in model.cards.values() if not card.sources and card.confidence != "invented"],
    }


def _learnt(story: Story) -> set[str]:
    """The cards that some `learn` gives. What is only linked or named in a `history` is read on the page, and never earned."""
    ops = (op for scene in story.scenes for op in story.data(scene)["ops"])
    return {op[2] for op in ops if op[0] == "effect" and op[1] == "learn"}


# For people -------------------------------------------------------------------------------------------------------


def text(title: str, found: Data) -> str:
    words = found["words_of"]
    parts = [
        f"{title}: {_many(found['words'], 'word')} that a reader can meet, {_graded(found['grade'])}",
        f"  {_many(found['scenes'], 'scene')}, of them {_many(found['storylets'], 'storylet')}; "
        f"{_many(found['choices'], 'choice')}; {_many(found['endings'], 'ending')}; {_many(found['cards'], 'codex card')}",
        f"  words: scenes {words['scenes']:,}, endings {words['endings']:,}, papers {words['papers']:,}, "
        f"intro {words['intro']:,}; beside them labels {words['labels']:,}, codex {words['codex']:,}",
        *_packs(found["packs"]), *_acts(found["acts"]), *_scenes(found["by_scene"]), *_said(found["speakers"]), *_cards(found),
    ]  # fmt: skip
    return "\n".join(parts)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what if number == 1 else what + 's'}"


def _graded(grade: float | None) -> str:
    return "no grade" if grade is None else f"grade {grade}"


def _packs(packs: Data) -> list[str]:
    return [
        f"  of these {pack} has: {_many(own['words'], 'word')} and {own['label_words']:,} in labels, "
        f"{_many(own['scenes'], 'scene')}, of them {_many(own['storylets'], 'storylet')}; {_many(own['choices'], 'choice')}"
        for pack, own in packs.items()
    ]


def _acts(acts: Data) -> list[str]:
    if not acts:
        return []
    rows = [
        (
            found["title"] or act or "(no one act)", f"{found['words']:,}", str(found["scenes"]), str(found["storylets"]),
            str(found["choices"]), f"{found['median']:g}", "-" if found["grade"] is None else str(found["grade"]),
        )
        for act, found in acts.items()
    ]  # fmt: skip
    return ["", *_table(("act", "words", "scenes", "storylets", "choices", "median scene", "grade"), rows)]


def _scenes(scenes: Data) -> list[str]:
    """The longest and the shortest; all where they are few."""
    ranked = sorted(scenes, key=lambda scene: (-scenes[scene]["words"], scene))
    if len(ranked) > 2 * _SHOWN:
        named = [("longest scenes", ranked[:_SHOWN]), ("shortest scenes", ranked[-_SHOWN:])]
    else:
        named = [("scenes", ranked)]
    lines: list[str] = []
    for what, ids in named:
        rows = [
            (scene, f"{scenes[scene]['words']:,}", str(scenes[scene]["choices"]), _short(scenes[scene]["grade"])) for scene in ids
        ]
        lines += ["", *_table((what, "words", "choices", "grade"), rows)]
    if scenes:
        lines.append(f"  the median scene has {median(found['words'] for found in scenes.values()):g} words")
    return lines


def _short(grade: float | None) -> str:
    return "-" if grade is None else str(grade)


def _said(speakers: Data) -> list[str]:
    by, nobody = speakers["by"], speakers["unattributed"]
    ranked = sorted(by, key=lambda who: (-by[who]["words"], who))
    if not ranked and not nobody["quotes"]:
        return []
    rows = [
        ("you" if who == YOU else by[who]["name"], str(by[who]["quotes"]), f"{by[who]['words']:,}")
        for who in ranked[: 2 * _SHOWN]
    ]
    rest = ranked[2 * _SHOWN :]
    if rest:
        quotes, words = (sum(by[who][key] for who in rest) for key in ("quotes", "words"))
        rows.append((counted(len(rest), "other"), str(quotes), f"{words:,}"))
    rows.append(("(cannot be told)", str(nobody["quotes"]), f"{nobody['words']:,}"))
    return ["", *_table(("who speaks", "quotes", "words"), rows)]


def _cards(found: Data) -> list[str]:
    codex = found["codex"]
    lines = [
        ("cards that nothing links, learns or names", codex["unnamed"]),
        ("cards that nothing learns, so that no life earns them", codex["unlearnt"]),
        ("cards without sources", codex["without_sources"]),
        ("scenes without `history`", codex["scenes_without_history"]),
    ]
    said = [f"  {what}: {len(names)}{_listed(names)}" for what, names in lines]
    return ["", "codex", *said]


def _listed(names: Sequence[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(names[: 2 * _SHOWN])
    return f" ({shown}{f' and {len(names) - 2 * _SHOWN} more' if len(names) > 2 * _SHOWN else ''})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as they need be, numbers to the right."""
    widths = [max(len(row[number]) for row in (head, *rows)) for number in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if not number else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    ]
