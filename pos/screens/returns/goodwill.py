"""Goodwill for a purchase: how much and why first, then how it is given back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.refund_options import RefundOption, Split
from pos.domain.return_purchase import Means
from pos.domain.return_verdict import Refused
from pos.domain.returns import Return
from pos.domain.staff import Approval, Capability
from pos.screens import wording
from pos.screens.amount_entry import AmountEntry
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.returns import words
from pos.screens.returns.paying import PayingPanel
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import give_back, goodwill
from pos.services.find_purchase import Known
from pos.services.goodwill import Goodwill, GoodwillLacking
from pos.services.hub_calls import PurchaseClaim
from pos.services.return_figures import Lacking

OTHER = "other"


class GoodwillViewModel(QObject):
    """Asks for amount and reason; `given` carries the return of nothing that was recorded."""

    refuses_scans = True

    changed = Signal()
    given = Signal(object)  # Return

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        known: Known,
        *,
        is_isolated: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._state = goodwill.begin(counter.station, known, is_isolated=is_isolated)
        self._entry = AmountEntry(self._state.amount.currency)
        self._look()

    # -- what is shown

    @property
    def about(self) -> str:
        """What is left of what was paid for the purchase."""
        text = self.tr("{purchase}: {amount} left of what was paid")
        purchase = words.title(self._state.known.ledger.purchase)
        return text.format(purchase=purchase, amount=wording.money(self._figures.most))

    @property
    def reasons(self) -> tuple[str, ...]:
        return (
            self.tr("Delay"),
            self.tr("Small flaw"),
            self.tr("Price difference"),
            self.tr("Bad service"),
        )

    @property
    def reason(self) -> str:
        return self._state.reason

    @property
    def amount(self) -> Money:
        return self._entry.amount

    @property
    def amount_text(self) -> str:
        """What is typed, or nothing as an amount."""
        return self._entry.shown or wording.money(self.amount)

    @property
    def missing(self) -> str:
        """What is still needed; empty when one can go on."""
        lacking = self._figures.lacking
        if lacking is GoodwillLacking.TOO_MUCH:
            most = wording.money(self._figures.most)
            return self.tr("at most {most}").format(most=most)
        budget = self._figures.budget
        if lacking is GoodwillLacking.OVER_LIMIT and isinstance(budget, Refused):
            return words.ground(budget.ground)
        return (
            {
                GoodwillLacking.AMOUNT: self.tr("type the amount"),
                GoodwillLacking.REASON: self.tr("choose a reason"),
                GoodwillLacking.OFFLINE_LIMIT: words.lacking(Lacking.OFFLINE_LIMIT),
            }.get(lacking, "")
            if lacking
            else ""
        )

    # -- what is done

    def press(self, signs: str) -> None:
        """Take digits or a decimal sign."""
        if not self._entry.press(signs):
            self._counter.devices.sounds.play(Sound.REFUSED)
        self._put(replace(self._state, amount=self._entry.amount))

    def erase(self) -> None:
        """Take the last sign back."""
        self._entry.erase()
        self._put(replace(self._state, amount=self._entry.amount))

    def choose(self, reason: str) -> None:
        """Say why, or go and write another reason."""
        if reason != OTHER:
            self._put(replace(self._state, reason=reason))
            return
        entry = TextEntryViewModel(self._navigator, self.tr("Another reason"), "")
        entry.written.connect(self.choose)
        self._navigator.open(entry)

    def choose_next(self) -> None:
        """Go on to the next reason."""
        offered = self.reasons
        place = offered.index(self.reason) + 1 if self.reason in offered else 0
        self.choose(offered[place % len(offered)])

    def go_on(self) -> None:
        """Ask how it is given back, once it is said how much and why."""
        if self.missing:
            self._counter.devices.sounds.play(Sound.REFUSED)
            return
        panel = GoodwillWays(self._counter, self._navigator, self._state)
        panel.given.connect(self.given)
        self._navigator.open(panel)

    def close(self) -> None:
        """Give nothing."""
        self._navigator.close(self)

    def _put(self, state: Goodwill) -> None:
        self._state = state
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        self._figures = goodwill.figures_of(self._counter.sign_on, self._state)


class GoodwillWays(PayingPanel):
    """How it is given back; when it was, every panel closes."""

    given = Signal(object)  # Return

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        state: Goodwill,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(counter, navigator, parent)
        self._state = state
        self._look()

    @property
    def title(self) -> str:
        return self.tr("Compensation")

    @property
    def about(self) -> str:
        """For what, and why."""
        return f"{words.title(self._known.ledger.purchase)} · {self._state.reason}"

    @property
    def amount(self) -> str:
        return wording.money(-self._state.amount)

    @property
    def why_off(self) -> str:
        """Why it cannot be given yet; empty when it can."""
        if self.is_asking:
            return self.tr("asking the central system")
        lacking = self._figures.lacking
        if lacking in (None, GoodwillLacking.PERMISSION):
            return ""
        if lacking is GoodwillLacking.NO_WAY:
            return words.lacking(Lacking.NO_WAY)
        return self.tr("something of it came back meanwhile")

    def choose(self, means: Means, reference: str) -> None:
        if not self.is_asking:
            self._put(replace(self._state, way=(means, reference)))

    def confirm(self) -> None:
        """Give it, once everybody who has a say said yes."""
        verdict = self._figures.permission
        if self.why_off:
            self._refuse(self.why_off)
        elif verdict is not None:
            amount = self._state.amount
            title = self.tr("Compensate with {amount}").format(amount=wording.money(amount))
            why = f"{words.ground(verdict.ground)} · {self._state.reason}"
            self._ask(verdict.capability, title, why, amount)
        elif self._state.is_isolated:
            self._record(0)
        elif self._is_offline:
            self._alone()
        else:
            self._claim()

    # -- permissions and the hub

    @property
    def _known(self) -> Known:
        return self._state.known

    @property
    def _options(self) -> tuple[RefundOption, ...]:
        return self._figures.options

    @property
    def _splits(self) -> tuple[Split, ...]:
        return self._figures.splits

    def _allowed(self, capability: Capability, approval: Approval | None) -> None:
        given = (*self._state.approvals, (capability, approval, self._state.amount))
        self._put(replace(self._state, approvals=given))
        self.confirm()

    def _granted(self, claim: PurchaseClaim) -> None:
        """Go on when as much is left as was shown, and goes the way that is shown."""
        if claim.ledger is None:
            return
        ledger = give_back.own_view(self._counter.station, claim.ledger)
        before = self._figures.splits
        self._put(replace(self._state, known=replace(self._state.known, ledger=ledger)))
        if self._figures.lacking is None and self._figures.splits == before:
            self._record(claim.fence)
        else:
            self._release(claim.fence)
            self._refuse(self.tr("The central system knows more of it: look at it again"))

    def _put_alone(self) -> None:
        self._put(replace(self._state, is_isolated=True))

    # -- recording

    def _record(self, fence: int) -> None:
        sign_on, state, figures = self._counter.sign_on, self._state, self._figures
        self._recording(
            fence,
            lambda: goodwill.give(sign_on, state, figures),
            lambda: give_back.recorded(sign_on.station, state.return_id),
            self._done,
        )

    def _done(self, document: Return) -> None:
        self.given.emit(document)
        self._navigator.close_all()

    def _forget_approvals(self) -> None:
        self._put(replace(self._state, approvals=()))

    def _put(self, state: Goodwill) -> None:
        self._state, self.said = state, ""
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        self._figures = goodwill.figures_of(self._counter.sign_on, self._state)
