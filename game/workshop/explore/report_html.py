"""The report as one page that needs nothing else: no script, nothing fetched, light and dark, a table behind every plot.

The plots are written here, as SVG: a plotting library would bring megabytes of script, or pictures that no dark page suits.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from game.workshop.explore.measure import COMMON_ENDING, CONDITIONAL, FAVOURED, FOR_SOME, PINNED, RARE
from game.workshop.explore.plots import bar, behind, course, heat, histogram, span, table
from game.workshop.explore.report_text import lives, percent, sayings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.workshop.explore.measure import Data

_STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --ink: #22201c; --soft: #6b6559; --rule: #ddd6c8; --mark: #a33b1f; --fill: #33658a;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #1b1a18; --ink: #e8e4da; --soft: #a49c8c; --rule: #3b3832; --mark: #f08a6a; --fill: #7fb2d9; }
}
body { background: var(--paper); color: var(--ink); font: 16px/1.5 Georgia, serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { font-weight: normal; line-height: 1.2; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--rule); }
p.soft, caption, summary { color: var(--soft); }
nav a { color: var(--fill); margin-right: 1rem; }
table { border-collapse: collapse; width: 100%; font: 14px/1.4 ui-monospace, monospace; }
caption { text-align: left; font: italic 15px/1.5 Georgia, serif; padding: .3rem 0; }
th { text-align: left; font-weight: normal; }
thead th { color: var(--soft); border-bottom: 1px solid var(--rule); vertical-align: bottom; }
td, th { padding: .1rem .6rem .1rem 0; }
td.bar { width: 35%; }
td.bar span { display: block; height: .7rem; min-width: 1px; background: var(--fill); }
tr.marked th, tr.marked td { color: var(--mark); }
tr.marked td.bar span { background: var(--mark); }
td.heat { background: color-mix(in srgb, var(--fill) var(--heat), transparent); text-align: right; padding: .1rem .4rem; }
.scroll { max-height: 32rem; overflow: auto; border: 1px solid var(--rule); padding: .3rem .6rem; }
svg.plot { width: 100%; max-width: 40rem; height: auto; display: block; }
svg.span { width: 12rem; height: 1rem; }
svg text { fill: var(--soft); font: 12px ui-monospace, monospace; }
.fill { fill: var(--fill); }
.band { fill: var(--fill); fill-opacity: .3; }
.track { fill: var(--rule); }
.middle { fill: none; stroke: var(--fill); stroke-width: 2; }
.axis { stroke: var(--rule); }
ul.figures { list-style: none; padding: 0; }
"""


def html(report: Data) -> str:
    """The page of a report of `measure.document`."""
    parts = [
        ("endings", "Endings", _endings(report)),
        ("length", "Length and choices", _length(report)),
        ("callbacks", "What is read again", _callbacks(report)),
        ("roles", "Endings by role", _roles(report)),
        ("unmet", "What no counted life met", _unmet(report)),
        ("scenes", "Scenes", _scenes(report)),
        ("choices", "Choices", _choices(report)),
        ("numbers", "Numbers", _numbers(report)),
        ("people", "People", _people(report)),
    ]
    shown = [(name, title, inner) for name, title, inner in parts if inner]
    title = f"{report['story']['title']} {report['story']['version']}, explored"
    menu = "".join(f'<a href="#{name}">{heading}</a>' for name, heading, _ in shown)
    body = "".join(f'<section id="{name}"><h2>{heading}</h2>{inner}</section>' for name, heading, inner in shown)
    said = "".join(f"<p>{escape(saying)}</p>" for saying in sayings(report))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><header><h1>{escape(title)}</h1>{said}"
        f'{_broke(report)}</header><nav aria-label="Parts of the report">{menu}</nav><main>{body}</main></body></html>'
    )


def _broke(report: Data) -> str:
    if not report["crashes"] and not report["loops"]:
        return "<p>No life broke off, and none went round for ever.</p>"
    told = f"<p><strong>{lives(report['crashes'])} broke off; {lives(report['loops'])} came to no end.</strong></p>"
    rows = [
        [_code(fault["message"]), f"{fault['lives']:,}", str(fault["seed"]), _code(", ".join(fault["choices"]))]
        for fault in report["faults"]
    ]
    return told + (
        table(["what was said", "lives", "seed", "choices of the shortest"], rows, "How lives broke off") if rows else ""
    )


