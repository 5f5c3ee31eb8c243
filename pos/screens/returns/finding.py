"""Finds the purchase that is returned from: here at once, else at the hub; and looks again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.screens.counter import Counter
from pos.screens.ports import LinkState, Sound
from pos.screens.returns.owing import names_a_return
from pos.services import find_purchase
from pos.services.find_purchase import Known, Unusable, Wanted
from pos.services.hub_calls import FoundPurchases, HubAway


class Finding(QObject):
    """What was looked for last: `choices` when several fit, or why there is none in `told`."""

    changed = Signal()
    found = Signal(object, bool)  # Known, and whether a gift receipt named it
    refreshed = Signal(object)  # Known: the same purchase as the hub knows it
    returned = Signal(object)  # Wanted: the number is a return's own

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter
        self._wanted: Wanted | None = None
        self._looks_at = ""
        self._is_gift = False
        self.choices: tuple[Known, ...] = ()
        self.told = ""

    @property
    def is_asking(self) -> bool:
        """True while the hub is asked for what is not known here."""
        return self._wanted is not None

    @property
    def is_looking(self) -> bool:
        """True while the hub is asked what else came back of what is shown."""
        return bool(self._looks_at)

    @property
    def is_gift(self) -> bool:
        """True when `choices` are those of a gift receipt: nothing says what was paid."""
        return self._is_gift

    @property
    def is_offline(self) -> bool:
        return self._counter.devices.link.status.state is LinkState.OFFLINE

    def clear(self) -> None:
        """Forget what was looked for; answers under way are not shown."""
        self._wanted, self._looks_at, self.choices, self.told = None, "", (), ""
        self._is_gift = False

    def find(self, wanted: Wanted) -> None:
        """Look for a purchase; `found` or `changed` follows."""
        self.clear()
        if names_a_return(wanted.text):
            self.returned.emit(wanted)
            return
        known = find_purchase.here(self._counter.station, wanted)
        if known is not None:
            self._take(known, wanted)
        elif self.is_offline:
            self._tell(self.tr("{text} is not known here, and there is no connection"), wanted)
        else:
            self._wanted = wanted
            self._counter.devices.hub.find_purchases(
                wanted.text, wanted.shop, lambda answer: self._answered(wanted, answer)
            )
            self.changed.emit()

    def choose(self, place: int) -> None:
        """Take one of several."""
        if 0 <= place < len(self.choices):
            known = self.choices[place]
            number = known.ledger.purchase.number
            wanted = Wanted(number, is_gift=self._is_gift)
            self._take(find_purchase.usable(self._counter.station, known), wanted)

    def look_again(self, known: Known) -> None:
        """Ask the hub what else came back; `refreshed` follows when it says so."""
        reference = known.ledger.purchase.reference
        if self.is_offline:
            return
        self._looks_at = reference
        self._counter.devices.hub.find_purchases(
            reference, "", lambda answer: self._looked(reference, answer)
        )

    def _answered(self, wanted: Wanted, answer: FoundPurchases | HubAway) -> None:
        if self._wanted is not wanted or self._counter.signed_on is None:
            return  # something else was looked for meanwhile
        self._wanted = None
        if isinstance(answer, HubAway):
            text = self.tr("{text} is not known here, and the central system does not answer")
            if answer.code == "wrong_code":
                text = self.tr("{text} is no number of a receipt or order")
            self._tell(text, wanted)
            return
        station = self._counter.station
        known = find_purchase.from_hub(station, wanted, answer.purchases, answer.as_of_ms)
        if not known:
            self._tell(self.tr("No receipt or order {text}, here or anywhere"), wanted)
        elif len(known) == 1:
            self._take(find_purchase.usable(station, known[0]), wanted)
        else:
            self.choices, self._is_gift = known, wanted.is_gift
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self.changed.emit()

    def _looked(self, reference: str, answer: FoundPurchases | HubAway) -> None:
        if self._looks_at != reference or self._counter.signed_on is None:
            return
        self._looks_at = ""
        if not isinstance(answer, HubAway):
            station, wanted = self._counter.station, Wanted(reference)
            known = find_purchase.from_hub(station, wanted, answer.purchases, answer.as_of_ms)
            same = [one for one in known if one.ledger.purchase.reference == reference]
            if same:
                self.refreshed.emit(same[0])
        self.changed.emit()

    def _take(self, known: Known | Unusable, wanted: Wanted) -> None:
        if known is Unusable.OTHER_CURRENCY:
            self._tell(self.tr("{text} was paid in another currency"), wanted)
        elif known is Unusable.NOTHING_BOUGHT:
            text = self.tr("Nothing of {text} was handed over and paid there: show its receipt")
            self._tell(text, wanted)
        else:
            self.clear()
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self.found.emit(known, wanted.is_gift)

    def say(self, text: str) -> None:
        """Say why there is nothing to open."""
        self.told = text
        self.changed.emit()

    def _tell(self, text: str, wanted: Wanted) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.say(text.format(text=wanted.text))
