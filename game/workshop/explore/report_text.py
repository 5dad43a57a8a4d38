"""The report for people, in a terminal: what matters first, what is rare or missing by name, no more than a few screens."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from game.workshop.explore.measure import COMMON_ENDING, CONDITIONAL, FAVOURED, FOR_SOME, PINNED, RARE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.workshop.explore.measure import Data

WIDTH = 100
BAR = 30
MOST = 12
"""Names in a list before the rest is only counted."""


def text(report: Data) -> str:
    parts = (_head, _broke, _endings, _reading, _again, _callbacks, _scenes, _choices, _unmet, _roles, _best, _variables, _people)
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part(report))))


def percent(share: float | None) -> str:
    """`34 %`, `3.4 %`, `0.04 %`, `0 %`; a dash where there is nothing to share."""
    if share is None:
        return "-"
    figure = share * 100
    if figure == 0 or figure >= 99.95:
        return f"{figure:.0f} %"
    return f"{figure:.0f} %" if figure >= 10 else f"{figure:.1f} %" if figure >= 1 else f"{figure:.2f} %"


def counted(number: int, what: str, several: str = "") -> str:
    """`1 worker`, `2 workers`."""
    return f"{number:,} {what if number == 1 else several or what + 's'}"


def lives(number: int, player: str = "") -> str:
    return counted(number, f"{player} life".strip(), f"{player} lives".strip())


def sayings(report: Data) -> list[str]:
    """What a reader should know before any figure: who played, how much, how fast."""
    player = "random" if report["player"] == "random" else f"`{report['player']}`"
    told = [
        f"{lives(report['plays'], player)}, seed {report['seed']},"
        f" in {report['seconds']:.1f} seconds with {counted(report['workers'], 'worker')}:"
        f" {report['choices_per_second']:,.0f} choices a second."
    ]
    if report["interrupted"]:
        told.append("Cut short by Ctrl-C: what follows is of the lives until then.")
    return told


def _head(report: Data) -> Iterable[str]:
    story = report["story"]
    yield f"{story['title']} {story['version']}" + "".join(f" + {pack} {version}" for pack, version in story["packs"].items())
    yield from sayings(report)


def _broke(report: Data) -> Iterable[str]:
    if not report["crashes"] and not report["loops"]:
        yield "No life broke off, and none went round for ever."
        return
    if report["crashes"]:
        yield f"{lives(report['crashes'])} broke off:"
    for fault in report["faults"]:
        yield f"  {fault['message']}"
        where = f" and stands in `{fault['scene']}`" if fault["scene"] else ""  # a search knows only the way there
        yield f"    {lives(fault['lives'])}; the shortest has seed {fault['seed']}{where} after"
        yield _indented(", ".join(fault["choices"]) or "no choice at all")
    if report["loops"]:
        yield f"{lives(report['loops'])} came to no end within {report['limit']:,} choices."


def _endings(report: Data) -> Iterable[str]:
    yield f"Endings (early ones: {percent(report['early_endings'])})"
    for ending, share in sorted(report["endings"].items(), key=lambda item: -item[1]):
        mark = "  common" if share > COMMON_ENDING and len(report["endings"]) > 4 else "  rare" if share < RARE["endings"] else ""
        yield f"  {ending:<28} {percent(share):>7}  {'#' * round(share * BAR)}{mark}"


def _reading(report: Data) -> Iterable[str]:
    words, taken, gap = report["words"], report["choices_in_a_play"], report["words_before_choice"]
    yield "Length"
    yield (
        f"  words in a life       {words['median']:,} in the middle; eight of ten lives {words['p10']:,} to {words['p90']:,};"
        f" {percent(report['seen_share'])} of all that is written"
    )
    yield f"  choices in a life     {taken['median']:,} in the middle; eight of ten lives {taken['p10']:,} to {taken['p90']:,}"
    yield (
        f"  choices among several {report['choices_per_1000_words']:.1f} per 1,000 words,"
        f" of {report['options_per_choice']:.1f} options each, {percent(report['locked']['share'])} of them locked"
    )
    yield f"  words before one      half {gap['p50']}, nine of ten {gap['p90']}, 99 of 100 {gap['p99']}, at most {gap['max']}" + (
        f" (`{gap['max_at']}`)" if gap["max_at"] else ""
    )
    if report["blind"]["offered"]:
        yield f"  blind options         {percent(report['blind']['share'])} change what is seen, and have no note"
        if report["blind"]["options"]:
            yield _indented(_names(report["blind"]["options"]))
    if report["trades"]:
        told = ", ".join(f"{act} {percent(share)}" for act, share in report["trades"].items())
        yield f"  turns that force a trade  {told}"


def _again(report: Data) -> Iterable[str]:
    names = {"random": "by chance", "same_role": "same role", "opposed": "opposed roles"}
    told = [f"{names[kind]} {percent(share)}" for kind, share in report["repeat"].items() if share is not None]
    if told:
        yield f"A second life reads again: {', '.join(told)}"


def _callbacks(report: Data) -> Iterable[str]:
    found = report["callbacks"]
    if not found["counted"]:
        return
    yield f"Read again ({lives(found['lives'])} with texts, {counted(found['counted'], 'choice')} among several)"
    yield (
        f"  a later scene reads   {percent(found['read_later'])} of choices; {percent(found['later_act'])} in a later act;"
        f" {percent(found['expressive'])} change nothing and no condition asks"
    )
    if found["last_act_flags"] is not None:
        far = found["last_act_flags"]
        yield (
            f"  the last act reads    {far['median']} flags that were set before the last two acts;"
            f" eight of ten lives {far['p10']} to {far['p90']}"
        )
    acts = [f"{act} {each['per_250_words']:.1f} ({each['by_flags_per_250_words']:.1f})" for act, each in found["per_act"].items()]
    if acts:
        yield "  passages that depend on the life, per 250 words, and on its flags alone"
        yield _indented(", ".join(acts))
    least = sorted((share, ending) for ending, share in found["endings"].items() if share < CONDITIONAL)
    if least:
        told = _names(f"{ending} ({percent(share)})" for share, ending in least)
        yield f"  endings under {percent(CONDITIONAL)} conditional: {told}"
    if found["unread"]:
        for why, keys in _by_reason(found["unread"]):
            yield f"  no later scene reads, {why}"
            yield _indented(_names(keys))


def _by_reason(unread: dict[str, str]) -> list[tuple[str, list[str]]]:
    return [(why, [key for key, each in unread.items() if each == why]) for why in sorted(set(unread.values()))]


def _scenes(report: Data) -> Iterable[str]:
    yield from _shares("Scenes", "met", report["scenes"], RARE["scenes"])


def _choices(report: Data) -> Iterable[str]:
    yield from _shares("Choices", "taken", report["choices"], RARE["choices"])
    if report["favoured"]:
        yield f"  taken more than {FAVOURED:.0%} of the time by every role: {_names(report['favoured'])}"


def _shares(title: str, met: str, shares: dict[str, float], rare: float) -> Iterable[str]:
    some = {name: share for name, share in shares.items() if share}
    yield f"{title}: {len(some):,} of {len(shares):,} {met}"
    few = sorted((share, name) for name, share in some.items() if share < rare)
    if few:
        yield f"  rare, under {percent(rare)}: {_names(f'{name} ({percent(share)})' for share, name in few)}"


def _unmet(report: Data) -> Iterable[str]:
    for key, told in (
        ("by_others", "Only others came here (roles, least-taken lives, search), no life that was counted"),
        ("never", "Nobody came here"),
    ):
        found = report["unmet"][key]
        if any(found.values()):
            yield told
            for kind in ("scenes", "choices", "endings", "texts"):
                if found[kind]:
                    yield f"  {kind:<8} {_names(found[kind])}"


def _roles(report: Data) -> Iterable[str]:
    if report["roles"]:
        yield f"Roles ({max(each['plays'] for each in report['roles'].values()):,} lives of each, at most): where they end"
    for role, each in report["roles"].items():
        ends = sorted(((share, ending) for ending, share in each["endings"].items() if share), reverse=True)
        yield f"  {role:<20} {', '.join(f'{ending} {percent(share)}' for share, ending in ends[:4])}"


def _best(report: Data) -> Iterable[str]:
    if not report["roles"]:
        return
    side = report["one_sided"]
    yield "The best role for each ending" + (f"; the most one-sided: {side[0]} ({side[1]} {percent(side[2])})" if side else "")
    for ending, best in sorted(report["best_role"].items(), key=lambda item: (item[1][1] if item[1] else 0, item[0])):
        mark = "  under" if best is None or best[1] < FOR_SOME else ""
        yield f"  {ending:<28} {percent(best[1] if best else 0):>7}  {best[0] if best else 'no role comes there'}{mark}"


def _variables(report: Data) -> Iterable[str]:
    if report["variables"]:
        yield "Numbers                      least    most   of their range     turns at an end of it"
    for name, each in report["variables"].items():
        limits = "" if each["low"] is None and each["high"] is None else f"{_bound(each['low'])} to {_bound(each['high'])}"
        mark = "  pinned" if each["pinned"] > PINNED else ""
        yield f"  {name:<22} {each['min']:>9g} {each['max']:>7g}   {limits:<18} {percent(each['pinned']):>7}{mark}".rstrip()


def _indented(words: str) -> str:
    return fill(words, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6, break_long_words=False, break_on_hyphens=False)


def _bound(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"


def _people(report: Data) -> Iterable[str]:
    if report["people"]:
        yield "People                     met by   scenes with them in a life"
    for person, each in sorted(report["people"].items(), key=lambda item: -item[1]["lives"]):
        yield f"  {person:<22} {percent(each['lives']):>8}   {each['scenes']:.1f} of {each['written']}"


def _names(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - MOST} more" if len(listed) > MOST else ""
    return ", ".join(listed[:MOST]) + more
