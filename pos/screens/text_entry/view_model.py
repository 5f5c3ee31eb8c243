"""A line of text on its way from keyboard or screen letters to whoever asked for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.screens.navigator import Navigator

MAX_LENGTH = 120


class TextEntryViewModel(QObject):
    """Asks for one line of text; `written` carries it when it is confirmed."""

    changed = Signal()
    written = Signal(str)

    refuses_scans = True

    def __init__(
        self,
        navigator: Navigator,
        title: str,
        text: str,
        *,
        hint: str = "",
        max_length: int = MAX_LENGTH,
        may_be_empty: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._navigator = navigator
        self.title, self.hint, self.max_length = title, hint, max_length
        self.text = text
        self._may_be_empty = may_be_empty

    @property
    def can_confirm(self) -> bool:
        return self._may_be_empty or bool(self.text.strip())

    def write(self, text: str) -> None:
        """Take what stands in the field."""
        self.text = text[: self.max_length]
        self.changed.emit()

    def confirm(self) -> None:
        """Hand the text over and close."""
        if self.can_confirm:
            text = self.text.strip()
            self._navigator.close(self)
            self.written.emit(text)

    def close(self) -> None:
        """Close without a text."""
        self._navigator.close(self)
