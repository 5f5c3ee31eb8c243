"""What is on the conflict desk, in words: titles, stories, ways out and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from pos.domain.desk import MONEY_ROWS, SETTLED, DeskItem, ItemKind, Resolution, Row, RowKind
from pos.domain.money import Money
from pos.domain.staff import Capability
from pos.screens import wording
from pos.screens.desk import card_wording, order_wording, return_wording, value_wording
from pos.screens.sync.wording import act, reason

translate = QCoreApplication.translate

ICONS = {
    ItemKind.TILL_CLONED: "users",
    ItemKind.TICKET_RESUMED_TWICE: "park",
    ItemKind.DIGEST_DIFFERS: "balance",
    ItemKind.FACT_PARKED: "mail",
    ItemKind.FACT_UNREADABLE: "eye-off",
    ItemKind.TOTALS_DIFFER: "percent",
    ItemKind.UNKNOWN_PRODUCT: "qr",
    ItemKind.PRICE_OUT_OF_BAND: "tag",
    ItemKind.PRINT_UNKNOWN: "printer",
    ItemKind.APPROVAL_NEVER_GIVEN: "shield",
    ItemKind.COUPON_USED_TWICE: "voucher",
    ItemKind.OTHER: "alert",
    **card_wording.ICONS,
    **order_wording.ICONS,
    **return_wording.ICONS,
    **value_wording.ICONS,
}


@dataclass(frozen=True, slots=True)
class Names:
    """Names people know things by: staff by id, this shop and this till."""

    staff: Mapping[str, str]
    shop: str
    shop_name: str

    def person(self, staff_id: str) -> str:
        """Name a person; the id itself when nobody here has it."""
        if staff_id == "hub":
            return translate("Desk", "Central system")
        return self.staff.get(staff_id, staff_id)

    def place(self, shop: str, till: str) -> str:
        """Name a till of a shop, the hub, or the terminal."""
        if till == "hub":
            return translate("Desk", "Central system")
        if till == "terminal":
            return translate("Desk", "Payment terminal")
        name = self.shop_name if shop == self.shop else shop
        return f"{name} · {wording.till_name(till)}"


def title(kind: ItemKind) -> str:
    """Name what happened."""
    return {
        ItemKind.TILL_CLONED: translate("Desk", "Two copies of one till"),
        ItemKind.TICKET_RESUMED_TWICE: translate("Desk", "Ticket taken up twice"),
        ItemKind.DIGEST_DIFFERS: translate("Desk", "A day does not agree"),
        ItemKind.FACT_PARKED: translate("Desk", "Acts set aside"),
        ItemKind.FACT_UNREADABLE: translate("Desk", "An act cannot be read"),
        ItemKind.TOTALS_DIFFER: translate("Desk", "A sum is not right"),
        ItemKind.UNKNOWN_PRODUCT: translate("Desk", "Unknown article sold"),
        ItemKind.PRICE_OUT_OF_BAND: translate("Desk", "Price out of range"),
        ItemKind.PRINT_UNKNOWN: translate("Desk", "Nobody knows if it was printed"),
        ItemKind.APPROVAL_NEVER_GIVEN: translate("Desk", "Permission nobody gave"),
        ItemKind.COUPON_USED_TWICE: translate("Desk", "Coupon used twice"),
        ItemKind.OTHER: translate("Desk", "Something to look at"),
        **card_wording.titles(),
        **order_wording.titles(),
        **return_wording.titles(),
        **value_wording.titles(),
    }[kind]


def about(item: DeskItem, names: Names) -> str:
    """Say what it is about: what people call it, and where."""
    subject = "" if item.subject == item.till else _subject(item)
    if item.kind is ItemKind.CARD_OUTCOME_UNKNOWN:
        subject = translate("Desk", "Charge {number}").format(number=item.subject)
    elif item.kind is ItemKind.PRINT_UNKNOWN and subject:
        subject = translate("Desk", "Receipt {number}").format(number=item.subject)
    elif item.kind is ItemKind.FACT_PARKED and item.is_from_here:
        subject = translate("Desk", "{count} not sent").format(count=item.subject)
    is_own = item.shop == names.shop and item.till.startswith(f"{names.shop}-")
    place = wording.till_name(item.till) if is_own else names.place(item.shop, item.till)
    return " · ".join(part for part in (subject, place) if part)


def _subject(item: DeskItem) -> str:
    """Return what people call the thing: a day as a date, a kind of act by its name."""
    if item.kind in (ItemKind.FACT_PARKED, ItemKind.FACT_UNREADABLE) and "." in item.subject:
        return act(item.subject)
    if item.kind is not ItemKind.DIGEST_DIFFERS:
        return item.subject
    try:
        return wording.date_in_figures(date.fromisoformat(item.subject))
    except ValueError:
        return item.subject


def story(item: DeskItem, names: Names) -> str:
    """Tell in two sentences what happened."""
    where = names.place(item.shop, item.till)
    money = wording.money(item.money)
    subject = _subject(item)
    match item.kind:
        case ItemKind.TILL_CLONED:
            text = translate(
                "Desk",
                "{where} works in two places at once, each with its own sales. Both gave the"
                " same numbers, and nobody can say yet which one goes on.",
            )
        case ItemKind.TICKET_RESUMED_TWICE:
            text = translate(
                "Desk",
                "The parked ticket {subject} was taken up at two tills, one of them offline."
                " If both charged it, the customer paid {money} twice.",
            )
        case ItemKind.DIGEST_DIFFERS:
            text = translate(
                "Desk",
                "The sums of {subject} at {where} and at the centre are not the same."
                " They differ by {money}.",
            )
        case ItemKind.FACT_PARKED if item.is_from_here:
            text = translate(
                "Desk",
                "{subject} acts of this till could not be sent. They are kept here and the"
                " centre does not know them yet.",
            )
        case ItemKind.APPROVAL_NEVER_GIVEN:
            text = translate(
                "Desk",
                "{where} says that {subject} allowed something from afar. The centre gave no such"
                " permission. It is decided on the pages of the central system.",
            )
        case ItemKind.CARD_OUTCOME_UNKNOWN | ItemKind.CARD_REFUND_UNKNOWN:
            text = card_wording.stories(item)[item.kind]
        case _:
            known = order_wording.stories() | return_wording.stories() | value_wording.stories()
            text = known.get(item.kind) or _other_story(item)
    return text.format(where=where, subject=subject, money=money)


def _other_story(item: DeskItem) -> str:
    match item.kind:
        case ItemKind.FACT_PARKED:
            return translate(
                "Desk",
                "The centre received {subject} of {where} and could not enter it."
                " It is stored and counts for nothing until somebody decides.",
            )
        case ItemKind.FACT_UNREADABLE:
            return translate(
                "Desk",
                "The centre received something from {where} that it cannot read."
                " It is stored as it came.",
            )
        case ItemKind.TOTALS_DIFFER:
            return translate(
                "Desk",
                "The lines of {subject} do not add up to its total. The receipt the customer"
                " has says {money}.",
            )
        case ItemKind.UNKNOWN_PRODUCT:
            return translate(
                "Desk",
                "{where} sold {subject}, which the catalogue does not know. The sale counts;"
                " the stock was not moved.",
            )
        case ItemKind.PRICE_OUT_OF_BAND:
            return translate(
                "Desk", "{subject} was sold at {where} far from its price. The sale counts."
            )
        case ItemKind.PRINT_UNKNOWN:
            return translate(
                "Desk",
                "The printer stopped while it printed. The paper may be in the tray; a further"
                " copy is marked as such.",
            )
        case ItemKind.COUPON_USED_TWICE:
            return translate(
                "Desk",
                "Coupon {subject} may be used once, and two sales used it, at least one of them"
                " offline. It took {money} off the second. Both sales count.",
            )
        case _:
            return translate(
                "Desk",
                "This till is too old to tell this story. Look at it on the pages of the"
                " central system.",
            )


def safe(item: DeskItem) -> str:
    """Say whether the money and the records are safe."""
    known = order_wording.safe_words() | return_wording.safe_words() | value_wording.safe_words()
    if words := known.get(item.kind):
        return words
    match item.kind:
        case ItemKind.TILL_CLONED | ItemKind.TICKET_RESUMED_TWICE | ItemKind.COUPON_USED_TWICE:
            return translate("Desk", "Nothing was lost: both sides are stored whole.")
        case ItemKind.DIGEST_DIFFERS:
            return translate("Desk", "Nothing was lost: the till keeps every sale of the day.")
        case ItemKind.CARD_OUTCOME_UNKNOWN | ItemKind.CARD_REFUND_UNKNOWN:
            return card_wording.safe_words()[item.kind]
        case ItemKind.PRINT_UNKNOWN:
            return translate("Desk", "The sale is recorded; only the paper is in doubt.")
        case ItemKind.OTHER | ItemKind.APPROVAL_NEVER_GIVEN:
            return translate("Desk", "Nothing was lost: it is stored.")
        case _:
            return translate("Desk", "Nothing was lost: it is stored and can be entered again.")


def way_out(resolution: Resolution) -> str:
    """Name a way out, as on its key."""
    return {
        Resolution.BOTH_STAND: translate("Desk", "Both count"),
        Resolution.NEW_EPOCH: translate("Desk", "Both go on"),
        Resolution.STOP_COPY: translate("Desk", "Stop the copy"),
        Resolution.APPLY_AGAIN: translate("Desk", "Enter it again"),
        Resolution.KEEP_ASIDE: translate("Desk", "Leave it aside"),
        Resolution.SEND_AGAIN: translate("Desk", "Send again"),
        **card_wording.ways(),
        Resolution.REFUND_AGAIN: translate("Desk", "Ask again"),
        Resolution.SEEN: translate("Desk", "Looked at"),
    }[resolution]


def consequence(item: DeskItem, resolution: Resolution) -> str:
    """Say what follows from a way out."""
    known = {
        **card_wording.consequences(),
        **order_wording.consequences(),
        **return_wording.consequences(),
        **value_wording.consequences(),
    }
    if words := known.get((item.kind, resolution)):
        return words
    if resolution is Resolution.SEEN:
        return _seen(item)
    if resolution is Resolution.SEND_AGAIN and item.kind is ItemKind.DIGEST_DIFFERS:
        return translate("Desk", "The till sends the whole day again.")
    return {
        Resolution.BOTH_STAND: translate(
            "Desk", "Two sales; what was paid too much is given back."
        ),
        Resolution.NEW_EPOCH: translate(
            "Desk", "The copy takes numbers of its own. Its sales count."
        ),
        Resolution.STOP_COPY: translate("Desk", "The copy sells no more. What it sold counts."),
        Resolution.APPLY_AGAIN: translate("Desk", "The centre tries it once more, now."),
        Resolution.KEEP_ASIDE: translate("Desk", "It stays stored and counts for nothing."),
        Resolution.SEND_AGAIN: translate("Desk", "They go with the next sending."),
    }[resolution]


def _seen(item: DeskItem) -> str:
    match item.kind:
        case ItemKind.PRINT_UNKNOWN:
            return translate("Desk", "The paper came out, or nobody needs it.")
        case ItemKind.TICKET_RESUMED_TWICE:
            return translate("Desk", "Only one was charged; there is nothing to give back.")
        case _:
            return translate("Desk", "Nothing else changes.")


def ended(resolution: str) -> str:
    """Say how an item ended, by the hub's or our own word."""
    if resolution == SETTLED:
        return translate("Desk", "It came right by itself")
    known = {each.value: each for each in Resolution}
    return way_out(known[resolution]) if resolution in known else resolution


