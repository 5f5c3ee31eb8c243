"""The handover screen: parcels and lines at the left, who collects and the sum at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.screens.handover.parts import Parcels, Sums, TakeList
from pos.screens.handover.told_view import ToldPanel
from pos.screens.handover.view_model import HandoverViewModel
from pos.widgets.grid import NARROW, grid_for, page_places
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.labels import Chip
from pos.widgets.notice import Notice
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Bottomed, Panel, Rule, TableHead
from pos.widgets.signature import SignaturePad
from pos.widgets.text import IconView, Text

_RIGHT_WIDTH = 444
_CLOSING = 96


class HandoverPage(QWidget):
    """Draws a `HandoverViewModel`; the page itself takes the keys."""

    def __init__(self, view_model: HandoverViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose a line, the space bar takes or leaves it, letters do the keys' work."""
        model, told = self.view_model, self.view_model.told
        key, text = event.key(), event.text().upper()
        acts = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
            Qt.Key.Key_Space: model.toggle,
            Qt.Key.Key_F10: model.close,
            Qt.Key.Key_Plus: model.close,
        }
        letters = {
            "O": model.other_person,
            "S": model.try_on,
            "D": model.leave_all,
            "B": self.pad.clear,
            "A": model.act_on_notice,
        }
        act = acts.get(Qt.Key(key)) or (letters.get(text) if told is None else None)
        if told is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            act = model.close
        if told is not None and act is None:
            act = next((one.act for one in told.acts if one.cap == text), None)
        if act is None:
            event.ignore()
        else:
            act()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        narrow = grid_for(self.width()) is NARROW
        right = None if narrow else _RIGHT_WIDTH
        places = page_places(self.width(), self.height(), right_width=right)
        self.bar.setGeometry(places.bar)
        self.left.setGeometry(places.main)
        self.right.setGeometry(places.right)
        self.list.set_narrow(narrow)
        self._who_icon.setVisible(not narrow)
        self._write_head()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    # -- building

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self.paid = Chip()
        self.bar.layout().addWidget(self.paid)  # type: ignore[union-attr]
        self.left, self.right = QWidget(self), QStackedWidget(self)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._build_parcels())
        column.addWidget(self._build_notice())
        column.addWidget(self._build_lines(), 1)
        self.active, self.told = self._build_right(), ToldPanel()
        self.right.addWidget(self.active)
        self.right.addWidget(self.told)

    def _build_parcels(self) -> QWidget:
        panel = Panel()
        panel.column.setContentsMargins(15, 11, 15, 15)
        self._in_hand, self.counted = Text("", "strong"), Text("", "strong", keeps=True)
        self._tick = IconView("check", 20, "accent-text")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._in_hand, 1)
        head.addWidget(self._tick)
        head.addWidget(self.counted)
        self.parcels = Parcels()
        panel.column.addLayout(head)
        panel.column.addSpacing(8)
        panel.column.addWidget(self.parcels)
        return panel

    def _build_notice(self) -> QWidget:
        self.notice_key = Key(cap="A")
        self.notice = Notice(acts=(self.notice_key,))
        return self.notice

    def _build_lines(self) -> QWidget:
        panel = Panel()
        self._head = TableHead()
        self.list = TakeList()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._foot = foot = Bottomed(rule_above=True, rounded="bottom")
        foot.setFixedHeight(72)
        self._hint = Text("", "body", "text-muted")
        self.try_on, self.leave_all = Key(), Key()
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 7)
        row.setSpacing(8)
        row.addWidget(IconView("scan", 24))
        row.addWidget(self._hint, 1)
        row.addWidget(self.try_on)
        row.addWidget(self.leave_all)
        panel.column.addWidget(self._head)
        panel.column.addWidget(self.list, 1)
        panel.column.addWidget(foot)
        return panel

    def _build_right(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        panel = Panel()
        panel.column.addLayout(self._build_who())
        panel.column.addWidget(Rule())
        panel.column.addLayout(self._build_signature(), 1)
        panel.column.addWidget(self._build_sums())
        self.closing = Key(face=Face.BIG, kind=Kind.PAY, style="title", cap="F10")
        self.closing.setFixedHeight(_CLOSING)
        column.addWidget(panel, 1)
        column.addWidget(self.closing)
        return whole

    def _build_who(self) -> QHBoxLayout:
        self._who_icon = IconView("check-circle", 28, "accent-text")
        self.who, self.why = Text("", "strong", wrap=True), Text("", "meta", "text-muted")
        self.other = Key()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.who)
        words.addWidget(self.why)
        row = QHBoxLayout()
        row.setContentsMargins(15, 12, 15, 12)
        row.setSpacing(12)
        row.addWidget(self._who_icon)
        row.addLayout(words, 1)
        row.addWidget(self.other)
        return row

    def _build_signature(self) -> QVBoxLayout:
        self._signature = Text("", "strong")
        self.clear = Key(icon="undo", kind=Kind.FLAT)
        self.pad = SignaturePad()
        head = QHBoxLayout()
        head.addWidget(self._signature, 1)
        head.addWidget(self.clear)
        column = QVBoxLayout()
        column.setContentsMargins(15, 6, 15, 12)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.pad, 1)
        return column

    def _build_sums(self) -> QWidget:
        foot = Bottomed(ground="surface-sunken", rule_above=True, rounded="bottom")
        self.sums = Sums()
        self._due_word = Text("", "heading")
        self.due = Text("", "total", keeps=True, align="right")
        self.refund = Text("", "meta", "text-muted", wrap=True)
        total = QHBoxLayout()
        total.addWidget(self._due_word, 1, Qt.AlignmentFlag.AlignBottom)
        total.addWidget(self.due)
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(4)
        column.addWidget(self.sums)
        column.addWidget(self.refund)
        column.addLayout(total)
        return foot

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        self.parcels.touched.connect(model.touch_parcel)
        self.list.taken.connect(model.take)
        self.notice_key.clicked.connect(model.act_on_notice)
        self.try_on.clicked.connect(model.try_on)
        self.leave_all.clicked.connect(model.leave_all)
        self.other.clicked.connect(model.other_person)
        self.clear.clicked.connect(self.pad.clear)
        self.pad.signed.connect(model.sign)
        self.closing.clicked.connect(model.close)
        self.closing.refused.connect(model.close)
        self.told.closed.connect(model.close)
        model.changed.connect(self._redraw)

    # -- drawing

    def _redraw(self) -> None:
        model, shown = self.view_model, self.view_model.shown
        title = shown.title if shown else self.tr("Hand over")
        self.bar.set_words(title, shown.about if shown else "", back=self.tr("Back"))
        self.paid.setVisible(shown is not None)
        self.left.setVisible(shown is not None)
        told = model.told
        self.right.setCurrentWidget(self.told if told else self.active)
        if told is not None:
            self.told.show_told(told)
        self._redraw_notice()
        self._foot.setVisible(told is None)
        if shown is None:
            return
        self.paid.set_text(shown.how_paid)
        text, is_all = shown.scanned
        self._in_hand.set_text(self.tr("Parcels in hand"))
        self.counted.set_text(text)
        self.counted.set_tone("accent-text" if is_all else "text-muted")
        self._tick.setVisible(is_all)
        self.parcels.set_parcels(shown.parcels)
        self._write_head()
        self.list.set_words(self.tr("Take"), self.tr("Leave"))
        self.list.set_rows(shown.rows)
        if shown.rows and self.list.chosen_row != model.chosen_row:
            self.list.choose(model.chosen_row)
        self._redraw_right()

    def _redraw_notice(self) -> None:
        notice = self.view_model.notice
        self.notice.setVisible(notice is not None)
        if notice is not None:
            self.notice.set_text(notice.text, tone=notice.tone, icon=notice.icon)
            self.notice_key.set_word(notice.act)
            self.notice_key.setVisible(bool(notice.act))

    def _redraw_right(self) -> None:
        model, shown = self.view_model, self.view_model.shown
        if shown is None:
            return
        self._hint.set_text(self.tr("Scan more: it goes on the same ticket"))
        self.try_on.set_word(self.tr("Tries it on"))
        self.leave_all.set_word(self.tr("Leave all"))
        who, why = shown.who
        self.who.set_text(who)
        self.why.set_text(why)
        good = ("check-circle", "accent-text") if shown.is_identified else ("user", "text")
        self._who_icon.set_icon(*good)
        self.other.set_word(self.tr("Other person"))
        self._signature.set_text(self.tr("Signature"))
        self.clear.set_word(self.tr("Clear"))
        self.pad.set_caption(shown.received)
        self.pad.set_strokes(shown.seen.draft.strokes)
        self.sums.set_rows(shown.sums)
        self._due_word.set_text(self.tr("To charge"))
        self.due.set_text(shown.due)
        self.refund.set_text(shown.refund)
        self.refund.setVisible(bool(shown.refund))
        self._redraw_closing(shown.closing, shown.why_off, is_asking=model.claiming.is_asking)

    def _redraw_closing(self, words: tuple[str, str], why_off: str, *, is_asking: bool) -> None:
        word, second = words
        self.closing.set_word(word, second)
        if why_off and is_asking:
            self.closing.set_off(self.tr("asking the central system"))
        elif why_off:
            self.closing.set_off(why_off)
        else:
            self.closing.set_on()

    def _write_head(self) -> None:
        amount, choice = self.tr("Amount"), self.tr("Takes it?")
        columns = [(self.tr("Article"), 0), (amount, -96), (choice, self.list.choice_width)]
        self._head.set_columns(columns)
