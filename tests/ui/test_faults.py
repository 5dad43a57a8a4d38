"""What goes wrong is said in a sentence; the page stays, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.desk.start import Start
from game.engine.story import StoryStuck
from game.engine.turn import ChoiceRefused
from game.load import Loaded, load_story
from game.saves import LifeBusy, SaveFault
from game.ui.app import Game


@pytest.mark.parametrize(
    "fault",
    [
        SaveFault("The disk is full: anna.jsonl could not be written."),
        StoryStuck("scenes.yaml:3: the scene leads nowhere."),
        ChoiceRefused("It is not on offer."),
        OSError(28, "No space left on device"),
    ],
)
async def test_a_step_that_fails_keeps_the_page_and_says_why(play, fake, fault):
    async with play("n", "enter", story=fake.story(), on=fake.FakeShelf()) as player:
        page, life = player.frame, player.app.screen.life
        life.fault = fault
        await player.press("1")
        assert (str(fault) if not isinstance(fault, OSError) else "No space left on device") in player.words
        assert "The page is as it was" in player.words
        await player.press("escape")
        assert player.frame == page
        await player.press("1")
        assert "He blots it." in player.frame, "and the same choice can be taken again"


@pytest.mark.parametrize("fault", [LifeBusy("The life `anna` is being played elsewhere."), SaveFault("It is of another story.")])
async def test_a_life_that_cannot_be_opened_says_why(play, fake, fault):
    story = fake.story()
    shelf = fake.FakeShelf(fake.FakeLife("anna", story))
    async with play(story=story, on=shelf) as player:
        shelf.fault = fault
        await player.press("c")
        assert str(fault) in player.words
        await player.press("escape")
        assert "1. Continue" in player.frame


async def test_a_life_that_cannot_be_read_is_listed_with_its_problem(play, shelf, ferry):
    shelf.begin(ferry, name="anna").close()
    path = shelf.list()[0].path
    path.write_text("not a life\n")
    async with play("l") as player:
        assert "anna · cannot be read:" in player.words
        await player.press("enter", "escape")
        assert player.frame.startswith(" Lives")


async def test_a_life_found_again_in_a_changed_story_says_how(play, fake):
    from game.saves import Verdict

    story = fake.story()
    life = fake.FakeLife("anna", story, verdict=Verdict("rewound", "Rewound to 6 March 1922, because a scene is gone."))
    async with play("c", story=story, on=fake.FakeShelf(life)) as player:
        assert "Rewound to 6 March 1922, because a scene is gone." in player.words


async def test_a_story_with_errors_shows_them_and_is_not_played(shelf, settings_file, tmp_path):
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "story.yaml").write_text("id: broken\ntitle: Broken\nversion: 0.1.0\nstart: nowhere\ndate: 1922-03-06\n")
    game = Game(lambda: load_story(folder), shelf, Start(), settings_file)
    async with game.run_test() as pilot:
        await pilot.pause()
        assert game.screen.HEADING == "The story has errors"
        await pilot.press("escape", "n")
        assert game.screen.HEADING == "The story has errors", "and again where it is needed"
        await pilot.press("ctrl+q")
    assert "cannot be played" in game.failure


class Broken:
    """A shelf whose faults nobody has thought of."""

    def list(self) -> tuple[()]:
        return ()

    def cards(self) -> tuple[()]:
        return ()

    def begin(self, *_: object, **__: object) -> None:
        raise ZeroDivisionError


async def test_a_fault_of_the_game_ends_it_with_a_sentence_and_no_traceback(ferry, settings_file, own_cache):
    game = Game(lambda: Loaded(ferry, ()), Broken(), Start("play"), settings_file)
    with pytest.raises(ZeroDivisionError):
        async with game.run_test() as pilot:
            await pilot.pause()
    assert game.return_code == 2
    assert game.failure.count(".") >= 1
    assert "\n" not in game.failure
    assert "Traceback" in (own_cache / "fault.txt").read_text()


async def test_what_opening_the_story_raises_ends_the_game_and_is_for_whoever_gave_it(shelf, settings_file):
    class Unable(Exception):
        pass

    def open_story() -> Loaded:
        raise Unable("There is no folder.")

    game = Game(open_story, shelf, Start(), settings_file)
    async with game.run_test() as pilot:
        await pilot.pause()
    assert isinstance(game.raised, Unable)


def test_the_last_words_name_the_life_and_the_file_with_the_traceback(own_cache):
    from game.ui.faults import last_words

    words = last_words(ValueError("x"), Path("lives/anna.jsonl"))
    assert "lives/anna.jsonl" in words
    assert str(own_cache / "fault.txt") in words
