"""Commands that work on a life wherever it is read: undo and redo, and the screens that show what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets._static import Static

from game.desk.status import status
from game.ui.prose import heading, paragraphs, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.page import Page
    from game.saves import Life
    from game.ui.screens.base import GameScreen

    _Base = GameScreen
else:
    _Base = object


class LifeCommands(_Base):
    """For a screen with a `life` and a `page`; `attempt` takes a step and shows its page."""

    life: Life
    page: Page

    def attempt(self, step: Callable[[], Page | None]) -> None:
        raise NotImplementedError

    def turn_to(self, page: Page) -> None:
        raise NotImplementedError

    # What is always in sight -------------------------------------------------------------------------------------

    def where_parts(self) -> tuple[str, ...]:
        now = status(self.life.story, self.page)
        return (now.date, now.place, now.act)

    def show_side(self) -> None:
        """The panel beside the text, in windows of 100 columns and more: everything on it stands on a screen of its own too."""
        now = status(self.life.story, self.page)
        parts: list[Content | str] = [paragraphs(["\n".join(part for part in (now.date, now.place, now.act) if part)])]
        if now.standings:
            lines = [f"{standing.label}: {standing.word}" for standing in now.standings]
            parts.append("\n".join(lines))
        held = [self.life.story.papers[paper].title for paper in self.life.state.papers if paper in self.life.story.papers]
        if held:
            parts.append(Content("\n").join([heading("You carry"), *(plain(title) for title in held)]))
        self.query_one("#side", Static).update(paragraphs(parts))

    def say_verdict(self) -> None:
        """What became of the life, where the story has changed since."""
        if self.life.verdict.kind != "exact" and self.life.verdict.sentence:
            self.game.say(self.life.verdict.sentence)

    # Back and forth -----------------------------------------------------------------------------------------------

    def can_undo(self) -> bool:
        return bool(self.life.can_undo) and not self.life.read_only

    def can_redo(self) -> bool:
        return bool(self.life.can_redo) and not self.life.read_only

    def action_undo(self) -> None:
        self.attempt(self.life.undo)

    def action_redo(self) -> None:
        self.attempt(self.life.redo)

    # What the life holds ------------------------------------------------------------------------------------------

    def action_journal(self) -> None:
        from game.ui.screens.journal import JournalScreen

        self.app.push_screen(JournalScreen(self.life, self._rewind))

    def _rewind(self, number: int) -> None:
        self.attempt(lambda: self.life.rewind(number))

    def action_people(self) -> None:
        from game.ui.screens.views import people_screen

        self.app.push_screen(people_screen(self.life))

    def action_papers(self) -> None:
        from game.ui.screens.views import PapersScreen

        self.app.push_screen(PapersScreen(self.life))

    def action_ledger(self) -> None:
        from game.ui.screens.views import ledger_screen

        self.app.push_screen(ledger_screen(self.life))

    def action_map(self) -> None:
        from game.ui.screens.views import map_screen

        self.app.push_screen(map_screen(self.life))

    def action_why(self) -> None:
        from game.ui.screens.views import why_screen

        self.app.push_screen(why_screen(self.life))

    def action_history(self) -> None:
        from game.ui.screens.views import history_screen

        self.app.push_screen(history_screen(self.life.story, self.page))

    def action_codex(self) -> None:
        from game.ui.screens.codex import CodexScreen

        story = self.life.story
        self.app.push_screen(CodexScreen(story, self.life.state.cards, self.game.cards_elsewhere(story), self.page))

    def action_words(self) -> None:
        from game.ui.screens.codex import WordsScreen

        self.app.push_screen(WordsScreen(self.life.story, self.page))

    def open_card(self, card: str) -> None:
        from game.ui.screens.codex import card_screen

        if card in self.life.story.cards:
            self.app.push_screen(card_screen(self.life.story.cards[card]))

    def action_settings(self) -> None:
        from game.ui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen())

    # For whoever writes the story ---------------------------------------------------------------------------------

    def can_inspect(self) -> bool:
        return bool(self.game.start.author)

    def action_inspect(self) -> None:
        from game.ui.screens.inspect import InspectScreen

        self.app.push_screen(InspectScreen(self.life, lambda: self.attempt(lambda: self.life.page)))

    # Marks --------------------------------------------------------------------------------------------------------

    def can_bookmark(self) -> bool:
        return not self.life.read_only

    def action_bookmark(self) -> None:
        from game.ui.screens.ask import AskScreen

        now = status(self.life.story, self.page)
        offered = f"{now.date}, {self.page.title or now.place}".rstrip(", ")
        self.app.push_screen(AskScreen("A name for this place", self._mark, offered=offered))

    def _mark(self, name: str) -> None:
        with self.game.careful(keeps_the_page=True):
            self.life.bookmark(name)
            self.game.say(f"Bookmark: {name}")

    def action_bookmarks(self) -> None:
        from game.ui.screens.journal import BookmarksScreen

        self.app.push_screen(BookmarksScreen(self.life, self._rewind))

    # After the end ------------------------------------------------------------------------------------------------

    def action_ending(self) -> None:
        from game.ui.screens.ending import ending_screen

        self.app.push_screen(ending_screen(self.life, self.game.endings_seen()))

    def action_watch(self) -> None:
        from game.ui.screens.watch import WatchScreen

        self.app.push_screen(WatchScreen(self.life))

    def action_export(self) -> None:
        from game.ui.screens.journal import ask_transcript

        ask_transcript(self.game, self.life)
