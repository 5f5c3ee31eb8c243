"""``mostrador hub status``: the tills, the desk and the orders of a hub, from its database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands.hub_database import Db, open_hub
from pos.commands.output import print_json
from pos.formatting import age_text
from pos.system import SystemClock

if TYPE_CHECKING:
    from sync.hub.running.order_status import OrderStatus
    from sync.hub.running.status import TillStatus
    from sync.hub.value.checking import ValueStatus

NOTHING = "–"


def status(
    db: Db,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show each till with the age of what is known of it, what waits on the desk, open orders.

    Example: mostrador hub status --db sqlite:///hub.db
    """
    from sync.hub.running.order_status import order_status
    from sync.hub.running.status import open_items, tills
    from sync.hub.value.checking import value_status

    now_ms = SystemClock().now_ms()
    with open_hub(db) as engine, engine.connect() as connection:
        known = tills(connection)
        items = open_items(connection)
        orders = order_status(connection)
        cards = value_status(connection)
    if json:
        print_json(
            {
                "tills": [_as_json(till, now_ms) for till in known],
                "desk": [
                    {"shop": shop, "kind": kind, "open": count}
                    for (shop, kind), count in sorted(items.items())
                ],
                "orders": [
                    {"shop": shop, "state": state, "open": count}
                    for (shop, state), count in sorted(orders.orders.items())
                ],
                "notices": orders.notices,
                "refunds": orders.refunds,
                "cards": {
                    "cards": cards.cards,
                    "owed": cards.owed,
                    "troubles": list(cards.troubles),
                },
            }
        )
        return
    _print_tills(known, now_ms)
    _print_desk(items)
    _print_orders(orders)
    _print_cards(cards)


def _print_tills(known: tuple[TillStatus, ...], now_ms: int) -> None:
    if not known:
        typer.echo("No tills yet: mostrador hub till-code SHOP 1 --db …")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("Till", "State", "Seen", "Received", "Queue", "Oldest", "Parked", "Version"):
        right = name in {"Received", "Queue", "Parked"}
        table.add_column(name, justify="right" if right else "left")
    for till in known:
        table.add_row(*_row(till, now_ms))
    Console().print(table)


def _row(till: TillStatus, now_ms: int) -> tuple[str, ...]:
    report = till.report
    oldest = report.oldest_ms if report else None
    return (
        till.till,
        _state(till),
        _age(till.last_seen_at_ms, now_ms),
        str(till.received),
        str(report.queued) if report else NOTHING,
        _age(oldest or 0, now_ms),
        str(report.parked) if report else NOTHING,
        till.app_version or NOTHING,
    )


def _print_desk(items: dict[tuple[str, str], int]) -> None:
    if not items:
        typer.echo("Nothing waits on the conflict desk.")
    for (shop, kind), count in sorted(items.items()):
        typer.echo(f"{shop}: {count} x {kind.replace('_', ' ')}")


def _print_orders(found: OrderStatus) -> None:
    for (shop, state), count in sorted(found.orders.items()):
        typer.echo(f"{shop}: {count} x order {state.replace('_', ' ')}")
    for name, counts in (("notice", found.notices), ("refund", found.refunds)):
        for state, count in counts.items():
            if count:
                typer.echo(f"{count} x {name} {state}")


def _print_cards(found: ValueStatus) -> None:
    for state, count in sorted(found.cards.items()):
        typer.echo(f"{count} x card {state}")
    for currency, minor in sorted(found.owed.items()):
        typer.echo(f"owed on cards: {minor} {currency} cents")
    for trouble in found.troubles:
        typer.echo(f"The books of the cards do not agree: {trouble}")


def _state(till: TillStatus) -> str:
    if till.is_revoked:
        return "revoked"
    if not till.is_enrolled:
        return "not enrolled"
    return ", ".join(till.not_ready) or "ready"


def _age(at_ms: int, now_ms: int) -> str:
    return age_text(max(0, now_ms - at_ms) / 1000, "en_GB") if at_ms else NOTHING


def _as_json(till: TillStatus, now_ms: int) -> dict[str, object]:
    report = till.report
    return {
        "till": till.till,
        "shop": till.shop,
        "enrolled": till.is_enrolled,
        "revoked": till.is_revoked,
        "seen_s_ago": _seconds(till.last_seen_at_ms, now_ms),
        "epoch": till.epoch,
        "received": till.received,
        "queued": report.queued if report else None,
        "oldest_s_ago": _seconds(report.oldest_ms or 0, now_ms) if report else None,
        "parked": report.parked if report else None,
        "not_ready": list(till.not_ready),
        "version": till.app_version,
    }


def _seconds(at_ms: int, now_ms: int) -> int | None:
    return max(0, now_ms - at_ms) // 1000 if at_ms else None
