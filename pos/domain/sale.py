"""A recorded sale: the frozen snapshot that is stored, printed and sent."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.basket import Basket, EntryMethod, Line, LineTotal
from pos.domain.fiscal import FiscalStamp
from pos.domain.held_cart import HeldCart
from pos.domain.journal import Json
from pos.domain.money import Money, total
from pos.domain.numbering import ReceiptNumber
from pos.domain.promotion import Coupon, GivenPromotion
from pos.domain.quantity import Unit
from pos.domain.tax import TaxAmount, TaxRate
from pos.domain.tender import Payment, Tender, TenderKind


class PaymentIncomplete(ValueError):
    """A sale cannot be made while something is due."""


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line as sold; amounts in minor units of the sale's currency, tax included.

    ``net = gross - discount - promotion - ticket_discount``. `list_price` is the catalogue's
    unit price, `unit_price` what was asked. A voided line has net 0 and counts nothing.
    """

    number: int
    sku: str
    gtin: int | None
    name: str
    quantity_thousandths: int
    unit: Unit
    unit_price: Money
    list_price: Money
    gross: Money
    discount: Money
    promotion: Money
    ticket_discount: Money
    net: Money
    tax_rate: TaxRate
    entry_method: str
    note: str = ""
    discount_reason: str = ""
    override_reason: str = ""
    approved_by: str = ""
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Sale:
    """A completed retail transaction. Times are UTC, Unix milliseconds."""

    sale_id: str
    number: ReceiptNumber
    shop: str
    till: str
    session_id: str
    staff_id: str
    staff_name: str
    currency: str
    opened_at_ms: int
    completed_at_ms: int
    lines: tuple[SaleLine, ...]
    tax: tuple[TaxAmount, ...]
    tenders: tuple[Tender, ...]
    total: Money
    fiscal: FiscalStamp
    ticket_discount_reason: str = ""
    promotions: tuple[GivenPromotion, ...] = ()
    source: str = ""  # "system:reference" of a sale rung up from another system's history
    customer_id: str = ""  # whose purchase it is, empty for nobody's

    @property
    def sold_lines(self) -> tuple[SaleLine, ...]:
        return tuple(line for line in self.lines if not line.is_void)

    @property
    def change(self) -> Money:
        return total((tender.change for tender in self.tenders), self.currency)

    @property
    def savings(self) -> Money:
        """What the customer paid less than the lines' gross."""
        return total(
            (line.discount + line.promotion + line.ticket_discount for line in self.sold_lines),
            self.currency,
        )

    @property
    def cash_taken(self) -> Money:
        """What the sale leaves in the drawer: cash tendered less change."""
        return total((t.amount for t in self.tenders if t.kind is TenderKind.CASH), self.currency)


def sale_lines(basket: Basket) -> tuple[SaleLine, ...]:
    """Return the basket's lines as sold, voided ones included with net zero."""
    totals = {row.line.number: row for row in basket.totals.lines}
    nothing = Money(0, basket.currency)
    return tuple(
        _sale_line(
            line,
            totals.get(line.number)
            or LineTotal(line, nothing, nothing, nothing, nothing, nothing),
        )
        for line in basket.lines
    )


def _sale_line(line: Line, row: LineTotal) -> SaleLine:
    approvals = (line.discount, line.price_override)
    return SaleLine(
        number=line.number,
        sku=line.product.sku,
        gtin=line.product.gtin,
        name=line.product.name,
        quantity_thousandths=line.quantity.thousandths,
        unit=line.quantity.unit,
        unit_price=line.unit_price,
        list_price=line.product.price,
        gross=row.gross,
        discount=row.discount,
        promotion=row.promotion,
        ticket_discount=row.ticket_discount,
        net=row.net,
        tax_rate=line.product.tax_rate,
        entry_method=line.entry_method.value,
        note=line.note,
        discount_reason=line.discount.reason if line.discount else "",
        override_reason=line.price_override.reason if line.price_override else "",
        approved_by=next((a.approved_by for a in approvals if a and a.approved_by), ""),
        is_void=line.is_void,
    )


def complete_sale(
    basket: Basket,
    payment: Payment,
    *,
    number: ReceiptNumber,
    shop: str,
    till: str,
    session_id: str,
    staff_id: str,
    staff_name: str,
    completed_at_ms: int,
    fiscal: FiscalStamp,
    source: str = "",
) -> Sale:
    """Freeze a paid basket into a sale; the sale keeps the basket's id.

    Raises:
        PaymentIncomplete: Something is due, or the payment is for another total.
    """
    totals = basket.totals
    if not payment.is_complete or payment.total != totals.total:
        raise PaymentIncomplete(f"{payment.due.minor} due of {totals.total.minor}")
    return Sale(
        sale_id=basket.basket_id,
        number=number,
        shop=shop,
        till=till,
        session_id=session_id,
        staff_id=staff_id,
        staff_name=staff_name,
        currency=basket.currency,
        opened_at_ms=basket.opened_at_ms,
        completed_at_ms=completed_at_ms,
        lines=sale_lines(basket),
        tax=totals.tax,
        tenders=payment.tenders,
        total=totals.total,
        fiscal=fiscal,
        ticket_discount_reason=basket.ticket_discount.reason if basket.ticket_discount else "",
        promotions=basket.promotions,
        source=source,
        customer_id=basket.customer_id,
    )


