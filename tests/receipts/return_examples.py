"""Returns with everything that their receipt can show."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.fiscal import FiscalStamp
from pos.domain.numbering import ReceiptNumber
from pos.domain.quantity import Unit
from pos.domain.refund import RefundState
from pos.domain.reissue import Reissue
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import (
    ExtraKind,
    Original,
    Refund,
    Return,
    ReturnExtra,
    ReturnFlag,
    ReturnLine,
)
from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import StoredValueKind, value_reference
from pos.domain.tax import tax_of_ticket
from tests.receipts.examples import AEAT_URL, AFTERNOON_MS, GENERAL, HOUR_MS, REDUCED, eur

DAY_MS = 24 * HOUR_MS
RETURNED_MS = AFTERNOON_MS + 7 * DAY_MS
CREDIT_CODE = stored_value_code(StoredValueKind.STORE_CREDIT, "7K3QA1B2C3D4E5F6")
CREDIT = value_reference(CREDIT_CODE).text
GIFT_CODE = stored_value_code(StoredValueKind.GIFT_CARD, "7K3QA1B2C3D4E5F6")
GIFT = value_reference(GIFT_CODE).text


def line(number: int, name: str, value: int, **changes: object) -> ReturnLine:
    fields: dict[str, object] = {
        "number": number,
        "purchase": "s-1",
        "purchase_line": number,
        "sku": f"S{number}",
        "gtin": 8410000000009 + number * 10,
        "name": name,
        "quantity": 1000,
        "unit": Unit.EACH,
        "value": eur(value),
        "deduction": eur(0),
        "tax_rate": GENERAL,
        "reason": Reason.SIZE,
        "condition": Condition.SEALED,
        "disposition": Disposition.RESTOCK,
    }
    return ReturnLine(**{**fields, **changes})  # type: ignore[arg-type]


def returned(
    lines: tuple[ReturnLine, ...],
    refunds: tuple[Refund, ...],
    extras: tuple[ReturnExtra, ...] = (),
    **changes: object,
) -> Return:
    """Return a document of these lines, taxed as a ticket of its own for each purchase."""
    parts = [(each.purchase, each.tax_rate, each.refund) for each in lines]
    parts += [(each.purchase, each.tax_rate, each.amount) for each in extras]
    fields: dict[str, object] = {
        "return_id": "r-1",
        "number": ReceiptNumber("D2", 42),
        "shop": "FUEN",
        "till": "FUEN-2",
        "session_id": "t-1",
        "staff_id": "s-1",
        "staff_name": "Lucía Romero",
        "currency": "EUR",
        "began_at_ms": RETURNED_MS - 60_000,
        "completed_at_ms": RETURNED_MS,
        "originals": (Original("s-1", "2-004318", AFTERNOON_MS),),
        "lines": lines,
        "extras": extras,
        "tax": {
            purchase: tax_of_ticket([part[1:] for part in parts if part[0] == purchase])
            for purchase in dict.fromkeys(part[0] for part in parts)
        },
        "refunds": refunds,
        "total": eur(sum(amount.minor for _, _, amount in parts)),
        "fiscal": FiscalStamp("none", ("Documento no fiscal – demostración",)),
    }
    return Return(**{**fields, **changes})  # type: ignore[arg-type]


def in_cash() -> Return:
    """Return one piece of a sale, refunded out of the drawer."""
    lamp = line(1, "Lámpara de mesa", 3595, reason=Reason.DISLIKED, condition=Condition.OPENED)
    return returned((lamp,), (Refund("f-1", "s-1", Means.CASH, eur(3595)),))


def mixed() -> Return:
    """Return something of a sale and all of an order, every way money goes back at once."""
    coffee = line(
        1,
        "Café molido de tueste natural «El Cañaveral» 250 g",
        990,
        quantity=2000,
        tax_rate=REDUCED,
        reason=Reason.OUR_ERROR,
    )
    cheese = line(2, "Queso curado de oveja", 779, quantity=412, unit=Unit.KILOGRAM, gtin=None,
                  sku="00123", tax_rate=REDUCED, reason=Reason.ARRIVED_DAMAGED,
                  condition=Condition.DAMAGED, disposition=Disposition.DESTROY)  # fmt: skip
    phone = line(
        3,
        "Teléfono inalámbrico",
        9990,
        purchase="o-1",
        purchase_line=1,
        reason=Reason.OTHER,
        condition=Condition.USED,
        disposition=Disposition.QUARANTINE,
        deduction=eur(1500),
        serials=("SN-2231-77",),
        note="Rayado en la tapa",
    )
    towels = line(4, "Toallas de rizo gris", 1000, purchase="o-1", purchase_line=2, quantity=3000,
                  reason=Reason.FAULTY, condition=Condition.FAULTY,
                  disposition=Disposition.SEND_BACK)  # fmt: skip
    extras = (
        ReturnExtra(ExtraKind.DELIVERY, "o-1", eur(495), GENERAL),
        ReturnExtra(ExtraKind.GOODWILL, "s-1", eur(200), REDUCED, "esperó mucho"),
    )
    requested, unknown, failed = (
        RefundState.REQUESTED,
        RefundState.UNKNOWN,
        RefundState.FAILED,
    )
    refunds = (
        Refund("f-1", "s-1", Means.CASH, eur(1000)),
        Refund("f-2", "s-1", Means.CARD, eur(500), "a-1", "Visa 7702", unknown),
        Refund("f-3", "s-1", Means.STORE_CREDIT, eur(469), CREDIT),
        Refund("f-4", "o-1", Means.WEB, eur(9000), "pay-1", "Mastercard 1234", requested),
        Refund("f-5", "o-1", Means.GIFT_CARD, eur(985), state=failed),
    )
    return returned(
        (coffee, cheese, phone, towels),
        refunds,
        extras,
        originals=(
            Original("s-1", "2-004318", AFTERNOON_MS),
            Original("o-1", "W-10311", AFTERNOON_MS - 4 * DAY_MS),
        ),
        flags=frozenset({ReturnFlag.WITHDRAWAL, ReturnFlag.CREDIT_WISHED}),
    )


def offline() -> Return:
    """Return something without a receipt at a till alone, which owes credit for it."""
    cup = line(1, "Taza de gres", 1250, purchase="", purchase_line=0, reason=Reason.OTHER)
    waits = Refund("f-1", "", Means.STORE_CREDIT, eur(1250), state=RefundState.REQUESTED)
    return returned(
        (cup,),
        (waits,),
        originals=(Original("", "", 0),),
        flags=frozenset({ReturnFlag.OFFLINE, ReturnFlag.NO_RECEIPT}),
    )


def gift() -> Return:
    """Return a gift, whose bearer gets credit and does not see the price of each piece."""
    blanket = line(1, "Manta de lana", 5000, quantity=2000)
    candle = line(2, "Vela perfumada", 999, deduction=eur(100))
    credit = Refund("f-1", "s-1", Means.STORE_CREDIT, eur(5899), CREDIT)
    return returned((blanket, candle), (credit,), flags=frozenset({ReturnFlag.GIFT_RECEIPT}))


def goodwill() -> Return:
    """Return goodwill without goods, on a new gift card."""
    why = "Retraso en la entrega"
    extras = (
        ReturnExtra(ExtraKind.GOODWILL, "s-1", eur(4_00), GENERAL, why),
        ReturnExtra(ExtraKind.GOODWILL, "s-1", eur(1_00), REDUCED, why),
    )
    refund = Refund("f-7", "s-1", Means.GIFT_CARD, eur(5_00), GIFT, "···E5F6")
    return returned((), (refund,), extras)


def paid_again() -> tuple[Reissue, ...]:
    """Return how a refund that failed was paid: a part to another card, the rest in cash."""
    parts = (
        Refund("f-8", "s-1", Means.CARD, eur(12_00), "t-2", "Visa 7702", RefundState.REQUESTED),
        Refund("f-9", "s-1", Means.CASH, eur(7_95), origin=(Means.CARD, "t-1")),
    )
    return tuple(
        Reissue("r-1", "D2-000007", "f-1", replace(one, replaces="f-1"), "", "ana", "t-1",
                RETURNED_MS)
        for one in parts
    )  # fmt: skip


def stamped() -> Return:
    """Return what a fiscal module made an invoice of."""
    url = AEAT_URL.replace("2-004318", "D2-000042").replace("75.16", "-35.95")
    legend = ("Factura verificable en la sede electrónica de la AEAT",)
    return replace(in_cash(), fiscal=FiscalStamp("verifactu", legend, url))
