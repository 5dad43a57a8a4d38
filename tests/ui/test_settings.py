"""How the player wants to read: kept, applied at once, and legible in every theme."""

from __future__ import annotations

import json

import pytest
from textual.color import Color

from game.desk.start import Start
from game.ui.settings import THEMES, Settings, load_settings, save_settings, settings_path

ANNA = Start("play", "anna", seed=1)


async def test_a_setting_applies_at_once_and_is_kept(play, settings_file):
    async with play("s", "right", "down", "right", "down", "enter", start=ANNA) as player:
        assert "Theme: sepia" in player.frame
        assert "Width of the lines: 80 columns" in player.frame
        assert player.app.theme == "sepia"
        assert json.loads(settings_file.read_text())["theme"] == "sepia"
    assert load_settings(settings_file) == Settings(theme="sepia", measure=80, reduced_motion=True)


async def test_left_takes_the_value_before(play):
    async with play("s", "left", "left") as player:
        assert "Theme: high contrast" in player.frame


async def test_settings_that_cannot_be_kept_hold_for_now_and_say_so(play, settings_file):
    settings_file.mkdir()
    async with play("s", "right") as player:
        assert player.app.theme == "sepia"
        assert "could not be kept" in player.words


@pytest.mark.parametrize("text", ["", "[]", "nonsense", '{"theme": "mauve", "measure": "wide", "typewriter": 1, "keys": [1]}'])
def test_a_file_that_is_not_understood_counts_as_not_written(tmp_path, text):
    (tmp_path / "s.json").write_text(text)
    assert load_settings(tmp_path / "s.json") == Settings()
    assert load_settings(tmp_path / "none.json") == Settings()


def test_what_is_understood_in_a_file_is_taken(tmp_path):
    (tmp_path / "s.json").write_text('{"theme": "light", "measure": 57, "later": true}')
    assert load_settings(tmp_path / "s.json") == Settings(theme="light")


def test_settings_come_back_as_they_were_kept(tmp_path):
    settings = Settings("ansi", 56, True, True, True, {"undo": "z"})
    save_settings(tmp_path / "deep" / "s.json", settings)
    assert load_settings(tmp_path / "deep" / "s.json") == settings
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["s.json"], "nothing half-written is left"


def test_settings_stand_where_they_are_told_to_or_with_the_lives(tmp_path):
    assert settings_path({"KUZBASS_SETTINGS": "/x/y.json", "KUZBASS_SAVES": "/z"}).as_posix() == "/x/y.json"
    assert settings_path({"KUZBASS_SAVES": "/z"}).as_posix() == "/z/settings.json"
    assert settings_path({}).name == "settings.json"


async def test_a_player_may_give_a_command_other_keys(play, settings_file):
    settings_file.write_text('{"keys": {"undo": "z"}}')
    async with play("4", start=ANNA) as player:
        assert "z Undo" in player.keys
        await player.press("u")
        assert "There is one notice" in player.frame
        await player.press("z")
        assert "The road ends" in player.frame
        await player.press("question_mark")
        assert "u  Undo" not in player.words


@pytest.mark.parametrize("theme", [name for name in THEMES if name != "ansi"])
async def test_every_letter_on_the_screen_has_contrast(play, settings_file, theme):
    settings_file.write_text(json.dumps({"theme": theme}))
    least = 7.0 if theme == "contrast" else 4.5
    async with play("tab", start=ANNA, size=(110, 24)) as player:
        for keys in ((), ("escape", "1"), ("F9",), ("escape", "escape", "question_mark"), ("escape", "s")):
            await player.press(*keys)
            for strip in player.app.screen._compositor.render_strips():
                for segment in strip:
                    if segment.text.strip() and not set(segment.text) <= set(" ▁▂▃▄▅▆▇█"):
                        assert contrast(segment.style) >= least, (theme, segment.text, segment.style)


async def test_ansi_uses_the_terminals_own_colours(play, settings_file):
    settings_file.write_text('{"theme": "ansi"}')
    async with play("1", start=ANNA) as player:
        for strip in player.app.screen._compositor.render_strips():
            for segment in strip:
                if segment.text.strip() and segment.style and not segment.style.reverse and segment.style.bgcolor:
                    assert segment.style.bgcolor.is_default or segment.style.bgcolor.is_system_defined


async def test_no_color_is_honoured_and_nothing_is_lost(play, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with play("3", start=ANNA) as player:
        assert player.app.no_color
        assert "> 3. Swim (locked: The trunk cannot swim.)" in player.frame


def contrast(style) -> float:
    """The contrast of letter and ground by WCAG 2, from 1 to 21."""
    ink, ground = (Color.from_rich_color(color) for color in (style.color, style.bgcolor))
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
