"""The camera panel: the live picture, the code it found outlined."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from pos.screens.camera.view_model import CameraState, CameraViewModel, Sighting
from pos.screens.question import QuestionPanel
from pos.theme.theme import current
from pos.widgets.notice import Teach
from pos.widgets.paint import draw_box
from pos.widgets.text import Text

_OUTLINE_PX = 4


class Preview(QWidget):
    """Paints a frame as large as fits, and a polygon round each code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image, self._sightings = QImage(), tuple[Sighting, ...]()
        expanding = QSizePolicy.Policy.Expanding
        self.setSizePolicy(expanding, expanding)

    def show_frame(self, image: object, sightings: tuple[Sighting, ...]) -> None:
        """Show another frame, a QImage; None shows an empty place."""
        self._image = image if isinstance(image, QImage) else QImage()
        self._sightings = sightings
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), fill="surface-sunken", edge="border")
        if not self._image.isNull():
            box = self._picture_box()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._image)
            self._outline(painter, box)
        painter.end()

    def _picture_box(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        x = room.x() + (room.width() - size.width()) / 2
        y = room.y() + (room.height() - size.height()) / 2
        return QRectF(x, y, size.width(), size.height())

    def _outline(self, painter: QPainter, box: QRectF) -> None:
        scale = box.width() / self._image.width()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A light line on a dark one shows on any picture, whatever the theme.
        for colour, px in (("text-header", _OUTLINE_PX + 4), ("accent", _OUTLINE_PX)):
            painter.setPen(QPen(current().color(colour), px, j=Qt.PenJoinStyle.RoundJoin))
            for sighting in self._sightings:
                corners = [box.topLeft() + QPointF(c) * scale for c in sighting.corners]
                painter.drawPolygon(QPolygonF(corners))


class CameraPanel(QuestionPanel):
    """Covers the tabs, so that scanning and selling go on below."""

    covers = "tabs"

    def __init__(self, view_model: CameraViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="scan", parent=parent)
        self.view_model = view_model
        self.preview, self.teach = Preview(), Teach("scan")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.teach)
        self.found = Text("", "body", "text-muted", align="centre")
        self.body.addWidget(self._stack, 1)
        self.body.addSpacing(6)
        self.body.addWidget(self.found)
        self.closed.connect(view_model.close)
        view_model.changed.connect(self._redraw)
        view_model.framed.connect(self._show_frame)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _show_frame(self) -> None:
        self.preview.show_frame(self.view_model.image, self.view_model.sightings)

    def _redraw(self) -> None:
        model = self.view_model
        ready = model.state is CameraState.READY
        self.bar.set_words(self.tr("Camera"), self.tr("Close"))
        self._stack.setCurrentWidget(self.preview if ready else self.teach)
        self.teach.set_words(model.title, model.advice)
        said = self.tr("Last seen: {text}").format(text=model.last_text)
        hint = said if model.last_text else model.title
        self.found.set_text(hint if ready else "")
        self._show_frame()
