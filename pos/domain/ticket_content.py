"""A whole ticket as a fact carries it, and read back: strictly, because others hand it on.

What is read may come from another till by way of the hub, or from this till's own facts after
a restore. Nothing of it is believed: every value has a type and a range, texts are cleaned, and
the lines must come to the total that is named. Contents from before there were promotions name
neither these nor coupons.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NoReturn

from pos.domain.basket import (
    MAX_COUPONS,
    MAX_LINES,
    MAX_NOTE_LENGTH,
    MAX_PRICE_MINOR,
    Basket,
    Discount,
    DiscountKind,
    EntryMethod,
    Line,
    PriceOverride,
)
from pos.domain.catalogue import Product
from pos.domain.fields import IDENTIFIER, Fields
from pos.domain.free_text import MAX_REASON_LENGTH
from pos.domain.held_cart import HeldCart
from pos.domain.journal import Json, canonical_json
from pos.domain.money import Money
from pos.domain.promotion import Coupon, GivenPromotion, Share
from pos.domain.promotion_content import CODE
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import coupon_body, promotion_body
from pos.domain.stored_value import CardOnLine
from pos.domain.tax import BASIS_POINTS_PER_WHOLE, TaxRate
from pos.domain.tender import Tender, TenderKind
from pos.domain.ticket import Ticket, TicketState

MAX_BYTES = 250_000  # a fact above half a megabyte would not be sent in one piece
MAX_NAME_LENGTH = 400
MAX_LABEL_LENGTH = 40
MAX_PROMOTIONS = 2 * MAX_LINES  # one on each unit of a line, and some on the whole
LATEST_MS = 253_402_300_799_999  # the end of the year 9999
LARGEST_TOTAL = MAX_PRICE_MINOR * MAX_LINES
_PICTURE = re.compile(r"[\w][\w.\-]{0,99}")  # a name, never a way into another folder
_CURRENCY = re.compile(r"[A-Z]{3}")


class UnreadableTicket(ValueError):
    """Something of the content is missing or cannot be; the ticket is not taken up."""


def ticket_content(ticket: Ticket) -> dict[str, Json]:
    """Return everything of a ticket; amounts in minor units, quantities in thousandths."""
    basket = ticket.basket
    return {
        "basket_id": basket.basket_id,
        "currency": basket.currency,
        "opened_at_ms": basket.opened_at_ms,
        "opened_by": basket.opened_by,
        "catalogue_generation": basket.catalogue_generation,
        "label": ticket.label,
        "changed_at_ms": ticket.changed_at_ms,
        "total": basket.totals.total.minor,
        "discount": _discount_of(basket.ticket_discount),
        "lines": [_line_of(line) for line in basket.lines],
        "promotions": [promotion_body(given) for given in basket.promotions],
        "coupons": [coupon_body(held) for held in basket.coupons],
        "tenders": [
            {
                "kind": tender.kind.value,
                "amount": tender.amount.minor,
                "tendered": tender.tendered.minor,
                "reference": tender.reference,
                "authorisation": tender.authorisation,
                "verified": tender.is_verified,
            }
            for tender in ticket.tenders
        ],
        **({"customer_id": basket.customer_id} if basket.customer_id else {}),
        **({"cart": [basket.cart.customer_id, basket.cart.fence]} if basket.cart else {}),
    }


def carried_content(ticket: Ticket) -> dict[str, Json] | None:
    """Return everything of a ticket for a fact, None when it would be too long to be sent."""
    content = ticket_content(ticket)
    return content if len(canonical_json(content).encode()) <= MAX_BYTES else None


def read_ticket(content: object, *, state: TicketState = TicketState.PARKED) -> Ticket:
    """Return the ticket that a content describes, in `state`.

    Raises:
        UnreadableTicket: It describes none that could be sold.
    """
    told = _Fields(content)
    currency = told.text("currency", _CURRENCY)
    lines = tuple(
        _line(number, _Fields(line), currency)
        for number, line in enumerate(told.rows("lines", MAX_LINES), start=1)
    )
    bare = Basket(
        basket_id=told.text("basket_id", IDENTIFIER),
        currency=currency,
        opened_at_ms=told.number("opened_at_ms", 0, LATEST_MS),
        opened_by=told.text("opened_by", IDENTIFIER),
        catalogue_generation=told.number("catalogue_generation", 0, 2**63 - 1),
        lines=lines,
        ticket_discount=_discount(told.maybe("discount")),
        customer_id=told.text("customer_id", IDENTIFIER) if told.names("customer_id") else "",
        cart=_cart(told),
    )
    basket = _with_promotions(bare, told)
    if basket.totals.total.minor != told.number("total", 0, LARGEST_TOTAL):
        raise UnreadableTicket("the lines do not come to the total")
    return Ticket(
        basket,
        state,
        tuple(_tender(_Fields(row), currency) for row in told.rows("tenders", 100)),
        told.words("label", MAX_LABEL_LENGTH),
        told.number("changed_at_ms", 0, LATEST_MS),
    )


def _line_of(line: Line) -> dict[str, Json]:
    product, override = line.product, line.price_override
    return {
        "sku": product.sku,
        "gtin": product.gtin,
        "name": product.name,
        "price": product.price.minor,
        "tax_basis_points": product.tax_rate.basis_points,
        "tax_name": product.tax_rate.name,
        "brand": product.brand,
        "department": product.department,
        "picture": product.picture,
        "open_price": product.has_open_price,
        "demonstration_price": product.has_demonstration_price,
        "product_unit": product.unit.value,
        "quantity": line.quantity.thousandths,
        "unit": line.quantity.unit.value,
        "entry": line.entry_method.value,
        "extended": line.extended_price.minor if line.extended_price is not None else None,
        "override": None
        if override is None
        else {
            "price": override.unit_price.minor,
            "reason": override.reason,
            "approved_by": override.approved_by,
        },
        "discount": _discount_of(line.discount),
        "note": line.note,
        "void": line.is_void,
        **({"card": line.card.reference, "card_new": line.card.is_new} if line.card else {}),
    }


def _line(number: int, told: _Fields, currency: str) -> Line:
    extended = told.maybe("extended")
    line = Line(
        number=number,
        product=_product(told, currency),
        quantity=told.possible(
            lambda: Quantity(told.number("quantity", 1, 2**53), told.choice("unit", Unit))
        ),
        entry_method=told.choice("entry", EntryMethod),
        extended_price=None if extended is None else Money(told.price("extended"), currency),
        price_override=_override(told.maybe("override"), currency),
        discount=_discount(told.maybe("discount")),
        note=told.words("note", MAX_NOTE_LENGTH),
        is_void=told.flag("void"),
        card=_card(told),
    )
    if not 0 <= line.gross.minor <= MAX_PRICE_MINOR:
        raise UnreadableTicket(f"line {number} comes to {line.gross.minor}")
    return line


def _card(told: _Fields) -> CardOnLine | None:
    if not told.names("card"):
        return None
    card = CardOnLine(told.words("card", 200), told.flag("card_new"))
    told.possible(lambda: card.named)
    return card


def _cart(told: _Fields) -> HeldCart | None:
    if not told.names("cart"):
        return None
    said = told.rows("cart", 2)
    if len(said) != 2:
        told.refuse("a cart")
    held = _Fields({"customer_id": said[0], "fence": said[1]})
    return HeldCart(held.text("customer_id", IDENTIFIER), held.number("fence", 0, 2**53))


def _product(told: _Fields, currency: str) -> Product:
    gtin, picture = told.maybe("gtin"), told.words("picture", 100)
    return Product(
        sku=told.words("sku", 64) or _refuse("a product without a number"),
        gtin=None if gtin is None else told.number("gtin", 0, 10**14 - 1),
        name=told.words("name", MAX_NAME_LENGTH),
        price=Money(told.price("price"), currency),
        tax_rate=TaxRate(
            told.number("tax_basis_points", 0, BASIS_POINTS_PER_WHOLE), told.words("tax_name", 64)
        ),
        unit=told.choice("product_unit", Unit),
        brand=told.words("brand", MAX_NAME_LENGTH),
        department=told.words("department", MAX_NAME_LENGTH),
        picture=picture if _PICTURE.fullmatch(picture) else "",
        has_open_price=told.flag("open_price"),
        has_demonstration_price=told.flag("demonstration_price"),
    )


def _override(content: object, currency: str) -> PriceOverride | None:
    if content is None:
        return None
    told = _Fields(content)
    price = Money(told.price("price"), currency)
    return PriceOverride(
        price, told.words("reason", MAX_REASON_LENGTH), told.person("approved_by")
    )


def _discount_of(discount: Discount | None) -> dict[str, Json] | None:
    if discount is None:
        return None
    return {
        "kind": discount.kind.value,
        "value": discount.value,
        "reason": discount.reason,
        "approved_by": discount.approved_by,
    }


def _discount(content: object) -> Discount | None:
    if content is None:
        return None
    told = _Fields(content)
    kind = told.choice("kind", DiscountKind)
    largest = BASIS_POINTS_PER_WHOLE if kind is DiscountKind.PERCENT else LARGEST_TOTAL
    return Discount(
        kind,
        told.number("value", 1, largest),
        told.words("reason", MAX_REASON_LENGTH),
        told.person("approved_by"),
    )


def _with_promotions(basket: Basket, told: _Fields) -> Basket:
    coupons = tuple(
        Coupon(
            row.text("code", CODE),
            row.text("promotion_id", IDENTIFIER),
            row.number("fence", 0, 2**53),
        )
        for row in told.later("coupons", MAX_COUPONS)
    )
    if len({held.code for held in coupons}) != len(coupons):
        told.refuse("a coupon twice")
    given = tuple(
        GivenPromotion(
            row.text("promotion_id", IDENTIFIER),
            row.words("name", MAX_NAME_LENGTH),
            tuple(_share(_Fields(one), basket.currency) for one in row.rows("lines", MAX_LINES)),
            row.words("coupon", MAX_LABEL_LENGTH),
            row.flag("on_total"),
        )
        for row in told.later("promotions", MAX_PROMOTIONS)
    )
    return told.possible(lambda: replace(basket, coupons=coupons).with_promotions(given))


def _share(told: _Fields, currency: str) -> Share:
    return Share(told.number("line", 1, MAX_LINES), Money(told.price("amount"), currency))


def _tender(told: _Fields, currency: str) -> Tender:
    amount = told.number("amount", 1, LARGEST_TOTAL)
    return Tender(
        told.choice("kind", TenderKind),
        Money(amount, currency),
        Money(told.number("tendered", amount, LARGEST_TOTAL), currency),
        told.words("reference", 200),
        told.words("authorisation", 200),
        told.flag("verified"),
    )


class _Fields(Fields):
    refusal = UnreadableTicket

    def names(self, name: str) -> bool:
        """True for what earlier contents, or lines of another kind, do not name."""
        return name in self._values

    def later(self, name: str, most: int) -> list[_Fields]:
        """Return the rows of what earlier contents did not name yet."""
        return [_Fields(row) for row in self.rows(name, most)] if self.names(name) else []


def _refuse(what: str) -> NoReturn:
    raise UnreadableTicket(what)
