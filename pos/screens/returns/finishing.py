"""What stands between the last key of a return and its record: permissions, the hub's word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.domain.return_verdict import NeedsOverride
from pos.domain.returns import Return
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.photo.held import HeldPhotos
from pos.screens.photo.view_model import PhotoViewModel
from pos.screens.returns.closing import Closing
from pos.screens.returns.done import Done
from pos.screens.returns.finding import Finding
from pos.screens.returns.goodwill import GoodwillViewModel
from pos.screens.returns.owing import Owing
from pos.screens.returns.unproven import Unproven
from pos.services import take_back
from pos.services.goodwill import can_be_given
from pos.services.return_figures import Permission
from pos.services.take_back import TakingBack


class Finishing(Unproven):
    """Closes the return that is open; `done` is what the page says after that."""

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(counter, navigator, parent)
        self.finding = Finding(counter, self)
        self.closing = Closing(counter, navigator, self)
        self.done = Done(counter, navigator, self)
        self.owing = Owing(counter, navigator, self)
        self.photos = HeldPhotos(counter, self)
        self.photos.changed.connect(self.changed)
        self.finding.returned.connect(self.owing.look)
        self.owing.changed.connect(self.changed)
        self.owing.told.connect(self.finding.say)
        self.owing.paid.connect(self.done.paid_again)
        self.done.otherwise.connect(self.owing.open)
        self.closing.changed.connect(self.changed)
        self.closing.allowed.connect(self._put)
        self.closing.approved.connect(self._approved)
        self.closing.refused.connect(self._refuse)
        self.closing.looked_again.connect(self._looked_again)
        self.closing.held.connect(self._held)
        self.closing.recorded.connect(self._recorded)
        self.closing.went_to_ticket.connect(self._keep_photos)
        self.done.changed.connect(self.changed)

    @property
    def is_waiting(self) -> bool:
        """True while the hub is asked for what is about to be given back."""
        return self.closing.is_asking

    def make_exception(self, number: int) -> None:
        """Ask somebody who may allow that a line comes back all the same."""
        if self._state is None or self._figures is None or self.closing.is_asking:
            return
        verdict = self._figures.line(number).verdict
        if isinstance(verdict, NeedsOverride):
            self.chosen = number
            permission = Permission(number, verdict)
            self.closing.ask_for(self._state, self._figures, permission, goes_on=False)
            self.changed.emit()

    @property
    def photos_taken(self) -> int:
        """How many photos were taken of the chosen line."""
        state = self._state
        return 0 if state is None else len(self.photos.of_line(state.return_id, self.chosen))

    @property
    def why_no_photo(self) -> str:
        """Why no photo can be taken of the chosen line; empty when one can."""
        return "" if self._counter.devices.camera is not None else self.tr("no camera")

    def take_photos(self) -> None:
        """Open what takes photos of the chosen line."""
        state = self._state
        if state is None or not self.chosen or self.is_waiting or self.why_no_photo:
            return
        name = self._shown_figures.line(self.chosen).standing.line.name
        self._navigator.open(
            PhotoViewModel(
                self._counter, self._navigator, self.photos, state.return_id, self.chosen, name
            )
        )

    def _keep_photos(self, return_id: str) -> None:
        """Store the photos of what came back: the return stands, or waits with its ticket."""
        lines = self._figures.chosen if self._figures else ()
        self.photos.keep(return_id, {line.purchase_line: line.number for line in lines})

    @property
    def why_no_goodwill(self) -> str:
        """Why nothing can be given for this purchase without goods; empty when it can."""
        state, figures = self._state, self._figures
        if state is None or figures is None or state.is_gift or not state.has_receipt:
            return self.tr("Only with the receipt or the order")
        if figures.chosen:
            return self.tr("Finish or leave this return first")
        if not can_be_given(state.known.ledger):
            return self.tr("Nothing is left of what was paid for it")
        return ""

    def goodwill(self) -> None:
        """Give something for the purchase although nothing comes back."""
        state = self._state
        if state is None or self.closing.is_asking:
            return
        if why := self.why_no_goodwill:
            self._refuse(why)
            return
        panel = GoodwillViewModel(
            self._counter, self._navigator, state.known, is_isolated=state.is_isolated
        )
        panel.given.connect(self._recorded)
        self._navigator.open(panel)

    def _point_at_what_is_lacking(self) -> None:
        line = self._shown_figures.lacking_line
        if line:
            self.chosen = line

    def _looked_again(self, state: TakingBack, why: str) -> None:
        self._refuse(why)
        if state.is_isolated and not self.finding.is_offline:
            self.act_word, self._act = self.tr("Ask again"), self._not_alone
        self._put(state)

    def _not_alone(self) -> None:
        if self._state is not None:
            state = self._state
            self._put(take_back.refreshed(state, state.known, is_isolated=False))

    def _approved(
        self, return_id: str, into: Callable[[TakingBack], TakingBack], goes_on: bool
    ) -> None:
        """Put a permission into the return as it is by now: the hub may have said more since."""
        if self._state is None or self._state.return_id != return_id:
            return
        now = into(self._state)
        self._put(now)
        if goes_on:
            self.closing.go_on(now)

    def _held(self, text: str, may_be_taken_over: bool) -> None:
        self._refuse(text)
        if may_be_taken_over:
            self.act_word, self._act = self.tr("Take it over"), self._take_over
            self.changed.emit()

    def _take_over(self) -> None:
        if self._state is not None:
            self.closing.go_on(self._state, takes_over=True)

    def _recorded(self, document: Return) -> None:
        self._quiet()
        self._keep_photos(document.return_id)
        self._state, self._figures, self.chosen = None, None, 0
        self.done.begin(document)
