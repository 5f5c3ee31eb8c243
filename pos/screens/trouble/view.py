"""The error panel: an amber strip, three answers, one key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens.trouble.view_model import TroubleViewModel
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Banner
from pos.widgets.panel import Panel, Rule
from pos.widgets.text import IconView, Text


class Answer(QWidget):
    """A question as heading with its answer below, beside an icon."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._text = Text("", "heading"), Text("", "lead", wrap=True)
        picture = IconView(icon, 32)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(24)
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading)
        words.addWidget(self._text)
        row.addLayout(words, 1)

    def set_words(self, heading: str, text: str) -> None:
        """Write question and answer."""
        self._heading.set_text(heading)
        self._text.set_text(text)


class TroublePanel(QWidget):
    """Fills the right region until the cashier has read it."""

    def __init__(self, view_model: TroubleViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._banner = Banner()
        self._answers = (Answer("info"), Answer("shield"), Answer("help"))
        self._detail = Text("", "meta", "text-muted", wrap=True)
        self.closing = Key(face=Face.BIG, style="heading", kind=Kind.ACCENT)
        self._build()
        self.closing.clicked.connect(view_model.close)
        self.setFocusProxy(self.closing)
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc; nothing else gets through."""
        if event.key() == Qt.Key.Key_Escape:
            self.view_model.close()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        panel = Panel()
        panel.column.addWidget(self._banner)
        for answer in self._answers:
            panel.column.addWidget(answer)
            if answer is not self._answers[-1]:
                panel.column.addWidget(Rule())
        panel.column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 0, 24, 24)
        foot.setSpacing(14)
        foot.addWidget(self._detail)
        foot.addWidget(self.closing)
        panel.column.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)

    def _redraw(self) -> None:
        model = self.view_model
        self._banner.set_text(model.title)
        headings = (self.tr("What happened"), self.tr("Is the money safe?"), self.tr("What to do"))
        texts = (model.what_happened, model.is_money_safe, model.what_to_do)
        for answer, heading, text in zip(self._answers, headings, texts, strict=True):
            answer.set_words(heading, text)
        self._detail.set_text(model.for_support)
        self.closing.set_word(self.tr("Understood"), self.tr("Enter"))