def row_label(kind: RowKind) -> str:
    """Name a row of a side."""
    return {
        RowKind.AT: translate("Desk", "When"),
        RowKind.STAFF: translate("Desk", "Who"),
        RowKind.DOCUMENT: translate("Desk", "Document"),
        RowKind.TOTAL: translate("Desk", "Total"),
        RowKind.TENDER: translate("Desk", "Paid with"),
        RowKind.LINES: translate("Desk", "Articles"),
        RowKind.PRODUCT: translate("Desk", "Article"),
        RowKind.PRICE: translate("Desk", "Price"),
        RowKind.EXPECTED: translate("Desk", "Expected"),
        RowKind.NUMBERS: translate("Desk", "Numbers"),
        RowKind.STATE: translate("Desk", "State"),
        RowKind.DETAIL: translate("Desk", "Detail"),
    }[kind]


def row_value(row: Row, item: DeskItem, names: Names, now_ms: int) -> str:
    """Write what a row says."""
    if row.kind is RowKind.AT and row.number is not None:
        return wording.when(row.number, now_ms)
    if row.kind is RowKind.STAFF:
        return names.person(row.text)
    if row.kind is RowKind.STATE:
        return _state(row.text)
    if row.kind is RowKind.TENDER:
        paid = _tender(row.text)
        amount = _money(row, item) if row.number is not None else ""
        return f"{paid} {amount}".strip()
    if row.kind is RowKind.DETAIL and item.is_from_here:
        return reason(row.text) if item.kind is ItemKind.FACT_PARKED else row.text
    if row.kind is RowKind.NUMBERS and row.text and row.number is not None:
        return f"{_state(row.text)} · {wording.number(row.number * 1000)}"
    if row.number is None:
        return row.text
    number = _money(row, item) if row.kind in MONEY_ROWS else wording.number(row.number * 1000)
    return f"{_state(row.text)} {number}".strip()


