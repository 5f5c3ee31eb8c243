"""The page that shows the shop's tills, each with the age of what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from sync.hub.counter import approvals
from sync.hub.pages.desk_pages import count_open
from sync.hub.pages.item_views import till_name
from sync.hub.pages.rendering import page
from sync.hub.pages.serving import Desk
from sync.hub.pages.visit import Visit
from sync.hub.pages.wording import Words
from sync.hub.running import status
from sync.hub.running.status import TillStatus

AWAY_AFTER_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class TillView:
    """A till in words; `state` is ``well``, ``waits``, ``away``, ``revoked`` or ``strange``."""

    title: str
    state: str
    seen: str
    rows: tuple[tuple[str, str], ...]


class TillPages:
    """Shows the tills."""

    def __init__(self, desk_of_hub: Desk) -> None:
        self._desk = desk_of_hub

    def index(self, visit: Visit) -> Response:
        """Show every till of the shop."""
        shop = visit.session.shop
        with self._desk.database.reading() as connection:
            known = status.tills(connection, [shop])
            counts = {
                "open": count_open(connection, shop),
                "approvals": approvals.count_waiting(connection, shop, visit.now_ms),
            }
        return page(
            visit,
            "tills.html",
            tab="tills",
            counts=counts,
            shop=shop,
            tills=[_view(each, visit.words, visit.now_ms) for each in known],
        )


def _view(till: TillStatus, say: Words, now_ms: int) -> TillView:
    seen = say("tills.seen", age=say.age(till.last_seen_at_ms)) if till.last_seen_at_ms else ""
    name = till_name(till.till, say)
    return TillView(
        title=f"{name} · {till.name}" if till.name not in {"", name} else name,
        state=_state(till, now_ms),
        seen=seen or say("tills.never_seen"),
        rows=tuple(_rows(till, say)),
    )


def _state(till: TillStatus, now_ms: int) -> str:
    if till.is_revoked:
        return "revoked"
    if not till.is_enrolled:
        return "strange"
    if now_ms - till.last_seen_at_ms > AWAY_AFTER_MS:
        return "away"
    has_trouble = till.report is not None and (till.report.parked or till.not_ready)
    return "waits" if has_trouble else "well"


def _rows(till: TillStatus, say: Words) -> list[tuple[str, str]]:
    """Return what is known of a till; what it never said is left out rather than guessed."""
    rows = [(say("tills.received"), str(till.received))]
    report = till.report
    if report is not None:
        rows.append((say("tills.queued"), str(report.queued)))
        if report.oldest_ms is not None:
            rows.append((say("tills.oldest"), say.age(report.oldest_ms)))
        rows.append((say("tills.parked"), str(report.parked)))
        rows.append((say("tills.ready"), _readiness(till, say)))
    version = (report.app_version if report else "") or till.app_version
    rows.append((say("tills.version"), version or "–"))
    if till.epoch > 1:
        rows.append((say("tills.epoch"), str(till.epoch)))
    return rows


def _readiness(till: TillStatus, say: Words) -> str:
    if not till.not_ready:
        return say("tills.is_ready")
    keys = ((name, f"light.{name}") for name in till.not_ready)
    lights = ", ".join(say(key) if say.has(key) else name for name, key in keys)
    return say("tills.not_ready", lights=lights)
