"""The screen of returns: finding a purchase, its lines with the money beside them, the end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.screens.returns.done_view import DoneView
from pos.screens.returns.find_view import FindView
from pos.screens.returns.line_parts import NARROW as NARROW_COLUMNS
from pos.screens.returns.line_parts import WIDE, LineHead
from pos.screens.returns.lines import LineList
from pos.screens.returns.right import RightColumn
from pos.screens.returns.shown import Shown
from pos.screens.returns.view_model import ReturnViewModel
from pos.widgets.grid import BAR, GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key
from pos.widgets.labels import Chip
from pos.widgets.notice import Notice, Teach, let_grow
from pos.widgets.paint import fill_rect
from pos.widgets.panel import Panel
from pos.widgets.text import IconView, Text

_RIGHT, _RIGHT_NARROW = 436, 360


class ReturnBar(QWidget):
    """Back, the word for what is going on, and the purchase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(BAR)
        self.back = Key(icon="left", cap="Esc")
        self._word = Text("", "title", "danger-text", keeps=True)
        self.title, self.about = Text("", "title"), Text("", "body", "text-muted")
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.chip = Chip(icon="calendar")
        self.search = Key(icon="search", cap="F2")
        self.goodwill = Key(icon="heart", cap="F7")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.back)
        row.addWidget(IconView("return", 26, "danger-text"))
        row.setSpacing(12)
        for widget in (self._word, self.title):
            row.addWidget(widget)
        row.addWidget(self.about, 1)
        row.addWidget(self.chip)
        row.addWidget(self.search)
        row.addWidget(self.goodwill)

    def set_words(self, word: str, title: str, about: str, *, back: str) -> None:
        """Write everything but the chip."""
        self.back.set_word(back)
        self._word.set_text(word)
        self.title.set_text(title)
        self.title.setVisible(bool(title))
        self.about.set_text(about)

    def set_chip(self, text: str, *, is_over: bool) -> None:
        """Say how long something can come back; empty hides it."""
        self.chip.set_text(text, tone="amber" if is_over else "neutral")
        self.chip.setVisible(bool(text))


