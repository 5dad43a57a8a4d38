"""Reading and choosing: one page at a time, from its top, and below it what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Offset
from textual.widgets._static import Static

from game.desk.words import locked_because, option_notes
from game.ui.prose import plain
from game.ui.screens.base import Body, GameScreen, line_input
from game.ui.screens.life import LifeCommands
from game.ui.screens.rereading import Rereading
from game.ui.widgets.bars import Keys, Said, TooSmall, Where
from game.ui.widgets.rows import Row, Rows, row
from game.ui.widgets.scene import SceneText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import Input

    from game.engine.page import Option, Page
    from game.saves import Life

LESSON = "Three keys: Space reads on, a number takes a choice, u takes it back. ? shows the rest."
READ_ONLY = "This life can be read but not played on."
AFTER_THE_END = (
    row("What this ending was", "ending"),
    row("Watch this life as a film", "watch"),
    row("Write a transcript", "export"),
    row("Back to the title", "back"),
)


class ReadingScreen(Rereading, LifeCommands, GameScreen):
    """A life, at its page. The caret is nowhere until the text has been seen to its end."""

    GROUPS: ClassVar[tuple[str, ...]] = ("reading", "life", "author")

    def __init__(self, life: Life) -> None:
        super().__init__()
        self.life = life
        self.page: Page = life.page
        self.reached = False
        self.forward = True
        """Whether the page was come to by a choice, and not by going back to it."""
        self._offered: tuple[object, ...] | None = None
        self.line: Input | None = None
        """The line to type in, where the page asks for one."""

    def compose(self) -> ComposeResult:
        yield Where()
        with Horizontal(id="desk"):
            with Body(id="body"):
                yield SceneText(id="scene")
                yield Static(Content(""), id="lesson", markup=False)
                yield Rows(numbered=True, id="rows")
            yield Static(Content(""), id="side", markup=False)
        yield from self.strip()
        yield Said()
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.turn_to(self.life.page)
        self.say_verdict()

    @property
    def scene(self) -> SceneText:
        return self.query_one("#scene", SceneText)

    @property
    def choices(self) -> Rows:
        return self.query_one("#rows", Rows)

    # The page ----------------------------------------------------------------------------------------------------

    def turn_to(self, page: Page) -> None:
        """Shows a page from its top, in place of the one before."""
        self.page, self.reached = page, False
        self.dress(page)
        self.scene.show(page.blocks, letter_by_letter=self.game.settings.types_out)
        self.choices.show(self.rows())
        self.ask()
        self.body.go(0)

    def dress(self, page: Page) -> None:
        self.where.say(*self.where_parts())
        self.show_side()
        lessons = self.query_one("#lesson", Static)
        lessons.update(plain("\n".join(self._lessons())))
        lessons.display = bool(self._lessons())
        self._offered = None

    def rows(self) -> Sequence[Row]:
        if self.page.ending:
            return AFTER_THE_END
        return [Row(option_label(option), option.key, option.enabled) for option in self.page.options]

    def _lessons(self) -> list[str]:
        said = []
        if self.page.ending:
            ending = self.life.story.endings.get(self.page.ending)
            said.append(f"The end: {ending.title if ending else self.page.ending}")
        elif self.life.read_only:
            said.append(READ_ONLY)
        elif not self.game.settings.taught and self.page.options:
            said.append(LESSON)
        if self.page.question:
            default = self.page.question.default
            said.append(f"{self.page.question.label} (Enter to type; an empty line means: {default}; Esc leaves the line)")
        return said

    def ask(self) -> None:
        if self.line is not None:
            self.line.remove()
            self.line = None
        question = None if self.life.read_only else self.page.question
        if question is not None:
            self.line = line_input(placeholder=question.default, limit=question.limit)
            self.body.mount(self.line, after="#lesson")

    # Where the eye is ------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Once the last line of the text and the first of the choices are on the screen, the caret goes to the choices."""
        seen = self.body.scroll_offset.y + self.body.lines
        first = self._first_line_of_choices()
        if not self.reached and not self.scene.typing and first is not None and first < seen:
            self._reach()
        if self.scene.focus_word >= 0:
            self.put_cursor(self.scene, Offset(*(self.scene.word_at(self.scene.focus_word) or (0, 0))))
        elif self.line is not None and self.line.has_focus:
            self.put_cursor_in(self.line)
        elif self.reached and self.choices.caret >= 0:
            self.put_cursor(self.choices, self.choices.caret_offset)
        else:
            self.put_cursor_at_top(self.scene)
        offered = (self.reached, self.body.at_end, self.scene.focus_word)
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def _first_line_of_choices(self) -> int | None:
        """The line below which everything has been read, in the body; None while that has no place yet."""
        text = self.scene.virtual_region
        below = self.line or (self.choices if self.choices.rows else None)
        if below is None:
            return text.bottom - 1 if text.height else None
        place = below.virtual_region
        return place.y if text.height and place.height and place.y >= text.bottom else None

    def _reach(self) -> None:
        self.reached = True
        if self.line is not None:
            if self.forward:  # who came back by undo may want to go further back, and `u` would be typed
                self.line.focus(scroll_visible=False)
        elif self.choices.rows:
            self.choices.put_caret(next((place for place, entry in enumerate(self.choices.rows) if entry.live), 0))

    def on_resize(self) -> None:
        self.call_after_refresh(self.make_room)

    def make_room(self) -> None:
        if self.reached and self.line is not None:
            self.body.bring(self.line.virtual_region.y, self.line.virtual_region.bottom)
            self.settle()
        elif self.reached and self.choices.rows:
            self.show_caret()

    def show_caret(self) -> None:
        """Scrolls to the caret, never past what has not been on the screen."""
        region = self.choices.region_of(self.choices.caret).translate(self.choices.virtual_region.offset)
        self.body.bring(region.y, region.bottom)
        self.settle()

    def on_key(self, event: events.Key) -> None:
        if self.scene.typing:
            event.stop()
            event.prevent_default()
            self.scene.complete()

    def on_click(self, event: events.Click) -> None:
        if card := event.style.meta.get("card"):
            self.open_card(card)

    def on_rows_taken(self, message: Rows.Taken) -> None:
        self._take(message.index)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._go_on(lambda: self.life.answer(event.value))

    # Commands ----------------------------------------------------------------------------------------------------

    def can_read_on(self) -> bool:
        return not self.is_attached or not self.reached or not self.body.at_end

    def can_choose(self) -> bool:
        return self.reached and bool(self.choices.rows or self.line)

    def can_open_word(self) -> bool:
        return self.scene.focus_word >= 0

    def can_next_word(self) -> bool:
        return bool(self.scene.cards)

    can_word_before = can_words = can_next_word

    def action_read_on(self) -> None:
        if not self.body.at_end:
            self.body.turn(1)
        elif self.line is not None:
            self.line.focus()
        self.settle()

    def action_read_back(self) -> None:
        self.body.turn(-1)
        self.settle()

    def action_choose(self) -> None:
        if self.scene.focus_word >= 0:
            self.action_open_word()
        elif not self.reached or self.line is not None:
            self.action_read_on()
        else:
            self._take(self.choices.caret)

    def action_number(self, number: int) -> None:
        self.scene.mark(-1)
        if number <= len(self.choices.rows):
            if self.reached:
                self.choices.put_caret(number - 1)
            self._take(number - 1)

    def action_down(self) -> None:
        self.scene.mark(-1)
        if self.reached and self.line is None and self.choices.move(1):
            self.show_caret()
        else:
            self.body.go(self.body.scroll_offset.y + 1)
            if self.line is not None and self.body.at_end:
                self.line.focus()
            self.settle()

    def action_up(self) -> None:
        self.scene.mark(-1)
        if self.reached and self.choices.move(-1):
            self.show_caret()
        else:
            self.body.go(self.body.scroll_offset.y - 1)
            self.settle()

    def _take(self, index: int) -> None:
        if not 0 <= index < len(self.choices.rows):
            return
        entry = self.choices.rows[index]
        if self.page.ending:
            self.call_later(self.run_action, entry.key)
        elif entry.live:
            self._go_on(lambda: self.life.choose(entry.key))
        else:
            self.game.say(f"{index + 1} is locked: {locked_because(self.page.options[index])}")

    def attempt(self, step: Callable[[], Page | None], *, forward: bool = False) -> None:
        """A step of the life. Where it cannot be taken or written, the page stays, and the reason is said."""
        self.forward = forward
        with self.game.careful(keeps_the_page=True):
            page = step()
            if page is not None:
                self.turn_to(page)

    def _go_on(self, step: Callable[[], Page]) -> None:
        def taken() -> Page:
            page = step()
            self.game.learnt_the_keys()
            return page

        before = self.page
        self.attempt(taken, forward=True)
        if self.page is not before:
            for name in self.page.checkpoints:
                self.game.say(f"Bookmark: {name}")

    # Underlined words ----------------------------------------------------------------------------------------------

    def action_next_word(self) -> None:
        self._to_word(self.scene.focus_word + 1)

    def action_word_before(self) -> None:
        self._to_word(self.scene.focus_word - 1 if self.scene.focus_word >= 0 else len(self.scene.cards) - 1)

    def _to_word(self, number: int) -> None:
        """Only among the words that were on the screen: the others lie in what has not been read."""
        place = self.scene.word_at(number) if 0 <= number < len(self.scene.cards) else None
        top = self.scene.virtual_region.y
        if place is None or top + place[1] >= self.body.scroll_offset.y + self.body.lines:
            self.scene.mark(-1)
        else:
            self.scene.mark(number)
            self.body.bring(top + place[1], top + place[1] + 1)
        self.settle()

    def action_open_word(self) -> None:
        self.open_card(self.scene.cards[self.scene.focus_word][0])

    def action_back(self) -> None:
        if self.focused is not None:
            self.set_focus(None)  # a first Escape leaves the line, so that letters are commands again
            self.settle()
        else:
            self.life.close()
            self.dismiss()


def option_label(option: Option) -> Content:
    """The label, what it stakes, and, in words, that it is final or why it is locked."""
    notes = "; ".join(option_notes(option))
    label = f"{option.label} ({notes})" if notes else option.label
    return plain(label if option.enabled else f"{label} (locked: {locked_because(option)})")
