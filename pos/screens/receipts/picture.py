"""Shows the picture of a receipt as paper, scrolled where it is long."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pos.screens.question import QuestionPanel
from pos.screens.receipts.preview import PreviewViewModel
from pos.widgets.paint import draw_box

_EDGE = 12


class _Paper(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._image.width() + 2 * _EDGE, self._image.height() + 2 * _EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        x = round((self.width() - self._image.width()) / 2)
        box = QRectF(x - 1, _EDGE - 1, self._image.width() + 2, self._image.height() + 2)
        draw_box(painter, box, edge="border", radius=2)
        painter.drawImage(x, _EDGE, self._image)
        painter.end()


class ReceiptPicture(QScrollArea):
    """The paper in the middle; arrows and page keys scroll it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._paper = _Paper()
        self.setWidget(self._paper)
        self._paper.setAutoFillBackground(False)

    def show_picture(self, picture: object) -> None:
        """Show a QImage; None shows an empty place."""
        self._paper.show_image(picture if isinstance(picture, QImage) else QImage())
        self.verticalScrollBar().setValue(0)

    def scroll_by(self, key: int) -> bool:
        """Scroll by an arrow or page key; False for any other key."""
        bar = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Up: -60,
            Qt.Key.Key_Down: 60,
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
        }
        if key not in steps:
            return False
        bar.setValue(bar.value() + steps[Qt.Key(key)])
        return True


class PreviewPanel(QuestionPanel):
    """Fills the right region with the receipt."""

    def __init__(self, view_model: PreviewViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="image", parent=parent)
        self.view_model = view_model
        self.picture = ReceiptPicture()
        column = QVBoxLayout()
        column.addWidget(self.picture)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(column)
        self.bar.set_words(
            self.tr("Receipt {number}").format(number=view_model.number), self.tr("Close")
        )
        self.closed.connect(view_model.close)
        self.accepted.connect(view_model.close)
        self.picture.show_picture(view_model.picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll the paper; Esc and Intro close it."""
        if not self.picture.scroll_by(event.key()):
            super().keyPressEvent(event)
