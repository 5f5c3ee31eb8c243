"""The price check: a field, what was found, and one product large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.screens.pictures import picture_of
from pos.screens.price_check.view_model import PriceCheckViewModel
from pos.screens.question import QuestionPanel
from pos.screens.search.view import NARROW_STOCK_WIDTH, STOCK_WIDTH, hit_row
from pos.widgets.field import Field
from pos.widgets.key import Key
from pos.widgets.labels import Chip, Picture
from pos.widgets.notice import Teach
from pos.widgets.panel import Rule
from pos.widgets.row_list import RowList
from pos.widgets.text import Text


class _Product(QWidget):
    """One product as a customer asks about it: price, stock here and how old that is."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = Picture(side=96, px=56)
        self._name, self._second = Text("", "title", wrap=True), Text("", "body", "text-muted")
        self._price = Text("", "total", keeps=True)
        self._unit_price = Text("", "body", "text-muted", align="right")
        self._stock = Chip(icon="shelf", size="large")
        self._age = Text("", "body", "text-muted")
        self._facts = QGridLayout()
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._second)
        words.addStretch(1)
        prices = QVBoxLayout()
        prices.setSpacing(0)
        prices.addWidget(self._price)
        prices.addWidget(self._unit_price)
        prices.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addLayout(prices)
        stock = QHBoxLayout()
        stock.setSpacing(12)
        stock.addWidget(self._stock)
        stock.addWidget(self._age, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 16, 16)
        column.setSpacing(20)
        column.addLayout(head)
        column.addLayout(stock)
        column.addWidget(Rule())
        column.addLayout(self._facts)
        column.addStretch(1)

    def show_product(self, model: PriceCheckViewModel) -> None:
        """Write the product that is looked at."""
        words = model.words
        if words is None:
            return
        self._picture.set_icon(picture_of(words.picture))
        self._name.set_text(words.name)
        self._second.set_text(words.second)
        self._price.set_text(words.price)
        self._unit_price.set_text(model.unit_price)
        amber = words.stock.is_doubtful
        self._stock.set_text(words.stock.level, tone="amber" if amber else "neutral")
        self._age.set_text(words.stock.age)
        self._age.set_tone("amber-text" if amber else "text-muted")
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (what, how) in enumerate(model.facts):
            self._facts.addWidget(Text(what, "body", "text-muted"), row, 0)
            self._facts.addWidget(Text(how, "strong", align="right"), row, 1)


class PriceCheckPanel(QuestionPanel):
    """Scan, or type and choose; nothing is sold."""

    def __init__(self, view_model: PriceCheckViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="tag", parent=parent)
        self.view_model = view_model
        self.field = Field(icon="search")
        self.field.set_text(view_model.search.text)
        self._message = Text("", "body", "amber-text", wrap=True)
        self.list = RowList(row_height=66, middle_width=STOCK_WIDTH, rounded="bottom")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.product, self._teach = _Product(), Teach("scan")
        self._shown = QStackedWidget()
        for page in (self._teach, self.list, self.product):
            self._shown.addWidget(page)
        self.body.setContentsMargins(0, 12, 0, 0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 16, 12)
        top.setSpacing(8)
        top.addWidget(self.field)
        top.addWidget(self._message)
        self.body.addLayout(top)
        self.body.addWidget(self._shown, 1)
        self.note = Key(icon="note")
        self.note.setFixedHeight(64)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(16, 12, 16, 14)
        foot.addWidget(self.note)
        self.body.addWidget(self._foot)
        self.setFocusProxy(self.field)
        self._bind()
        self._write()
        self._redraw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go up and down the list from the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.view_model.search.move(step)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with F8 as well, note with Ins."""
        if event.key() == Qt.Key.Key_F8:
            self.view_model.close()
        elif event.key() == Qt.Key.Key_Insert:
            self.view_model.note()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.field.edit.installEventFilter(self)
        self.field.edited.connect(model.write)
        self.field.accepted.connect(model.search.add)
        self.list.chosen.connect(model.search.choose)
        self.list.activated_row.connect(lambda _row: model.search.add())
        self.note.clicked.connect(model.note)
        model.changed.connect(self._redraw)

    def _write(self) -> None:
        self.bar.set_words(self.tr("Price and stock"), self.tr("Close"))
        self.field.set_words(placeholder=self.tr("Scan, or type a name or a code"))
        self.note.set_cap(self.tr("Ins"))
        self._teach.set_words(
            self.tr("Scan an article"), self.tr("Its price and stock are shown; nothing is sold.")
        )

    def _redraw(self) -> None:
        model = self.view_model
        self._message.set_text(model.message)
        self._message.setVisible(bool(model.message))
        self._redraw_note()
        if model.hit is not None:
            self.field.set_text("")
            self.product.show_product(model)
            self._shown.setCurrentWidget(self.product)
            return
        self.list.blockSignals(True)
        narrow = self.is_narrow
        width = NARROW_STOCK_WIDTH if narrow else STOCK_WIDTH
        self.list.set_columns(middle_width=width, right_width=80 if narrow else 92)
        rows = [hit_row(hit, narrow=narrow) for hit in model.search.rows]
        self.list.set_rows(rows)
        if rows:
            self.list.choose(model.search.position)
        self.list.blockSignals(False)
        self._shown.setCurrentWidget(self.list if rows else self._teach)

    def _redraw_note(self) -> None:
        model = self.view_model
        if model.wanted:
            self.note.set_word(self.tr("Note the wish"), self.tr("so that the shop may have it"))
        else:
            self.note.set_word(self.tr("Note"), self.tr("a wish, a complaint, praise"))
        self._foot.setVisible(model.can_note)
