"""The way in: go on, begin, and everything that can be done with a life on the shelf."""

from __future__ import annotations

from game.desk.start import Start

ANNA = Start("play", "anna", seed=1)


async def test_a_new_life_begins_in_two_keys_past_the_intro_and_the_content_notes(play, shelf):
    async with play("n") as player:
        assert "You come down to the river with a trunk." in player.frame
        assert "2. Illness of a child · shown" in player.frame
        await player.press("enter")
        assert "The road ends in the river Tom." in player.frame
        assert len(shelf.list()) == 1


async def test_the_number_that_opened_it_begins_the_life(play, shelf):
    async with play("1", "1") as player:
        assert "The road ends in the river Tom." in player.frame
        assert [
            life.state.optouts for life in (shelf.open(shelf.list()[0].name, player.app.story_if_loaded, read_only=True),)
        ] == [()]


async def test_a_number_passes_over_scenes_of_its_kind(play):
    async with play("n", "2") as player:
        assert "2. Illness of a child · passed over" in player.frame
        await player.press("enter", "1", "enter")
        assert "The shed is swept." in player.frame


async def test_continue_comes_first_with_act_date_and_the_last_line_read(play):
    async with play("1", "escape", "q", start=ANNA) as player:
        lines = player.frame.splitlines()
        at = next(y for y, line in enumerate(lines) if "> 1. Continue · The mud bank, 2 July 1922" in line)
        assert "It is cracked, but it is loud." in lines[at + 1]
        await player.press("enter")
        assert "The ferryman wants a name" in player.words


async def test_without_a_life_a_new_one_comes_first(play):
    async with play() as player:
        assert "> 1. New life" in player.frame
        assert "Continue" not in player.frame
        await player.press("enter")
        assert "Press Enter to begin." in player.frame


async def test_leaving_asks_nothing_and_the_page_is_there_again(play):
    async with play("1", start=ANNA) as player:
        page = player.frame
        await player.press("ctrl+q")
        assert player.app.return_value == 0
    async with play("c") as player:
        assert player.frame == page


async def test_q_goes_to_the_title_and_from_there_out(play):
    async with play("q", start=ANNA) as player:
        assert "1. Continue" in player.frame
        await player.press("q")
        assert player.app.return_value == 0


async def test_ctrl_c_leaves_too(play):
    async with play("1", start=ANNA) as player:
        await player.type("Bo")
        await player.press("ctrl+c")
        assert player.app.return_value == 130


async def test_lives_are_renamed_copied_exported_watched_and_resumed(play, shelf, tmp_path):
    async with play("1", "escape", "q", "l", start=ANNA) as player:
        assert "> anna · The mud bank, 2 July 1922" in player.frame
        await player.press("r", "ctrl+u")
        await player.type("bella")
        await player.press("enter")
        assert "> bella · " in player.frame
        await player.press("c", "enter")
        assert {life.name for life in shelf.list()} == {"bella", "bella-2"}
        await player.press("e", "ctrl+u")
        await player.type(str(tmp_path / "out.jsonl"))
        await player.press("enter")
        assert (tmp_path / "out.jsonl").exists()
        await player.press("w")
        assert "page 1 of 2" in player.frame
        await player.press("escape", "enter")
        assert "The ferryman wants a name" in player.words


async def test_deleting_asks_and_the_caret_stands_on_no(play, shelf):
    async with play("q", "l", "d", start=ANNA) as player:
        assert "> 1. No, keep it" in player.frame
        await player.press("enter")
        assert [life.name for life in shelf.list()] == ["anna"]
        await player.press("d", "down", "enter")
        assert not shelf.list()
        assert "No life is saved yet." in player.frame


async def test_lives_can_be_searched(play, shelf, ferry):
    for name in ("anna", "bella"):
        shelf.begin(ferry, name=name).close()
    async with play("l", "slash") as player:
        await player.type("bel")
        await player.press("enter")
        assert "> bella" in player.frame
        assert "anna" not in player.frame


async def test_a_life_can_be_opened_at_once_and_a_replay_too(play, shelf, ferry):
    life = shelf.begin(ferry, name="anna")
    life.choose(life.page.options[0].key)
    life.close()
    async with play(start=Start("play", "anna")) as player:
        assert "The ferryman wants a name" in player.words
    async with play(start=Start("replay", "anna", to=1)) as player:
        assert "anna, page 2 of 2" in player.frame
