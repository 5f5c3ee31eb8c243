"""Rings up a history on a till of its own and waits until the hub has every sale."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pos.commands.agent_keeper import agent_running
from pos.commands.enrolment import enrol, is_enrolled, mint_code
from pos.commands.history import HistoryError, HistoryLine, Invoice, read_invoices
from pos.domain.basket import BasketError, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.quantity import Quantity, QuantityNotPossible
from pos.domain.staff import Role, StaffMember
from pos.domain.tax import TaxRate
from pos.domain.ticket import Ticket, TicketState
from pos.domain.till_session import CashCount
from pos.open_till import OpenTill, open_till
from pos.services import pay, sell, till_session
from pos.services.workstation import SignOn
from pos.settings import read_settings, write_settings
from pos.store.data_folder import DataFolder
from sync.client import HubClient, HubRefused, HubUnreachable
from sync.credentials import NotEnrolled, load_credentials

__all__ = ["HistoryError", "HubTooFarBehind", "ReplayRequest", "ReplayResult", "run_replay"]

SHOP, TILL_NUMBER = "HIST", 1
SOURCE = "replay"
OPERATOR = StaffMember("replay", "Replay", Role.MANAGER)
POLL_S = 0.25
PATIENCE_S = 300.0

Progress = Callable[[int, int], None]


class HubTooFarBehind(OSError):
    """Everything is recorded here, and the hub does not take it."""


@dataclass(frozen=True)
class ReplayRequest:
    """What to ring up and where; `tax_basis_points` is contained in the prices.

    `code` enrols a till that is none yet, or `hub_db`, where the shop is added when missing.
    """

    file: Path
    data: Path
    hub: str
    currency: str
    tax_basis_points: int
    limit: int | None = None
    code: str = ""
    hub_db: str = ""


@dataclass
class ReplayResult:
    """What was rung up; amounts in minor units, `recorded` counts earlier runs too."""

    invoices: int = 0
    recorded: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)
    lines: int = 0
    total_minor: int = 0
    hub_total_minor: int = 0
    seconds: float = 0.0
    rung_up: int = 0

    def as_json(self) -> dict[str, Any]:
        per_second = self.rung_up / self.seconds if self.seconds else 0.0
        return {
            "invoices": self.invoices,
            "recorded": self.recorded,
            "skipped": self.skipped,
            "lines": self.lines,
            "total_minor": self.total_minor,
            "hub_total_minor": self.hub_total_minor,
            "seconds": round(self.seconds, 3),
            "sales_per_second": round(per_second, 1),
        }


def run_replay(
    request: ReplayRequest, on_progress: Progress, on_wait: Callable[[int], None]
) -> ReplayResult:
    """Ring up, sync, compare.

    Args:
        on_progress: Called with the invoices done and all of them.
        on_wait: Called with the facts the hub still lacks when all is rung up.

    Raises:
        HistoryError: The file cannot be read.
        StoreUnavailable: The data folder is taken or cannot be written.
        HubUnreachable: The hub does not answer, and the till was never introduced to it.
        HubTooFarBehind: Everything is recorded, and the hub takes nothing more.
    """
    invoices = read_invoices(request.file)[: request.limit]
    folder = DataFolder(request.data)
    _introduce(folder, request)
    till = open_till(folder)
    try:
        with agent_running(folder):
            result = _ring_up_all(till, request, invoices, on_progress)
            result.hub_total_minor = _wait_for_hub(till, request.hub, on_wait)
    finally:
        till.close()
    return result


def _introduce(folder: DataFolder, request: ReplayRequest) -> None:
    """Enrol the till; one that is goes on also while the hub is away."""
    if is_enrolled(folder):
        settings = read_settings(folder.settings)
        write_settings(folder.settings, replace(settings, hub=request.hub.rstrip("/")))
        return
    code = request.code
    if not code and request.hub_db:
        code = mint_code(request.hub_db, SHOP, TILL_NUMBER, currency=request.currency)
    if not code:
        raise NotEnrolled("enrol the till first: --code or --hub-db, see mostrador replay --help")
    enrol(request.data, hub=request.hub, code=code)


def _ring_up_all(
    till: OpenTill, request: ReplayRequest, invoices: tuple[Invoice, ...], on_progress: Progress
) -> ReplayResult:
    if till.shop.currency != request.currency:
        raise HistoryError(f"the till sells in {till.shop.currency}, not {request.currency}")
    sign_on = _signed_on(till)
    result = ReplayResult(invoices=len(invoices))
    started = time.monotonic()
    rate = TaxRate(request.tax_basis_points)
    for done, invoice in enumerate(invoices, 1):
        _ring_up(sign_on, invoice, rate, result)
        on_progress(done, len(invoices))
    result.seconds = time.monotonic() - started
    return result


def _ring_up(sign_on: SignOn, invoice: Invoice, rate: TaxRate, result: ReplayResult) -> None:
    reason = _reason_to_skip(invoice)
    if reason:
        result.skipped.append({"invoice": invoice.number, "reason": reason})
        return
    source = f"{SOURCE}:{invoice.number}"
    with sign_on.station.store.reading() as records:
        earlier = records.sales.by_source(source)
    if earlier is None:
        try:
            earlier = _sell(sign_on, invoice, rate, source)
        except (BasketError, QuantityNotPossible) as error:
            result.skipped.append({"invoice": invoice.number, "reason": f"not possible: {error}"})
            return
        result.rung_up += 1
    result.recorded += 1
    result.lines += len(earlier.lines)
    result.total_minor += earlier.total.minor


def _reason_to_skip(invoice: Invoice) -> str:
    if invoice.is_return:
        return "return"
    if invoice.fault:
        return f"unreadable: {invoice.fault}"
    if invoice.total_minor == 0:
        return "not a sale"
    return ""


def _sell(sign_on: SignOn, invoice: Invoice, rate: TaxRate, source: str) -> Any:
    currency = sign_on.station.currency
    wanted = [_wanted(line, rate, currency) for line in invoice.lines]
    ticket = sell.add_many(sign_on, None, wanted, EntryMethod.IMPORTED)
    return pay.pay_imported(sign_on, pay.begin(sign_on, ticket), source=source)


def _wanted(
    line: HistoryLine, rate: TaxRate, currency: str
) -> tuple[Product, Quantity, Money | None]:
    """A unit price finer than a cent cannot be a price here: the line's amount stands."""
    cents = line.unit_price * 100
    price = Money(int(cents.to_integral_value()), currency)
    amount = None if cents == int(cents) else Money(line.amount_minor, currency)
    product = Product(line.sku, None, line.name, price, rate)
    return product, Quantity.each(line.quantity), amount


