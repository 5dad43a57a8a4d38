"""The five themes. Every pair of colours that text is drawn in is checked by a test: 4.5:1, in `contrast` 7:1.

Nothing is told by hue: a caret, a word or a weight says it as well, so `ansi` and `NO_COLOR` lose nothing.
"""

from __future__ import annotations

from textual.theme import Theme


def _theme(name: str, foreground: str, background: str, panel: str, accent: str, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=accent,
        secondary=accent,
        accent=accent,
        warning=accent,
        error=accent,
        success=accent,
        foreground=foreground,
        background=background,
        surface=background,
        panel=panel,
        boost=panel,
        dark=dark,
        text_alpha=1.0,
        variables={
            "border": accent,
            "block-cursor-background": foreground,
            "block-cursor-foreground": background,
            "block-cursor-text-style": "bold",
            "input-cursor-background": foreground,
            "input-cursor-foreground": background,
            "input-selection-background": accent,
            "input-selection-foreground": background,
            "screen-selection-background": accent,
            "screen-selection-foreground": background,
            "scrollbar": accent,
            "scrollbar-hover": accent,
            "scrollbar-active": accent,
            "scrollbar-background": panel,
            "scrollbar-background-hover": panel,
            "scrollbar-background-active": panel,
            "scrollbar-corner-color": panel,
        },
    )


def _ansi() -> Theme:
    """The terminal's own two colours, and nothing else: whoever set them set them to be read."""
    return Theme(
        name="ansi",
        ansi=True,
        primary="ansi_default",
        secondary="ansi_default",
        accent="ansi_default",
        warning="ansi_default",
        error="ansi_default",
        success="ansi_default",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            "ansi-background": "ansi_black",
            "ansi-foreground": "ansi_white",
            "border": "ansi_default",
            "border-blurred": "ansi_default",
            "block-cursor-background": "ansi_white",
            "block-cursor-foreground": "ansi_black",
            "block-hover-background": "ansi_default",
            "input-cursor-background": "ansi_white",
            "input-cursor-foreground": "ansi_black",
            "input-selection-background": "ansi_white",
            "input-selection-foreground": "ansi_black",
            "screen-selection-background": "ansi_white",
            "screen-selection-foreground": "ansi_black",
            "scrollbar": "ansi_white",
            "scrollbar-hover": "ansi_white",
            "scrollbar-active": "ansi_white",
            "scrollbar-background": "ansi_default",
            "scrollbar-background-hover": "ansi_default",
            "scrollbar-background-active": "ansi_default",
            "scrollbar-corner-color": "ansi_default",
        },
    )


THEMES: tuple[Theme, ...] = (
    _theme("dark", "#e8e3d8", "#15181b", "#262b30", "#e0b368", dark=True),
    _theme("sepia", "#3a2a1a", "#f3e9d2", "#e4d5b5", "#7a3b12", dark=False),
    _theme("light", "#1c1c1c", "#fbfbf8", "#e6e6e0", "#1f4e79", dark=False),
    _theme("contrast", "#ffffff", "#000000", "#000000", "#ffff66", dark=True),
    _ansi(),
)
