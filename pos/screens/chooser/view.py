"""The panel that asks which of the products with one code it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.screens.chooser.view_model import ChooserViewModel
from pos.screens.pictures import picture_of
from pos.screens.question import QuestionPanel
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.text import Text


class ChooserPanel(QuestionPanel):
    """A row per product; touch, Intro or its number takes it."""

    def __init__(self, view_model: ChooserViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="scan", parent=parent)
        self.view_model = view_model
        self._explanation = Text("", "body", "text-muted", wrap=True)
        self.list = RowList(row_height=80, rounded="bottom")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setContentsMargins(0, 12, 0, 0)
        inset = QVBoxLayout()
        inset.setContentsMargins(16, 0, 16, 12)
        inset.addWidget(self._explanation)
        self.body.addLayout(inset)
        self.body.addWidget(self.list, 1)
        self.closed.connect(view_model.close)
        self.accepted.connect(lambda: view_model.choose(self.list.chosen_row))
        self.list.activated_row.connect(view_model.choose)
        self._redraw()
        self.list.choose(0)

    def typed(self, signs: str) -> None:
        """Take a product by its number in the list."""
        if signs.isdigit():
            self.view_model.choose(int(signs) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down the list."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        last = len(self.view_model.products) - 1
        self.list.choose(min(max(self.list.chosen_row + step, 0), last))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        model = self.view_model
        count = len(model.products)
        self.bar.set_words(self.tr("%n articles have this code", "", count), self.tr("Cancel"))
        self._explanation.set_text(self.tr("Which one is it?"))
        self.list.set_rows(
            [
                ListRow(
                    product.sku,
                    product.name,
                    " · ".join(part for part in (product.brand, product.sku) if part),
                    right=model.price(product),
                    picture=picture_of(product.picture),
                )
                for product in model.products
            ]
        )
