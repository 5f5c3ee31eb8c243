"""Fetching what orders hold: begin, verify by scanning, report what is missing, finish."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.catalogue import Product
from pos.domain.collection import Order, OrderLine, ShortReason, Substitute, SubstituteState
from pos.domain.collection_events import (
    LinePicked,
    LineShort,
    OrderPicked,
    PickingBegun,
    PickingLeft,
    SubstituteAnswered,
    SubstituteProposed,
)
from pos.domain.money import divide_half_up
from pos.domain.pickup_queue import Fetch, by_place
from pos.domain.quantity import THOUSAND
from pos.domain.scan import (
    CustomerScan,
    Gs1Scan,
    GtinScan,
    RefusalReason,
    RefusedScan,
    ScannedCode,
    ScanSource,
    UnknownScan,
    ValueKind,
    VariableMeasureScan,
    parse,
)
from pos.services.order_acts import Changed, NotNow, all_known, record
from pos.services.workstation import SignOn


@dataclass(frozen=True, slots=True)
class Verified:
    """A piece is the right one, recorded; `quantity` thousandths of it were taken."""

    order: Order
    line: OrderLine
    quantity: int


@dataclass(frozen=True, slots=True)
class OverScan:
    """All of the line is there already: the piece goes back to its place."""

    order: Order
    line: OrderLine


@dataclass(frozen=True, slots=True)
class NotInOrder:
    """The product is in none of the orders; `name` is empty when the till does not know it."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class AskHowMuch:
    """The product is measured and nothing said how much was taken."""

    order: Order
    line: OrderLine


@dataclass(frozen=True, slots=True)
class Unreadable:
    reason: RefusalReason


@dataclass(frozen=True, slots=True)
class NotForPicking:
    """One of our own codes: a shelf, a receipt, a badge."""


@dataclass(frozen=True, slots=True)
class OtherMeasure:
    """Pieces cannot take the place of kilograms, nor the other way round."""


@dataclass(frozen=True, slots=True)
class StillToPick:
    """Lines that are neither picked nor known to be missing; `pieces` counts what is lacking."""

    pieces: int


PickOutcome = Verified | OverScan | NotInOrder | AskHowMuch | Unreadable | NotForPicking | NotNow


@dataclass(frozen=True, slots=True)
class _Read:
    """What a label says; `thousandths` 0 where it does not say how much."""

    text: str
    gtin: int | None = None
    skus: tuple[str, ...] = ()
    thousandths: int = 0
    price_minor: int = 0
    serial: str = ""


def orders(sign_on: SignOn, order_ids: tuple[str, ...]) -> tuple[Order, ...]:
    """Return the orders as they are known now."""
    with sign_on.station.store.reading() as records:
        return all_known(records, order_ids)


def way(picked: tuple[Order, ...]) -> tuple[Fetch, ...]:
    """Return the lines in the order one walks past them."""
    return by_place(picked)


def begin(sign_on: SignOn, order_ids: tuple[str, ...]) -> Changed | NotNow:
    """Take orders to prepare them, one or several at once."""
    who = sign_on.operator.staff_id
    return record(sign_on, *(PickingBegun(order_id, who) for order_id in order_ids))


def leave(sign_on: SignOn, order_ids: tuple[str, ...]) -> Changed | NotNow:
    """Put orders back into the queue; what was picked stays picked."""
    who = sign_on.operator.staff_id
    return record(sign_on, *(PickingLeft(order_id, who) for order_id in order_ids))


def pick(
    sign_on: SignOn, order_ids: tuple[str, ...], code: ScannedCode, *, count: int = 1
) -> PickOutcome:
    """Verify what was scanned, or a code or SKU that was typed, against the orders.

    Where several orders want the product, the one first named gets it. `count` is how many
    pieces were taken at once, typed before the code (``12*``).

    Raises:
        StoreUnavailable: Nothing was recorded.
    """
    picked = orders(sign_on, order_ids)
    read = _read(sign_on, code, picked)
    if not isinstance(read, _Read):
        return read
    wanting = [
        (order, line)
        for order in picked
        for line in order.lines
        if (read.gtin is not None and line.gtin == read.gtin) or line.sku in read.skus
    ]
    if not wanting:
        return NotInOrder(read.text, _name_of(sign_on, read))
    open_lines = [(order, line) for order, line in wanting if line.picked < line.quantity]
    if not open_lines:
        return OverScan(*wanting[-1])
    order, line = open_lines[0]
    quantity = _quantity(read, line) * (count if line.unit.is_counted else 1)
    if not quantity:
        return AskHowMuch(order, line)
    entry = "keyed" if code.source is ScanSource.KEYED else "scanned"
    return take(sign_on, order.order_id, line.number, quantity, entry=entry, serial=read.serial)


def take(
    sign_on: SignOn,
    order_id: str,
    line: int,
    quantity: int,
    *,
    entry: str = "keyed",
    serial: str = "",
) -> Verified | OverScan | NotNow:
    """Record that `quantity` thousandths of a line were fetched."""
    who = sign_on.operator.staff_id
    known = orders(sign_on, (order_id,))
    if known:
        wanted = known[0].line(line)
        if wanted.picked + quantity > wanted.quantity:
            return OverScan(known[0], wanted)
    done = record(sign_on, LinePicked(order_id, who, line, quantity, entry, serial))
    if isinstance(done, NotNow):
        return done
    return Verified(done.order, done.order.line(line), quantity)


def put_back(sign_on: SignOn, order_id: str, line: int, quantity: int) -> Changed | NotNow:
    """Take a verified quantity (thousandths) back: it went back to its place."""
    who = sign_on.operator.staff_id
    return record(sign_on, LinePicked(order_id, who, line, -quantity, "undone"))


