"""The receipts: the list at the left, the paper and what can be done with it at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.screens.receipts.picture import ReceiptPicture
from pos.screens.receipts.rows import ReceiptLine
from pos.screens.receipts.trouble_notice import TroubleNotice
from pos.screens.receipts.view_model import ReceiptsViewModel
from pos.widgets.grid import BAR, GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice, Teach
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Bottomed, Panel
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.text import IconView, Text

_SIGNS = "0123456789-.DZ"
_EDGE = 16


class ReceiptsPage(QWidget):
    """Draws a `ReceiptsViewModel`; typing looks for a number."""

    def __init__(self, view_model: ReceiptsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type a number, move with the arrows, act with the letters on the keys."""
        key, model = event.key(), self.view_model
        acts = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Backspace: model.erase,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
            Qt.Key.Key_R: model.reprint,
            Qt.Key.Key_F6: model.take_back,
            Qt.Key.Key_G: model.print_gift,
            Qt.Key.Key_P: model.save_pdf,
            Qt.Key.Key_F: model.show_photos,
            Qt.Key.Key_M: model.email,
            Qt.Key.Key_Return: model.find,
            Qt.Key.Key_Enter: model.find,
        }
        text = event.text().upper()
        if text and text in _SIGNS:
            model.press(text)
        elif Qt.Key(key) in acts:
            acts[Qt.Key(key)]()
        elif not self.picture.scroll_by(key):
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.view_model.forget_words()
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self.left, self.right = Panel(parent=self), Panel(parent=self)
        self._build_left()
        self._build_right()

    def _build_left(self) -> None:
        strip = Bottomed(rule_below=True)
        strip.setFixedHeight(52)
        self.searched = Text("", "heading")
        row = QHBoxLayout(strip)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(12)
        row.addWidget(IconView("search", 24, "text-muted"))
        row.addWidget(self.searched, 1)
        self.list = RowList(row_height=64, middle_width=120, right_width=100, rounded="bottom")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.teach = Teach("note")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self.teach)
        self.left.column.addWidget(strip)
        self.left.column.addWidget(self._middle, 1)

    def _build_right(self) -> None:
        self.picture = ReceiptPicture()
        self.notice, self.said = TroubleNotice(), Notice(icon="check-circle", tone="accent")
        self.reprint = Key(icon="printer", cap="R", face=Face.STACK, kind=Kind.ACCENT)
        self.gift = Key(icon="gift", cap="G", face=Face.STACK)
        self.photos = Key(icon="image", cap="F", face=Face.STACK)
        self.take_back = Key(icon="return", cap="F6", face=Face.STACK)
        self.pdf = Key(icon="disk", cap="P", face=Face.STACK)
        self.email = Key(icon="mail", cap="M", face=Face.STACK)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for key in (self.take_back, self.photos, self.gift, self.pdf, self.email, self.reprint):
            key.setFixedHeight(96)
            keys.addWidget(key, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 16)
        foot.setSpacing(12)
        foot.addWidget(self.notice)
        foot.addWidget(self.said)
        foot.addLayout(keys)
        self.right.column.addWidget(self.picture, 1)
        strip = Bottomed(rule_above=True)
        strip.setLayout(foot)
        self.right.column.addWidget(strip)

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        self.list.activated_row.connect(model.choose)
        self.reprint.clicked.connect(model.reprint)
        self.gift.clicked.connect(model.print_gift)
        self.photos.clicked.connect(model.show_photos)
        self.take_back.clicked.connect(model.take_back)
        self.pdf.clicked.connect(model.save_pdf)
        self.email.clicked.connect(model.email)
        model.changed.connect(self._redraw)

    def _place(self) -> None:
        width, height = self.width(), self.height()
        grid = grid_for(width)
        top = MARGIN + BAR + GAP
        inner = height - top - MARGIN
        right = MARGIN + grid.ticket_width + GAP
        self.bar.setGeometry(MARGIN, MARGIN, width - 2 * MARGIN, BAR)
        self.left.setGeometry(MARGIN, top, grid.ticket_width, inner)
        self.right.setGeometry(right, top, width - MARGIN - right, inner)
        self._fit_columns()
        self._fit_said()

    def _fit_columns(self) -> None:
        """Leave room for a day where another till's receipts are listed, else for a tender."""
        narrow = 104 if self.view_model.lookup.receipts else 80
        middle = narrow if grid_for(self.width()) is NARROW else 120
        self.list.set_columns(middle_width=middle, right_width=100)

    def _redraw(self) -> None:
        model = self.view_model
        about = self.tr("scan a receipt, or type its number")
        self.bar.set_words(self.tr("Receipts"), about, back=self.tr("Back"))
        self.searched.set_text(model.searched or self.tr("Number of the receipt"))
        self.searched.set_tone("text" if model.searched else "text-muted")
        lines = model.lines
        self._fit_columns()
        self.list.set_rows([_row(line) for line in lines])
        if model.chosen_index != self.list.chosen_row:
            self.list.choose(model.chosen_index)
        self._middle.setCurrentIndex(0 if lines else 1)
        self._redraw_teaching()
        self.picture.show_picture(model.picture)
        self.notice.show_trouble(model.trouble)
        self._redraw_said()
        self._redraw_keys()

    def _redraw_teaching(self) -> None:
        if self.view_model.lookup.is_asking:
            self.teach.set_words(
                self.tr("Looking in the central system…"),
                self.tr("It is not a receipt of this till.\nThe other tills' are asked for."),
            )
        elif self.view_model.lookup.is_away:
            self.teach.set_words(
                self.tr("No answer"),
                self.tr(
                    "It is not a receipt of this till.\nTry again when there is a connection."
                ),
            )
        elif self.view_model.lookup.told:
            self.teach.set_words(
                self.tr("Not found"),
                self.tr("Look at the number again, or scan the code\nat the foot of the receipt."),
            )
        elif self.view_model.searched:
            self.teach.set_words(
                self.tr("Not among the latest"),
                self.tr(
                    "Type the whole number and press Enter to look\n"
                    "further back, at the other tills and shops."
                ),
            )
        else:
            self.teach.set_words(
                self.tr("No sale yet"), self.tr("Every sale of this till\nis found here.")
            )

    def _redraw_said(self) -> None:
        model = self.view_model
        text = model.warned or model.said
        tone, icon = ("amber", "alert") if model.warned else ("accent", "check-circle")
        if model.found is not None and not model.warned:
            tone, icon = "plain", "info"
        self.said.set_text(text, tone=tone, icon=icon)
        self._fit_said()
        self.said.setVisible(bool(text) and model.trouble is None)

    def _fit_said(self) -> None:
        """Give a sentence that breaks into two lines the height of both."""
        inner = self.right.width() - 2 * _EDGE
        self.said.setMinimumHeight(max(48, self.said.heightForWidth(inner)))

    def _redraw_keys(self) -> None:
        self.reprint.set_word(self.tr("Print copy"))
        self.gift.set_word(self.tr("Gift receipt"))
        self.take_back.set_word(self.tr("Take back"))
        self.pdf.set_word(self.tr("Save PDF"))
        self.email.set_word(self.tr("E-mail"))
        model = self.view_model
        self.photos.set_word(self.tr("Photos"), self.tr("%n taken", "", model.photos))
        self.photos.setVisible(model.photos > 0)
        self.gift.setVisible(not model.photos)
        elsewhere = self.tr("other till's") if model.found is not None else ""
        for key in (self.gift, self.pdf, self.email):
            if model.document is None or elsewhere:
                key.set_off(elsewhere)
            elif key is self.gift and model.sale is None:
                key.set_off(self.tr("of a sale only"))
            else:
                key.set_on()
        if model.can_copy:
            self.reprint.set_on()
        else:
            self.reprint.set_off()
        if model.sale is not None:
            self.take_back.set_on()
        else:
            self.take_back.set_off(self.tr("of a sale only") if model.document is not None else "")


def _row(line: ReceiptLine) -> ListRow:
    return ListRow(
        line.key,
        line.title,
        line.second,
        middle=line.middle,
        right=line.amount,
        icon="printer" if line.waits else "return" if line.is_return else "",
        tone="amber" if line.waits else "danger" if line.is_return else "",
    )
