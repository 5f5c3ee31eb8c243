"""The panel that takes photos: the live picture, what was taken below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.return_photo import MOST_PHOTOS
from pos.screens.camera.view import Preview
from pos.screens.photo.jpeg import image_of
from pos.screens.photo.view_model import PhotoViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key, Kind
from pos.widgets.notice import Teach
from pos.widgets.paint import draw_box, draw_icon

_SMALL = 112
_TAKE = 72
_ICON = 24


class SmallPicture(QWidget):
    """A photo as large as its place; an icon where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._key, self._image = "", QImage()

    def show_photo(self, key: str, jpeg: bytes | None) -> None:
        """Show another photo, known by `key`; it is read once."""
        if key == self._key:
            return
        self._key, whole = key, image_of(jpeg)
        keeps, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        small = QSize(3 * _SMALL, round(_SMALL * self.devicePixelRatioF()))
        self._image = whole if whole.isNull() else whole.scaled(small, keeps, smooth)
        self.update()

    @property
    def is_empty(self) -> bool:
        return self._image.isNull()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect())
        draw_box(painter, room, fill="surface-sunken", edge="border")
        if self._image.isNull():
            at = ((room.width() - _ICON) / 2, (room.height() - _ICON) / 2)
            draw_icon(painter, *at, "image", _ICON, "border-control")
        else:
            inner = room.adjusted(1, 1, -1, -1)
            size = self._image.size().scaled(
                inner.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(inner.center())
            painter.drawImage(box, self._image)
        painter.end()


class PhotoPanel(QuestionPanel):
    """Draws a `PhotoViewModel`; Intro takes a photo, 1 to 3 throw one away."""

    def __init__(self, view_model: PhotoViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="image", parent=parent)
        self.view_model = view_model
        self._build()
        self._bind()
        self._redraw()

    def typed(self, signs: str) -> None:
        """Throw a photo away by its number."""
        if signs in "123":
            self.view_model.throw_away(int(signs) - 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self.preview, self.teach = Preview(), Teach("image")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.teach)
        self.pictures = [SmallPicture() for _ in range(MOST_PHOTOS)]
        self.away = [Key(icon="trash", cap=str(place + 1)) for place in range(MOST_PHOTOS)]
        self.take = Key(kind=Kind.ACCENT, style="heading")
        self.take.setFixedHeight(_TAKE)
        row = QHBoxLayout()
        row.setSpacing(12)
        for picture, key in zip(self.pictures, self.away, strict=True):
            policy = key.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            key.setSizePolicy(policy)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(picture)
            column.addWidget(key)
            row.addLayout(column, 1)
        self.body.setSpacing(12)
        self.body.addWidget(self._stack, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.take)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.accepted.connect(model.take)
        self.take.clicked.connect(model.take)
        for place, key in enumerate(self.away):
            key.clicked.connect(lambda _=False, place=place: model.throw_away(place))
        model.changed.connect(self._redraw)
        model.framed.connect(self._show_frame)

    def _show_frame(self) -> None:
        self.preview.show_frame(self.view_model.image, ())

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Photos: {name}").format(name=model.name), self.tr("Close"))
        self.say(model.said)
        self._stack.setCurrentWidget(self.teach if model.title else self.preview)
        self.teach.set_words(model.title, model.advice)
        taken = model.taken
        for place, (picture, key) in enumerate(zip(self.pictures, self.away, strict=True)):
            is_there = place < len(taken)
            picture.show_photo(
                taken[place].photo_id if is_there else "",
                taken[place].jpeg if is_there else None,
            )
            key.set_word(self.tr("Discard"))
            key.setVisible(is_there)
        self.take.set_word(self.tr("Take photo"))
        self.take.set_cap(self.tr("Enter"))
        if model.why_off:
            self.take.set_off(model.why_off)
        else:
            self.take.set_on()
        self._show_frame()