def _money(row: Row, item: DeskItem) -> str:
    return wording.money(Money(row.number or 0, item.money.currency))


def _tender(code: str) -> str:
    words = {
        "cash": translate("Desk", "Cash"),
        "card": translate("Desk", "Card"),
        **return_wording.means(),
    }
    return words.get(code, code)


def _capabilities() -> dict[str, str]:
    return {
        Capability.DISCOUNT.value: translate("Desk", "discount"),
        Capability.PRICE_OVERRIDE.value: translate("Desk", "price change"),
        Capability.OPEN_PRICE.value: translate("Desk", "open price"),
        Capability.CANCEL_TICKET.value: translate("Desk", "cancelled ticket"),
        Capability.OPEN_DRAWER.value: translate("Desk", "drawer opened"),
        Capability.CASH_MOVEMENT.value: translate("Desk", "cash movement"),
        Capability.X_REPORT.value: translate("Desk", "X report"),
        Capability.CLOSE_SESSION.value: translate("Desk", "shift closed"),
        Capability.REPRINT.value: translate("Desk", "receipt printed again"),
        Capability.RESOLVE_CARD.value: translate("Desk", "card payment settled"),
        Capability.RESOLVE_CONFLICT.value: translate("Desk", "decision at the desk"),
        **order_wording.capabilities(),
        **return_wording.capabilities(),
    }


def _state(code: str) -> str:
    words = {
        "cancelled": translate("Desk", "cancelled"),
        "unknown": translate("Desk", "unknown"),
        "requested": translate("Desk", "asked for"),
        "original": translate("Desk", "receipt"),
        "duplicate": translate("Desk", "copy"),
        "gift": translate("Desk", "gift receipt"),
        "x_report": translate("Desk", "X report"),
        "z_report": translate("Desk", "Z report"),
        "parked": translate("Desk", "slip of a parked ticket"),
        "movement": translate("Desk", "slip of a cash movement"),
        "sold": translate("Desk", "sold"),
        "resumed": translate("Desk", "taken up"),
        "not_applied": translate("Desk", "stored, not entered"),
        "never_asked": translate("Desk", "never asked for"),
        "of_another_till": translate("Desk", "asked for by another till"),
        "granted_otherwise": translate("Desk", "something else was allowed"),
        "waiting": translate("Desk", "nobody decided"),
        "denied": translate("Desk", "refused"),
        "withdrawn": translate("Desk", "taken back"),
        **_capabilities(),
        **card_wording.states(),
        **order_wording.states(),
        **return_wording.states(),
        **value_wording.states(),
    }
    return words.get(code, code)
