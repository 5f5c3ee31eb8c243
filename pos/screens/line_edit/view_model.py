"""What can be changed on one line: how many, at which price, why."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QObject, Signal

from pos import formatting
from pos.domain.basket import BasketError, Line, NoSuchLine
from pos.domain.money import Money
from pos.domain.quantity import MAX_THOUSANDTHS, THOUSAND, Quantity, QuantityNotPossible
from pos.domain.staff import Act, Approval, Capability
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.discount.view_model import DiscountViewModel
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import sell

_LARGEST_PRICE_MINOR = 10_000_00


class Editing(Enum):
    QUANTITY = "quantity"
    PRICE = "price"


class LineEditViewModel(QObject):
    """One line under the hand; every act is recorded before it is shown."""

    changed = Signal()
    text_replaced = Signal(str)

    def __init__(
        self, counter: Counter, navigator: Navigator, number: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._number = counter, navigator, number
        self.editing = Editing.QUANTITY
        self.text = ""
        self.wrong = ""
        counter.ticket_changed.connect(self._on_ticket)

    @property
    def line(self) -> Line | None:
        """The line, or None when it does not count any more."""
        ticket = self._counter.ticket
        if ticket is None:
            return None
        try:
            return ticket.basket.line(self._number)
        except NoSuchLine:
            return None

    @property
    def title(self) -> str:
        return self.line.product.name if self.line else ""

    @property
    def subtitle(self) -> str:
        line = self.line
        if line is None:
            return ""
        each = wording.unit_price(line.unit_price, line.quantity.unit)
        parts = [f"{wording.measured(line.quantity)} × {each}", line.note]
        return " · ".join(part for part in parts if part)

    @property
    def amount(self) -> str:
        return wording.money(self.line.net) if self.line else ""

    @property
    def current_text(self) -> str:
        """What the field shows before anything is typed."""
        line = self.line
        if line is None:
            return ""
        if self.editing is Editing.QUANTITY:
            return wording.number(line.quantity.thousandths)
        return wording.bare_amount(line.unit_price)

    @property
    def fixed(self) -> str:
        """Why the quantity cannot be changed; empty when it can."""
        if self.line is not None and self.line.extended_price is not None:
            return self.tr("the label fixes it")
        return ""

    @property
    def can_confirm(self) -> bool:
        return bool(self.text) and not self.wrong

    def edit(self, what: Editing) -> None:
        """Change quantity or price."""
        if what is self.editing:
            return  # what is keyed stays
        self.editing = what
        self.text, self.wrong = "", ""
        self.text_replaced.emit(self.current_text)
        self.changed.emit()

    def write(self, text: str) -> None:
        """Take what stands in the field."""
        self.text = text
        self.wrong = self._what_is_wrong(text) if text else ""
        self.changed.emit()

    def step(self, by: int) -> None:
        """One more or one less of a counted article."""
        line = self.line
        if line is None or not line.quantity.unit.is_counted:
            return
        thousandths = line.quantity.thousandths + by * THOUSAND
        if 0 < thousandths <= MAX_THOUSANDTHS:
            self._set_quantity(Quantity(thousandths, line.quantity.unit), closes=False)

    def confirm(self) -> None:
        """Record the quantity or the price that was keyed."""
        line = self.line
        if line is None or not self.text:
            self.close()
        elif not self.wrong and self.editing is Editing.QUANTITY:
            thousandths = int(formatting.parse_quantity(self.text) * THOUSAND)
            self._set_quantity(Quantity(thousandths, line.quantity.unit), closes=True)
        elif not self.wrong:
            self._ask_price(line)

    def discount(self) -> None:
        """Go on to a discount for this line."""
        self._navigator.open(DiscountViewModel(self._counter, self._navigator, self._number))

    def note(self) -> None:
        """Write a note on the line."""
        line = self.line
        if line is None:
            return
        entry = TextEntryViewModel(
            self._navigator,
            self.tr("Note on {name}").format(name=line.product.name),
            line.note,
            hint=self.tr("It is printed on the receipt."),
            may_be_empty=True,
        )
        entry.written.connect(self._write_note)
        self._navigator.open(entry)

    def void(self) -> None:
        """Void the line."""
        self._change(lambda ticket: sell.void_line(self._counter.sign_on, ticket, self._number))

    def close(self) -> None:
        """Leave the line as it is."""
        self._navigator.close(self)

    # -- inside

    def _what_is_wrong(self, text: str) -> str:
        line = self.line
        if line is None:
            return ""
        try:
            if self.editing is Editing.QUANTITY:
                Quantity(int(formatting.parse_quantity(text) * THOUSAND), line.quantity.unit)
                return ""
            minor = formatting.parse_amount(text, line.unit_price.currency)
        except formatting.NumberError as error:
            return self._number_words(error)
        except QuantityNotPossible:
            if line.quantity.unit.is_counted:
                return self.tr("whole pieces, from 1")
            return self.tr("above 0, at most {most}").format(most=wording.number(MAX_THOUSANDTHS))
        if 0 <= minor <= _LARGEST_PRICE_MINOR:
            return ""
        most = Money(_LARGEST_PRICE_MINOR, line.unit_price.currency)
        return self.tr("from 0 to {most}").format(most=wording.money(most))

    def _number_words(self, error: formatting.NumberError) -> str:
        if error.problem is formatting.Problem.TOO_MANY_DECIMALS:
            return self.tr("at most %n decimals", "", error.places)
        return self.tr("not a number")

    def _set_quantity(self, quantity: Quantity, *, closes: bool) -> None:
        sign_on = self._counter.sign_on
        self._change(
            lambda ticket: sell.set_quantity(sign_on, ticket, self._number, quantity),
            closes=closes,
        )

    def _write_note(self, note: str) -> None:
        sign_on = self._counter.sign_on
        self._change(
            lambda ticket: sell.set_note(sign_on, ticket, self._number, note), closes=False
        )

    def _ask_price(self, line: Line) -> None:
        currency = line.unit_price.currency
        price = Money(formatting.parse_amount(self.text, currency), currency)
        name = wording.first_name(self._counter.sign_on.operator)
        title = self.tr("{price} instead of {before} for {name}").format(
            price=wording.money(price),
            before=wording.money(line.product.price),
            name=line.product.name,
        )
        reasons = (
            self.tr("Shelf label differs"),
            self.tr("Match the web"),
            self.tr("Visible defect"),
        )
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(Capability.PRICE_OVERRIDE),
                title,
                self.tr("{name} may not change prices").format(name=name),
                price - line.unit_price,
                reasons,
                lambda approval: self._override_price(price, approval, reasons[0]),
            ),
        )

    def _override_price(self, price: Money, approval: Approval | None, reason: str) -> None:
        sign_on = self._counter.sign_on
        said = approval.reason if approval is not None else reason
        self._change(
            lambda ticket: sell.override_price(
                sign_on, ticket, self._number, price, reason=said, approval=approval
            )
        )

    def _change(self, act: Callable[[Ticket], Ticket], *, closes: bool = True) -> None:
        ticket = self._counter.ticket
        if ticket is None:
            return
        try:
            changed = attempt(self._counter, self._navigator, lambda: act(ticket))
        except BasketError:
            self.wrong = self.fixed or self.tr("that cannot be")
            self.changed.emit()
            return
        if changed is None:
            return
        if closes:
            self._navigator.close_all()
        self._counter.put(changed)

    def _on_ticket(self) -> None:
        if self.line is None:
            self._navigator.close(self)
            return
        self.text, self.wrong = "", ""
        self.text_replaced.emit(self.current_text)
        self.changed.emit()
