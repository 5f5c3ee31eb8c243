"""Rings up a history on a till of its own and waits until the hub has every document."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pos.commands.agent_keeper import agent_running
from pos.commands.enrolment import enrol, is_enrolled, mint_code
from pos.commands.history import HistoryError, Invoice, read_invoices
from pos.commands.replay_invoices import InvoiceReplay, ReplayResult
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
from sync.wire.v1.tills import Digest

__all__ = ["HistoryError", "HubTooFarBehind", "ReplayRequest", "ReplayResult", "run_replay"]

SHOP, TILL_NUMBER = "HIST", 1
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
            digest = _wait_for_hub(till, request.hub, on_wait)
            result.hub_total_minor = digest.total_minor
            result.hub_returns_total_minor = -digest.returns_minor
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
    replay = InvoiceReplay(sign_on, TaxRate(request.tax_basis_points), result)
    for done, invoice in enumerate(invoices, 1):
        replay.ring_up(invoice)
        on_progress(done, len(invoices))
    result.seconds = time.monotonic() - started
    return result


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


def _wait_for_hub(till: OpenTill, hub: str, on_wait: Callable[[int], None]) -> Digest:
    """Wait until the hub has every fact; return its sums of this till.

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
                return digest
            if digest.received_through > received:
                received, deadline = digest.received_through, time.monotonic() + PATIENCE_S
            problem = f"it has {received} of {last} facts"
        on_wait(last - max(received, 0))
        time.sleep(POLL_S)
    raise HubTooFarBehind(f"nothing arrived at {hub} for {PATIENCE_S:.0f} s: {problem}")