class ReturnPage(QWidget):
    """Draws a `ReturnViewModel`; the page itself takes the keys."""

    def __init__(self, view_model: ReturnViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._is_taught = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the screen do; while a purchase is looked for, type its number."""
        model = self.view_model
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
            Qt.Key.Key_F2: model.search_goods,
            Qt.Key.Key_F7: model.goodwill,
            Qt.Key.Key_F8: model.without_receipt,
            Qt.Key.Key_F9: model.exchange,
            Qt.Key.Key_F10: model.close,
            Qt.Key.Key_Return: model.confirm,
            Qt.Key.Key_Enter: model.confirm,
        }
        act = acts.get(event.key()) or self._typed(event)
        if act is None:
            event.ignore()
        else:
            act()

    def _typed(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a sign of the keyboard does."""
        model, text = self.view_model, event.text()
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return None
        if model.document is not None:
            return self._after(text.upper())
        if model.shown is None:
            if event.key() == Qt.Key.Key_Backspace:
                return model.erase
            return (lambda: model.press(text)) if text and text.isprintable() else None
        if len(text) == 1 and text in "123456":
            return lambda: model.answer(int(text))
        letters: dict[str, Callable[[], None]] = {
            "+": lambda: model.count_chosen(1),
            "-": lambda: model.count_chosen(-1),
            "B": model.send_elsewhere,
            "E": lambda: model.make_exception(model.chosen),
            "S": model.type_serial,
            "D": model.keep_for_wear,
            "F": model.take_photos,
            "A": model.do_act,
        }
        return letters.get(text.upper())

    def _after(self, sign: str) -> Callable[[], None] | None:
        """Return what a sign does once the return is recorded."""
        done = self.view_model.done
        return {
            "R": done.print_again,
            "P": done.pay_otherwise,
            "1": lambda: done.say_how_it_went(was_paid_back=True),
            "2": lambda: done.say_how_it_went(was_paid_back=False),
        }.get(sign)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_rect(painter, 0, 0, self.width(), self.height(), "danger-soft")
        painter.end()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._is_taught = False
            self._redraw()
        super().changeEvent(event)

    # -- building

    def _build(self) -> None:
        self.bar = ReturnBar(self)
        self.open, self.finding = QWidget(), FindView(self.view_model)
        self.done = DoneView(self.view_model)
        self.stack = QStackedWidget(self)
        for page in (self.finding, self.open, self.done):
            self.stack.addWidget(page)
        self.left, self.right = QWidget(self.open), RightColumn(self.view_model, self.open)
        self.act = Key(cap="A")
        self.notice = Notice(tone="amber", icon="alert", acts=(self.act,))
        let_grow(self.notice)
        self.head, self.lines = LineHead(), LineList()
        self.nothing = Teach("scan")
        panel = Panel()
        panel.column.addWidget(self.head)
        panel.column.addWidget(self.lines, 1)
        panel.column.addWidget(self.nothing, 1)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addWidget(panel, 1)

    def _bind(self) -> None:
        model, unfolded = self.view_model, self.lines.unfolded
        self.bar.back.clicked.connect(model.back)
        self.act.clicked.connect(model.do_act)
        self.bar.search.clicked.connect(model.search_goods)
        self.bar.goodwill.clicked.connect(model.goodwill)
        self.bar.goodwill.refused.connect(model.goodwill)
        self.lines.counted.connect(model.count)
        self.lines.excepted.connect(model.make_exception)
        self.lines.touched.connect(model.choose)
        unfolded.reasons.chosen.connect(model.because)
        unfolded.conditions.chosen.connect(model.comes)
        unfolded.elsewhere.clicked.connect(model.send_elsewhere)
        unfolded.exception.clicked.connect(lambda: model.make_exception(model.chosen))
        unfolded.serial.clicked.connect(model.type_serial)
        unfolded.keep.clicked.connect(model.keep_for_wear)
        unfolded.photo.clicked.connect(model.take_photos)
        model.changed.connect(self._redraw)

    def _right_box(self) -> QRect:
        width = _RIGHT_NARROW if grid_for(self.width()) is NARROW else _RIGHT
        top = MARGIN + BAR + GAP
        return QRect(self.width() - MARGIN - width, top, width, self.height() - top - MARGIN)

    def _place(self) -> None:
        right = self._right_box()
        inner = self.width() - 2 * MARGIN
        self.bar.setGeometry(MARGIN, MARGIN, inner, BAR)
        self.stack.setGeometry(MARGIN, right.y(), inner, right.height())
        self.left.setGeometry(0, 0, inner - right.width() - GAP, right.height())
        self.right.setGeometry(inner - right.width(), 0, right.width(), right.height())

    # -- drawing

    def _redraw(self) -> None:
        model, shown = self.view_model, self.view_model.shown
        page = self.done if model.document else self.open if shown else self.finding
        self.stack.setCurrentWidget(page)
        word = self.tr("RETURN")
        self.bar.back.setVisible(model.document is None)
        self.bar.search.setVisible(model.is_unproven)
        self.bar.search.set_word(self.tr("Search"))
        may_give = shown is not None and shown.has_receipt and not shown.is_gift
        self.bar.goodwill.setVisible(may_give)
        self.bar.goodwill.set_word(self.tr("Compensate"))
        self.bar.goodwill.set_cap("" if grid_for(self.width()) is NARROW else "F7")
        if model.why_no_goodwill:
            self.bar.goodwill.set_off()
        else:
            self.bar.goodwill.set_on()
        if shown is None:
            about = "" if model.document else self.tr("scan a receipt or an order, or type it")
            self.bar.set_words(word, "", about if not model.said else model.said, back=self._back)
            self.bar.set_chip("", is_over=False)
            return
        narrow = grid_for(self.width()) is NARROW
        known = (shown.about,) if narrow else (shown.about, model.freshness)
        self.bar.set_words(word, shown.title, " · ".join(filter(None, known)), back=self._back)
        text, is_over = shown.window
        self.bar.set_chip(text, is_over=is_over)
        self.notice.setVisible(bool(model.said))
        self.notice.set_text(model.said)
        self.act.set_word(model.act_word)
        self.act.setVisible(bool(model.act_word))
        columns = NARROW_COLUMNS if narrow else WIDE
        self.head.set_names(self._names(shown), columns)
        self.lines.unfolded.show_photos(model.photos_taken, model.why_no_photo)
        self.lines.show_lines(shown.rows, shown.unfolded, columns, self.tr("Exception"))
        self._redraw_nothing(is_empty=not shown.rows)

    def _names(self, shown: Shown) -> tuple[str, ...]:
        """Return the names of the columns; without a receipt nothing is known but the price."""
        back = self.tr("Comes back")
        if not shown.has_receipt:
            return self.tr("Article and lowest price"), "", "", "", back
        article = self.tr("Article") if shown.is_gift else self.tr("Article and price paid")
        return article, self.tr("Sold"), self.tr("Returned"), self.tr("Left"), back

    def _redraw_nothing(self, *, is_empty: bool) -> None:
        """Say what to do while nothing lies on the counter yet."""
        self.lines.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        if is_empty and not self._is_taught:
            self._is_taught = True
            self.nothing.set_words(
                self.tr("Scan the goods"),
                self.tr("Each comes back at the lowest price\nit lately had."),
                [("F2", self.tr("Search for what has no code"))],
            )

    @property
    def _back(self) -> str:
        return self.tr("Back")
