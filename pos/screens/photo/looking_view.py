"""The panel that shows photos of a return large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pos.screens.camera.view import Preview
from pos.screens.photo.jpeg import image_of
from pos.screens.photo.looking import LookingViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key
from pos.widgets.notice import Teach
from pos.widgets.text import Text


class LookingPanel(QuestionPanel):
    """Draws a `LookingViewModel`; the arrows go from photo to photo."""

    def __init__(self, view_model: LookingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="image", parent=parent)
        self.view_model = view_model
        self.picture, self.teach = Preview(), Teach("image")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self.teach)
        self.about = Text("", "body", "text-muted", align="centre")
        self.before, self.after = Key(icon="left", cap="←"), Key(icon="right", cap="→")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.before, 1)
        row.addWidget(self.after, 1)
        self.body.setSpacing(12)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.about)
        self.body.addLayout(row)
        self.closed.connect(view_model.close)
        self.accepted.connect(view_model.close)
        self.before.clicked.connect(lambda: view_model.go(-1))
        self.after.clicked.connect(lambda: view_model.go(1))
        view_model.changed.connect(self._redraw)
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the arrows; Esc and Intro close."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.view_model.go(by)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(model.title, self.tr("Close"))
        self._stack.setCurrentWidget(self.teach if model.gone else self.picture)
        self.teach.set_words(model.gone, "")
        self.picture.show_frame(image_of(model.jpeg), ())
        self.about.set_text(model.about)
        words = (self.tr("Before"), self.tr("Next"))
        for key, word, is_on in zip((self.before, self.after), words, model.may_go, strict=True):
            key.set_word(word)
            if is_on:
                key.set_on()
            else:
                key.set_off()
