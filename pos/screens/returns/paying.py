"""Money that goes back from a panel of its own: the ways, permissions, the hub's word first."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.refund_options import RefundOption, Split
from pos.domain.return_purchase import Means
from pos.domain.staff import Act, Approval, Approved, Capability
from pos.screens import wording
from pos.screens.acting import attempt, or_as_recorded
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import LinkState, Sound
from pos.screens.returns.ways import WayWords, to_where, way_words
from pos.services.find_purchase import Known
from pos.services.hub_calls import ClaimState, HubAway, PurchaseClaim
from pos.services.record_return import PurchaseChanged
from pos.services.workstation import NoOpenSession, NotAllowed

T = TypeVar("T")


class PayingPanel(QObject):
    """What such panels have in common; `said` is why it was not recorded.

    `is_paid` once it was recorded and the panel says what came of it: `rows` how it was paid,
    `note` what the cashier has to know then.
    """

    refuses_scans = True

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._question = ""
        self.said = ""

    # -- what each panel says of itself

    @property
    @abstractmethod
    def _known(self) -> Known:
        """The purchase it is of."""

    @property
    @abstractmethod
    def _options(self) -> tuple[RefundOption, ...]:
        """Every way there is."""

    @property
    @abstractmethod
    def _splits(self) -> tuple[Split, ...]:
        """How it goes by now."""

    @abstractmethod
    def choose(self, means: Means, reference: str) -> None:
        """Say how the customer wants it."""

    @abstractmethod
    def _granted(self, claim: PurchaseClaim) -> None:
        """Go on with the hub's ledger, or give the claim back."""

    @abstractmethod
    def _put_alone(self) -> None:
        """Look at it as a till that does not see the hub."""

    @abstractmethod
    def _record(self, fence: int) -> None:
        """Record it, or give the claim back and say why not."""

    @abstractmethod
    def _forget_approvals(self) -> None:
        """Ask for every permission anew."""

    # -- what is shown

    @property
    @abstractmethod
    def title(self) -> str: ...

    @property
    @abstractmethod
    def about(self) -> str: ...

    @property
    @abstractmethod
    def amount(self) -> str: ...

    @property
    @abstractmethod
    def why_off(self) -> str:
        """Why it cannot be paid yet; empty when it can."""

    @abstractmethod
    def confirm(self) -> None:
        """Pay it, once everybody who has a say said yes."""

    @property
    def is_paid(self) -> bool:
        return False

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        return ()

    @property
    def note(self) -> str:
        return ""

    @property
    def is_fine(self) -> bool:
        """True unless the money did not reach a card, or nobody knows yet."""
        return True

    @property
    def is_by_hand(self) -> bool:
        """True while the cashier gives money back at a terminal that cannot be asked."""
        return False

    def say_how_it_went(self, *, was_paid_back: bool) -> None:
        """Pass on what the cashier did at a terminal that cannot be asked."""

    def close(self) -> None:
        """Leave it; an answer that comes all the same changes nothing."""
        self._question = ""
        self._navigator.close(self)

    @property
    def ways(self) -> tuple[WayWords, ...]:
        """The ways it can go, those that it cannot at the end with the reason."""
        paid = self._known.ledger.purchase.paid
        ways = way_words(self._options, self._splits, paid)
        return tuple(sorted(ways, key=lambda way: not way.is_on))

    @property
    def closing(self) -> str:
        """How much goes where."""
        return " · ".join(
            f"{wording.money(split.amount)} {to_where(split.option.means)}"
            for split in self._splits
        )

    @property
    def is_asking(self) -> bool:
        """True while the hub is asked what it knows of the purchase."""
        return bool(self._question)

    def move(self, by: int) -> None:
        """Go on to the next way that is possible."""
        ways = [way for way in self.ways if way.is_on]
        if ways:
            at = next((place for place, way in enumerate(ways) if way.is_chosen), 0)
            way = ways[min(max(at + by, 0), len(ways) - 1)]
            self.choose(way.means, way.reference)

    # -- permissions

    def _may(self, capability: Capability) -> bool:
        return isinstance(self._counter.sign_on.decide(Act(capability)), Approved)

    def _ask(self, capability: Capability, title: str, subtitle: str, amount: Money) -> None:
        """Ask for a permission; `_allowed` follows."""
        reasons = (
            self.tr("Known customer"), self.tr("To keep the customer"), self.tr("Our error")
        )  # fmt: skip
        request = OverrideRequest(
            Act(capability),
            title,
            subtitle,
            amount,
            reasons,
            lambda approval: self._allowed(capability, approval),
        )
        ask_permission(self._counter, self._navigator, request)

    @abstractmethod
    def _allowed(self, capability: Capability, approval: Approval | None) -> None:
        """Go on with a permission."""

    # -- the hub

    @property
    def _is_offline(self) -> bool:
        return self._counter.devices.link.status.state is LinkState.OFFLINE

    def _claim(self) -> None:
        question = self._question = self._counter.station.ids.new()
        self._counter.devices.hub.claim_purchase(
            question,
            self._known.ledger.purchase.reference,
            lambda answer: self._answered(question, answer),
            takes_over=False,
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
        elif self._known.is_own_copy:  # nobody else can know our own sale before the hub does
            self._record(0)
        else:
            self._refuse(self.tr("The central system knows nothing of it that could come back"))
        self.changed.emit()

    def _alone(self) -> None:
        """Go on without the hub only once the cashier saw what that changes."""
        self._put_alone()
        self._refuse(self.tr("The central system does not answer: check how it is given back"))

    def _recording(
        self,
        fence: int,
        act: Callable[[], T],
        look_up: Callable[[], T | None],
        then: Callable[[T], None],
    ) -> None:
        """Record it and go on with what was recorded; else say why not, without the claim."""
        try:
            done = attempt(self._counter, self._navigator, lambda: or_as_recorded(act, look_up))
        except PurchaseChanged:
            self._release(fence)
            self._refuse(self.tr("Something of it came back meanwhile: look at it again"))
        except NotAllowed:
            self._release(fence)
            self._forget_approvals()
            self._refuse(self.tr("The permission ran out: ask for it again"))
        except NoOpenSession:
            self._release(fence)
            self._refuse(self.tr("Open a shift first: money goes out"))
        else:
            if done is None:
                self._release(fence)
            else:
                then(done)

    def _release(self, fence: int) -> None:
        if fence:
            reference = self._known.ledger.purchase.reference
            self._counter.devices.hub.release_purchase(reference, fence)

    def _refuse(self, text: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.said = text
        self.changed.emit()
