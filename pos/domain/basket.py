"""The ticket while it is open: lines, discounts, overrides, voids, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from pos.domain.catalogue import Product
from pos.domain.held_cart import HeldCart
from pos.domain.money import Money, total
from pos.domain.promotion import Coupon, GivenPromotion
from pos.domain.quantity import THOUSAND, Quantity
from pos.domain.stored_value import CardOnLine, masked
from pos.domain.tax import BASIS_POINTS_PER_WHOLE, TaxAmount, TaxRate, tax_of_ticket

MAX_LINES = 1000
MAX_PRICE_MINOR = 10_000_000_00
MAX_NOTE_LENGTH = 200
MAX_COUPONS = 20


class BasketError(ValueError):
    """An act the open ticket does not allow."""


class NoSuchLine(BasketError):
    """The line is not on the ticket, or is already voided."""


class TooManyLines(BasketError):
    """The ticket holds `MAX_LINES`; close it and open another."""


class PriceNotPossible(BasketError):
    """A price below zero or above `MAX_PRICE_MINOR`."""


class DiscountNotPossible(BasketError):
    """A discount that is not positive, above 100 %, or above what it is taken from."""


class TooManyCoupons(BasketError):
    """The ticket holds `MAX_COUPONS`."""


class EntryMethod(Enum):
    """How a product came onto the ticket (ARTS EntryMethod)."""

    SCANNED = "scanned"
    KEYED = "keyed"
    SEARCHED = "searched"
    QUICK_KEY = "quick_key"
    IMPORTED = "imported"
    ORDER = "order"  # of a customer's order that is paid when it is collected
    EXCHANGE = "exchange"  # the product that came back, taken again for what was paid
    CART = "cart"  # of the cart that the customer filled in the web shop


# Lines that cost what was agreed before, whatever the shop asks now.
_AGREED = frozenset({EntryMethod.IMPORTED, EntryMethod.ORDER, EntryMethod.EXCHANGE})


class DiscountKind(Enum):
    PERCENT = "percent"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Discount:
    """A price modifier: `value` is basis points of a percentage or minor units."""

    kind: DiscountKind
    value: int
    reason: str
    approved_by: str | None = None

    def amount_of(self, gross: Money) -> Money:
        """Return what is taken off `gross`, rounded half up, never more than it."""
        if self.kind is DiscountKind.PERCENT:
            return gross.scaled(self.value, BASIS_POINTS_PER_WHOLE)
        return Money(min(self.value, gross.minor), gross.currency)

    def basis_points_of(self, gross: Money) -> int:
        """Return the discount as basis points of `gross`, rounded up: what a limit is held to."""
        if self.kind is DiscountKind.PERCENT:
            return self.value
        return -(-self.value * BASIS_POINTS_PER_WHOLE // gross.minor) if gross.minor else 0


@dataclass(frozen=True, slots=True)
class PriceOverride:
    """A price other than the catalogue's, who allowed it, and why."""

    unit_price: Money
    reason: str
    approved_by: str | None = None


@dataclass(frozen=True)
class Line:
    """One line of the ticket. The product is a copy: later price changes do not reach it."""

    number: int
    product: Product
    quantity: Quantity
    entry_method: EntryMethod
    extended_price: Money | None = None  # a price printed on the label beats quantity x price
    price_override: PriceOverride | None = None
    discount: Discount | None = None
    note: str = ""
    is_void: bool = False
    card: CardOnLine | None = None  # what is paid for the line comes onto this gift card

    @property
    def unit_price(self) -> Money:
        return self.price_override.unit_price if self.price_override else self.product.price

    @cached_property
    def gross(self) -> Money:
        """Quantity times unit price, rounded half up once; or the price on the label."""
        if self.extended_price is not None and self.price_override is None:
            return self.extended_price
        return self.unit_price.scaled(self.quantity.thousandths, THOUSAND)

    @cached_property
    def discount_amount(self) -> Money:
        if self.discount is None:
            return Money(0, self.gross.currency)
        return self.discount.amount_of(self.gross)

    @property
    def net(self) -> Money:
        """What the line costs before promotions and its share of a ticket discount."""
        return self.gross - self.discount_amount

    @property
    def takes_promotions(self) -> bool:
        """True for what costs what the shop asks of everybody: no price was agreed by hand."""
        return (
            not self.is_void
            and self.discount is None
            and self.price_override is None
            and not self.product.has_open_price
            and self.card is None
            and self.entry_method not in _AGREED
        )


