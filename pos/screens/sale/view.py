"""The sale screen: ticket at the left; tabs, function keys, digits and Cobrar at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.screens import wording
from pos.screens.customer.cart_view import CartKey
from pos.screens.customer.tab import CustomerTab
from pos.screens.pictures import band_of, picture_of
from pos.screens.sale.act_keys import ActKeys
from pos.screens.sale.came_back import CameBack
from pos.screens.sale.lines import LineWords
from pos.screens.sale.pickups_tab import PickupsTab
from pos.screens.sale.quick_keys import QuickKeys, TileWords
from pos.screens.sale.suggested_keys import SuggestedKeys
from pos.screens.sale.totals import show_totals
from pos.screens.sale.view_model import SaleViewModel
from pos.widgets.function_keys import FunctionKeys
from pos.widgets.grid import SaleFrame
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.labels import Chip
from pos.widgets.notice import Teach
from pos.widgets.paint import elided
from pos.widgets.panel import Bottomed, Panel
from pos.widgets.tab_strip import Tab, TabStrip
from pos.widgets.ticket_list import TicketRow
from pos.widgets.ticket_panel import TicketPanel

_TABS = 4  # places in the strip; the pickups have the last
_CHIP_WIDTH = 240


class SalePage(QWidget):
    """Typing goes to the entry row wherever the focus is; keys of the keyboard do their acts."""

    def __init__(
        self,
        view_model: SaleViewModel,
        *,
        pickups: PickupsTab | None = None,
        mirrored: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._pickups = pickups
        self._written: dict[LineWords, TicketRow] = {}
        self._taught = -1  # parked tickets that the teaching tells of
        self._build(mirrored)
        self._bind()
        self._write()
        self._redraw()
        self._redraw_entry()
        self._redraw_favourites()
        self._redraw_customer()

    def say(self, text: str) -> None:
        """Say in the entry row why something was refused."""
        self.ticket.entry.set_refused(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the sale do; what is typed goes to the entry row."""
        model, key = self.view_model, Qt.Key(event.key())
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_F2: model.search,
            Qt.Key.Key_F3: self._open_customer,
            Qt.Key.Key_F4: model.parking.park_or_resume,
            Qt.Key.Key_F5: self._open_pickups,
            Qt.Key.Key_F6: model.detours.take_back,
            Qt.Key.Key_F7: model.discount,
            Qt.Key.Key_F8: model.detours.price_check,
            Qt.Key.Key_F9: model.detours.open_drawer,
            Qt.Key.Key_F10: model.charge,
            Qt.Key.Key_Delete: model.void_chosen,
            Qt.Key.Key_Insert: model.exchange.swap,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
        }
        if key in acts:
            acts[key]()
        elif key == Qt.Key.Key_Escape:
            event.ignore()  # a panel over the keypad closes first
            model.step_back()
            self.ticket.entry.setFocus()
        elif self._is_typing(event):
            self.ticket.entry.setFocus()
            self.ticket.entry.keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.frame.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self.view_model.retranslate()
            self._redraw_entry()
            self._redraw_favourites()
        super().changeEvent(event)

    # -- building

    def _build(self, mirrored: bool) -> None:
        self.ticket = TicketPanel()
        self.ticket.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        model = self.view_model
        self.suggested = SuggestedKeys(model.suggested, model.take, self.ticket.lines)
        self.came_back = CameBack()
        self.ticket.column.insertWidget(1, self.came_back)
        self.customer_chip = Chip(icon="user", tone="accent")
        self.ticket.head.row.addWidget(self.customer_chip)
        self.customer_tab = CustomerTab(self.view_model.customer)
        self.cart_key = CartKey(model.cart)
        self.customer_tab.keys.addWidget(self.cart_key, 1)
        self.quick_keys = QuickKeys()
        self.no_favourites = Teach("star")
        self.acts = FunctionKeys()
        self._keys = ActKeys(self.acts)
        self.keypad = Keypad(Mode.SALE)
        self.frame = SaleFrame(mirrored=mirrored, parent=self)
        self.frame.put("ticket", self.ticket)
        self.frame.put("tabs", self._build_tabs())
        self.frame.put("acts", self.acts)
        self.frame.put("keypad", self.keypad)
        self.setFocusProxy(self.ticket.entry)

    def _build_tabs(self) -> Panel:
        panel = Panel()
        self._strip_ground = Bottomed(ground="surface-sunken", rule_below=True, rounded="top")
        self.strip = TabStrip(parent=self._strip_ground)
        self.last_strip = TabStrip(parent=self._strip_ground)
        self._strip_ground.setFixedHeight(self.strip.height())
        panel.column.addWidget(self._strip_ground)
        body = QVBoxLayout()
        body.setContentsMargins(16, 12, 16, 12)
        body.addWidget(self.quick_keys, 1)
        body.addWidget(self.no_favourites, 1)
        body.addWidget(self.customer_tab, 1)
        panel.column.addLayout(body, 1)
        self._strip_ground.installEventFilter(self)
        return panel

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the tabs in their places of the strip when it changes its width."""
        if event.type() == QEvent.Type.Resize:
            ground = self._strip_ground
            quarter = ground.width() // _TABS
            self.strip.setGeometry(0, 0, ground.width() - quarter, ground.height())
            last = ground.width() - quarter
            self.last_strip.setGeometry(last, 0, quarter, ground.height())
        return False

    # -- binding

    def _bind(self) -> None:
        model, entry = self.view_model, self.ticket.entry
        model.changed.connect(self._redraw)
        model.parking.counted.connect(self._redraw)
        model.entry_changed.connect(self._redraw_entry)
        model.entry_cleared.connect(entry.clear)
        model.favourites.changed.connect(self._redraw_favourites)
        model.customer.changed.connect(self._redraw_customer)
        self.cart_key.clicked.connect(model.open_cart)
        entry.typed.connect(model.typed)
        entry.accepted.connect(model.accept)
        self.ticket.lines.chosen.connect(model.choose)
        self.ticket.lines.activated_row.connect(self._on_line_touched)
        self.keypad.digit.connect(entry.press)
        self.keypad.erased.connect(self._on_erased)
        self.keypad.multiplied.connect(lambda: model.multiply(entry.text))
        self.keypad.third_pressed.connect(entry.accept)
        self.keypad.accepted.connect(model.charge)
        self.quick_keys.page_chosen.connect(model.favourites.turn_to)
        self.quick_keys.pressed.connect(self._on_quick_key)
        self.strip.chosen.connect(self._on_tab)
        self.last_strip.chosen.connect(lambda tab: self._open_pickups() if tab else None)
        if self._pickups is not None:
            self._pickups.changed.connect(self._redraw_pickups)
        self.acts.pressed.connect(self._on_act)
        self.acts.refused.connect(self._on_act_refused)
        self.came_back.swap.clicked.connect(model.exchange.swap)
        self.came_back.swap.refused.connect(model.exchange.swap)
        self.came_back.off.clicked.connect(model.exchange.take_off)

    def _on_act_refused(self, act: str) -> None:
        """Say why a key is off that has a reason."""
        if self.acts.key(act).reason:
            self._on_act(act)

    def _on_line_touched(self, row: int) -> None:
        self.view_model.choose(row)
        self.view_model.edit_line()

    def _on_erased(self) -> None:
        if self.ticket.entry.text:
            self.ticket.entry.erase()
        else:
            self.view_model.step_back()

    def _on_quick_key(self, position: int) -> None:
        product = self.view_model.favourites.product_at(position)
        if product is not None:
            self.view_model.take(product)

    def _on_tab(self, tab: str) -> None:
        if tab == "search":
            self.strip.choose("keys")
            self.view_model.search()
        elif tab == "customer" and self.view_model.customer.known is None:
            self.strip.choose("keys")
            self.view_model.customer.find()
        self._show_tab()

    def _open_customer(self) -> None:
        """Show the customer on the ticket; pressed again their record, or look for one."""
        if self.view_model.customer.known is None or self.strip.chosen_id == "customer":
            self.view_model.customer.open()
        else:
            self.strip.choose("customer")

    def _open_pickups(self) -> None:
        if self._pickups is not None:
            self.last_strip.choose("")
            self._pickups.open()

    def _on_act(self, act: str) -> None:
        model = self.view_model
        {
            "park": model.parking.park_or_resume,
            "return": model.detours.take_back,
            "discount": model.discount,
            "price": model.detours.price_check,
            "drawer": model.detours.open_drawer,
            "void": model.void_chosen,
            "help": model.detours.help,
            "lock": model.detours.lock,
        }[act]()

    def _is_typing(self, event: QKeyEvent) -> bool:
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & commands:
            return False
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace)
        return event.key() in keys or bool(event.text() and event.text().isprintable())

    # -- drawing

    def _write(self) -> None:
        self._taught = -1
        self._keys.forget()
        self.strip.set_tabs(
            [
                Tab("keys", self.tr("Quick keys")),
                Tab("search", self.tr("Search"), "F2"),
                Tab("customer", self.tr("Customer"), "F3"),
            ]
        )
        self._redraw_pickups()
        self.keypad.set_decimal_sign(wording.decimal_sign())
        self.keypad.set_words(
            quantity=self.tr("Qty"),
            erase=self.tr("Erase"),
            third=self.tr("Accept"),
            third_cap=self.tr("Enter"),
            closing=self.keypad.closing.word,
            closing_cap="F10",
        )
        self.quick_keys.set_more_word(self.tr("More"))
        self.no_favourites.set_words(
            self.tr("No quick keys yet"), self.tr("The shop chooses them at the centre.")
        )

    def _redraw_pickups(self) -> None:
        self.last_strip.setVisible(self._pickups is not None)
        if self._pickups is not None:
            count = self._pickups.count
            self.last_strip.set_tabs([Tab("pickups", self.tr("Pickups"), "F5", count)])
            self.last_strip.choose("")

    def _redraw(self) -> None:
        model = self.view_model
        self.ticket.head.set_texts(*model.title_and_since)
        self.ticket.lines.set_rows([self._row(words) for words in model.rows])
        self.ticket.lines.choose(model.chosen_row)
        self.ticket.show_lines(not model.is_empty)
        self.came_back.show_exchange(model.exchange)
        show_totals(model, self.ticket.foot, self.keypad.closing)
        self._keys.show(model)
        if model.is_empty:
            self._redraw_teaching()

    def _row(self, words: LineWords) -> TicketRow:
        row = self._written.get(words)
        if row is None:
            row = TicketRow(
                str(words.number),
                words.quantity,
                words.name,
                words.amount,
                unit=words.unit,
                detail=words.detail,
                accent=words.accent,
                note=words.note,
                icon=words.icon,
                voided=words.voided,
                is_back=words.is_back,
            )
            if len(self._written) > 2_000:
                self._written.clear()
            self._written[words] = row
        return row

    def _redraw_teaching(self) -> None:
        waiting = self.view_model.parking.waiting
        if self._taught == waiting:
            return
        self._taught = waiting
        hints = [
            ("F2", self.tr("Find by name, brand or code")),
            ("F8", self.tr("See a price without selling")),
        ]
        if waiting:
            resume = self.tr("Take up a parked ticket: %n wait", "", waiting)
            hints.insert(1, ("F4", resume))
        self.ticket.teach.set_words(
            self.tr("Scan the first article"),
            self.tr("The code of a parked ticket or of a receipt\nis welcome too."),
            hints,
        )

    def _redraw_entry(self) -> None:
        model, entry = self.view_model, self.ticket.entry
        if model.panel_asks:
            entry.set_off(self.tr("Wait for the answer at the right"))
            return
        if model.coupons.asking:
            asking = self.tr("Asking whether coupon {code} is valid…")
            entry.set_off(asking.format(code=model.coupons.asking))
            return
        entry.set_waiting()
        entry.set_listening(model.hears_typing)
        if model.refusal:
            entry.set_refused(model.refusal)
        entry.set_quantity(f"{model.count} ×" if model.count > 1 else "")
        if model.question is not None:
            entry.set_words(model.question.prompt)
        elif model.is_searching:
            entry.set_words(self.tr("Scanning goes on adding here"))
        else:
            entry.set_words(self.tr("Scan or key in a code"), self.tr("several"), "3*")

    def _redraw_customer(self) -> None:
        """Follow whose the ticket is: the chip in its head, and the tab that comes and goes."""
        customer = self.view_model.customer.customer
        was_shown = not self.customer_chip.isHidden()
        self.customer_chip.setVisible(customer is not None)
        if customer is not None:
            text = " · ".join(part for part in (customer.name, customer.tier) if part)
            self.customer_chip.set_text(elided(text, "meta+", _CHIP_WIDTH))
        if (customer is not None) != was_shown:
            self.strip.choose("customer" if customer is not None else "keys")
        self._show_tab()

    def _show_tab(self) -> None:
        is_customer = self.strip.chosen_id == "customer"
        has_keys = bool(self.view_model.favourites.pages)
        self.customer_tab.setVisible(is_customer)
        self.quick_keys.setVisible(has_keys and not is_customer)
        self.no_favourites.setVisible(not has_keys and not is_customer)

    def _redraw_favourites(self) -> None:
        favourites = self.view_model.favourites
        self._show_tab()
        self.quick_keys.set_pages(favourites.pages, favourites.page)
        self.quick_keys.set_tiles(
            [
                TileWords(
                    key.position,
                    key.label,
                    favourites.price(key.product),
                    picture_of(key.product.picture, otherwise="tag"),
                    band_of(key.product.picture, key.label),
                )
                for key in favourites.keys
            ]
        )
