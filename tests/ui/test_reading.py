"""Reading: a page at a time, from its top, and never past what has not been read."""

from __future__ import annotations

import pytest

from game.desk.start import Start

ANNA = Start("play", "anna", seed=1)


@pytest.fixture
def long_tale(fake):
    """A page of twelve long paragraphs, the choices far below."""
    return fake.story({**fake.tale(), "start": fake.tale()["wait"]})


async def test_space_pages_down_without_leaving_out_a_line_and_at_the_end_moves_to_the_choices(play, fake, long_tale):
    async with play("n", "enter", story=long_tale, on=fake.FakeShelf(), size=(60, 15)) as player:
        seen = player.words
        assert "Line 0." in seen
        assert "1. Sign." not in seen
        for _ in range(40):
            if "> 1. Sign." in player.frame:
                break
            last_line = [line for line in player.frame.splitlines()[1:-1] if line.strip()][-1].rstrip(" ▁▂▃▄▅▆▇█").strip()
            await player.press("space")
            assert last_line in player.frame, "the last line of a screenful is the first of the next"
            seen += player.words
        assert all(f"Line {number}." in seen for number in range(12))
        assert "> 1. Sign." in player.frame


async def test_enter_and_down_read_on_until_the_choices_have_been_seen(play, fake, long_tale):
    async with play("n", "enter", "enter", "down", "j", story=long_tale, on=fake.FakeShelf()) as player:
        assert player.app.screen.life.page is long_tale.pages["start"], "nothing was chosen"
        assert ">" not in player.frame
        await player.press("pageup", "up", "k")
        assert "Line 0." in player.frame


async def test_a_new_page_begins_at_its_top_and_replaces_the_one_before(play, fake):
    async with play("n", "enter", "2", story=fake.story(), on=fake.FakeShelf()) as player:
        assert "Line 0." in player.frame
        assert "Room 303\n\n     The office" not in player.frame
        await player.press("space", "space", "space", "space", "1")
        assert player.app.screen.body.scroll_offset.y == 0
        assert "He blots it." in player.frame


async def test_titles_breaks_and_changes_are_drawn_in_words(play):
    async with play("1", "enter", "1", start=ANNA) as player:
        assert "There is more coal · two weeks pass" in player.frame
        assert "*   *   *" in player.frame
        assert "The ferry shed" in player.frame


async def test_underlined_words_are_reached_by_tab_and_opened_by_enter_f1_or_a_click(play):
    async with play("tab", start=ANNA) as player:
        assert player.at_cursor(9) == "river Tom"
        for key in ("enter", "f1"):
            await player.press(key)
            assert "A map of 1921" in player.frame
            await player.press("escape")
        x, y = player.app.cursor_position
        await player.pilot.click(offset=(x + 2, y))
        await player.pilot.pause()
        assert "A map of 1921" in player.frame
        await player.press("escape", "tab")
        assert player.at_cursor(4) == "> 1.", "behind the last word come the choices again"
        await player.press("f1")
        assert player.frame.startswith(" Help")


async def test_the_words_of_a_page_can_be_listed(play):
    async with play("w", start=ANNA) as player:
        assert "> river Tom · The Tom" in player.frame
        await player.press("enter")
        assert "The river Tom runs between the two banks" in player.frame


async def test_words_that_have_not_been_on_the_screen_cannot_be_reached(play, fake):
    far = fake.page(*[fake.LOREM] * 8, fake.text(fake.Span("Later", card="clause")), options=[fake.option("end", "Go.")])
    async with play("n", "enter", "tab", story=fake.story({**fake.tale(), "start": far}), on=fake.FakeShelf()) as player:
        assert player.app.screen.scene.focus_word == -1
        assert player.app.screen.body.scroll_offset.y == 0


async def test_text_appears_at_once_unless_it_is_asked_for_and_any_key_completes_it(play, settings_file):
    settings_file.write_text('{"typewriter": true}')
    async with play(start=ANNA) as player:
        screen = player.app.screen
        assert screen.scene.typing
        await player.press("1")
        assert not screen.scene.typing
        assert screen.life.state.steps == 0, "the key did nothing else"
        assert "Gusev. He has a lamp" in player.frame


async def test_reduced_motion_forces_the_typewriter_off(play, settings_file):
    settings_file.write_text('{"typewriter": true, "reduced_motion": true}')
    async with play(start=ANNA) as player:
        assert not player.app.screen.scene.typing


async def test_the_first_scene_teaches_three_keys_once(play):
    async with play(start=ANNA) as player:
        assert "Three keys: Space reads on, a number takes a choice, u takes it back." in player.words
        await player.press("1")
        assert "Three keys" not in player.words
        await player.press("escape", "u")
        assert "Three keys" not in player.words
    async with play("q", "n", "enter", start=ANNA) as player:
        assert "Three keys" not in player.words


@pytest.mark.parametrize("width", [56, 68, 80])
async def test_the_measure_is_kept_and_centred(play, fake, settings_file, width):
    settings_file.write_text(f'{{"measure": {width}}}')
    async with play("n", "enter", "2", story=fake.story(), on=fake.FakeShelf(), size=(99, 24)) as player:
        lines = [line for line in player.frame.splitlines()[1:-1] if "office" in line or "typewriter" in line]
        left = min(len(line) - len(line.lstrip()) for line in lines)
        longest = max(len(line.rstrip(" ▁▂▃▄▅▆▇█").strip()) for line in player.frame.splitlines()[1:-1])
        assert longest <= width
        assert abs(left - (98 - width) // 2) <= 1


async def test_resizing_keeps_page_and_choice(play):
    async with play("down", start=ANNA) as player:
        assert "> 2." in player.frame
        for size in ((40, 12), (120, 40), (80, 24)):
            await player.pilot.resize_terminal(*size)
            await player.pilot.pause()
        assert "> 2. Wait until somebody comes" in player.frame
        assert player.at_cursor(4) == "> 2."


async def test_a_question_below_a_long_page_is_not_jumped_to(play, shelf, ferry):
    life = shelf.begin(ferry, name="anna")
    life.choose(life.page.options[3].key)
    life.close()
    async with play(start=Start("play", "anna"), size=(40, 12)) as player:
        assert "There is one notice" in player.frame
        assert player.app.focused is None
        while player.app.focused is None:
            await player.press("space")
        assert player.at_cursor(9) == "Anna Reed"
