"""Recorded sales, as rows that are never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from pos.domain.fiscal import FiscalStamp
from pos.domain.money import Money
from pos.domain.numbering import ReceiptNumber
from pos.domain.promotion import GivenPromotion, Share
from pos.domain.quantity import THOUSAND, Unit
from pos.domain.sale import Sale, SaleLine
from pos.domain.tax import TaxAmount, TaxRate
from pos.domain.tender import Tender, TenderKind
from pos.store.statements import Row, Statements, from_json, insert_into, to_json

_SALE = (
    "sale_id", "number", "series", "sequence", "shop", "till", "session_id", "staff_id",
    "staff_name", "currency", "opened_at_ms", "completed_at_ms", "total", "fiscal",
    "ticket_discount_reason", "source", "customer_id",
)  # fmt: skip
_LINE = (
    "number", "sku", "gtin", "name", "quantity", "unit", "unit_price", "list_price", "gross",
    "discount", "promotion", "ticket_discount", "net", "tax_basis_points", "tax_name", "entry",
    "note", "discount_reason", "override_reason", "approved_by", "void",
)  # fmt: skip
_TAX = ("basis_points", "name", "gross", "base", "tax")
_PROMOTION = ("position", "promotion_id", "name", "coupon", "on_total", "line", "amount")
_TENDER = ("kind", "amount", "tendered", "reference", "authorisation", "verified")

_INSERT_SALE = insert_into("sale", _SALE)
_INSERT_LINE = insert_into("sale_line", ("sale_key", *_LINE))
_INSERT_TAX = insert_into("sale_tax", ("sale_key", *_TAX))
_INSERT_TENDER = insert_into("sale_tender", ("sale_key", "position", *_TENDER))
_INSERT_PROMOTION = insert_into("sale_promotion", ("sale_key", *_PROMOTION))
_ADD_TO_TOTAL = (
    "INSERT INTO series_total (series, sales, total) VALUES (?, 1, ?)"
    " ON CONFLICT (series) DO UPDATE SET sales = sales + 1, total = total + excluded.total"
)
# The names are our own constants; every value is a parameter.
_SELECT = f"SELECT sale_key, {', '.join(_SALE)} FROM sale"  # noqa: S608
_OF_SALES = "WHERE sale_key IN (SELECT value FROM json_each(?))"
_LINES = f"SELECT sale_key, {', '.join(_LINE)} FROM sale_line {_OF_SALES} ORDER BY number"  # noqa: S608
_TAXES = (
    f"SELECT sale_key, {', '.join(_TAX)} FROM sale_tax {_OF_SALES}"  # noqa: S608
    " ORDER BY basis_points DESC, name DESC"
)
_TENDERS = f"SELECT sale_key, {', '.join(_TENDER)} FROM sale_tender {_OF_SALES} ORDER BY position"  # noqa: S608

_PROMOTIONS = (
    f"SELECT sale_key, {', '.join(_PROMOTION)} FROM sale_promotion {_OF_SALES}"  # noqa: S608
    " ORDER BY position, line"
)

# The sales of those days first: there is no index on what was sold.
_ASKED = (
    "SELECT DISTINCT s.completed_at_ms, s.currency, l.net, l.quantity"
    " FROM sale s CROSS JOIN sale_line l ON l.sale_key = s.sale_key"
    " WHERE s.completed_at_ms > ? AND l.void = 0 AND l.net > 0 AND (l.sku = ? OR l.gtin = ?)"
)


class StoredSales:
    """`ports.Sales` on the tables sale, sale_line, sale_promotion, sale_tax and sale_tender."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, sale: Sale) -> None:
        """Store a sale and add it to the perpetual total of its series.

        Raises:
            ValueError: A sale of that id is stored.
        """
        if self._sql.one("SELECT 1 FROM sale WHERE sale_id = ?", (sale.sale_id,)) is not None:
            raise ValueError(f"sale {sale.sale_id} is stored")
        key = self._sql.insert(_INSERT_SALE, _sale_row(sale))
        self._sql.run_many(_INSERT_LINE, (_line_row(key, line) for line in sale.lines))
        self._sql.run_many(_INSERT_PROMOTION, _promotion_rows(key, sale.promotions))
        self._sql.run_many(_INSERT_TAX, (_tax_row(key, amount) for amount in sale.tax))
        self._sql.run_many(
            _INSERT_TENDER,
            (_tender_row(key, place, tender) for place, tender in enumerate(sale.tenders)),
        )
        self._sql.run(_ADD_TO_TOTAL, (sale.number.series, sale.total.minor))

    def get(self, sale_id: str) -> Sale | None:
        """Return a sale by its id."""
        return self._first("WHERE sale_id = ?", sale_id)

    def by_number(self, number: str) -> Sale | None:
        """Return a sale by its receipt number as printed."""
        return self._first("WHERE number = ?", number)

    def by_source(self, source: str) -> Sale | None:
        """Return the sale rung up from another system's record."""
        return self._first("WHERE source = ? AND source <> ''", source)

    def recent(self, limit: int, *, before_ms: int | None = None) -> tuple[Sale, ...]:
        """Return the latest sales, newest first; with `before_ms` (UTC) those before it."""
        earlier = "" if before_ms is None else "WHERE completed_at_ms < ?"
        parameters = (limit,) if before_ms is None else (before_ms, limit)
        rows = self._sql.rows(
            f"{_SELECT} {earlier} ORDER BY completed_at_ms DESC, sale_key DESC LIMIT ?", parameters
        )
        return self._whole(rows)

    def of_customer(self, customer_id: str, limit: int) -> tuple[Sale, ...]:
        """Return what a customer bought, the latest first."""
        rows = self._sql.rows(
            f"{_SELECT} WHERE customer_id = ? AND customer_id <> ''"
            " ORDER BY completed_at_ms DESC LIMIT ?",
            (customer_id, limit),
        )
        return self._whole(rows)

    def asked_since(
        self, at_ms: int, *, sku: str = "", gtin: int | None = None
    ) -> tuple[tuple[int, Money], ...]:
        """Return (UTC ms, what a unit of it cost then), of what was sold since for money."""
        return tuple(
            (sold_at_ms, Money(net, currency).scaled(THOUSAND, quantity))
            for sold_at_ms, currency, net, quantity in self._sql.rows(_ASKED, (at_ms, sku, gtin))
        )

    def _first(self, condition: str, value: str) -> Sale | None:
        row = self._sql.one(f"{_SELECT} {condition}", (value,))
        return None if row is None else self._whole([row])[0]

    def _whole(self, rows: Sequence[Row]) -> tuple[Sale, ...]:
        """Return sales with what belongs to them, all of it in four questions."""
        keys = to_json([row[0] for row in rows])
        parts = [self._by_sale(sql, keys) for sql in (_LINES, _TAXES, _TENDERS, _PROMOTIONS)]
        return tuple(_sale(row, *(found[row[0]] for found in parts)) for row in rows)

    def _by_sale(self, sql: str, keys: str) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        for key, *rest in self._sql.rows(sql, (keys,)):
            found[key].append(tuple(rest))
        return found


