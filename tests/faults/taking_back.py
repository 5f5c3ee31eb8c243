"""What comes back within the scripted shift, by the services that the page of returns calls."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Reason
from pos.domain.returns import Return
from pos.services import find_purchase, take_back
from pos.services.find_purchase import Known, Wanted
from pos.services.give_back import give_back
from pos.services.return_figures import figures_of
from pos.services.workstation import SignOn
from tests.faults.oracle import Told

MANY = 1_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the shift's how many-eth sale; `way` None: paid back the way it was paid."""

    sale: int
    line: int
    way: Means | None = None


# The acts in their order. The first two sales are for cash and for a card.
COMES_BACK = {
    "cash return": Piece(0, 1),
    "card return": Piece(1, 1),
    "credit return": Piece(0, 2, Means.STORE_CREDIT),
}


def record(sign_on: SignOn, piece: Piece) -> Return | None:
    """Take a piece back; None when it was never sold, came back already, or is too old."""
    station = sign_on.station
    sales = find_purchase.recent(station, MANY)
    if piece.sale >= len(sales):
        return None
    known = find_purchase.here(station, Wanted(str(sales[-1 - piece.sale].number)))
    if not isinstance(known, Known):
        return None
    left = {row.line.number for row in known.ledger.lines if row.returnable}
    if piece.line not in left:
        return None
    state = take_back.begin(station, known, is_isolated=False)
    state = take_back.because(state, piece.line, Reason.SIZE)
    state = take_back.in_condition(state, piece.line, Condition.SEALED)
    if piece.way is not None:
        state = take_back.pay_by(state, piece.way, "")
    figures = figures_of(state)
    if figures.lacking is not None or figures.permissions:
        return None
    return give_back(sign_on, state, figures)


def as_told(document: Return) -> Told:
    """Return what somebody is shown of a recorded return."""
    return {
        "return_id": document.return_id,
        "number": str(document.number),
        "total": document.total.minor,
    }
