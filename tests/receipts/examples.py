"""A shop, and sales of it with everything that a receipt can show."""

from __future__ import annotations

from dataclasses import replace

from hardware.receipt_printer.document import Image
from pos.country import load_country
from pos.domain.basket import (
    Basket,
    Discount,
    DiscountKind,
    EntryMethod,
    PriceOverride,
)
from pos.domain.catalogue import Product
from pos.domain.fiscal import FiscalStamp
from pos.domain.money import Money
from pos.domain.numbering import ReceiptNumber
from pos.domain.promotion import Coupon, GivenPromotion, Share
from pos.domain.quantity import Quantity, Unit
from pos.domain.return_purchase import Means
from pos.domain.sale import Sale, complete_sale
from pos.domain.shop import ShopDetails
from pos.domain.tax import TaxRate, tax_in_gross
from pos.domain.tender import CashPolicy, Payment, TenderKind
from pos.domain.ticket import Ticket, TicketState
from pos.domain.till_session import (
    CashCount,
    CashMovement,
    MovementKind,
    SessionFigures,
    SessionReport,
    TillSession,
)
from pos.receipts.stationery import Reprint, Stationery

AFTERNOON_MS = 1_795_279_380_000  # 21 November 2026, 17:43 in Madrid
HOUR_MS = 3_600_000
GENERAL = TaxRate(2100, "IVA general")
REDUCED = TaxRate(1000, "IVA reducido")
REPRINTED_MS = AFTERNOON_MS + HOUR_MS
REPRINT = Reprint(REPRINTED_MS, 2)
BASKET_ID = "019a9f1e-7c1a-7b3e-9d2f-3a4b5c6d7e8f"
AEAT_URL = (
    "https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQR"
    "?nif=B12345674&numserie=2-004318&fecha=21-11-2026&importe=75.16"
)

SHOP = ShopDetails(
    code="FUEN",
    name="NOGAL",
    legal_name="Nogal Hogar y Despensa, S.L.",
    tax_id="B12345674",
    address_lines=("Calle de Fuencarral, 112", "28010 Madrid"),
    currency="EUR",
    country="ES",
    time_zone="Europe/Madrid",
    phone="910 000 000",
    web="nogal.example",
    receipt_footer=("Cambios y devoluciones: 30 días con este ticket", "¡Gracias por tu visita!"),
)