def sale_body(
    sale: Sale, coupons: tuple[Coupon, ...] = (), cart: HeldCart | None = None
) -> dict[str, Json]:
    """Return the body of the fact ``sale.completed``: amounts in minor units, times in ms.

    It names all `coupons` that were on the ticket, for the central system: those that a
    promotion names were used, a claim on any other is free again. Of a `cart` that lines came
    from it says how much of each product, in thousandths, is not wanted there any more.
    """
    return {
        "sale_id": sale.sale_id,
        "number": str(sale.number),
        "series": sale.number.series,
        "sequence": sale.number.sequence,
        "shop": sale.shop,
        "session_id": sale.session_id,
        "staff_id": sale.staff_id,
        "staff_name": sale.staff_name,
        "currency": sale.currency,
        "opened_at_ms": sale.opened_at_ms,
        "completed_at_ms": sale.completed_at_ms,
        "total": sale.total.minor,
        "lines": [_line_body(line) for line in sale.lines],
        "tax": [
            {
                "basis_points": entry.rate.basis_points,
                "name": entry.rate.name,
                "gross": entry.gross.minor,
                "base": entry.base.minor,
                "tax": entry.tax.minor,
            }
            for entry in sale.tax
        ],
        "tenders": [_tender_body(tender) for tender in sale.tenders],
        "fiscal": {
            "module": sale.fiscal.module,
            "legend": list(sale.fiscal.legend),
            "qr": sale.fiscal.qr,
        },
        "ticket_discount_reason": sale.ticket_discount_reason,
        "promotions": [promotion_body(given) for given in sale.promotions],
        "coupons": [coupon_body(held) for held in coupons],
        "source": sale.source,
        **({"customer_id": sale.customer_id} if sale.customer_id else {}),
        **({"cart": _cart_body(sale, cart)} if cart else {}),
    }


def _cart_body(sale: Sale, cart: HeldCart) -> dict[str, Json]:
    sold: dict[str, int] = {}
    for line in sale.sold_lines:
        if line.entry_method == EntryMethod.CART.value:
            sold[line.sku] = sold.get(line.sku, 0) + line.quantity_thousandths
    lines: list[Json] = [{"sku": sku, "quantity": quantity} for sku, quantity in sold.items()]
    return {"customer_id": cart.customer_id, "fence": cart.fence, "lines": lines}


def promotion_body(given: GivenPromotion) -> dict[str, Json]:
    """Return a promotion that was given as facts carry it, amounts in minor units."""
    return {
        "promotion_id": given.promotion_id,
        "name": given.name,
        "coupon": given.coupon,
        "on_total": given.is_on_total,
        "lines": [{"line": share.line, "amount": share.amount.minor} for share in given.shares],
    }


def coupon_body(coupon: Coupon) -> dict[str, Json]:
    """Return a coupon that is on a ticket as facts carry it."""
    return {"code": coupon.code, "promotion_id": coupon.promotion_id, "fence": coupon.fence}


def _line_body(line: SaleLine) -> dict[str, Json]:
    return {
        "number": line.number,
        "sku": line.sku,
        "gtin": line.gtin,
        "name": line.name,
        "quantity": line.quantity_thousandths,
        "unit": line.unit.value,
        "unit_price": line.unit_price.minor,
        "list_price": line.list_price.minor,
        "gross": line.gross.minor,
        "discount": line.discount.minor,
        "promotion": line.promotion.minor,
        "ticket_discount": line.ticket_discount.minor,
        "net": line.net.minor,
        "tax_basis_points": line.tax_rate.basis_points,
        "tax_name": line.tax_rate.name,
        "entry": line.entry_method,
        "note": line.note,
        "discount_reason": line.discount_reason,
        "override_reason": line.override_reason,
        "approved_by": line.approved_by,
        "void": line.is_void,
    }


def _tender_body(tender: Tender) -> dict[str, Json]:
    return {
        "kind": tender.kind.value,
        "amount": tender.amount.minor,
        "tendered": tender.tendered.minor,
        "reference": tender.reference,
        "authorisation": tender.authorisation,
        "verified": tender.is_verified,
    }
