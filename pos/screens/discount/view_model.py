"""How much is taken off, from what, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos import formatting
from pos.domain.basket import Discount, DiscountKind, DiscountNotPossible, Line, NoSuchLine
from pos.domain.money import Money
from pos.domain.staff import Approval
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import sell
from pos.services.sell import WHOLE_TICKET

OTHER = "other"
QUICK_PERCENTS = (5, 10, 15, 20)


class DiscountViewModel(QObject):
    """One discount on its way: scope, kind, size, reason; then permission if it needs one.

    `on_coupon` takes the code of a coupon that is to be used instead; without it none is asked.
    """

    changed = Signal()
    text_replaced = Signal(str)

    refuses_scans = True

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        line: int,
        parent: QObject | None = None,
        *,
        on_coupon: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._line, self._on_coupon = line, on_coupon
        self.on_ticket = line == WHOLE_TICKET
        self.kind = DiscountKind.PERCENT
        self.text = ""
        self.reason = ""
        self.wrong = ""

    # -- what is shown

    @property
    def has_line(self) -> bool:
        """True when there is a line the discount could be for."""
        return self._line != WHOLE_TICKET

    @property
    def asks_for_coupons(self) -> bool:
        return self._on_coupon is not None

    @property
    def title(self) -> str:
        line = self._target_line
        if line is None:
            return self.tr("Discount on the ticket")
        return self.tr("Discount on {name}").format(name=line.product.name)

    @property
    def before(self) -> Money:
        """What the discount is taken from."""
        line = self._target_line
        return self._ticket.basket.subtotal if line is None else line.gross

    @property
    def instead_of(self) -> str:
        """The promotions that the line gives up for a discount by hand."""
        line = self._target_line
        if line is None:
            return ""
        given = self._ticket.basket.promotions
        on_line = (
            one.name for one in given if any(share.line == line.number for share in one.shares)
        )
        return ", ".join(on_line)

    @property
    def taken_off(self) -> Money | None:
        """What is taken off, once something possible is keyed."""
        discount = self._discount
        return discount.amount_of(self.before) if discount else None

    @property
    def existing(self) -> Discount | None:
        """The discount that stands there already."""
        line = self._target_line
        return self._ticket.basket.ticket_discount if line is None else line.discount

    @property
    def reasons(self) -> tuple[str, ...]:
        return (
            self.tr("Visible defect"),
            self.tr("Match the web"),
            self.tr("After a complaint"),
        )

    @property
    def missing(self) -> str:
        """What is missing before it can be given; empty when nothing is."""
        if self._discount is None:
            return self.tr("key in how much")
        return "" if self.reason else self.tr("choose a reason")

    @property
    def currency_sign(self) -> str:
        return formatting.money_text(0, self._currency, wording.locale()).strip("0.,\u00a0 ")

    # -- verbs

    def on_whole_ticket(self, whole: bool) -> None:
        """Say whether it is for the ticket or the line."""
        self.on_ticket = whole or not self.has_line
        self._tell()

    def ask_coupon(self) -> None:
        """Ask for the code of a coupon that cannot be scanned."""
        entry = TextEntryViewModel(
            self._navigator, self.tr("Coupon"), "", hint=self.tr("As it stands below the code")
        )
        entry.written.connect(self._on_code)
        self._navigator.open(entry)

    def count_as(self, kind: DiscountKind) -> None:
        """Say whether it is a percentage or an amount."""
        if kind is self.kind:
            return  # what is keyed stays
        self.kind = kind
        self.set_text("")

    def write(self, text: str) -> None:
        """Take what stands in the field."""
        self.text = text
        self._tell()

    def set_text(self, text: str) -> None:
        """Put another text into the field."""
        self.write(text)
        self.text_replaced.emit(text)

    def choose_reason(self, reason: str) -> None:
        """Choose a reason, or go and write another."""
        if reason != OTHER:
            self.reason = reason
            self.changed.emit()
            return
        entry = TextEntryViewModel(self._navigator, self.tr("Another reason"), "")
        entry.written.connect(self.choose_reason)
        self._navigator.open(entry)

    def confirm(self) -> None:
        """Give the discount, asking for permission where its size needs one."""
        discount = self._discount
        if discount is None or self.missing:
            return
        amount = discount.amount_of(self.before)
        size = (
            wording.percent(discount.value)
            if discount.kind is DiscountKind.PERCENT
            else wording.money(amount)
        )
        line = self._target_line
        title = (
            self.tr("Discount of {size} on the ticket").format(size=size)
            if line is None
            else self.tr("Discount of {size} on {name}").format(size=size, name=line.product.name)
        )
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                sell.discount_act(self._ticket, self._number, discount),
                title,
                self._why_asked(),
                -amount,
                tuple(dict.fromkeys((self.reason, *self.reasons))),
                lambda approval: self._give(discount, approval),
            ),
        )

    def remove(self) -> None:
        """Take the standing discount back."""
        sign_on, ticket, number = self._counter.sign_on, self._ticket, self._number
        changed = attempt(
            self._counter,
            self._navigator,
            lambda: sell.remove_discount(sign_on, ticket, number),
        )
        self._show(changed)

    def close(self) -> None:
        """Give none."""
        self._navigator.close(self)

    # -- inside

    @property
    def _ticket(self) -> Ticket:
        ticket = self._counter.ticket
        if ticket is None:
            raise RuntimeError("a discount without a ticket")
        return ticket

    @property
    def _currency(self) -> str:
        return self._counter.station.currency

    @property
    def _target_line(self) -> Line | None:
        if self.on_ticket:
            return None
        try:
            return self._ticket.basket.line(self._line)
        except NoSuchLine:
            return None

    @property
    def _number(self) -> int:
        return WHOLE_TICKET if self._target_line is None else self._line

    @property
    def _discount(self) -> Discount | None:
        """The discount as keyed, or None while it cannot be."""
        if self.wrong or not self.text:
            return None
        return Discount(self.kind, self._value(), self.reason)

    def _value(self) -> int:
        if self.kind is DiscountKind.PERCENT:
            return int(formatting.parse_number(self.text, 2) * 100)
        return formatting.parse_amount(self.text, self._currency)

    def _tell(self) -> None:
        self.wrong = self._what_is_wrong()
        self.changed.emit()

    def _what_is_wrong(self) -> str:
        if not self.text:
            return ""
        try:
            value = self._value()
        except formatting.NumberError:
            value = 0
        percent = self.kind is DiscountKind.PERCENT
        most = 100_00 if percent else self.before.minor
        if 0 < value <= most:
            return ""
        largest = wording.percent(most) if percent else wording.money(self.before)
        return self.tr("at most {largest}").format(largest=largest)

    def _why_asked(self) -> str:
        name = wording.first_name(self._counter.sign_on.operator)
        limit = self._counter.station.policy.permissions[
            self._counter.sign_on.operator.role
        ].discount_limit
        standing = self.existing
        if limit:
            text = self.tr("{name} may give up to {limit}").format(
                name=name, limit=wording.percent(limit)
            )
        else:
            text = self.tr("{name} may not give discounts").format(name=name)
        if standing is None or standing.kind is not DiscountKind.PERCENT:
            return text
        return self.tr("{text}; it carries {size} already").format(
            text=text, size=wording.percent(standing.value)
        )

    def _give(self, discount: Discount, approval: Approval | None) -> None:
        sign_on, ticket, number = self._counter.sign_on, self._ticket, self._number
        given = discount
        if approval is not None and approval.reason:
            given = Discount(discount.kind, discount.value, approval.reason)
        try:
            changed = attempt(
                self._counter,
                self._navigator,
                lambda: sell.give_discount(sign_on, ticket, number, given, approval),
            )
        except DiscountNotPossible:
            self.wrong = self.tr("more than there is")
            self.changed.emit()
            return
        self._show(changed)

    def _on_code(self, code: str) -> None:
        self._navigator.close_all()
        if self._on_coupon is not None:
            self._on_coupon(code)

    def _show(self, changed: Ticket | None) -> None:
        if changed is not None:
            self._navigator.close_all()
            self._counter.put(changed)
