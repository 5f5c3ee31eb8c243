"""What is chosen of the purchase on the screen: how much, why, in which state, how it is paid."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.return_purchase import Means
from pos.domain.return_verdict import Approved
from pos.domain.return_words import Condition, Disposition, Reason
from pos.screens.counter import Counter
from pos.screens.ports import Sound
from pos.screens.returns import words
from pos.services import take_back
from pos.services.find_purchase import GoodsRead
from pos.services.return_figures import Figures, figures_of
from pos.services.take_back import TakingBack


class Choosing(QObject):
    """The purchase that is open, line by line; `chosen` is the line that is unfolded, 0: none.

    `said` is why the last thing was not done, or what changed by itself; `act_word` is the word
    of the key beside it.
    """

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        self._state: TakingBack | None = None
        self._figures: Figures | None = None
        self._pictures: dict[str, str] = {}
        self.chosen = 0
        self.said = self.act_word = ""
        self._act: Callable[[], None] = lambda: None

    @property
    def is_waiting(self) -> bool:
        """True while nothing may change, because the hub was asked for what is chosen."""
        return False

    def choose(self, number: int) -> None:
        """Unfold a line, or fold the one that is unfolded."""
        if self._state is not None:
            self.chosen = 0 if self.chosen == number else number
            self._quiet()
            self.changed.emit()

    def move_line(self, by: int) -> None:
        """Unfold the next line up or down."""
        if self._figures is not None and self._figures.lines:
            numbers = [row.number for row in self._figures.lines]
            place = numbers.index(self.chosen) + by if self.chosen in numbers else 0
            self.chosen = numbers[min(max(place, 0), len(numbers) - 1)]
            self._quiet()
            self.changed.emit()

    def count(self, number: int, steps: int) -> None:
        """Take more or less of a line back."""
        state = self._state
        if state is None or self.is_waiting:
            return
        standing = state.known.ledger.line(number)
        quantity = state.of_line(number).quantity + steps * take_back.step_of(standing)
        self.chosen = number
        self._change(lambda now: take_back.count(now, number, quantity))

    def count_chosen(self, steps: int) -> None:
        """Take more or less of the chosen line back."""
        if self.chosen:
            self.count(self.chosen, steps)

    def because(self, reason: str) -> None:
        """Say why the chosen line comes back."""
        self._change(lambda now: take_back.because(now, self.chosen, Reason(reason)))

    def comes(self, condition: str) -> None:
        """Say how the chosen line comes back."""
        self._change(lambda now: take_back.in_condition(now, self.chosen, Condition(condition)))

    def answer(self, place: int) -> None:
        """Take the how many-eth answer (from 1) to the first question that is open."""
        if not self.chosen or self._state is None:
            return
        if self._state.of_line(self.chosen).reason is None:
            self.because(words.REASONS[place - 1].value)
        else:
            self.comes(words.CONDITIONS[place - 1].value)

    def send_elsewhere(self) -> None:
        """Let the chosen line go to the next of the bins."""
        lines = self._figures.chosen if self._figures else ()
        line = next((one for one in lines if one.purchase_line == self.chosen), None)
        if line is not None:
            bins = tuple(Disposition)
            after = bins[(bins.index(line.disposition) + 1) % len(bins)]
            self._change(lambda now: take_back.goes_to(now, self.chosen, after))

    def pay_by(self, means: Means, reference: str) -> None:
        """Say how the customer wants the money."""
        self._change(lambda now: take_back.pay_by(now, means, reference))

    @property
    def _shown_figures(self) -> Figures:
        if self._figures is None:
            raise RuntimeError("no purchase is open")
        return self._figures

    def _change(self, act: Callable[[TakingBack], TakingBack]) -> None:
        if self._state is None or self.is_waiting:
            return
        self._quiet()
        self._put(act(self._state))

    def _put(self, state: TakingBack) -> None:
        self._state, self._figures = state, figures_of(state)
        self.changed.emit()

    def _goods(self, goods: GoodsRead) -> None:
        if self._state is None:
            self._refuse(self.tr("Find the receipt or the order first, then scan the goods"))
            return
        number = take_back.line_of_goods(self._state, goods)
        if not number:
            self._refuse(self.tr("That is not among what was bought"))
            return
        self.chosen = number
        row = self._shown_figures.line(number)
        verdict = row.verdict
        if row.picked.quantity >= row.standing.returnable:
            self._refuse(self.tr("No more of it can come back"))
        elif not row.is_allowed and not isinstance(verdict, Approved):
            self._refuse(words.ground(verdict.ground))
        else:
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self._quiet()
            self._put(take_back.add_one(self._state, number))

    @property
    def _takes_serial(self) -> bool:
        if not self.chosen or self._figures is None:
            return False
        return bool(self._figures.line(self.chosen).standing.line.serials)

    def _serial(self, text: str) -> None:
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._change(lambda now: take_back.with_serial(now, self.chosen, text))

    def _picture(self, sku: str) -> str:
        if sku not in self._pictures:
            product = self._counter.station.catalogues.current().by_sku(sku)
            self._pictures[sku] = "" if product is None else product.picture
        return self._pictures[sku]

    def _quiet(self) -> None:
        self.said = self.act_word = ""
        self._act = lambda: None

    def _refuse(self, text: str) -> None:
        self._quiet()
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.said = text
        self.changed.emit()
