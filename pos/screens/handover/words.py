"""What the handover screen says of an order, its parcels, its lines, and who collects it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from pos.domain.collection import IdentityMethod, Order, OrderLine
from pos.domain.collection_events import Identity
from pos.domain.handover import HandoverDraft
from pos.domain.handover_rules import (
    CodeTrouble,
    Exceeds,
    LabelTrouble,
    Missing,
    Need,
    NeedsOverride,
    Obstacle,
    parcels_here,
    parcels_to_scan,
)
from pos.domain.quantity import THOUSAND, Quantity
from pos.screens import pickup_words, wording
from pos.services.on_counter import OnCounter

DOCUMENTS = ("dni", "passport", "licence")


@dataclass(frozen=True, slots=True)
class ParcelWords:
    number: int
    title: str
    second: str
    is_in_hand: bool


@dataclass(frozen=True, slots=True)
class TakeRow:
    """A line of the order; `most` and `taken` count pieces; 1 where it cannot be parted."""

    number: int
    name: str
    second: str
    amount: str
    picture: str
    taken: int
    most: int

    @property
    def key(self) -> str:
        return str(self.number)

    def spoken(self) -> str:
        return f"{self.name}, {self.second}, {self.amount}"


class HandoverCounts(QObject):
    """Words with a number in them; their plural forms are found by `tr` only."""

    def articles(self, count: int) -> str:
        return self.tr("%n articles", "", count)

    def parcels(self, count: int) -> str:
        return self.tr("%n parcels", "", count)

    def to_scan(self, count: int) -> str:
        """Say how many parcels are not in hand yet."""
        return self.tr("%n parcels to scan", "", count)

    def scanned(self, done: int, every: int) -> str:
        """Say how many of the parcels are in hand."""
        return self.tr("{done} of %n scanned", "", every).format(done=done)

    def received(self, count: int) -> str:
        """Say what the customer signs."""
        return self.tr("Received: %n articles", "", count)

    def left(self, count: int) -> str:
        """Say how much stays behind."""
        return self.tr("Leaves %n articles", "", count)

    def added(self, count: int) -> str:
        """Say how much is sold besides."""
        return self.tr("Adds %n articles", "", count)


def title(order: Order) -> str:
    return QCoreApplication.translate("Handover", "Hand over {number}").format(number=order.number)


def about(order: Order, now_ms: int) -> str:
    """Say whose it is, how much, where and when it was ordered."""
    articles = HandoverCounts().articles(order.units)
    placed = f"{pickup_words.channel(order)}, {wording.when(order.placed_at_ms, now_ms)}"
    return " · ".join(part for part in (order.customer_name, articles, placed) if part)


def how_paid(order: Order) -> str:
    if order.is_prepaid:
        return pickup_words.paid_on(order)
    return QCoreApplication.translate("Handover", "Pays on collection")


# -- parcels


def parcel_words(
    order: Order, draft: HandoverDraft, seen_at_ms: Mapping[int, int]
) -> tuple[ParcelWords, ...]:
    """Say of each parcel where it stands and whether it is in hand."""
    missing = {parcel.number for parcel in parcels_to_scan(order, draft)}
    here = parcels_here(order)
    return tuple(
        ParcelWords(
            parcel.number,
            QCoreApplication.translate("Handover", "Parcel {one} of {all}").format(
                one=parcel.number, all=len(here)
            ),
            _parcel_second(order, parcel.number, parcel.shelf, seen_at_ms.get(parcel.number, 0)),
            parcel.number not in missing,
        )
        for parcel in here
    )


def _parcel_second(order: Order, number: int, shelf: str, at_ms: int) -> str:
    where = QCoreApplication.translate("Handover", "shelf {shelf}").format(shelf=shelf)
    parts = [f"{order.short_code}-{number}", where if shelf else ""]
    if at_ms:
        parts.append(wording.clock(at_ms))
    return " · ".join(part for part in parts if part)


def scanned_words(order: Order, draft: HandoverDraft) -> tuple[str, bool]:
    """Return `1 of 2 scanned`, and whether that is all of them."""
    every = len(parcels_here(order))
    done = every - len(parcels_to_scan(order, draft))
    return HandoverCounts().scanned(done, every), done == every


# -- lines


def take_rows(order: Order, draft: HandoverDraft) -> tuple[TakeRow, ...]:
    """Return the lines there is something of."""
    return tuple(_row(order, draft, line) for line in order.lines if line.in_parcel)


def _row(order: Order, draft: HandoverDraft, line: OrderLine) -> TakeRow:
    delivered = draft.delivered(order, line.number)
    pieces = line.in_parcel // THOUSAND if line.unit.is_counted else 1
    taken = delivered // THOUSAND if line.unit.is_counted else int(delivered > 0)
    worth = line.value_of(delivered or line.in_parcel, order.currency)
    return TakeRow(
        line.number,
        line.name,
        _line_second(draft, line, delivered),
        wording.bare_amount(worth),
        line.picture,
        taken,
        pieces,
    )


def _line_second(draft: HandoverDraft, line: OrderLine, delivered: int) -> str:
    if delivered == line.in_parcel:
        return _what_there_is(line)
    reason = next((one.reason for one in draft.choices if one.line == line.number), "")
    back = QCoreApplication.translate("Handover", "goes back on sale")
    if delivered:
        back = QCoreApplication.translate("Handover", "{count} go back on sale").format(
            count=wording.measured(Quantity(line.in_parcel - delivered, line.unit))
        )
    return f"{reason} · {back}" if reason else back[:1].upper() + back[1:]


def _what_there_is(line: OrderLine) -> str:
    parts = (
        []
        if line.in_parcel == THOUSAND
        else [wording.measured(Quantity(line.in_parcel, line.unit))]
    )
    parts.append(str(line.gtin or line.sku))
    short = line.quantity - line.in_parcel
    if short:
        missing = QCoreApplication.translate("Handover", "{count} could not be had")
        parts.append(missing.format(count=wording.measured(Quantity(short, line.unit))))
    return " · ".join(parts)


def articles_taken(order: Order, draft: HandoverDraft) -> int:
    """Return how many pieces the customer takes of the order."""
    return sum(row.taken for row in take_rows(order, draft))


def articles_left(order: Order, draft: HandoverDraft) -> int:
    return sum(row.most - row.taken for row in take_rows(order, draft))


# -- who collects


def who_words(order: Order, identity: Identity | None) -> tuple[str, str]:
    """Say who may collect and why."""
    if identity is None:
        asked = QCoreApplication.translate("Handover", "Who collects it?")
        return asked, asked_for(order)
    name = (identity.name or order.customer_name).split(" ")[0]
    may = QCoreApplication.translate("Handover", "May collect it: it is {name}")
    return may.format(name=name), _why(order, identity)


def _why(order: Order, identity: Identity) -> str:
    match identity.method:
        case IdentityMethod.SIGNED_CODE:
            text = QCoreApplication.translate("Handover", "Code {code}, valid signature")
            return text.format(code=order.short_code)
        case IdentityMethod.SHORT_CODE:
            text = QCoreApplication.translate("Handover", "Said the code {code}")
            return text.format(code=order.short_code)
        case IdentityMethod.MEMBER_CARD:
            return QCoreApplication.translate("Handover", "Showed the member card")
        case IdentityMethod.DOCUMENT:
            shown = f"{document(identity.document)} …{identity.last4}"
            return f"{identity.relation} · {shown}" if identity.relation else shown


def asked_for(order: Order) -> str:
    """Say what the order asks for."""
    return {
        IdentityMethod.SIGNED_CODE: QCoreApplication.translate(
            "Handover", "Scan the code on the phone"
        ),
        IdentityMethod.SHORT_CODE: QCoreApplication.translate("Handover", "Ask for the code"),
        IdentityMethod.DOCUMENT: QCoreApplication.translate("Handover", "Ask for a document"),
        IdentityMethod.MEMBER_CARD: QCoreApplication.translate("Handover", "Scan the member card"),
    }[order.identity]


def document(kind: str) -> str:
    """Name a kind of document."""
    return {
        "dni": QCoreApplication.translate("Handover", "Identity card"),
        "passport": QCoreApplication.translate("Handover", "Passport"),
        "licence": QCoreApplication.translate("Handover", "Driving licence"),
    }.get(kind, kind)


# -- why not


def missing_words(seen: OnCounter) -> str:
    """Say what is to be done next, for the key that is off."""
    if not isinstance(seen.decision, Missing):
        return ""
    need = seen.decision.needs[0]
    if need is Need.PARCELS:
        count = len(parcels_to_scan(seen.order, seen.draft))
        return HandoverCounts().to_scan(count)
    return {
        Need.CLAIM: QCoreApplication.translate("Handover", "asking the central system"),
        Need.IDENTITY: QCoreApplication.translate("Handover", "who collects it?"),
        Need.SIGNATURE: QCoreApplication.translate("Handover", "the signature is missing"),
        Need.AGE: QCoreApplication.translate("Handover", "look at the age first"),
        Need.SERIALS: QCoreApplication.translate("Handover", "a serial number is missing"),
    }[need]


def override_words(decision: NeedsOverride, seen: OnCounter, now_ms: int) -> str:
    """Say what has to be allowed and why."""
    if decision.reason is Exceeds.ABOVE_LIMIT:
        text = QCoreApplication.translate("Handover", "Without connection, and worth {amount}")
        return text.format(amount=wording.money(seen.order.value_in_parcels))
    if decision.reason is Exceeds.KNOWN_TOO_LONG_AGO:
        if not seen.mirrored_at_ms:
            return QCoreApplication.translate("Handover", "Never confirmed by the central system")
        text = QCoreApplication.translate("Handover", "Last confirmed {age}")
        return text.format(age=wording.age(seen.mirrored_at_ms, now_ms))
    if decision.reason is Exceeds.NO_LABEL:
        return QCoreApplication.translate("Handover", "Without connection and without a label")
    return QCoreApplication.translate("Handover", "Without what the order asks for")


def obstacle_words(obstacle: Obstacle, order: Order, now_ms: int) -> tuple[str, str]:
    """Say in a title and a sentence why the order is not handed over."""
    match obstacle:
        case Obstacle.COLLECTED:
            when = wording.when(order.closed_at_ms, now_ms) if order.closed_at_ms else ""
            return (
                QCoreApplication.translate("Handover", "Collected already"),
                QCoreApplication.translate("Handover", "{till} handed it over at {time}.").format(
                    till=till_words(order.closed_at_till), time=when
                ),
            )
        case Obstacle.CANCELLED:
            return (
                QCoreApplication.translate("Handover", "Cancelled"),
                QCoreApplication.translate(
                    "Handover", "Do not hand it over: put it back and let the customer know."
                ),
            )
        case Obstacle.CANCEL_ASKED:
            return (
                QCoreApplication.translate("Handover", "It is being cancelled"),
                QCoreApplication.translate(
                    "Handover", "Cancelling was asked for and is not decided: do not hand it over."
                ),
            )
        case Obstacle.OTHER_SHOP:
            return (
                QCoreApplication.translate("Handover", "It is in another shop"),
                QCoreApplication.translate("Handover", "It waits in {shop}.").format(
                    shop=order.shop
                ),
            )
        case Obstacle.NOT_STAGED:
            state, second = pickup_words.state_words(order)
            return (
                QCoreApplication.translate("Handover", "Not ready yet"),
                f"{state} · {second}" if second else state,
            )
        case Obstacle.NOT_PAID:
            return (
                QCoreApplication.translate("Handover", "Its payment is not confirmed"),
                QCoreApplication.translate(
                    "Handover",
                    "It was to be paid online. The centre asks the payment provider; until it"
                    " says yes, keep the goods here.",
                ),
            )


def till_words(till: str) -> str:
    """Name a till."""
    if not till:
        return QCoreApplication.translate("Handover", "Another till")
    return wording.till_name(till)


def code_words(trouble: CodeTrouble, order: Order | None, shop: str, now_ms: int) -> str:
    """Say why a pickup code is of no use."""
    if trouble is CodeTrouble.USED and order is not None:
        return obstacle_words(Obstacle.COLLECTED, order, now_ms)[1]
    if trouble is CodeTrouble.OTHER_SHOP:
        text = QCoreApplication.translate("Handover", "The code is for the shop {shop}.")
        return text.format(shop=shop)
    return {
        CodeTrouble.FORGED: QCoreApplication.translate(
            "Handover", "The code is not ours: nobody signed it. Do not hand anything over."
        ),
        CodeTrouble.PAST: QCoreApplication.translate(
            "Handover", "The code is too old: its last day of holding is over."
        ),
        CodeTrouble.UNKNOWN: QCoreApplication.translate(
            "Handover", "The code is good, and this till knows no such order."
        ),
        CodeTrouble.USED: QCoreApplication.translate("Handover", "The order was collected."),
        CodeTrouble.CANCELLED: QCoreApplication.translate(
            "Handover", "The order was cancelled: do not hand it over."
        ),
        CodeTrouble.OLD: QCoreApplication.translate(
            "Handover", "A newer code was given out: ask for the latest message."
        ),
        CodeTrouble.NEWER: QCoreApplication.translate(
            "Handover", "The order changed and this till has not heard how."
        ),
    }[trouble]


def label_words(trouble: LabelTrouble) -> str:
    """Say why a parcel's label is not taken."""
    return {
        LabelTrouble.OTHER_ORDER: QCoreApplication.translate(
            "Handover", "That parcel is of another order"
        ),
        LabelTrouble.NO_SUCH_PARCEL: QCoreApplication.translate(
            "Handover", "That parcel does not stand here"
        ),
        LabelTrouble.OUTDATED: QCoreApplication.translate(
            "Handover", "A newer label of that parcel was printed: scan that one"
        ),
    }[trouble]


def needs(seen: OnCounter | None) -> tuple[Need, ...]:
    """Return what is still to be done."""
    decision = seen.decision if seen else None
    return decision.needs if isinstance(decision, Missing) else ()