def _endings(report: Data) -> str:
    shares = sorted(report["endings"].items(), key=lambda item: -item[1])
    several = len(shares) > 4
    marks = ["marked" if share < RARE["endings"] or (several and share > COMMON_ENDING) else "" for _, share in shares]
    about = f"Share of lives that come to each. Early endings together: {percent(report['early_endings'])}."
    return _barred("ending", shares, marks, about)


def _length(report: Data) -> str:
    words, taken, gap, again = report["words"], report["choices_in_a_play"], report["words_before_choice"], report["repeat"]
    figures = [
        f"A life in the middle reads {words['median']:,} words, {percent(report['seen_share'])} of all that is written.",
        f"It takes {taken['median']:,} choices; {report['choices_per_1000_words']:.1f} among several per 1,000 words.",
        f"Such a choice has {report['options_per_choice']:.1f} options; {percent(report['locked']['share'])} of them are locked.",
        f"Words before one: half {gap['p50']}, nine of ten {gap['p90']}, 99 of 100 {gap['p99']}, at most {gap['max']}.",
        f"Blind options, which change what is seen and have no note: {percent(report['blind']['share'])}.",
        f"A second life reads again: by chance {percent(again['random'])}, the same role {percent(again['same_role'])},"
        f" opposed roles {percent(again['opposed'])}.",
    ]
    told = '<ul class="figures">' + "".join(f"<li>{escape(figure)}</li>" for figure in figures) + "</ul>"
    rows = [[_code(name), f"{most:,}"] for name, most in report["widest"]]
    if rows:
        told += table(["set", "words"], rows, "Where the most words stand before a choice among several")
    if report["blind"]["options"]:
        told += table(["option"], [[_code(key)] for key in report["blind"]["options"]], "Blind options")
    if report["trades"]:
        rows = [[_code(act), percent(share), bar(share)] for act, share in report["trades"].items()]
        told += table(["act", "turns", ""], rows, "Turns that force a trade, in lives with texts")
    for key, unit in (("words_bars", "words"), ("choices_bars", "choices")):
        about = f"How many {unit} lives have"
        rows = [[f"{low:,} to {high:,}", f"{count:,}"] for low, high, count in report[key]]
        if rows:
            told += f"<h3>{about}</h3>" + histogram(report[key], about, unit)
            told += behind("The same as a table", table([unit, "lives"], rows, about))
    return told


def _callbacks(report: Data) -> str:
    found, far = report["callbacks"], report["callbacks"]["last_act_flags"]
    if not found["counted"]:
        return ""
    figures = [
        f"Of {found['counted']:,} choices among several, a later scene reads {percent(found['read_later'])},"
        f" in a later act {percent(found['later_act'])}; {percent(found['expressive'])} change nothing and no condition asks.",
        f"Counted in {lives(found['lives'])} with texts. Thresholds of numbers that change as much: {found['thresholds']:,}.",
    ]
    if far is not None:
        spread = f"eight of ten lives {far['p10']} to {far['p90']}"
        figures.append(f"The last act reads {far['median']} flags that were set before the last two acts; {spread}.")
    told = '<ul class="figures">' + "".join(f"<li>{escape(figure)}</li>" for figure in figures) + "</ul>"
    heads = ["act", "words", "passages", "per 250 words", "by flags alone", "per 250 words"]
    rows = [
        [
            _code(act), f"{each['words']:,}", f"{each['passages']:,}", f"{each['per_250_words']:.2f}",
            f"{each['by_flags']:,}", f"{each['by_flags_per_250_words']:.2f}",
        ]
        for act, each in found["per_act"].items()
    ]  # fmt: skip
    if rows:
        told += table(heads, rows, "Passages that depend on the life, in all lives with texts")
    shares = sorted(found["endings"].items(), key=lambda item: item[1])
    if shares:
        marks = ["marked" if share < CONDITIONAL else "" for _, share in shares]
        told += _barred("ending", shares, marks, "Share of each ending's own words that stands under a condition")
    rows = [[_code(key), escape(why)] for key, why in found["unread"].items()]
    rows += [[_code(key), ", ".join(map(_code, places))] for key, places in found["choices"].items()]
    marks = ["marked"] * len(found["unread"])
    about = "Which later scenes read each choice; those that none reads first"
    return told + _scroll(table(["choice", "read by"], rows, about, marks), about)


