"""What a customer says about a product, or wishes for: one tap notes it, words may go with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.free_text import MAX_REASON_LENGTH
from pos.domain.product_note import NoteKind, product_note
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services.note_product import note_product


class NoteViewModel(QObject):
    """Three choices for a product; without `sku` the wish for what the shop does not have."""

    changed = Signal()

    refuses_scans = True

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        *,
        sku: str = "",
        name: str = "",
        words: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._sku, self._name, self.words = sku, name, words[:MAX_REASON_LENGTH]
        self.noted: NoteKind | None = None

    @property
    def about(self) -> str:
        """What the note is about."""
        return self._name or self._sku or self.tr("Something the shop does not have")

    @property
    def kinds(self) -> tuple[NoteKind, ...]:
        """What can be noted, in the order of the keys."""
        return tuple(NoteKind) if self._sku else (NoteKind.WISH,)

    @property
    def lacking(self) -> str:
        """Why nothing can be noted yet; empty when it can."""
        is_known = self._sku or self._name
        return "" if is_known or self.words.strip() else self.tr("write what is wanted")

    @property
    def said(self) -> str:
        """Say that it was noted, once it was."""
        if self.noted is None:
            return ""
        word = {
            NoteKind.WISH: self.tr("Noted: a wish"),
            NoteKind.COMPLAINT: self.tr("Noted: a complaint"),
            NoteKind.PRAISE: self.tr("Noted: praise"),
        }
        return word[self.noted]

    def write(self) -> None:
        """Write what the customer says."""
        if self.noted is not None:
            return
        entry = TextEntryViewModel(
            self._navigator,
            self.tr("In the customer's words"),
            self.words,
            hint=self.tr("No names, no telephone numbers, no addresses: it is kept for good."),
            max_length=MAX_REASON_LENGTH,
            may_be_empty=True,
        )
        entry.written.connect(self._take_words)
        self._navigator.open(entry)

    def note(self, kind: NoteKind) -> None:
        """Note it; once noted it stays, and nothing is noted twice."""
        if self.noted is not None or self.lacking or kind not in self.kinds:
            return
        attempt(self._counter, self._navigator, lambda: self._record(kind))
        self.changed.emit()

    def note_at(self, place: int) -> None:
        """Note the kind whose key stands there, from 1."""
        if 1 <= place <= len(self.kinds):
            self.note(self.kinds[place - 1])

    def close(self) -> None:
        """Go back to where the product is shown."""
        self._navigator.close(self)

    def _record(self, kind: NoteKind) -> None:
        made = product_note(kind, sku=self._sku, name=self._name, text=self.words)
        note_product(self._counter.sign_on, made)
        self.noted = kind

    def _take_words(self, words: str) -> None:
        self.words = words
        self.changed.emit()
