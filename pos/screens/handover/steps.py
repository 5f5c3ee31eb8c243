"""The steps of a handover as the screen does them: each on the disk before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from pos.domain.collection_events import Identity
from pos.domain.handover_rules import Need, Refused
from pos.domain.pickup_code import PickupCode
from pos.domain.quantity import THOUSAND
from pos.domain.scan_codes import ParcelScan
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.handover import words
from pos.screens.handover.identity import IdentityViewModel
from pos.screens.handover.telling import Telling
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.reason.view_model import ReasonViewModel
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import handover_identity, handover_steps
from pos.services.handover_identity import CodeRefused, WrongProof
from pos.services.handover_steps import LabelRefused
from pos.services.on_counter import BeingPaid, OnCounter
from pos.services.orders import NoSuchOrder
from pos.services.workstation import SignOn


class Steps(QObject):
    """What is done to the one order at the counter; `said` is why the last step was refused."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.seen: OnCounter | None = None
        self.said = ""
        self.chosen_row = 0
        self._code: PickupCode | None = None
        self._seen_at_ms: dict[int, int] = {}
        self.telling = Telling(counter, navigator, self)
        self.telling.changed.connect(self.changed)

    @property
    def is_active(self) -> bool:
        """True while there is something to hand over, and not only something to be told."""
        return self.seen is not None and self.telling.told is None

    # -- parcels and lines

    def touch_parcel(self, number: int) -> None:
        """Take a parcel into the hand by touch; without connection its label is scanned."""
        if self.seen is not None and self.seen.draft.is_isolated:
            self._refuse(self.tr("Without connection the label has to be scanned"))
            return
        self._step(lambda order_id: handover_steps.name_parcel(self._sign_on, order_id, number))

    def move(self, by: int) -> None:
        """Choose another line."""
        if self.seen is not None:
            last = len(words.take_rows(self.seen.order, self.seen.draft)) - 1
            self.chosen_row = min(max(self.chosen_row + by, 0), max(last, 0))
            self.changed.emit()

    def take(self, number: int, pieces: int) -> None:
        """Say how many pieces of a line the customer takes; why not all may be said after."""
        if self.seen is None or not self.is_active:
            return
        line = self.seen.order.line(number)
        whole = pieces * THOUSAND if line.unit.is_counted else line.in_parcel * bool(pieces)
        delivered = min(max(whole, 0), line.in_parcel)
        done = self._step(
            lambda order_id: handover_steps.choose(self._sign_on, order_id, number, delivered)
        )
        if done and delivered < line.in_parcel:
            self._ask_why(number, delivered)

    def toggle(self) -> None:
        """Take the chosen line whole, or leave it."""
        rows = words.take_rows(self.seen.order, self.seen.draft) if self.seen else ()
        if 0 <= self.chosen_row < len(rows):
            row = rows[self.chosen_row]
            self.take(row.number, 0 if row.taken else row.most)

    def leave_all(self) -> None:
        """Leave everything behind."""
        self._step(lambda order_id: handover_steps.leave_all(self._sign_on, order_id))

    def _ask_why(self, number: int, delivered: int) -> None:
        panel = ReasonViewModel(self._navigator, "leave")

        def decided(reason: str) -> None:
            self._navigator.close(panel)
            self._step(
                lambda order_id: handover_steps.choose(
                    self._sign_on, order_id, number, delivered, reason
                )
            )

        panel.decided.connect(decided)
        self._navigator.close_all()
        self._navigator.open(panel)

    def _scan_label(self, label: ParcelScan) -> None:
        if self._step(lambda order_id: handover_steps.scan_parcel(self._sign_on, order_id, label)):
            self._seen_at_ms[label.parcel] = self._now_ms
            self.changed.emit()

    # -- who collects

    def other_person(self) -> None:
        """Ask who collects and what they show."""
        if self.seen is None or not self.is_active:
            return
        panel = IdentityViewModel(self._navigator, self.seen.order)
        panel.shown.connect(self._identify)
        self._navigator.close_all()
        self._navigator.open(panel)

    def sign(self, strokes: Sequence[Sequence[tuple[int, int]]]) -> None:
        """Keep what was drawn."""
        self._step(lambda order_id: handover_steps.sign(self._sign_on, order_id, strokes))

    def act_on_notice(self) -> None:
        """Do what the notice's key says."""
        seen = self.seen
        needs = words.needs(seen)
        if Need.AGE in needs:
            self._step(
                lambda order_id: handover_steps.check_age(
                    self._sign_on, order_id, is_old_enough=True
                )
            )
        elif Need.SERIALS in needs:
            panel = TextEntryViewModel(self._navigator, self.tr("Serial number"), "")
            panel.written.connect(self._add_serial)
            self._navigator.open(panel)

    def _identify(self, identity: Identity, proof: str) -> None:
        self._step(
            lambda order_id: handover_identity.identify(self._sign_on, order_id, identity, proof)
        )

    def _identify_by_code(self, code: PickupCode) -> None:
        done = self._step(
            lambda order_id: handover_identity.identify_by_code(self._sign_on, order_id, code)
        )
        self._code = code if done else None

    def _add_serial(self, text: str) -> None:
        self._step(lambda order_id: handover_steps.add_serial(self._sign_on, order_id, text))

    # -- inside

    @property
    def _sign_on(self) -> SignOn:
        return self._counter.sign_on

    @property
    def _now_ms(self) -> int:
        return self._counter.station.clock.now_ms()

    def _step(self, act: Callable[[str], OnCounter], *, is_quiet: bool = False) -> bool:
        """Do a step, show what came of it, or say why it was not done."""
        if self.seen is None or not self.is_active:
            return False
        order_id = self.seen.order.order_id
        try:
            seen = attempt(self._counter, self._navigator, lambda: act(order_id))
        except (LabelRefused, CodeRefused, WrongProof, BeingPaid, NoSuchOrder) as error:
            self._refuse(self._why(error))
            return False
        except ValueError:
            self._refuse(self.tr("That cannot be"))
            return False
        if seen is None:
            return False
        if not is_quiet:
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self.said = ""
        self._show(seen)
        return True

    def _is_refused(self) -> bool:
        """Tell what stops the handover, if something does."""
        if self.seen is None or not isinstance(self.seen.decision, Refused):
            return False
        self.telling.tell_obstacle(self.seen.decision.obstacle, self.seen.order)
        return True

    def _show(self, seen: OnCounter) -> None:
        self.seen = seen
        self._is_refused()
        self.changed.emit()

    def _why(self, error: Exception) -> str:
        if isinstance(error, LabelRefused):
            return words.label_words(error.trouble)
        if isinstance(error, CodeRefused):
            shop = self._counter.shop_name
            return words.code_words(error.trouble, error.order, shop, self._now_ms)
        if isinstance(error, WrongProof):
            return self.tr("That is not what this order asks for")
        if isinstance(error, BeingPaid):
            return self.tr("It is being paid: go back from the payment first")
        return self.tr("This till does not know that order any more")

    def _refuse(self, text: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.said = text
        self.changed.emit()