@dataclass(frozen=True, slots=True)
class LineTotal:
    """What a line comes to; ``net = gross - discount - promotion - ticket_discount``."""

    line: Line
    gross: Money
    discount: Money
    promotion: Money
    ticket_discount: Money
    net: Money


@dataclass(frozen=True, slots=True)
class Totals:
    """What the ticket comes to; `total` is what the customer pays, tax included."""

    lines: tuple[LineTotal, ...]
    gross: Money
    savings: Money
    total: Money
    tax: tuple[TaxAmount, ...]

    @property
    def tax_total(self) -> Money:
        return total((entry.tax for entry in self.tax), self.total.currency)


@dataclass(frozen=True)
class Basket:
    """An open ticket. Every act returns another basket; nothing changes in place.

    `catalogue_generation` pins the catalogue the ticket was begun with. `promotions` are what
    the lines as they are now get: an act that changes a line drops them, until they are found
    again (`with_promotions`). `customer_id` names whose ticket it is, empty for nobody's.
    `cart` is held for the lines that were entered from it.
    """

    basket_id: str
    currency: str
    opened_at_ms: int
    opened_by: str
    catalogue_generation: int = 0
    lines: tuple[Line, ...] = ()
    ticket_discount: Discount | None = None
    promotions: tuple[GivenPromotion, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    customer_id: str = ""
    cart: HeldCart | None = None

    # -- reading

    @cached_property
    def live_lines(self) -> tuple[Line, ...]:
        """The lines that count: all but the voided ones."""
        return tuple(line for line in self.lines if not line.is_void)

    @property
    def is_empty(self) -> bool:
        return not self.live_lines

    @cached_property
    def article_count(self) -> int:
        """Pieces of counted goods plus one for each measured line."""
        return sum(
            line.quantity.thousandths // THOUSAND if line.quantity.unit.is_counted else 1
            for line in self.live_lines
        )

    def line(self, number: int) -> Line:
        """Return a line that is not voided.

        Raises:
            NoSuchLine: There is none of that number.
        """
        for line in self.lines:
            if line.number == number and not line.is_void:
                return line
        raise NoSuchLine(f"line {number}")

    @cached_property
    def promotion_of_line(self) -> dict[int, Money]:
        """What promotions take off, by line number; lines that get none are not there."""
        taken_off: dict[int, Money] = {}
        for given in self.promotions:
            for share in given.shares:
                nothing = Money(0, self.currency)
                taken_off[share.line] = taken_off.get(share.line, nothing) + share.amount
        return taken_off

    @cached_property
    def subtotal(self) -> Money:
        """The sum of the lines after promotions, before the ticket discount."""
        before = total((line.net for line in self.live_lines), self.currency)
        return before - total(self.promotion_of_line.values(), self.currency)

    @cached_property
    def totals(self) -> Totals:
        """Lines with their shares of the ticket discount, savings, total and tax."""
        lines = self.live_lines
        taken_off = (
            self.ticket_discount.amount_of(self.subtotal)
            if self.ticket_discount
            else Money(0, self.currency)
        )
        nothing = Money(0, self.currency)
        given = [self.promotion_of_line.get(line.number, nothing) for line in lines]
        after = [line.net - promotion for line, promotion in zip(lines, given, strict=True)]
        shares = taken_off.allocate([net.minor for net in after])
        rows = tuple(
            LineTotal(line, line.gross, line.discount_amount, promotion, share, net - share)
            for line, promotion, net, share in zip(lines, given, after, shares, strict=True)
        )
        gross = total((row.gross for row in rows), self.currency)
        due = total((row.net for row in rows), self.currency)
        taxed: list[tuple[TaxRate, Money]] = [(row.line.product.tax_rate, row.net) for row in rows]
        return Totals(rows, gross, gross - due, due, tax_of_ticket(taxed))

    # -- acts

    def with_product(
        self,
        product: Product,
        quantity: Quantity,
        entry_method: EntryMethod,
        *,
        extended_price: Money | None = None,
        card: CardOnLine | None = None,
    ) -> Basket:
        """Add a line at the end; its number is never used again on this ticket.

        Raises:
            TooManyLines: The ticket is full.
            PriceNotPossible: The price is out of range or of another currency.
        """
        if len(self.lines) >= MAX_LINES:
            raise TooManyLines(f"{MAX_LINES} lines")
        self._check_price(product.price)
        if extended_price is not None:
            self._check_price(extended_price)
        note = masked(card.named.last4) if card else ""
        number = len(self.lines) + 1
        line = Line(number, product, quantity, entry_method, extended_price, note=note, card=card)
        self._check_price(line.gross)
        return replace(self, lines=(*self.lines, line), promotions=())

    def with_quantity(self, number: int, quantity: Quantity) -> Basket:
        """Set the quantity of a line.

        Raises:
            BasketError: No such line, a line whose price is printed on its label, or an
                amount that cannot be.
        """
        line = self.line(number)
        if line.extended_price is not None:
            raise PriceNotPossible("the label fixes price and quantity")
        changed = replace(line, quantity=quantity)
        self._check_price(changed.gross)
        return self._with(changed)

    def with_discount(self, number: int, discount: Discount | None) -> Basket:
        """Set or remove the discount of a line.

        Raises:
            DiscountNotPossible: Not positive, or more than the line.
        """
        line = self.line(number)
        if discount is not None:
            _check_discount(discount, line.gross)
        return self._with(replace(line, discount=discount))

    def with_ticket_discount(self, discount: Discount | None) -> Basket:
        """Set or remove the discount of the whole ticket.

        Raises:
            DiscountNotPossible: Not positive, or more than the ticket.
        """
        if discount is not None:
            _check_discount(discount, self.subtotal)
        return replace(self, ticket_discount=discount)

    def with_price_override(self, number: int, override: PriceOverride) -> Basket:
        """Sell a line at another unit price.

        Raises:
            PriceNotPossible: The price is out of range.
        """
        self._check_price(override.unit_price)
        changed = replace(self.line(number), price_override=override)
        self._check_price(changed.gross)
        if changed.discount is not None:
            _check_discount(changed.discount, changed.gross)
        return self._with(changed)

    def with_note(self, number: int, note: str) -> Basket:
        """Write a note on a line, cut to `MAX_NOTE_LENGTH` characters."""
        return self._with(replace(self.line(number), note=note.strip()[:MAX_NOTE_LENGTH]))

    def with_line_voided(self, number: int) -> Basket:
        """Void a line before tender (ARTS VoidFlag): it stays visible and counts nothing."""
        return self._with(replace(self.line(number), is_void=True))

    def with_promotions(self, given: tuple[GivenPromotion, ...]) -> Basket:
        """Take over what promotions come to for the lines as they are.

        Raises:
            DiscountNotPossible: One takes nothing off, names a line twice, or is for a coupon
                that is not on the ticket; or a line gets more off than it has left, or takes
                none.
        """
        codes = {"", *(held.code for held in self.coupons)}
        for one in given:
            numbers = {share.line for share in one.shares if share.amount.minor > 0}
            if not numbers or len(numbers) != len(one.shares) or one.coupon not in codes:
                raise DiscountNotPossible(f"promotion {one.promotion_id}")
        changed = replace(self, promotions=given)
        takes = {line.number: line.net for line in self.lines if line.takes_promotions}
        for number, amount in changed.promotion_of_line.items():
            if number not in takes or amount > takes[number]:
                raise DiscountNotPossible(f"{amount.minor} off line {number}")
        return changed

    def with_coupon(self, coupon: Coupon) -> Basket:
        """Put a coupon on the ticket; one with the same code is replaced.

        Raises:
            TooManyCoupons: The ticket is full of them.
        """
        others = tuple(held for held in self.coupons if held.code != coupon.code)
        if len(others) >= MAX_COUPONS:
            raise TooManyCoupons(f"{MAX_COUPONS} coupons")
        return replace(self, coupons=(*others, coupon), promotions=())

    def without_coupon(self, code: str) -> Basket:
        """Take a coupon off the ticket."""
        others = tuple(held for held in self.coupons if held.code != code)
        return replace(self, coupons=others, promotions=())

    def _with(self, changed: Line) -> Basket:
        lines = tuple(changed if line.number == changed.number else line for line in self.lines)
        return replace(self, lines=lines, promotions=())

    def _check_price(self, price: Money) -> None:
        if price.currency != self.currency or not 0 <= price.minor <= MAX_PRICE_MINOR:
            raise PriceNotPossible(f"{price.minor} {price.currency}")


def _check_discount(discount: Discount, gross: Money) -> None:
    largest = BASIS_POINTS_PER_WHOLE if discount.kind is DiscountKind.PERCENT else gross.minor
    if not 0 < discount.value <= largest:
        raise DiscountNotPossible(f"{discount.kind.value} {discount.value} of {gross.minor}")