def _sale(
    row: Row,
    lines: Sequence[Row],
    taxes: Sequence[Row],
    tenders: Sequence[Row],
    promotions: Sequence[Row],
) -> Sale:
    (_key, sale_id, _number, series, sequence, shop, till, session_id, *rest) = row
    (staff_id, staff_name, currency, opened_at_ms, completed_at_ms, total, *rest) = rest
    fiscal, ticket_discount_reason, source, customer_id = rest
    module, legend, qr = from_json(fiscal)
    return Sale(
        sale_id=sale_id,
        number=ReceiptNumber(series, sequence),
        shop=shop,
        till=till,
        session_id=session_id,
        staff_id=staff_id,
        staff_name=staff_name,
        currency=currency,
        opened_at_ms=opened_at_ms,
        completed_at_ms=completed_at_ms,
        lines=tuple(_line(found, currency) for found in lines),
        tax=tuple(_tax(found, currency) for found in taxes),
        tenders=tuple(_tender(found, currency) for found in tenders),
        total=Money(total, currency),
        fiscal=FiscalStamp(module, tuple(legend), qr),
        ticket_discount_reason=ticket_discount_reason,
        promotions=_promotions(promotions, currency),
        source=source,
        customer_id=customer_id,
    )


def _sale_row(sale: Sale) -> tuple[object, ...]:
    return (
        sale.sale_id,
        str(sale.number),
        sale.number.series,
        sale.number.sequence,
        sale.shop,
        sale.till,
        sale.session_id,
        sale.staff_id,
        sale.staff_name,
        sale.currency,
        sale.opened_at_ms,
        sale.completed_at_ms,
        sale.total.minor,
        to_json([sale.fiscal.module, sale.fiscal.legend, sale.fiscal.qr]),
        sale.ticket_discount_reason,
        sale.source,
        sale.customer_id,
    )


