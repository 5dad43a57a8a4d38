"""What all screens have: a line above, a body that scrolls, the keys below; and the two plainest bodies, a list and a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets._static import Static

from game.ui.commands import bindings
from game.ui.prose import plain
from game.ui.widgets.bars import Keys, Said, TooSmall, Where
from game.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.widgets import Input

    from game.ui.app import Game


class Body(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The part that scrolls. The screen's own commands scroll it, so it takes no focus."""

    @property
    def lines(self) -> int:
        """How many lines of it are on the screen."""
        return self.scrollable_content_region.height

    @property
    def at_end(self) -> bool:
        return self.scroll_offset.y >= self.max_scroll_y

    def go(self, line: int) -> None:
        """Puts this line at the top, at once."""
        self.scroll_to(y=max(0, min(line, self.max_scroll_y)), animate=False, immediate=True, force=True)

    def turn(self, by: int) -> None:
        """A screenful down (1) or up (-1). One line is seen twice, so that the eye finds its place."""
        self.go(self.scroll_offset.y + by * max(1, self.lines - 1))

    def bring(self, top: int, bottom: int) -> None:
        """Scrolls as little as it takes to show the lines from `top` up to `bottom`; the first of them in any case."""
        y = self.scroll_offset.y
        if bottom > y + self.lines:
            y = bottom - self.lines
        self.go(min(y, top))


class GameScreen(Screen[None]):
    """A screen of the game.

    `HEADING` stands in the line above. `GROUPS` name the commands that work here; where two have one key, that of the group
    named first. `can_<action>` says whether a command applies now.
    """

    GROUPS: ClassVar[tuple[str, ...]] = ("back",)
    HEADING = ""
    AUTO_FOCUS = ""  # Textual would scroll to the first line that can be typed in, past what has not been read

    def __init_subclass__(cls) -> None:
        cls.BINDINGS = [*bindings(*cls.GROUPS)]
        super().__init_subclass__(inherit_bindings=False)

    @property
    def game(self) -> Game:
        return cast("Game", self.app)

    def compose(self) -> ComposeResult:
        yield Where(self.HEADING)
        with Body(id="body"):
            yield from self.inside()
        yield from self.strip()
        yield Said()
        yield Keys()
        yield TooSmall()

    def inside(self) -> Sequence[Widget]:
        """The widgets of the body, from top to bottom."""
        return ()

    def strip(self) -> Iterable[Widget]:
        """The line for the story's errors, where its files are followed."""
        if self.game.live is not None:
            from game.ui.widgets.strip import Strip

            yield Strip(self.game.live.strip)

    @property
    def body(self) -> Body:
        return self.query_one("#body", Body)

    @property
    def where(self) -> Where:
        return self.query_one("#where", Where)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        applies: Callable[[], bool] | None = getattr(self, f"can_{action}", None)
        return True if applies is None else applies()

    def action_back(self) -> None:
        self.dismiss()

    def put_cursor(self, widget: Widget, offset: Offset) -> None:
        """The terminal's own cursor stands at what has the attention: screen readers follow it."""
        if self.app.screen is not self:
            return
        if widget.parent is self.body:  # reckoned from the scroll, since regions on the screen change with the next frame only
            offset += self.body.content_region.offset + widget.virtual_region.offset - self.body.scroll_offset
        else:
            offset += widget.content_region.offset
        place = offset.clamp(self.size.width, self.size.height)
        if self.game.cursor_position != place:
            self.game.cursor_position = place
            widget.refresh()  # the cursor is sent with the next frame

    def put_cursor_in(self, line: Input) -> None:
        """In a line to type in, where the next letter goes; the line does so itself, but before it has its place."""
        before = Content(line.value[: line.cursor_position]).cell_length - round(line.scroll_x)
        self.put_cursor(line, Offset(before, 0))

    def put_cursor_at_top(self, text: Widget) -> None:
        """At the first line of the text that is on the screen: where reading goes on."""
        self.put_cursor(text, Offset(0, max(0, self.body.scroll_offset.y - text.virtual_region.y)))

    def on_mount(self) -> None:
        self.screen_layout_refresh_signal.subscribe(self, self._laid_out)

    def _laid_out(self, _: Screen[Any]) -> None:
        if self.is_attached and self.app.screen is self:
            self.settle()

    def on_key(self, event: events.Key) -> None:
        self.hush()

    def on_screen_suspend(self) -> None:
        if self.is_attached:
            self.hush()  # whoever comes back has other things before him

    def hush(self) -> None:
        """Takes away what was said above the keys."""
        self.query_one(Said).clear()

    def settle(self) -> None:
        """Called whenever the layout has changed or the body was scrolled: puts the cursor where it belongs."""

    def say(self, text: str) -> None:
        """Says something above the keys, and sees that the caret is not hidden by it."""
        self.query_one(Said).say(text)
        self.call_after_refresh(self.make_room)

    def say_trouble(self, text: str) -> None:
        """Puts the line for the story's errors to these words."""
        from game.ui.widgets.strip import Strip

        self.query_one(Strip).say(text)
        self.call_after_refresh(self.make_room)

    def make_room(self) -> None:
        """Called when the body has become lower."""
        if self.is_attached and self.app.screen is self:
            self.settle()


