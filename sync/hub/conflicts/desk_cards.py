"""What it means at the hub that a person found out whether a card was charged."""

from __future__ import annotations

from sqlalchemy import Connection

from sync.hub.conflicts import desk
from sync.hub.conflicts.desk_rules import Effect
from sync.hub.tables import card_attempt

# States of an attempt that nobody knows the end of; a till's own answer is overruled only when
# the till itself has two of them.
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


def register() -> None:
    """Let the desk carry out what is found out about cards."""
    desk.carry_out(Effect.CARD_CHARGED, _resolved_as("approved"))
    desk.carry_out(Effect.CARD_NOT_CHARGED, _resolved_as("declined"))
