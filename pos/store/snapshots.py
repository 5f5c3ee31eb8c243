"""How parts of an open ticket are written down as JSON and read back."""

from __future__ import annotations

from typing import Any

from pos.domain.basket import (
    Discount,
    DiscountKind,
    EntryMethod,
    Line,
    PriceOverride,
)
from pos.domain.catalogue import Product
from pos.domain.held_cart import HeldCart
from pos.domain.money import Money
from pos.domain.promotion import Coupon, GivenPromotion, Share
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import coupon_body, promotion_body
from pos.domain.stored_value import CardOnLine
from pos.domain.tax import TaxRate
from pos.domain.tender import Tender, TenderKind
from pos.store.statements import from_json, to_json


def line_to_json(line: Line) -> str:
    """Return a line with a copy of its product; the currency is the ticket's."""
    override = line.price_override
    return to_json(
        {
            "product": _product(line.product),
            "quantity": [line.quantity.thousandths, line.quantity.unit.value],
            "entry": line.entry_method.value,
            "extended": None if line.extended_price is None else line.extended_price.minor,
            "override": None
            if override is None
            else [override.unit_price.minor, override.reason, override.approved_by],
            "discount": _discount(line.discount),
            "note": line.note,
            "void": line.is_void,
            **({"card": [line.card.reference, line.card.is_new]} if line.card else {}),
        }
    )


def line_from_json(number: int, text: str, currency: str) -> Line:
    """Return the line that `line_to_json` wrote."""
    body = from_json(text)
    thousandths, unit = body["quantity"]
    extended, override = body["extended"], body["override"]
    return Line(
        number=number,
        product=_product_from(body["product"], currency),
        quantity=Quantity(thousandths, Unit(unit)),
        entry_method=EntryMethod(body["entry"]),
        extended_price=None if extended is None else Money(extended, currency),
        price_override=None
        if override is None
        else PriceOverride(Money(override[0], currency), override[1], override[2]),
        discount=_discount_from(body["discount"]),
        note=body["note"],
        is_void=body["void"],
        card=CardOnLine(*body["card"]) if "card" in body else None,
    )


def discount_to_json(discount: Discount | None) -> str:
    """Return a discount of the whole ticket."""
    return to_json(_discount(discount))


def discount_from_json(text: str) -> Discount | None:
    """Return the discount that `discount_to_json` wrote."""
    return _discount_from(from_json(text))


def promotions_to_json(promotions: tuple[GivenPromotion, ...]) -> str:
    """Return what promotions take off the lines; the currency is the ticket's."""
    return to_json([promotion_body(given) for given in promotions])


def promotions_from_json(text: str, currency: str) -> tuple[GivenPromotion, ...]:
    """Return the promotions that `promotions_to_json` wrote."""
    return tuple(promotion_from(given, currency) for given in from_json(text))


def promotion_from(given: dict[str, Any], currency: str) -> GivenPromotion:
    """Return the promotion of a `promotion_body`."""
    shares = (Share(one["line"], Money(one["amount"], currency)) for one in given["lines"])
    return GivenPromotion(
        given["promotion_id"], given["name"], tuple(shares), given["coupon"], given["on_total"]
    )


def coupons_to_json(coupons: tuple[Coupon, ...]) -> str:
    """Return the coupons on a ticket."""
    return to_json([coupon_body(held) for held in coupons])


def coupons_from_json(text: str) -> tuple[Coupon, ...]:
    """Return the coupons that `coupons_to_json` wrote."""
    return tuple(
        Coupon(held["code"], held["promotion_id"], held["fence"]) for held in from_json(text)
    )


def cart_to_json(cart: HeldCart | None) -> str:
    """Return the cart that a ticket holds; empty for none."""
    return "" if cart is None else to_json([cart.customer_id, cart.fence])


def cart_from_json(text: str) -> HeldCart | None:
    """Return the cart that `cart_to_json` wrote."""
    return HeldCart(*from_json(text)) if text else None


def tenders_to_json(tenders: tuple[Tender, ...]) -> str:
    """Return the tenders taken so far; the currency is the ticket's."""
    return to_json(
        [
            [
                tender.kind.value,
                tender.amount.minor,
                tender.tendered.minor,
                tender.reference,
                tender.authorisation,
                tender.is_verified,
            ]
            for tender in tenders
        ]
    )


def tenders_from_json(text: str, currency: str) -> tuple[Tender, ...]:
    """Return the tenders that `tenders_to_json` wrote."""
    return tuple(
        Tender(TenderKind(kind), Money(amount, currency), Money(tendered, currency), *rest)
        for kind, amount, tendered, *rest in from_json(text)
    )


def _product(product: Product) -> list[object]:
    return [
        product.sku,
        product.gtin,
        product.name,
        product.price.minor,
        product.tax_rate.basis_points,
        product.tax_rate.name,
        product.unit.value,
        product.brand,
        product.department,
        product.picture,
        product.has_open_price,
        product.has_demonstration_price,
    ]


def _product_from(row: list[Any], currency: str) -> Product:
    sku, gtin, name, price, basis_points, tax_name, unit, *rest = row
    rate = TaxRate(basis_points, tax_name)
    return Product(sku, gtin, name, Money(price, currency), rate, Unit(unit), *rest)


def _discount(discount: Discount | None) -> list[object] | None:
    if discount is None:
        return None
    return [discount.kind.value, discount.value, discount.reason, discount.approved_by]


def _discount_from(row: list[Any] | None) -> Discount | None:
    return None if row is None else Discount(DiscountKind(row[0]), row[1], row[2], row[3])