class ListScreen(GameScreen):
    """A list with a caret. `entries` gives the rows; `take` is called with the row that is taken."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "back")
    NUMBERED = False
    EMPTY = "There is nothing here yet."

    def __init__(self) -> None:
        super().__init__()
        self.wanted = ""
        self._caret_y = -1

    def inside(self) -> Sequence[Widget]:
        return (Static(Content(""), id="words", markup=False), Rows(numbered=self.NUMBERED, id="rows"))

    @property
    def list(self) -> Rows:
        return self.query_one("#rows", Rows)

    def on_screen_resume(self) -> None:
        self.reload()

    def entries(self) -> Sequence[Row]:
        """The rows; where `wanted` is not empty, those that hold it."""
        raise NotImplementedError

    def preface(self) -> Content | str:
        """What stands above the list."""
        return ""

    def take(self, row: Row) -> None:
        """Opens the row."""
        raise NotImplementedError

    def reload(self, caret: int | None = None) -> None:
        """Reads the rows anew; the caret stays where it was, or goes to `caret`."""
        rows = tuple(self.entries())
        at = self.list.caret if caret is None else caret
        self.list.show(rows, max(0, min(at, len(rows) - 1)) if rows else -1)
        words = self.preface()
        if not rows:
            words = f"Nothing here holds “{self.wanted}”." if self.wanted else self.EMPTY
        above = self.query_one("#words", Static)
        above.update(plain(words) if isinstance(words, str) else words)
        above.display = bool(words)
        self.refresh_bindings()
        self.call_after_refresh(self.show_caret)

    @property
    def current(self) -> Row | None:
        """The row at the caret."""
        return self.list.rows[self.list.caret] if 0 <= self.list.caret < len(self.list.rows) else None

    def settle(self) -> None:
        if self.list.caret < 0:
            self.put_cursor(self.query_one("#words"), Offset(0, 0))
        else:
            self.put_cursor(self.list, self.list.caret_offset)

    def show_caret(self) -> None:
        """Scrolls as little as it takes to show the row at the caret; above the first, what stands over the list."""
        if self.is_attached and self.list.caret >= 0:
            region = self.list.region_of(self.list.caret).translate(self.list.virtual_region.offset)
            self.body.bring(0 if self.list.caret == 0 else region.y, region.bottom)
            self.settle()

    make_room = show_caret

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_caret)

    def can_pick(self) -> bool:
        return self.current is not None

    def action_pick(self) -> None:
        if self.current is not None:
            self.take(self.current)

    def action_number(self, number: int) -> None:
        if 0 < number <= len(self.list.rows):
            self.list.put_caret(number - 1)
            self.take(self.list.rows[number - 1])

    def action_down(self) -> None:
        self._step(1)

    def action_up(self) -> None:
        self._step(-1)

    def action_page_down(self) -> None:
        self._step(max(1, self.body.lines // 2))

    def action_page_up(self) -> None:
        self._step(-max(1, self.body.lines // 2))

    def action_first(self) -> None:
        self._step(-len(self.list.rows))

    def action_last(self) -> None:
        self._step(len(self.list.rows))

    def on_rows_taken(self, message: Rows.Taken) -> None:
        self.take(self.list.rows[message.index])

    def _step(self, by: int) -> None:
        if self.list.move(by):
            self.show_caret()
            self.refresh_bindings()

    def action_search(self) -> None:
        from game.ui.screens.ask import AskScreen

        self.app.push_screen(AskScreen("Show only what holds", self._search, start=self.wanted, empty=True))

    def _search(self, text: str) -> None:
        self.wanted = text.strip()
        self.reload(0)


class TextScreen(GameScreen):
    """Something to read, from its top."""

    GROUPS: ClassVar[tuple[str, ...]] = ("text", "back")

    def __init__(self, heading: str, content: Content | str) -> None:
        super().__init__()
        self.HEADING = heading
        self.content = plain(content) if isinstance(content, str) else content

    def inside(self) -> Sequence[Widget]:
        return (Static(self.content, id="text", markup=False),)

    def settle(self) -> None:
        self.put_cursor_at_top(self.query_one("#text"))

    def can_page_down(self) -> bool:
        return not self.is_attached or not self.body.at_end

    def action_page_down(self) -> None:
        self._scroll(lambda: self.body.turn(1))

    def action_page_up(self) -> None:
        self._scroll(lambda: self.body.turn(-1))

    def action_down(self) -> None:
        self._scroll(lambda: self.body.go(self.body.scroll_offset.y + 1))

    def action_up(self) -> None:
        self._scroll(lambda: self.body.go(self.body.scroll_offset.y - 1))

    def _scroll(self, step: Callable[[], Any]) -> None:
        step()
        self.refresh_bindings()


def line_input(value: str = "", placeholder: str = "", limit: int = 0) -> Input:
    """A line to type in, without the frame that takes two more lines."""
    from textual.widgets import Input

    return Input(value, placeholder=placeholder, max_length=limit, compact=True, id="line", select_on_focus=False)