def _line_row(key: int, line: SaleLine) -> tuple[object, ...]:
    return (
        key,
        line.number,
        line.sku,
        line.gtin,
        line.name,
        line.quantity_thousandths,
        line.unit.value,
        line.unit_price.minor,
        line.list_price.minor,
        line.gross.minor,
        line.discount.minor,
        line.promotion.minor,
        line.ticket_discount.minor,
        line.net.minor,
        line.tax_rate.basis_points,
        line.tax_rate.name,
        line.entry_method,
        line.note,
        line.discount_reason,
        line.override_reason,
        line.approved_by,
        line.is_void,
    )


def _line(row: Row, currency: str) -> SaleLine:
    (number, sku, gtin, name, quantity, unit, *amounts) = row[:13]
    (basis_points, tax_name, entry, note, discount, override, approved_by, is_void) = row[13:]
    unit_price, list_price, gross, taken_off, promotion, share, net = (
        Money(minor, currency) for minor in amounts
    )
    return SaleLine(
        number, sku, gtin, name, quantity, Unit(unit), unit_price, list_price, gross, taken_off,
        promotion, share, net, TaxRate(basis_points, tax_name), entry, note, discount, override,
        approved_by, bool(is_void),
    )  # fmt: skip


def _promotion_rows(
    key: int, promotions: Sequence[GivenPromotion]
) -> Iterator[tuple[object, ...]]:
    """Yield one row for each line that each promotion takes something off."""
    for position, given in enumerate(promotions):
        for share in given.shares:
            yield (
                key, position, given.promotion_id, given.name, given.coupon, given.is_on_total,
                share.line, share.amount.minor,
            )  # fmt: skip


def _promotions(rows: Sequence[Row], currency: str) -> tuple[GivenPromotion, ...]:
    return tuple(
        GivenPromotion(
            promotion_id,
            name,
            tuple(Share(line, Money(amount, currency)) for *_, line, amount in shares),
            coupon,
            bool(is_on_total),
        )
        for (_position, promotion_id, name, coupon, is_on_total), shares in groupby(
            rows, itemgetter(0, 1, 2, 3, 4)
        )
    )


def _tax_row(key: int, amount: TaxAmount) -> tuple[object, ...]:
    rate = amount.rate
    return (
        key, rate.basis_points, rate.name, amount.gross.minor, amount.base.minor, amount.tax.minor
    )  # fmt: skip


def _tax(row: Row, currency: str) -> TaxAmount:
    basis_points, name, gross, base, tax = row
    return TaxAmount(
        TaxRate(basis_points, name),
        Money(gross, currency),
        Money(base, currency),
        Money(tax, currency),
    )


def _tender_row(key: int, place: int, tender: Tender) -> tuple[object, ...]:
    return (
        key,
        place,
        tender.kind.value,
        tender.amount.minor,
        tender.tendered.minor,
        tender.reference,
        tender.authorisation,
        tender.is_verified,
    )


def _tender(row: Row, currency: str) -> Tender:
    kind, amount, tendered, reference, authorisation, verified = row
    return Tender(
        TenderKind(kind),
        Money(amount, currency),
        Money(tendered, currency),
        reference,
        authorisation,
        bool(verified),
    )
