"""What the camera panel shows; frames come from outside through a signal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, Signal, SignalInstance

from pos.screens.navigator import Navigator


class CameraState(Enum):
    """How the camera stands, in the cashier's terms."""

    NOT_CONFIGURED = "not configured"
    STARTING = "starting"
    READY = "ready"
    ABSENT = "absent"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code seen in a frame: its corners in pixels of the frame, and its text."""

    corners: tuple[QPointF, ...]
    text: str


class CameraFeed(Protocol):
    """The camera as the panel needs it; scans themselves go the way of every scanner.

    Signals may be emitted from another thread; the panel takes them in its own.
    """

    framed: SignalInstance  # (QImage, tuple[Sighting, ...])
    state_changed: SignalInstance  # (CameraState)

    @property
    def state(self) -> CameraState: ...

    def watch(self, *, on: bool) -> None:
        """Send frames, or stop sending them; the camera goes on scanning."""


class CameraViewModel(QObject):
    """The last frame with what was found in it, or why there is none."""

    changed = Signal()
    framed = Signal()

    def __init__(
        self, navigator: Navigator, feed: CameraFeed | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._navigator, self._feed = navigator, feed
        self.state = feed.state if feed is not None else CameraState.NOT_CONFIGURED
        self.image: object = None
        self.sightings: tuple[Sighting, ...] = ()
        self.last_text = ""
        if feed is not None:
            feed.framed.connect(self._take_frame)
            feed.state_changed.connect(self._take_state)
            feed.watch(on=True)

    @property
    def title(self) -> str:
        """What is wrong, or what to do."""
        return {
            CameraState.NOT_CONFIGURED: self.tr("No camera is set up"),
            CameraState.STARTING: self.tr("The camera is starting"),
            CameraState.READY: self.tr("Hold the code in front of the camera"),
            CameraState.ABSENT: self.tr("There is no camera"),
            CameraState.TAKEN: self.tr("Another program uses the camera"),
        }[self.state]

    @property
    def advice(self) -> str:
        """What to do about it; the rest of the till works meanwhile."""
        return {
            CameraState.NOT_CONFIGURED: self.tr(
                "The settings of this till name none.\nScan by hand or type the code."
            ),
            CameraState.STARTING: "",
            CameraState.READY: "",
            CameraState.ABSENT: self.tr(
                "Plug it in: it starts by itself.\nScan by hand or type the code meanwhile."
            ),
            CameraState.TAKEN: self.tr(
                "Close that program: the camera starts by itself.\n"
                "Scan by hand or type the code meanwhile."
            ),
        }[self.state]

    def close(self) -> None:
        """Close the panel; the camera goes on scanning."""
        if self._feed is not None:
            self._feed.watch(on=False)
        self._navigator.close(self)

    def _take_frame(self, image: object, sightings: tuple[Sighting, ...]) -> None:
        self.image, self.sightings = image, sightings
        if self.state is not CameraState.READY:
            self._take_state(CameraState.READY)
        if sightings and sightings[0].text != self.last_text:
            self.last_text = sightings[0].text
            self.changed.emit()
        self.framed.emit()

    def _take_state(self, state: CameraState) -> None:
        self.state = state
        if state is not CameraState.READY:
            self.image, self.sightings = None, ()
        self.changed.emit()
