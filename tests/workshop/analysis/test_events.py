"""What is proved of events, the scenes with a `day`, whose `until` gives them a last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.load import load_story
from game.workshop.analysis import analyse

if TYPE_CHECKING:
    from pathlib import Path

    from game.load.diagnostics import Diagnostic

STORY = "id: r\ntitle: R\nversion: 0.1.0\nstart: ship\nhub: camp\ndate: 1922-03-06\n"
SCENES = """\
ship:
  do: wait until 1922-04-10
  go: camp
camp:
  choices:
    - say: Wait
      do: wait 1 week
    - say: Leave
      ending: left
  then:
    - go: camp
"""


def found(folder: Path, event: str) -> list[Diagnostic]:
    """What is wrong with this event in a story that comes to its hub on 10 April, and may stay for ever."""
    for name, text in {"story": STORY, "endings": "left: {title: Left}\n", "scenes": f"{SCENES}event:\n{event}"}.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    loaded = load_story(folder)
    assert not loaded.diagnostics
    return list(analyse(loaded))


def test_an_event_whose_last_day_is_over_when_the_hub_is_come_to_never_fires(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "  day: 1922-03-20\n  until: 1922-04-09\n  text: |\n    News.\n")
    assert (one.code, one.at.line) == ("event-never-fires", 12)
    assert one.message == (
        "`event` never plays: it is open from 20 March 1922 until 9 April 1922, and no life comes to the hub before 10 April 1922"
    )


def test_on_its_last_day_it_still_may(tmp_path: Path) -> None:
    assert found(tmp_path, "  day: 1922-03-20\n  until: 1922-04-10\n  text: |\n    News.\n") == []


def test_without_a_last_day_it_waits(tmp_path: Path) -> None:
    assert found(tmp_path, "  day: 1922-03-20\n  text: |\n    News.\n") == []


def test_inside_the_event_the_date_lies_between_its_day_and_its_last(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "  day: 1922-05-01\n  until: 1922-05-07\n  text: |\n    {date <= 1922-05-07 ? Fresh. | Stale.}\n")
    assert (one.code, one.notes) == ("dead-condition", ("`date` is from 1 May 1922 to 7 May 1922 here",))
    (one,) = found(tmp_path, "  day: 1922-05-01\n  until: 1922-05-07\n  text: |\n    {date < 1922-05-01 ? Early. | News.}\n")
    assert (one.code, one.message) == ("dead-condition", "`date < 1922-05-01` never holds here")
    assert found(tmp_path, "  day: 1922-05-01\n  until: 1922-05-07\n  text: |\n    {date == 1922-05-07 ? Last. | News.}\n") == []


def test_its_when_is_asked_only_up_to_its_last_day(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "  day: 1922-05-01\n  until: 1922-05-07\n  when: date > 1922-05-07\n  text: |\n    News.\n")
    assert (one.code, one.at.line) == ("event-never-fires", 15)
    assert one.message == "`event` never plays: its `when` never holds once its day has come"
    (one,) = found(tmp_path, "  day: 1922-05-01\n  until: 1922-05-07\n  when: date < 1922-05-08\n  text: |\n    News.\n")
    assert (one.code, one.message) == ("dead-condition", "`date < 1922-05-08` always holds here")


def test_what_only_a_missed_event_leads_to_is_out_of_reach(tmp_path: Path) -> None:
    news = "  day: 1922-03-20\n  until: {until}\n  choices: [Hm]\n  go: press\npress:\n  text: |\n    Words.\n"
    assert found(tmp_path, news.format(until="1922-04-10")) == []
    codes = [one.code for one in found(tmp_path, news.format(until="1922-04-09"))]
    assert codes == ["event-never-fires", "unreachable-scene"]
