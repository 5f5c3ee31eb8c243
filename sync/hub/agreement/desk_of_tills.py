"""What resolutions at the desk do about copies of tills, days that differ and facts that wait."""

from __future__ import annotations

from sqlalchemy import Connection

from sync.connectors.port import Connector
from sync.hub.agreement import digests, forks
from sync.hub.conflicts import desk
from sync.hub.conflicts.desk_rules import Effect
from sync.hub.intake import retrying


def register(connector: Connector) -> None:
    """Let the desk carry out what is decided about tills and their facts."""

    def take_in(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
        till, epoch = _where(case)
        forks.take_in_fork(connection, connector, till, epoch, act.at_ms)

    def take_in_and_stop(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
        take_in(connection, case, act)
        forks.stop_copy(connection, *_where(case), act.at_ms)

    def retry(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
        till, epoch = _where(case)
        if beside := case.data.get("beside"):
            forks.take_in_again(connection, connector, till, epoch, str(beside), act.at_ms)
        else:
            retrying.apply_again(connection, till, epoch, int(case.data["seq"]))

    desk.carry_out(Effect.TAKE_IN_FORK, take_in)
    desk.carry_out(Effect.TAKE_IN_AND_STOP, take_in_and_stop)
    desk.carry_out(Effect.RETRY, retry)
    desk.carry_out(Effect.KEEP_ASIDE, _keep_aside)
    desk.carry_out(Effect.SEND_AGAIN, _send_again)


def _keep_aside(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
    """Let what was parked hold up nothing; what lies beside the chain holds up nothing anyway."""
    if "beside" not in case.data:
        retrying.keep_aside(connection, *_where(case), int(case.data["seq"]))


def _send_again(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
    digests.send_again(connection, *_where(case), str(case.data["day"]))


def _where(case: desk.Case) -> tuple[str, int]:
    return str(case.data["till"]), int(case.data["epoch"])