OTHER_SHOP = replace(
    SHOP, code="GAVA", name="NOGAL GAVÀ", address_lines=("Rambla, 5", "08850 Gavà"), phone=""
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def logo() -> Image:
    """Return a black diamond, 64 dots wide."""
    rows = (
        sum(1 << x for x in range(64) if abs(x - 31.5) + abs(y - 31.5) < 30) for y in range(64)
    )
    return Image(64, 64, b"".join(row.to_bytes(8, "big") for row in rows))


def paper(columns: int = 48, language: str = "es", shop: ShopDetails = SHOP) -> Stationery:
    return Stationery(
        shop=shop,
        country=load_country(shop.country),
        till_number=2,
        language=language,
        columns=columns,
    )


def product(
    name: str, price: int, rate: TaxRate = GENERAL, unit: Unit = Unit.EACH, sku: str = "S1"
) -> Product:
    return Product(sku, None, name, eur(price), rate, unit)


def full_basket() -> Basket:
    """Return a ticket with each kind of line, a voided one among them."""
    scanned = EntryMethod.SCANNED
    coffee = product("Café molido de tueste natural «El Cañaveral» 250 g", 495, REDUCED)
    cheese = product("Queso curado de oveja", 1890, REDUCED, Unit.KILOGRAM)
    basket = Basket(BASKET_ID, "EUR", AFTERNOON_MS - 120_000, "s-1")
    basket = basket.with_product(coffee, Quantity.each(3), scanned)
    basket = basket.with_product(cheese, Quantity(412, Unit.KILOGRAM), EntryMethod.KEYED)
    basket = basket.with_product(product("Lámpara de mesa", 3995), Quantity.each(1), scanned)
    basket = basket.with_product(product("Manta de lana", 2500), Quantity.each(1), scanned)
    basket = basket.with_product(product("Vela perfumada", 999), Quantity.each(1), scanned)
    basket = basket.with_product(
        product("Taza de gres", 1250), Quantity.each(1), EntryMethod.QUICK_KEY
    )
    basket = basket.with_discount(3, Discount(DiscountKind.PERCENT, 1000, "exposición", "s-2"))
    basket = basket.with_price_override(4, PriceOverride(eur(1990), "tara visible", "s-3"))
    basket = basket.with_line_voided(5)
    basket = basket.with_note(6, "Envolver para regalo")
    return basket.with_ticket_discount(Discount(DiscountKind.AMOUNT, 500, "cliente fiel", "s-2"))


def sale_of(basket: Basket, payment: Payment, fiscal: FiscalStamp | None = None) -> Sale:
    return complete_sale(
        basket,
        payment,
        number=ReceiptNumber("2", 4318),
        shop="FUEN",
        till="FUEN-2",
        session_id="t-1",
        staff_id="s-1",
        staff_name="Lucía Romero",
        completed_at_ms=AFTERNOON_MS,
        fiscal=fiscal or FiscalStamp("none", ("Documento no fiscal – demostración",)),
    )


def full_sale() -> Sale:
    """Return a sale with every feature: two rates, discounts, card and cash, change."""
    basket = full_basket()
    payment = Payment(basket.totals.total).with_exact(
        TenderKind.CARD, eur(2000), reference="a-1", authorisation="482913", is_verified=False
    )
    return sale_of(basket, payment.with_cash(eur(7000), CashPolicy()))


def promoted_sale() -> Sale:
    """Return a sale with promotions on lines and on the total, two of them for coupons."""
    scanned = EntryMethod.SCANNED
    coffee = product("Café molido de tueste natural «El Cañaveral» 250 g", 495, REDUCED)
    cheese = product("Queso curado de oveja", 1890, REDUCED, Unit.KILOGRAM)
    basket = Basket(BASKET_ID, "EUR", AFTERNOON_MS - 120_000, "s-1")
    basket = basket.with_product(coffee, Quantity.each(2), scanned)
    basket = basket.with_product(cheese, Quantity(412, Unit.KILOGRAM), EntryMethod.KEYED)
    basket = basket.with_product(coffee, Quantity.each(1), scanned)
    basket = basket.with_product(product("Manta de lana", 2500), Quantity.each(1), scanned)
    basket = basket.with_note(1, "Molido fino").with_discount(
        4, Discount(DiscountKind.PERCENT, 1000, "tara")
    )
    basket = basket.with_coupon(Coupon("VERANO", "p-2")).with_coupon(Coupon("PERDON-7K", "p-3", 9))
    basket = basket.with_promotions(
        (
            GivenPromotion("p-1", "3x2 en café", (Share(1, eur(330)), Share(3, eur(165)))),
            GivenPromotion("p-2", "Verano 10 %", (Share(2, eur(78)),), "VERANO"),
            GivenPromotion(
                "p-3", "3 € menos en su próxima compra", (Share(1, eur(200)), Share(2, eur(100))),
                "PERDON-7K", is_on_total=True,
            ),
        )
    )  # fmt: skip
    basket = basket.with_ticket_discount(Discount(DiscountKind.AMOUNT, 100, "cliente fiel", "s-2"))
    total = basket.totals.total
    return sale_of(basket, Payment(total).with_cash(total, CashPolicy()))


def fiscal_sale() -> Sale:
    """Return the same sale as a fiscal module would stamp it."""
    legend = ("Factura verificable en la sede electrónica de la AEAT",)
    return replace(full_sale(), fiscal=FiscalStamp("verifactu", legend, AEAT_URL))


def parked_ticket() -> Ticket:
    return Ticket(full_basket(), TicketState.PARKED, (), "Señora del abrigo verde", AFTERNOON_MS)


def movements() -> tuple[CashMovement, ...]:
    return (
        CashMovement(
            "m-1", "t-1", MovementKind.PAID_OUT, eur(2350), "Mensajero", "s-2", AFTERNOON_MS
        ),
        CashMovement(
            "m-2",
            "t-1",
            MovementKind.DROP,
            eur(30000),
            "A la caja fuerte",
            "s-3",
            AFTERNOON_MS + HOUR_MS,
        ),
    )


def report_with_returns() -> SessionReport:
    """Return the Z of a shift in which things came back, and whose drawer so agrees."""
    closed = report(is_closed=True)
    figures = replace(
        closed.figures,
        returns=2,
        returns_total=42_95,
        refunds={Means.CASH: 3_00, Means.WEB: 39_95},
        refund_counts={Means.CASH: 1, Means.WEB: 1},
        return_tax=(tax_in_gross(eur(39_95), GENERAL), tax_in_gross(eur(3_00), REDUCED)),
        first_return="D2-000007",
        last_return="D2-000008",
    )
    return replace(closed, figures=figures, grand_total_returns=1_204_15)


def report_with_reissues() -> SessionReport:
    """Return an X of a shift that paid what the terminal refused on another day."""
    opened = report(is_closed=False)
    figures = replace(
        opened.figures,
        reissues={Means.CASH: 7_95, Means.CARD: 12_00},
        reissue_counts={Means.CASH: 1, Means.CARD: 1},
    )
    return replace(opened, figures=figures)


def report(*, is_closed: bool) -> SessionReport:
    """Return an X, or the Z of a shift that is two euros short after a recount."""
    session = TillSession(
        "t-1", 31, "2026-11-21", AFTERNOON_MS - 8 * HOUR_MS, "s-1",
        CashCount("EUR", {2000: 4, 1000: 5, 100: 20}),
    )  # fmt: skip
    if is_closed:
        counts = (
            CashCount("EUR", {5000: 4, 2000: 11, 500: 9}),
            CashCount("EUR", {5000: 4, 2000: 12, 1000: 1, 500: 6, 100: 31, 20: 1, 5: 1}),
        )
        session = replace(session, counts=counts, closed_at_ms=AFTERNOON_MS + 4 * HOUR_MS)
    figures = SessionFigures(
        currency="EUR",
        sales=43,
        articles=118,
        gross=1_842_15,
        discounts=58_40,
        total=1_783_75,
        tenders={TenderKind.CASH: 687_75, TenderKind.CARD: 1_096_00},
        tender_counts={TenderKind.CASH: 19, TenderKind.CARD: 26},
        tax=(tax_in_gross(eur(1_500_00), GENERAL), tax_in_gross(eur(283_75), REDUCED)),
        movements=movements(),
        voided_lines=3,
        voided_amount=27_97,
        cancelled_tickets=1,
        drawer_openings=2,
        overrides=4,
        reprints=1,
        unverified_card=20_00,
        first_number="2-004276",
        last_number="2-004318",
    )
    return SessionReport(
        session=session,
        number="Z2-000031",
        figures=figures,
        taken_at_ms=AFTERNOON_MS + 4 * HOUR_MS,
        staff_name="Lucía Romero",
        grand_total=eur(214_318_90),
        chain_seq=10_452,
        chain_head="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )
