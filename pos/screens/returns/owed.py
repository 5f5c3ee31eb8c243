"""What a refund that failed still owes, and how it is paid now: a panel beside the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.money import total
from pos.domain.printing import PrintKind
from pos.domain.reissue import NotOwed, Owed, Reissue
from pos.domain.return_purchase import Means
from pos.domain.staff import Act, Approval, Approved, Capability
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import LinkState, Sound
from pos.screens.returns import words
from pos.screens.returns.ways import WayWords, name, refund_words, to_where, way_words
from pos.services import pay_again, print_jobs
from pos.services.find_purchase import Known
from pos.services.hub_calls import ClaimState, HubAway, PurchaseClaim
from pos.services.pay_again import OwedLacking, PayingAgain
from pos.services.record_return import PurchaseChanged
from pos.services.refund_card import AnswerOpen, OwedAgain, PaidBack, RefundStep
from pos.services.return_figures import Lacking
from pos.services.workstation import NoOpenSession, NotAllowed


class OwedViewModel(QObject):
    """State of paying what is owed; `paid` is empty before, `said` why it was not recorded."""

    refuses_scans = True

    changed = Signal()
    settled = Signal(object)  # Owed: it was paid

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        known: Known,
        owed: Owed,
        number: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        is_offline = counter.devices.link.status.state is LinkState.OFFLINE
        self._state = pay_again.begin(
            counter.station, known, owed, number=number, is_isolated=is_offline
        )
        self._question = ""
        self._step: RefundStep | None = None
        self._on_drawer = False
        self.paid: tuple[Reissue, ...] = ()
        self.said = ""
        self._look()
        counter.refunds.stepped.connect(self._stepped)
        counter.refunds.asks.connect(self.changed)

    # -- what is shown

    @property
    def title(self) -> str:
        """Of which return something is owed."""
        if not self._state.number:
            return self.tr("Owed of a return")
        return self.tr("Owed of return {number}").format(number=self._state.number)

    @property
    def about(self) -> str:
        """What did not arrive."""
        failed = self._state.owed.failed
        text = self.tr("{amount} did not go back: {way}")
        way = name(failed.means, failed.reference)
        return text.format(amount=wording.money(failed.amount), way=way[:1].lower() + way[1:])

    @property
    def ways(self) -> tuple[WayWords, ...]:
        """The ways it can go, those that it cannot at the end with the reason."""
        purchase = self._state.known.ledger.purchase
        ways = way_words(self._figures.options, self._figures.splits, purchase.paid)
        return tuple(sorted(ways, key=lambda way: not way.is_on))

    @property
    def amount(self) -> str:
        return wording.money(-self._state.owed.amount)

    @property
    def closing(self) -> str:
        """How much goes where."""
        return " · ".join(
            f"{wording.money(split.amount)} {to_where(split.option.means)}"
            for split in self._figures.splits
        )

    @property
    def is_asking(self) -> bool:
        """True while the hub is asked whether it is owed still."""
        return bool(self._question)

    @property
    def why_off(self) -> str:
        """Why it cannot be paid yet; empty when it can."""
        if self.is_asking:
            return self.tr("asking the central system")
        lacking = self._figures.lacking
        if lacking is OwedLacking.OFFLINE_LIMIT:
            return words.lacking(Lacking.OFFLINE_LIMIT)
        return words.lacking(Lacking.NO_WAY) if lacking is OwedLacking.NO_WAY else ""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """How it was paid, each with its amount."""
        return tuple(refund_words(one.refund) for one in self.paid)

    @property
    def note(self) -> str:
        """What the cashier has to know after it was paid; empty when there is nothing."""
        if self._on_drawer:
            return self.tr("Drawer open: close it when done")
        return self._card_note

    @property
    def is_fine(self) -> bool:
        """True unless the money did not reach a card, or nobody knows yet."""
        on_card = any(one.refund.means is Means.CARD for one in self.paid)
        return not on_card or isinstance(self._step, PaidBack)

    @property
    def is_by_hand(self) -> bool:
        """True while the cashier gives money back at a terminal that cannot be asked."""
        asking = self._counter.refunds.asking
        is_mine = asking is not None and asking.refund_id in self._ids
        return is_mine and self._counter.devices.terminal.is_standalone

    # -- what is done

    def choose(self, means: Means, reference: str) -> None:
        """Say how the customer wants it."""
        if self.is_asking or self.paid:
            return
        self._put(replace(self._state, way=(means, reference)))

    def move(self, by: int) -> None:
        """Go on to the next way that is possible."""
        ways = [way for way in self.ways if way.is_on]
        if ways:
            at = next((place for place, way in enumerate(ways) if way.is_chosen), 0)
            way = ways[min(max(at + by, 0), len(ways) - 1)]
            self.choose(way.means, way.reference)

    def confirm(self) -> None:
        """Pay it, once everybody who has a say said yes; after that close the panel."""
        if self.paid:
            self.close()
        elif self.why_off:
            self._refuse(self.why_off)
        elif not self._may_return:
            self._ask(Capability.RETURN, "")
        elif self._figures.permission is not None:
            verdict = self._figures.permission
            self._ask(verdict.capability, words.ground(verdict.ground))
        elif self._state.is_isolated:
            self._record(0)
        elif self._is_offline:
            self._alone()
        else:
            self._claim()

    def say_how_it_went(self, *, was_paid_back: bool) -> None:
        """Pass on what the cashier did at a terminal that cannot be asked."""
        asked = self._counter.refunds.asking
        if asked is not None and self.is_by_hand:
            terminal = self._counter.devices.terminal
            terminal.confirm_refund(asked, was_paid_back=was_paid_back, authorisation="")

    def close(self) -> None:
        """Leave it, unless the cashier still has to say what a terminal did."""
        if self.is_by_hand:
            self._counter.devices.sounds.play(Sound.REFUSED)
            return
        self._question = ""
        self._navigator.close(self)

    # -- permissions

    @property
    def _may_return(self) -> bool:
        may = isinstance(self._counter.sign_on.decide(Act(Capability.RETURN)), Approved)
        return may or self._state.is_allowed(Capability.RETURN)

    def _ask(self, capability: Capability, subtitle: str) -> None:
        def approved(approval: Approval | None) -> None:
            given = (*self._state.approvals, (capability, approval))
            self._put(replace(self._state, approvals=given))
            self.confirm()

        amount = self._state.owed.amount
        reasons = (
            self.tr("Known customer"), self.tr("To keep the customer"), self.tr("Our error")
        )  # fmt: skip
        title = self.tr("Give {amount} back").format(amount=wording.money(amount))
        request = OverrideRequest(Act(capability), title, subtitle, amount, reasons, approved)
        ask_permission(self._counter, self._navigator, request)

    # -- the hub

    @property
    def _is_offline(self) -> bool:
        return self._counter.devices.link.status.state is LinkState.OFFLINE

    def _claim(self, *, takes_over: bool = False) -> None:
        question = self._question = self._counter.station.ids.new()
        self._counter.devices.hub.claim_purchase(
            question,
            self._state.owed.purchase,
            lambda answer: self._answered(question, answer),
            takes_over=takes_over,
        )
        self.changed.emit()

    def _answered(self, question: str, answer: PurchaseClaim | HubAway) -> None:
        is_here = question == self._question and self._navigator.panel is self
        if not is_here or self._counter.signed_on is None:
            if isinstance(answer, PurchaseClaim) and answer.state is ClaimState.GRANTED:
                self._release(answer.fence)
            return
        self._question = ""
        if isinstance(answer, HubAway):
            self._alone()
        elif answer.state is ClaimState.GRANTED and answer.ledger is not None:
            self._granted(answer)
        elif answer.state is ClaimState.HELD:
            text = self.tr("{till} takes something of it back right now")
            self._refuse(text.format(till=wording.till_name(answer.holder)))
        else:  # whoever does not know the purchase cannot have paid anything of it
            self._record(0)
        self.changed.emit()

    def _granted(self, claim: PurchaseClaim) -> None:
        """Go on when it is owed still and goes the way that is shown."""
        if claim.ledger is None:
            return
        known = replace(self._state.known, ledger=claim.ledger)
        before = self._figures.splits
        try:
            now = pay_again.seen_here(self._counter.station, known)
            state = pay_again.looked_again(self._state, now, is_isolated=False)
        except NotOwed:
            self._release(claim.fence)
            self._paid_elsewhere()
            return
        self._put(state)
        if self._figures.splits == before and self._figures.lacking is None:
            self._record(claim.fence)
        else:
            self._release(claim.fence)
            self._refuse(self.tr("The central system knows more of it: look at it again"))

    def _alone(self) -> None:
        """Go on without the hub only once the cashier saw what that changes."""
        self._put(replace(self._state, is_isolated=True))
        self._refuse(self.tr("The central system does not answer: check how it is given back"))

    def _release(self, fence: int) -> None:
        if fence:
            self._counter.devices.hub.release_purchase(self._state.owed.purchase, fence)

    # -- recording

    def _record(self, fence: int) -> None:
        try:
            done = attempt(self._counter, self._navigator, self._act())
        except NotOwed:
            self._release(fence)
            self._paid_elsewhere()
        except PurchaseChanged:
            self._release(fence)
            self._refuse(self.tr("Something of it came back meanwhile: look at it again"))
        except NotAllowed:
            self._release(fence)
            self._put(replace(self._state, approvals=()))
            self._refuse(self.tr("The permission ran out: ask for it again"))
        except NoOpenSession:
            self._release(fence)
            self._refuse(self.tr("Open a shift first: money goes out"))
        else:
            if done:
                self._done(done)
            else:
                self._release(fence)

    def _act(self) -> Callable[[], tuple[Reissue, ...]]:
        """Return the act; when nobody can say whether it was recorded, it is looked up."""
        sign_on, state, figures = self._counter.sign_on, self._state, self._figures

        def act() -> tuple[Reissue, ...]:
            try:
                return pay_again.pay_again(sign_on, state, figures)
            except OutcomeOfCommitUnknown as error:
                found = pay_again.recorded(sign_on.station, state)
                if not found:
                    raise StoreUnavailable(str(error)) from error
                return found

        return act

    def _done(self, reissues: tuple[Reissue, ...]) -> None:
        """Let the cash out, print the paper and ask the terminal."""
        self.paid, self.said = reissues, ""
        devices, sign_on = self._counter.devices, self._counter.sign_on
        devices.sounds.play(Sound.DONE)
        cash = [one.refund.amount for one in reissues if one.refund.means is Means.CASH]
        if total(cash, self._counter.station.currency):
            self._on_drawer = True
            devices.printing.open_drawer()
        failed = self._state.owed.failed.refund_id
        job = attempt(
            self._counter,
            self._navigator,
            lambda: print_jobs.queue_slip(sign_on, PrintKind.REISSUE, failed),
        )
        if job is not None:
            devices.printing.submit(job)
        self._counter.refunds.ask_for(pay_again.to_ask(reissues))
        devices.link.nudge()
        self.settled.emit(self._state.owed)
        self.changed.emit()

    # -- inside

    @property
    def _ids(self) -> set[str]:
        return {one.refund.refund_id for one in self.paid}

    @property
    def _card_note(self) -> str:
        on_card = [one.refund for one in self.paid if one.refund.means is Means.CARD]
        if not on_card:
            return ""
        amount = wording.money(on_card[0].amount)
        match self._step:
            case PaidBack():
                text = self.tr("The card has {amount} back")
            case OwedAgain():
                text = self.tr("The terminal refused: the customer is still owed {amount}")
            case AnswerOpen():
                text = self.tr("No answer about {amount} yet: it is asked for by itself")
            case _ if self.is_by_hand:
                text = self.tr("Give {amount} back at the terminal, then say how it went")
            case _ if self._state.is_isolated:
                text = self.tr("{amount} go back to the card when the connection is back")
            case _:
                text = self.tr("The terminal is giving {amount} back…")
        return text.format(amount=amount)

    def _stepped(self, step: RefundStep) -> None:
        if step.asked.refund_id in self._ids:
            self._step = step
            if not isinstance(step, PaidBack):
                self._counter.devices.sounds.play(Sound.REFUSED)
            self.changed.emit()

    def _paid_elsewhere(self) -> None:
        self._refuse(self.tr("It was paid meanwhile: nothing of it is owed any more"))

    def _put(self, state: PayingAgain) -> None:
        self._state, self.said = state, ""
        self._look()
        self.changed.emit()

    def _refuse(self, text: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.said = text
        self.changed.emit()

    def _look(self) -> None:
        self._figures = pay_again.figures_of(self._counter.station, self._state)
