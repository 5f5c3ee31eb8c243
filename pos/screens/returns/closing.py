"""The last key: whoever has to allow it, the hub's word, then the return is recorded.

What pays for other goods goes to the ticket instead, and is recorded with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.return_ledger import MoreThanReturnable
from pos.domain.return_purchase import PurchaseSource
from pos.domain.returns import Return
from pos.domain.staff import Act, Approval, Approved, Capability
from pos.screens import wording
from pos.screens.acting import attempt, or_as_recorded
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import LinkState
from pos.screens.returns import in_goods, words
from pos.screens.returns.in_goods import InGoods
from pos.services import give_back, take_back
from pos.services.find_purchase import Known
from pos.services.hub_calls import ClaimState, HubAway, PurchaseClaim
from pos.services.record_return import PurchaseChanged
from pos.services.return_figures import Figures, Lacking, Permission, figures_of
from pos.services.take_back import WHOLE, TakingBack
from pos.services.workstation import NoOpenSession, NotAllowed

_UNKNOWN = "unknown"
_TRIES = 3  # a sale of a moment ago is on its way to the hub
_PAUSE_MS = 700


@dataclass(frozen=True, slots=True)
class _Question:
    """Each time under an id of its own: the hub grants nothing twice under one."""

    op_id: str
    state: TakingBack


class Closing(QObject):
    """Closes one return at a time."""

    changed = Signal()  # it asks, or asks no more
    allowed = Signal(object)  # TakingBack
    # The id of the return, what puts the permission into it, and whether it is closed then.
    approved = Signal(str, object, bool)
    recorded = Signal(object)  # Return
    went_to_ticket = Signal(str)  # the id of the return that pays for it
    refused = Signal(str)
    looked_again = Signal(object, str)  # TakingBack as it is by now, and what is to be said
    held = Signal(str, bool)  # another till has it; whether it may be taken over

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._question: _Question | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE_MS)
        self._again.timeout.connect(self._ask_again)
        self._waiting: TakingBack | None = None
        self._tries = 0
        self._in_goods = False
        self._goods = InGoods(counter, navigator, self)
        self._goods.refused.connect(self.refused)
        self._goods.changed_meanwhile.connect(self._changed_meanwhile)

    @property
    def is_asking(self) -> bool:
        return self._question is not None or self._waiting is not None

    def forget(self) -> None:
        """Wait for no answer any more; what is granted all the same is given back."""
        self._question, self._waiting = None, None
        self._again.stop()

    @property
    def why_not_in_goods(self) -> str:
        """Why what comes back cannot pay for the ticket at the counter; empty when it can."""
        return self._goods.why_not

    def close(self, state: TakingBack, *, in_goods: bool = False) -> None:
        """Record the return, once everybody who has a say said yes.

        Args:
            in_goods: Let it pay for the ticket at the counter instead.
        """
        if not self.is_asking:
            self._in_goods = in_goods
            self.go_on(state)

    def go_on(self, state: TakingBack, *, takes_over: bool = False) -> None:
        """Go on with what was asked for last, such as after a permission."""
        if self.is_asking:
            return
        fresh = take_back.without_stale(state, self._counter.station.clock.now_ms())
        if fresh.allowed != state.allowed:
            self.allowed.emit(fresh)
        figures = figures_of(fresh)
        lacking, permissions = self._still_lacking(figures)
        if not self._may_return(fresh):
            self._ask(fresh, WHOLE, None, Capability.RETURN, goes_on=True)
        elif permissions and lacking in (None, Lacking.PERMISSION):
            self.ask_for(fresh, figures, permissions[0], goes_on=True)
        elif lacking is not None:
            self.refused.emit(words.lacking(lacking))
        elif fresh.is_isolated:
            self._finish(fresh, figures, 0)
        elif self._is_offline:
            self._alone(fresh)
        elif not fresh.has_receipt:  # there is no purchase to ask the hub about
            self._finish(fresh, figures, 0)
        else:
            self._tries = 0
            self._send(fresh, takes_over=takes_over)

    def _still_lacking(self, figures: Figures) -> tuple[Lacking | None, tuple[Permission, ...]]:
        if self._in_goods:
            return in_goods.lacking(figures), in_goods.permissions(figures)
        return figures.lacking, figures.permissions

    # -- permissions

    def ask_for(
        self, state: TakingBack, figures: Figures, permission: Permission, *, goes_on: bool
    ) -> None:
        """Ask for what a line or the return needs; with `goes_on` the return is closed then."""
        ground, capability = permission.verdict.ground, permission.verdict.capability
        title, subtitle = "", words.ground(ground)
        if permission.line != WHOLE:
            name = figures.line(permission.line).standing.line.name
            title = self.tr("Take {name} back").format(name=name)
        self._ask(
            state, permission.line, permission, capability, goes_on=goes_on,
            title=title, subtitle=subtitle,
        )  # fmt: skip

    def _may_return(self, state: TakingBack) -> bool:
        may = isinstance(self._counter.sign_on.decide(Act(Capability.RETURN)), Approved)
        return may or state.is_allowed(WHOLE, None)

    def _ask(
        self,
        state: TakingBack,
        line: int,
        permission: Permission | None,
        capability: Capability,
        *,
        goes_on: bool,
        title: str = "",
        subtitle: str = "",
    ) -> None:
        ground = None if permission is None else permission.verdict.ground
        why, asked = (None, None) if ground is None else (ground.why, ground.asked)
        amount = figures_of(state).total

        def approved(approval: Approval | None) -> None:
            def into(now: TakingBack) -> TakingBack:
                return take_back.allow(now, line, why, capability, approval, asked)

            self.approved.emit(state.return_id, into, goes_on)

        usual = self.tr("Give {amount} back").format(amount=wording.money(amount))
        if self._in_goods:
            usual = self.tr("Take {amount} of goods in exchange")
            usual = usual.format(amount=wording.money(amount))
        if state.is_gift:  # whoever brings it looks on
            usual = self.tr("Take a gift back")
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(capability),
                title or usual,
                subtitle,
                amount if amount and not state.is_gift else None,
                (self.tr("Known customer"), self.tr("To keep the customer"), self.tr("Our error")),
                approved,
            ),
        )

    # -- the hub

    @property
    def _is_offline(self) -> bool:
        return self._counter.devices.link.status.state is LinkState.OFFLINE

    def _send(self, state: TakingBack, *, takes_over: bool) -> None:
        question = _Question(self._counter.station.ids.new(), state)
        self._question = question
        self._counter.devices.hub.claim_purchase(
            question.op_id,
            state.known.ledger.purchase.reference,
            lambda answer: self._answered(question, answer),
            takes_over=takes_over,
        )
        self.changed.emit()

    def _answered(self, question: _Question, answer: PurchaseClaim | HubAway) -> None:
        state = question.state
        if question is not self._question or not self._is_here:
            self._give_back_claim(state, answer)
            return
        self._question = None
        if isinstance(answer, HubAway):
            self._alone(state)
        elif answer.state is ClaimState.GRANTED and answer.ledger is not None:
            self._granted(state, answer)
        elif answer.state is ClaimState.HELD:
            text = self.tr("{till} takes something of it back right now")
            text = text.format(till=wording.till_name(answer.holder))
            self.held.emit(text, answer.may_be_taken_over)
        else:
            self._gone(state, answer)
        self.changed.emit()

    def _granted(self, state: TakingBack, claim: PurchaseClaim) -> None:
        """Go on when the hub knows the purchase as it is shown, else show what it knows."""
        station, fence = self._counter.station, claim.fence
        if claim.ledger is None:
            return
        ledger = give_back.own_view(station, claim.ledger)
        as_of_ms = state.known.as_of_ms or station.clock.now_ms()
        known = replace(state.known, ledger=ledger, as_of_ms=as_of_ms)
        now = take_back.refreshed(state, known, is_isolated=False)
        before, figures = figures_of(state), figures_of(now)
        is_same = take_back.is_as_before(state, now) and before.splits == figures.splits
        # The hub may know more of it than was shown: a serial number, or when it was handed over.
        is_complete = self._still_lacking(figures) == (None, ())
        if is_same and is_complete and before.chosen == figures.chosen:
            self._finish(now, figures, fence)
            return
        self._release(state, fence)
        text = self.tr("Something of it came back elsewhere meanwhile: look at it again")
        if now.known.ledger.returns == state.known.ledger.returns:
            text = self.tr("The central system knows more of it: look at it again")
        self.looked_again.emit(now, text)

    def _gone(self, state: TakingBack, answer: PurchaseClaim) -> None:
        """Say that the hub knows no such purchase; it may not have heard of our own sale yet."""
        known, purchase = state.known, state.known.ledger.purchase
        is_ours = known.is_own_copy and purchase.source is PurchaseSource.SALE
        if answer.detail != _UNKNOWN or not is_ours:
            text = self.tr("The central system knows nothing of it that could come back")
            self.refused.emit(text)
        elif self._tries < _TRIES:
            self._tries += 1
            self._waiting = state
            self._counter.devices.link.nudge()
            self._again.start()
        else:  # whoever does not know the sale cannot have taken anything of it back
            self._finish(state, figures_of(state), 0)

    @property
    def _is_here(self) -> bool:
        """True while somebody looks at the return: nothing is recorded behind their back."""
        is_shown = self._navigator.current is Screen.RETURN
        return is_shown and self._counter.signed_on is not None

    def _ask_again(self) -> None:
        state, self._waiting = self._waiting, None
        if state is not None and self._is_here:
            self._send(state, takes_over=False)

    def _alone(self, state: TakingBack) -> None:
        """Go on without the hub only once the cashier saw what that changes."""
        now = take_back.refreshed(state, state.known, is_isolated=True)
        text = self.tr("The central system does not answer: check how it is given back")
        self.looked_again.emit(now, text)

    def _give_back_claim(self, state: TakingBack, answer: PurchaseClaim | HubAway) -> None:
        if not isinstance(answer, HubAway) and answer.state is ClaimState.GRANTED:
            self._release(state, answer.fence)

    def _release(self, state: TakingBack, fence: int) -> None:
        if fence:
            reference = state.known.ledger.purchase.reference
            self._counter.devices.hub.release_purchase(reference, fence)

    # -- recording

    def _finish(self, state: TakingBack, figures: Figures, fence: int) -> None:
        """Record the return, or let it pay for the ticket: the hub holds the purchase so long."""
        if not self._in_goods:
            self._record(state, figures, fence)
            return
        ticket = self._goods.take(state, figures)
        if ticket is None:
            self._release(state, fence)
            return
        reference = state.known.ledger.purchase.reference
        self._counter.held.keep(ticket.basket.basket_id, reference, fence)
        self.went_to_ticket.emit(state.return_id)
        self._goods.show(ticket)

    def _record(self, state: TakingBack, figures: Figures, fence: int) -> None:
        try:
            document = attempt(self._counter, self._navigator, self._act(state, figures))
        except (MoreThanReturnable, PurchaseChanged):
            self._release(state, fence)
            self._changed_meanwhile(state)
        except NotAllowed:
            self._release(state, fence)
            self.refused.emit(self.tr("The permission ran out: ask for it again"))
        except NoOpenSession:
            self._release(state, fence)
            self.refused.emit(self.tr("Open a shift first: money goes out"))
        else:
            if document is None:
                self._release(state, fence)
            else:
                self.recorded.emit(document)

    def _act(self, state: TakingBack, figures: Figures) -> Callable[[], Return]:
        """Return the act; when nobody can say whether it was recorded, it is looked up."""
        sign_on = self._counter.sign_on
        return lambda: or_as_recorded(
            lambda: give_back.give_back(sign_on, state, figures),
            lambda: give_back.recorded(sign_on.station, state.return_id),
        )

    def _changed_meanwhile(self, state: TakingBack) -> None:
        text = self.tr("Something of it came back meanwhile: look at it again")
        self.looked_again.emit(self._afresh(state), text)

    def _afresh(self, state: TakingBack) -> TakingBack:
        known: Known = state.known
        ledger = give_back.own_view(self._counter.station, known.ledger)
        fresh = replace(known, ledger=ledger)
        return take_back.refreshed(state, fresh, is_isolated=state.is_isolated)
