"""What it means at the hub that a person found out whether a card was charged or paid back."""

from __future__ import annotations

from sqlalchemy import Connection, exists, or_

from pos.domain.refund import RefundState
from sync.hub.conflicts import desk
from sync.hub.conflicts.desk_rules import Effect
from sync.hub.tables import card_attempt
from sync.hub.tables_returns import return_document, return_refund, return_reissue

# States of a charge or refund that nobody knows the end of; a till's own answer is overruled
# only when the till itself has two of them.
OPEN_STATES = ("requested", "unknown")
CONTRADICTED = "contradicted"
TERMINAL = "terminal"  # the place of what the terminal said


def card_name(attempt_id: str) -> str:
    """Return what people call an attempt: the end of its id, as tills show it."""
    return attempt_id[-6:].upper()


def _resolved_as(state: str) -> desk.CarryOut:
    def carry_out(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
        wanted = [
            card_attempt.c.attempt_id == str(case.data["attempt_id"]),
            card_attempt.c.till == case.till,
        ]
        if not case.data.get(CONTRADICTED):
            wanted.append(card_attempt.c.state.in_(OPEN_STATES))
        connection.execute(
            card_attempt.update()
            .where(*wanted)
            .values(state=state, is_verified=False, resolved_at_ms=act.at_ms)
        )

    return carry_out


def _refund_resolved_as(state: str) -> desk.CarryOut:
    def carry_out(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
        wanted = [
            return_refund.c.refund_id == str(case.data["refund_id"]),
            or_(
                exists().where(
                    return_document.c.return_id == return_refund.c.return_id,
                    return_document.c.till == case.till,
                ),
                exists().where(
                    return_reissue.c.refund_id == return_refund.c.refund_id,
                    return_reissue.c.till == case.till,
                ),
            ),
        ]
        if not case.data.get(CONTRADICTED):
            wanted.append(return_refund.c.state.in_(OPEN_STATES))
        connection.execute(
            return_refund.update().where(*wanted).values(state=state, changed_at_ms=act.at_ms)
        )

    return carry_out


def register() -> None:
    """Let the desk carry out what is found out about cards."""
    desk.carry_out(Effect.CARD_CHARGED, _resolved_as("approved"))
    desk.carry_out(Effect.CARD_NOT_CHARGED, _resolved_as("declined"))
    desk.carry_out(Effect.REFUND_PAID_BACK, _refund_resolved_as(RefundState.CONFIRMED.value))
    desk.carry_out(Effect.REFUND_NOT_PAID_BACK, _refund_resolved_as(RefundState.FAILED.value))
