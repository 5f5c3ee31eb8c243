"""Coupons a customer brings: read, asked for at the hub when they work once, put on the ticket."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.promotion import Coupon, Promotion
from pos.domain.scan import CouponScan
from pos.domain.scan_codes import read_own_code
from pos.domain.ticket import Ticket, TicketState
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import LinkState, Sound
from pos.services import coupons
from pos.services.coupons import CouponAnswer, CouponOutcome
from pos.services.hub_calls import ClaimState, CouponClaim, HubAway

MAX_CODE = 64


class Coupons(QObject):
    """The way of a coupon to the ticket and off it again; `refused` says why it does nothing.

    `asking` is the code that the hub is asked about, empty when it is not; `changed` follows it.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.asking = ""
        self._asked_for = ""  # the ticket at the counter then; empty: none yet

    def typed(self, text: str) -> None:
        """Take a code as it stands on the coupon, with or without what a scanner reads around."""
        read = read_own_code(text.strip())
        code = read.code if isinstance(read, CouponScan) else text.strip().upper()
        self.enter(code[:MAX_CODE])

    def enter(self, code: str) -> None:
        """Put a coupon on the ticket; the hub is asked about a code that works once."""
        if self.asking:
            return
        sign_on, ticket = self._counter.sign_on, self._counter.ticket
        shared = coupons.shared_coupon(sign_on, code, ticket)
        if shared is not None:
            self._use(shared)
        elif self._is_on_ticket(code):
            self._refuse(self.tr("Coupon {code} is on the ticket already").format(code=code))
        elif coupons.is_on_parked(sign_on, code):
            self._refuse(self._on_parked(code))
        elif self._counter.devices.link.status.state is LinkState.OFFLINE:
            self._refuse(self._no_connection(code))
        else:
            self._ask(code)

    def drop(self, code: str) -> None:
        """Take a coupon off the ticket and give its code back to whoever brings it next."""
        ticket = self._counter.ticket
        if ticket is None:
            return
        sign_on = self._counter.sign_on
        held = [coupon for coupon in ticket.basket.coupons if coupon.code == code]
        changed = attempt(
            self._counter, self._navigator, lambda: coupons.drop_coupon(sign_on, ticket, code)
        )
        if changed is not None:
            self._counter.put(changed)
            give_back(self._counter, held)

    # -- what the hub said

    def _ask(self, code: str, *, takes_over: bool = False) -> None:
        ticket = self._counter.ticket
        self.asking = code
        self._asked_for = ticket.basket.basket_id if ticket else ""
        self.changed.emit()
        op_id = self._counter.station.ids.new()
        self._counter.devices.hub.claim_coupon(op_id, code, self._answered, takes_over=takes_over)

    def _answered(self, answer: CouponClaim | HubAway) -> None:
        code, self.asking = self.asking, ""
        self.changed.emit()
        if isinstance(answer, HubAway):
            self._refuse(self._no_connection(code))
            return
        match answer.state:
            case ClaimState.GRANTED:
                self._claimed(Coupon(code, answer.promotion_id, answer.fence))
            case ClaimState.HELD if answer.may_be_taken_over:
                if self._is_same_customer:  # the coupon is here, in somebody's hand
                    self._ask(code, takes_over=True)
            case ClaimState.HELD:
                text = self.tr("{till} has coupon {code} since {time}")
                since = wording.clock(answer.since_ms)
                till = wording.till_name(answer.holder)
                self._refuse(text.format(till=till, code=code, time=since))
            case ClaimState.GONE:
                self._refuse(self._gone(code, answer))

    def _claimed(self, coupon: Coupon) -> None:
        is_there = self._counter.signed_on is not None and self._is_same_customer
        if not is_there or self._is_being_paid or not self._use(coupon):
            give_back(self._counter, [coupon])

    def _use(self, coupon: Coupon) -> bool:
        sign_on, ticket = self._counter.sign_on, self._counter.ticket
        answer = attempt(
            self._counter, self._navigator, lambda: coupons.use_coupon(sign_on, ticket, coupon)
        )
        if answer is None:
            return False
        if not answer.outcome.is_on_ticket:
            self._refuse(self._refusal(coupon.code, answer))
            return False
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._navigator.close_all()
        self._counter.put(answer.ticket)
        return True

    @property
    def _is_same_customer(self) -> bool:
        """True while no other ticket took the place of the one that a code was asked for."""
        ticket = self._counter.ticket
        now = ticket.basket.basket_id if ticket else ""
        return self._asked_for in {"", now}

    @property
    def _is_being_paid(self) -> bool:
        ticket = self._counter.ticket
        return ticket is not None and ticket.state is not TicketState.OPEN

    def _is_on_ticket(self, code: str) -> bool:
        ticket: Ticket | None = self._counter.ticket
        return ticket is not None and any(one.code == code for one in ticket.basket.coupons)

    # -- words

    def _refusal(self, code: str, answer: CouponAnswer) -> str:
        texts = {
            CouponOutcome.ALREADY_ON_TICKET: self.tr("Coupon {code} is on the ticket already"),
            CouponOutcome.ON_PARKED_TICKET: self._on_parked(code),
            CouponOutcome.SAME_PROMOTION: self.tr("Another coupon of this kind is on the ticket"),
            CouponOutcome.NOT_YET: self.tr("Coupon {code} is valid from {from}"),
            CouponOutcome.OVER: self.tr("Coupon {code} was valid until {until}"),
            CouponOutcome.NOT_HERE: self.tr("Coupon {code} is not for this shop"),
            CouponOutcome.MEMBERS_ONLY: self.tr("Coupon {code} is for members only"),
            CouponOutcome.TOO_MANY: self.tr("No more coupons fit on this ticket"),
        }
        text = texts.get(answer.outcome, self.tr("No coupon has the code {code}"))
        return text.format(code=code, **_dates(answer.promotion))

    def _gone(self, code: str, answer: CouponClaim) -> str:
        if answer.detail == "used":
            text = self.tr("Coupon {code} was used already ({till})")
            return text.format(code=code, till=wording.till_name(answer.holder))
        if answer.detail == "ended":
            return self.tr("Coupon {code} is not valid any more").format(code=code)
        return self.tr("No coupon has the code {code}").format(code=code)

    def _on_parked(self, code: str) -> str:
        return self.tr("Coupon {code} is on a parked ticket").format(code=code)

    def _no_connection(self, code: str) -> str:
        text = self.tr("Coupon {code} cannot be checked: no connection")
        return text.format(code=code)

    def _refuse(self, reason: str) -> None:
        self.refused.emit(reason)


def give_back(counter: Counter, held: list[Coupon] | tuple[Coupon, ...]) -> None:
    """Let the hub give claimed codes to others; one that it does not hear runs out by itself."""
    for coupon in held:
        if coupon.fence:
            counter.devices.hub.release_coupon(coupon.code, coupon.fence)


def _dates(promotion: Promotion | None) -> dict[str, str]:
    """Return the first and the last day of a promotion, as they are written here."""
    if promotion is None:
        return {"from": "", "until": ""}
    return {
        "from": wording.day(promotion.valid_from_ms),
        "until": wording.day(promotion.valid_until_ms - 1),
    }
