"""What a refund that failed still owes, and how it is paid now: a panel beside the page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos.domain.money import total
from pos.domain.printing import PrintKind
from pos.domain.refund_options import RefundOption, Split
from pos.domain.reissue import NotOwed, Owed, Reissue
from pos.domain.return_purchase import Means
from pos.domain.staff import Approval, Capability
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.returns import words
from pos.screens.returns.paying import PayingPanel
from pos.screens.returns.ways import name, refund_words
from pos.services import pay_again, print_jobs
from pos.services.find_purchase import Known
from pos.services.hub_calls import PurchaseClaim
from pos.services.pay_again import OwedLacking, PayingAgain
from pos.services.refund_card import AnswerOpen, OwedAgain, PaidBack, RefundStep
from pos.services.return_figures import Lacking


class OwedViewModel(PayingPanel):
    """State of paying what is owed; `paid` is empty before, `said` why it was not recorded."""

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
        super().__init__(counter, navigator, parent)
        self._state = pay_again.begin(
            counter.station, known, owed, number=number, is_isolated=self._is_offline
        )
        self._step: RefundStep | None = None
        self._on_drawer = False
        self.paid: tuple[Reissue, ...] = ()
        self._look()
        counter.refunds.stepped.connect(self._stepped)
        counter.refunds.asks.connect(self.changed)

    # -- what is shown

    @property
    def title(self) -> str:
        """Of which return something is owed."""
        if not self._state.number:
            return self.tr("Owed of a return")
        return self.tr("Owed of {number}").format(number=self._state.number)

    @property
    def about(self) -> str:
        """What did not arrive."""
        failed = self._state.owed.failed
        text = self.tr("{amount} did not go back: {way}")
        way = name(failed.means, failed.reference)
        return text.format(amount=wording.money(failed.amount), way=way[:1].lower() + way[1:])

    @property
    def amount(self) -> str:
        return wording.money(-self._state.owed.amount)

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
    def is_paid(self) -> bool:
        return bool(self.paid)

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

    def confirm(self) -> None:
        """Pay it, once everybody who has a say said yes; after that close the panel."""
        if self.paid:
            self.close()
        elif self.why_off:
            self._refuse(self.why_off)
        elif not self._may_return:
            self._ask(Capability.RETURN, self._give, "", self._state.owed.amount)
        elif self._figures.permission is not None:
            verdict = self._figures.permission
            why, amount = words.ground(verdict.ground), self._state.owed.amount
            self._ask(verdict.capability, self._give, why, amount)
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
        super().close()

    # -- permissions and the hub

    @property
    def _give(self) -> str:
        return self.tr("Give {amount} back").format(amount=wording.money(self._state.owed.amount))

    @property
    def _known(self) -> Known:
        return self._state.known

    @property
    def _options(self) -> tuple[RefundOption, ...]:
        return self._figures.options

    @property
    def _splits(self) -> tuple[Split, ...]:
        return self._figures.splits

    @property
    def _may_return(self) -> bool:
        needed = Capability.RETURN
        return self._may(needed) or self._state.is_allowed(needed)

    def _allowed(self, capability: Capability, approval: Approval | None) -> None:
        given = (*self._state.approvals, (capability, approval))
        self._put(replace(self._state, approvals=given))
        self.confirm()

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

    def _put_alone(self) -> None:
        self._put(replace(self._state, is_isolated=True))

    # -- recording

    def _record(self, fence: int) -> None:
        sign_on, state, figures = self._counter.sign_on, self._state, self._figures
        try:
            self._recording(
                fence,
                lambda: pay_again.pay_again(sign_on, state, figures),
                lambda: pay_again.recorded(sign_on.station, state),
                self._done,
            )
        except NotOwed:
            self._release(fence)
            self._paid_elsewhere()

    def _forget_approvals(self) -> None:
        self._put(replace(self._state, approvals=()))

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

    def _look(self) -> None:
        self._figures = pay_again.figures_of(self._counter.station, self._state)
