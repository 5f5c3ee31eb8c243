"""Records an exchange that nothing is to be paid for."""

from __future__ import annotations

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.exchange_draft import Way
from pos.domain.staff import Approval
from pos.domain.ticket import Ticket
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
    try:
        return exchange.complete(sign_on, ticket, way, approval=approval)
    except OutcomeOfCommitUnknown as error:
        done = exchange.recorded(sign_on.station, ticket.basket.basket_id)
        if done is None:
            raise StoreUnavailable(str(error)) from error
        return done