def _roles(report: Data) -> str:
    roles = report["roles"]
    if not roles:
        return ""
    endings = sorted(report["endings"])
    rows = [
        [_code(role), *(heat(each["endings"][ending], percent(each["endings"][ending])) for ending in endings)]
        for role, each in roles.items()
    ]
    lived = max(each["plays"] for each in roles.values())
    told = _scroll(table(["role", *endings], rows, f"Share of each role's lives, {lived:,} of each at most"), "Endings by role")
    best = sorted(report["best_role"].items(), key=lambda item: item[1][1] if item[1] else 0)
    rows = [[_code(ending), percent(each[1] if each else 0), _code(each[0]) if each else "-"] for ending, each in best]
    marks = ["marked" if each is None or each[1] < FOR_SOME else "" for _, each in best]
    side = report["one_sided"]
    about = "The role that comes to each ending most" + (f"; the most one-sided is {side[0]}, {percent(side[2])}" if side else "")
    return told + table(["ending", "share", "role"], rows, about, marks)


def _unmet(report: Data) -> str:
    told = []
    for key, heading in (("by_others", "Met by roles or by search"), ("never", "Met by nobody")):
        found = report["unmet"][key]
        kinds = ("scenes", "choices", "endings", "texts")
        rows = [[kind, ", ".join(_code(name) for name in found[kind])] for kind in kinds if found[kind]]
        if rows:
            told.append(table(["kind", "names"], rows, heading))
    return "".join(told)


def _scenes(report: Data) -> str:
    return _rarest("scene", report["scenes"], RARE["scenes"])


def _choices(report: Data) -> str:
    told = _rarest("choice", report["choices"], RARE["choices"])
    if report["favoured"]:
        rows = [[_code(key), percent(least)] for key, least in report["favoured"].items()]
        about = f"Taken more than {FAVOURED:.0%} of the time by every role that could"
        told += table(["choice", "at least"], rows, about)
    return told


def _rarest(what: str, shares: dict[str, float], rare: float) -> str:
    ordered = sorted(shares.items(), key=lambda item: (item[1], item[0]))
    few = sum(share < rare for share in shares.values())
    about = f"Share of lives, the rarest first; {few:,} of {len(shares):,} are rare, under {percent(rare)}."
    inner = _barred(what, ordered, ["marked" if share < rare else "" for _, share in ordered], about)
    return _scroll(inner, f"{what}s, the rarest first") if ordered else ""


def _numbers(report: Data) -> str:
    rows, marks = [], []
    for name, each in report["variables"].items():
        low = each["min"] if each["low"] is None else each["low"]
        high = each["max"] if each["high"] is None else each["high"]
        about = f"{name}: {each['min']:g} to {each['max']:g}; random lives {each['random_min']:g} to {each['random_max']:g}"
        drawn = span(low, high, (each["min"], each["max"]), (each["random_min"], each["random_max"]), about)
        limits = "" if each["low"] is None or each["high"] is None else f"{low:g} to {high:g}"
        rows.append([_code(name), f"{each['min']:g}", f"{each['max']:g}", limits, drawn, percent(each["pinned"])])
        marks.append("marked" if each["pinned"] > PINNED else "")
    if not rows:
        return ""
    about = (
        "What each number comes to: dark by the counted lives, pale by anybody. Pinned: turns that end at an end of its range."
    )
    told = table(["number", "least", "most", "its range", "", "pinned"], rows, about, marks)
    courses = "".join(_course(name, points, report["variables"][name]) for name, points in report["series"].items())
    return told + (behind("Turn by turn", courses) if courses else "")


def _course(name: str, points: list[list[float]], each: Data) -> str:
    about = f"{name} turn by turn: the middle, and eight of ten lives"
    rows = [[f"{turn:g}", f"{least:g}", f"{median:g}", f"{most:g}"] for turn, least, median, most in points]
    inner = course(points, each["low"], each["high"], about)
    return f"<h3>{_code(name)}</h3>{inner}" + behind("The same as a table", table(["turn", "p10", "median", "p90"], rows, about))


def _people(report: Data) -> str:
    ordered = sorted(report["people"].items(), key=lambda item: -item[1]["lives"])
    rows = [
        [_code(person), percent(each["lives"]), bar(each["lives"]), f"{each['scenes']:.1f}", f"{each['written']:,}"]
        for person, each in ordered
    ]
    heads = ["person", "lives", "", "scenes in a life", "scenes written"]
    return table(heads, rows, "Who is met, in what share of lives, and in how many scenes") if rows else ""


def _barred(what: str, shares: Iterable[tuple[str, float]], marks: list[str], about: str) -> str:
    return table([what, "share", ""], [[_code(name), percent(share), bar(share)] for name, share in shares], about, marks)


def _scroll(inner: str, about: str) -> str:
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(about)}">{inner}</div>'


def _code(name: str) -> str:
    return f"<code>{escape(name)}</code>"
