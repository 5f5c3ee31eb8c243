"""Work with parcels: which job it is, its scans, and the way back to the queue."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.scan import ScannedCode, ScanSource
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.staging.job import Job
from pos.screens.staging.placing import Placing
from pos.screens.staging.receiving import Receiving
from pos.screens.staging.restocking import Restocking
from pos.screens.staging.shelves import Shelves
from pos.screens.text_entry.view_model import TextEntryViewModel

MAX_TYPED = 40


class StagingViewModel(QObject):
    """The job that is on; `changed` follows it."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.job: Job | None = None
        self._order_id = ""
        counter.pickups.changed.connect(self._look_again)

    def entered(self) -> None:
        """Begin the job that was asked for; called whenever the screen is shown."""
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        arguments = self._navigator.arguments
        self._order_id = str(arguments.get("order_id", ""))
        ids: tuple[str, ...] = tuple(arguments.get("order_ids", ()))  # type: ignore[arg-type]
        if not ids and self._order_id:
            ids = (self._order_id,)
        self._begin(self._make(str(arguments.get("job", "stage")), ids))

    def back(self) -> None:
        """Go back to the queue; what was recorded stays."""
        self._navigator.go(Screen.PICKUPS, order_id=self._order_id)

    def move(self, by: int) -> None:
        """Go up or down in the list."""
        if self.job is not None and self.job.rows:
            last = len(self.job.rows) - 1
            self.job.choose(min(max(self.job.chosen + by, 0), last))

    def scanned(self, code: ScannedCode) -> None:
        """Hand a scan to the job."""
        if self.job is not None:
            self.job.scanned(code)

    def press(self, key: str) -> None:
        """Do what a key says, unless it is off."""
        keys = {each.id: each for each in self.job.keys} if self.job else {}
        if self.job is None or key not in keys or keys[key].off:
            return
        if key == "type":
            self.type_text()
        else:
            self.job.press(key)

    def type_text(self, begun: str = "") -> None:
        """Ask for a shelf, or for what is looked for."""
        if self.job is None or "type" not in {key.id for key in self.job.keys}:
            return
        hint = self.job.invitation.second
        panel = TextEntryViewModel(
            self._navigator, self.job.invitation.title, begun, hint=hint, max_length=MAX_TYPED
        )
        panel.written.connect(lambda text: self.scanned(ScannedCode(text, None, ScanSource.KEYED)))
        self._navigator.open(panel)

    def go_on(self) -> None:
        """Do what the closing key says, unless it is off."""
        if self.job is not None and not self.job.closing[2]:
            self.job.go_on()

    # -- inside

    def _make(self, job: str, order_ids: tuple[str, ...]) -> Job:
        counter, navigator = self._counter, self._navigator
        if job == "receive":
            return Receiving(counter, navigator, self)
        if job == "restock":
            return Restocking(counter, navigator, self)
        if job == "shelves":
            return Shelves(counter, navigator, self)
        return Placing(counter, navigator, order_ids, self)

    def _begin(self, job: Job) -> None:
        if self.job is not None:
            self.job.deleteLater()
        self.job = job
        job.changed.connect(self.changed)
        job.left.connect(self.back)
        job.place_next.connect(self._place)
        self.changed.emit()

    def _place(self, order_ids: tuple[str, ...]) -> None:
        self._navigator.go(Screen.STAGING, job="stage", order_ids=order_ids)

    def _look_again(self) -> None:
        is_here = self._navigator.current is Screen.STAGING
        if is_here and self.job is not None and self._counter.signed_on is not None:
            self.job.read_again()
            self.changed.emit()
