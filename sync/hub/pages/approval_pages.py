"""The page on which somebody who is not at the till authorises what is asked there."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from sync.hub.counter import approvals
from sync.hub.counter.approvals import Event, Ruling, Waiting
from sync.hub.pages.desk_pages import count_open
from sync.hub.pages.item_views import till_name
from sync.hub.pages.rendering import HEADERS, NOT_KEPT, page, see
from sync.hub.pages.serving import Desk
from sync.hub.pages.visit import Refused, Visit
from sync.hub.pages.wording import Words

DECISIONS = {"granted": Event.GRANT, "denied": Event.DENY}


@dataclass(frozen=True, slots=True)
class AskedView:
    """A request in words; `is_mine` when the visitor asked it themself."""

    request_id: str
    title: str
    amount: str
    detail: str
    who: str
    till: str
    reason: str
    age: str
    seconds_left: int
    may_decide: bool
    is_mine: bool


class ApprovalPages:
    """Shows what is asked and takes the decision."""

    def __init__(self, desk_of_hub: Desk) -> None:
        self._desk = desk_of_hub

    def index(self, visit: Visit) -> Response:
        """Show the requests that wait, the oldest first: those that come go to the end."""
        with self._desk.database.reading() as connection:
            waiting = approvals.waiting(connection, visit.session.shop, visit.now_ms)
            still_open = count_open(connection, visit.session.shop)
        word = visit.query.get("done", "")
        return page(
            visit,
            "approvals.html",
            tab="approvals",
            counts={"open": still_open, "approvals": len(waiting)},
            requests=[_view(each, visit) for each in waiting],
            done=word if visit.words.has(f"message.{word}") else "",
        )

    def counts(self, visit: Visit) -> Response:
        """Say how much waits, for the numbers beside the tabs."""
        with self._desk.database.reading() as connection:
            counts = {
                "open": count_open(connection, visit.session.shop),
                "approvals": approvals.count_waiting(connection, visit.session.shop, visit.now_ms),
            }
        return JSONResponse(counts, headers=HEADERS | NOT_KEPT)

    def decide(self, visit: Visit) -> Response:
        """Grant or deny, by whoever is signed in."""
        event = DECISIONS.get(visit.form.get("decision", ""))
        if event is None:
            raise Refused(422, "not_possible")
        with self._desk.database.transaction() as connection:
            ruling = approvals.decide(
                connection,
                visit.session.shop,
                visit.parameters["request_id"],
                visit.session.member.staff_id,
                event,
                visit.now_ms,
            )
        if ruling is Ruling.UNKNOWN:
            raise Refused(404, "no_request")
        if ruling is Ruling.MAY_NOT:
            raise Refused(403, "may_not")
        decided = "granted" if event is Event.GRANT else "denied"
        word = decided if ruling is Ruling.DECIDED else "approval_too_late"
        return see(f"/desk/approvals?done={word}")


def _view(waiting: Waiting, visit: Visit) -> AskedView:
    asked, say, member = waiting.asked, visit.words, visit.session.member
    return AskedView(
        request_id=asked.request_id,
        title=_title(asked.capability, asked.discount, say),
        amount=say.money(asked.amount, asked.currency) if asked.amount else "",
        detail=asked.detail,
        who=waiting.requested_by,
        till=till_name(waiting.till, say),
        reason=asked.reason,
        age=say.age(waiting.requested_at_ms),
        seconds_left=max(0, waiting.expires_at_ms - visit.now_ms) // 1000,
        may_decide=approvals.may_decide(member, asked),
        is_mine=asked.requested_by == member.staff_id,
    )


def _title(capability: str, discount: int, say: Words) -> str:
    name = say(f"capability.{capability}")
    return f"{name} · {say.percent(discount)}" if discount else name
