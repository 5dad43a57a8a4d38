"""The screens as they look, in text, at 80x24 and at 40x12. See conftest.py for how frames are made again."""

import pytest

from game.desk.start import Start

SIZES = {"80x24": (80, 24), "40x12": (40, 12)}

WALK = (
    ("reading",),
    ("title", "q"),
    ("settings", "s"),
    ("new-life", "escape", "n"),
    ("help", "escape", "c", "question_mark"),
    ("card", "escape", "tab", "enter"),
    ("choices", "escape", "space", "space"),
    ("locked", "3"),
    ("why", "y"),
    ("history", "escape", "h"),
    ("map", "escape", "m"),
    ("long-page", "escape", "4"),
    ("question", "u", "1"),
    ("after-a-choice", "enter"),
    ("people", "p"),
    ("codex", "escape", "c"),
    ("papers", "escape", "i"),
    ("paper", "enter"),
    ("journal", "escape", "escape", "1", "J"),
    ("ledger", "escape", "l"),
    ("ending", "escape", "2", "space", "space"),
    ("after-the-end", "1"),
    ("watch", "escape", "2"),
    ("lives", "escape", "q", "l"),
    ("delete", "d"),
)
"""The name of a frame, and the keys that lead to it from the one before."""


@pytest.mark.parametrize("size", SIZES)
async def test_the_screens_look_as_they_did(play, same_frame, size):
    changed = []
    async with play(size=SIZES[size], start=Start("play", "anna", seed=1)) as player:
        for name, *keys in WALK:
            await player.press(*keys)
            if not same_frame(player, f"{name}-{size}"):
                changed.append(name)
    assert not changed


async def test_from_100_columns_a_panel_stands_beside_the_text(play, same_frame):
    async with play("1", "space", "enter", size=(110, 24), start=Start("play", "anna", seed=1)) as player:
        assert "The second copy" in player.frame
        assert same_frame(player, "panel-110x24")


@pytest.mark.parametrize("size", [(39, 24), (80, 11), (10, 3)])
async def test_a_window_too_small_says_so_politely_and_loses_nothing(play, size):
    async with play("n", "enter") as player:
        await player.pilot.resize_terminal(*size)
        await player.pilot.pause()
        assert "too small" in player.words or size[0] < 20
        assert "Gusev" not in player.frame
        await player.pilot.resize_terminal(80, 24)
        await player.pilot.pause()
        assert "> 1. Ring the bell" in player.frame