def _signed_on(till: OpenTill) -> SignOn:
    """Return a sign-on with an open shift; a ticket that an earlier run left is cancelled."""
    station = till.station
    with station.store.reading() as records:
        session, left = records.sessions.current(), records.tickets.current()
    sign_on = SignOn(station, OPERATOR, session)
    if session is None:
        day = time.strftime("%Y-%m-%d")
        empty = CashCount(station.currency, {})
        sign_on = till_session.open_session(sign_on, empty, business_day=day)
    if left is not None:
        _cancel(sign_on, left)
    return sign_on


def _cancel(sign_on: SignOn, left: Ticket) -> None:
    if left.state is TicketState.PAYING:
        left = pay.back_to_ticket(sign_on, left)
    sell.cancel(sign_on, left, reason="replay interrupted")


def _wait_for_hub(till: OpenTill, hub: str, on_wait: Callable[[int], None]) -> int:
    """Wait until the hub has every fact; return its total of this till's sales.

    Raises:
        HubTooFarBehind: Nothing arrived there for `PATIENCE_S`.
    """
    with till.store.reading() as records:
        last = records.journal.head().seq
    client = HubClient(hub, load_credentials(till.folder))
    received, problem = -1, ""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            digest = client.digest(till.station.till)
        except (HubUnreachable, HubRefused) as error:
            problem = str(error)
        else:
            if digest.received_through >= last:
                return digest.total_minor
            if digest.received_through > received:
                received, deadline = digest.received_through, time.monotonic() + PATIENCE_S
            problem = f"it has {received} of {last} facts"
        on_wait(last - max(received, 0))
        time.sleep(POLL_S)
    raise HubTooFarBehind(f"nothing arrived at {hub} for {PATIENCE_S:.0f} s: {problem}")