def short(sign_on: SignOn, order_id: str, line: int, reason: ShortReason) -> Changed | NotNow:
    """Report that the rest of a line cannot be had; missing and damaged goods leave the stock."""
    who = sign_on.operator.staff_id
    known = orders(sign_on, (order_id,))
    rest = known[0].line(line).quantity - known[0].line(line).picked if known else 0
    return record(sign_on, LineShort(order_id, who, line, rest, reason))


def have_it(sign_on: SignOn, order_id: str, line: int) -> Changed | NotNow:
    """Take a report back: it was found after all, and is to be scanned."""
    who = sign_on.operator.staff_id
    return record(sign_on, LineShort(order_id, who, line, 0, ShortReason.MISSING))


def propose(
    sign_on: SignOn, order_id: str, line: int, product: Product
) -> Changed | OtherMeasure | NotNow:
    """Offer another product in a line's place, as many of it; the customer decides."""
    who = sign_on.operator.staff_id
    known = orders(sign_on, (order_id,))
    if known and known[0].line(line).unit is not product.unit:
        return OtherMeasure()
    quantity = known[0].line(line).quantity if known else THOUSAND
    offered = Substitute(
        product.sku,
        product.gtin,
        product.name,
        product.price.minor,
        product.tax_rate.basis_points,
        product.tax_rate.name,
        quantity,
    )
    return record(sign_on, SubstituteProposed(order_id, who, line, offered))


def answer(
    sign_on: SignOn, order_id: str, line: int, *, accepted: bool, consent: str = ""
) -> Changed | NotNow:
    """Record what the customer said to the other product, and how (phone, in_person, message)."""
    who = sign_on.operator.staff_id
    return record(sign_on, SubstituteAnswered(order_id, who, line, accepted, consent))


def finish(sign_on: SignOn, order_ids: tuple[str, ...]) -> Changed | StillToPick | NotNow:
    """Say that everything of the orders is accounted for."""
    lacking = missing_pieces(orders(sign_on, order_ids))
    if lacking:
        return StillToPick(lacking)
    who = sign_on.operator.staff_id
    return record(sign_on, *(OrderPicked(order_id, who) for order_id in order_ids))


def missing_pieces(picked: tuple[Order, ...]) -> int:
    """Return how many pieces are still to be fetched; a measured line is one."""
    return sum(pieces(line, line.to_pick) for order in picked for line in order.lines)


def pieces(line: OrderLine, thousandths: int) -> int:
    """Return how many pieces a quantity is; of measured goods one, however much."""
    if line.unit.is_counted:
        return thousandths // THOUSAND
    return 1 if thousandths else 0


def is_open_offer(line: OrderLine) -> bool:
    """True while the customer has not said yes or no to another product."""
    return line.substitute is not None and line.substitute.state is SubstituteState.PROPOSED


# -- what a label says


def _read(
    sign_on: SignOn, code: ScannedCode, picked: tuple[Order, ...]
) -> _Read | Unreadable | NotForPicking:
    station = sign_on.station
    catalogue = station.catalogues.current()
    wanted = {line.gtin for order in picked for line in order.lines}
    read = parse(
        code,
        station.scan_rules,
        is_in_catalogue=lambda gtin: gtin in wanted or catalogue.contains(gtin),
    )
    match read:
        case GtinScan(gtin, printed):
            return _Read(printed, gtin, _skus(sign_on, gtin))
        case VariableMeasureScan():
            return _labelled(read)
        case Gs1Scan():
            taken = read.weight_thousandths or (read.count or 0) * THOUSAND
            return _Read(
                str(read.gtin),
                read.gtin,
                _skus(sign_on, read.gtin),
                taken,
                serial=read.serial or "",
            )
        case UnknownScan(text) | CustomerScan(text):
            return _Read(text, skus=(text,))
        case RefusedScan(reason):
            is_sku = code.source is ScanSource.KEYED and code.text in _all_skus(picked)
            return _Read(code.text, skus=(code.text,)) if is_sku else Unreadable(reason)
        case _:
            return NotForPicking()


def _labelled(label: VariableMeasureScan) -> _Read:
    skus = (label.item_code, label.item_code.lstrip("0"))
    if label.value_kind is ValueKind.PRICE:
        return _Read(label.printed, skus=skus, price_minor=label.value)
    return _Read(label.printed, skus=skus, thousandths=label.value)


def _skus(sign_on: SignOn, gtin: int) -> tuple[str, ...]:
    return tuple(one.sku for one in sign_on.station.catalogues.current().by_gtin(gtin))


def _all_skus(picked: tuple[Order, ...]) -> frozenset[str]:
    return frozenset(line.sku for order in picked for line in order.lines)


def _name_of(sign_on: SignOn, read: _Read) -> str:
    catalogue = sign_on.station.catalogues.current()
    found = catalogue.by_gtin(read.gtin) if read.gtin is not None else ()
    named = found or tuple(one for sku in read.skus if (one := catalogue.by_sku(sku)))
    return named[0].name if named else ""


def _quantity(read: _Read, line: OrderLine) -> int:
    """Return thousandths of the line that the label stands for, 0 when it does not say.

    Of measured goods a label may hold a little more than was ordered: the line is then whole.
    """
    rest = line.quantity - line.picked
    if line.unit.is_counted:
        return read.thousandths if read.thousandths >= THOUSAND else THOUSAND
    taken = read.thousandths
    if read.price_minor and line.unit_price:
        taken = max(1, divide_half_up(read.price_minor * THOUSAND, line.unit_price))
    return min(taken, rest)
