"""Records an exchange that nothing is to be paid for."""

from __future__ import annotations

from pos.domain.exchange_draft import Way
from pos.domain.staff import Approval
from pos.domain.ticket import Ticket
from pos.screens.acting import or_as_recorded
from pos.services import exchange
from pos.services.exchange import Exchanged
from pos.services.workstation import SignOn


def record(
    sign_on: SignOn, ticket: Ticket, way: Way | None = None, approval: Approval | None = None
) -> Exchanged:
    """Record it; when nobody can say whether it was recorded, it is looked up.

    Raises:
        StoreUnavailable: Nothing was recorded.
        NotAllowed, NotComplete, NoOpenSession, TicketChanged: As `exchange.complete`.
    """
    return or_as_recorded(
        lambda: exchange.complete(sign_on, ticket, way, approval=approval),
        lambda: exchange.recorded(sign_on.station, ticket.basket.basket_id),
    )
