"""The screen of returns before a purchase is open: what to scan, a field, the latest sales."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pos.screens.returns.recent import FindRow
from pos.screens.returns.view_model import ReturnViewModel
from pos.widgets.grid import NARROW, grid_for
from pos.widgets.key import Key
from pos.widgets.notice import Teach
from pos.widgets.panel import Bottomed, Panel
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.text import IconView, Text

_GAP = 12
_KEY = 56
_RIGHT = 436
_WHEN, _WHEN_NARROW = 176, 0


class FindView(QWidget):
    """A list with its field at the left, what to do at the right."""

    def __init__(self, view_model: ReturnViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._is_taught = False
        self._build()
        self.list.activated_row.connect(view_model.take_row)
        self.unproven.clicked.connect(view_model.without_receipt)
        view_model.changed.connect(self.redraw)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        narrow = grid_for(self.window().width()) is NARROW
        right = 360 if narrow else _RIGHT
        self.left.setGeometry(0, 0, self.width() - right - _GAP, self.height())
        self.right.setGeometry(self.width() - right, 0, right, self.height())
        self.list.set_columns(middle_width=_WHEN_NARROW if narrow else _WHEN, right_width=100)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._is_taught = False
            self.redraw()
        super().changeEvent(event)

    def redraw(self) -> None:
        """Write everything again."""
        model = self.view_model
        if model.shown is not None or model.document is not None:
            return
        self.typed.set_text(model.typed or self.tr("Number of the receipt or order"))
        self.typed.set_tone("text" if model.typed else "text-muted")
        rows = model.find_rows
        narrow = grid_for(self.window().width()) is NARROW
        self.list.set_rows([_row(row, is_narrow=narrow) for row in rows])
        if rows and self.list.chosen_row != model.chosen_row:
            self.list.choose(model.chosen_row)
        self._middle.setCurrentWidget(self.list if rows else self.nothing)
        self._redraw_nothing()
        if not self._is_taught:
            self._is_taught = True
            self._teach()

    def _build(self) -> None:
        self.left, self.right = Panel(parent=self), Panel(parent=self)
        strip = Bottomed(rule_below=True)
        strip.setFixedHeight(52)
        self.typed = Text("", "heading")
        row = QHBoxLayout(strip)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(12)
        row.addWidget(IconView("search", 24, "text-muted"))
        row.addWidget(self.typed, 1)
        self.list = RowList(row_height=64, middle_width=_WHEN, right_width=100, rounded="bottom")
        self.nothing, self.teach = Teach("search"), Teach("return")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self.nothing)
        self.left.column.addWidget(strip)
        self.left.column.addWidget(self._middle, 1)
        self.right.column.addWidget(self.teach, 1)
        self.unproven = Key(icon="voucher", cap="F8")
        self.unproven.setFixedHeight(_KEY)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 16)
        foot.addWidget(self.unproven)
        self.right.column.addLayout(foot)

    def _redraw_nothing(self) -> None:
        model = self.view_model
        if model.finding.is_asking or model.owing.is_asking:
            title = self.tr("Looking in the central system…")
            self.nothing.set_words(title, self.tr("This till did not sell it."))
        elif model.finding.told:
            self.nothing.set_words(model.finding.told, self.tr("Look at the number again."))
        elif model.typed:
            self.nothing.set_words(
                self.tr("Not among the latest here"),
                self.tr("Enter looks further back, in the other shops and on the web."),
            )
        else:
            self.nothing.set_words(self.tr("No sale yet"), self.tr("Scan a receipt of any shop."))

    def _teach(self) -> None:
        self.unproven.set_word(self.tr("Without a receipt"))
        self.teach.set_words(
            self.tr("Scan what the customer shows"),
            self.tr("Receipt or e-receipt of any shop,\npacking slip or pickup code."),
            [
                ("0–9", self.tr("Type its number")),
                (self.tr("Enter"), self.tr("Look for it everywhere")),
                ("\u2191 \u2193", self.tr("Choose a recent sale")),
                ("Esc", self.tr("Back to the sale")),
            ],
        )


def _row(row: FindRow, *, is_narrow: bool) -> ListRow:
    second = f"{row.when} · {row.second}" if is_narrow else row.second
    return ListRow(row.key, row.title, second, middle=row.when, right=row.amount)
