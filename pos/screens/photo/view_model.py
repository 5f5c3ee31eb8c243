"""Takes photos of one line of a return; frames come from the camera that goes on scanning."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.return_photo import MOST_PHOTOS
from pos.domain.scan import ScannedCode, ScanSource
from pos.screens.camera.view_model import CameraState, Sighting
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.photo.held import HeldPhotos, Taken
from pos.screens.photo.jpeg import jpeg_of
from pos.screens.ports import Sound
from pos.screens.scan_refusal import refuse_scan


class PhotoViewModel(QObject):
    """The live picture, and what was taken of the line."""

    changed = Signal()
    framed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        held: HeldPhotos,
        return_id: str,
        line: int,
        name: str,
        parent: QObject | None = None,
    ) -> None:
        """Take photos of a line.

        Args:
            line: Its number on the page.
            name: What the article is called.
        """
        super().__init__(parent)
        self._counter, self._navigator, self._held = counter, navigator, held
        self._return_id, self._line, self.name = return_id, line, name
        self._feed = feed = counter.devices.camera
        self.state = CameraState.NOT_CONFIGURED if feed is None else feed.state
        self.image: object = None
        self.is_busy = self._is_leaving = False
        self.said = ""
        held.changed.connect(self.changed)
        if feed is not None:
            feed.framed.connect(self._take_frame)
            feed.state_changed.connect(self._take_state)
            navigator.panel_changed.connect(self._watch)

    # -- what is shown

    @property
    def taken(self) -> tuple[Taken, ...]:
        """What was taken of the line, the first first."""
        return self._held.of_line(self._return_id, self._line)

    @property
    def why_off(self) -> str:
        """Why no photo can be taken; empty when one can."""
        if len(self.taken) >= MOST_PHOTOS:
            return self.tr("%n photos at most", "", MOST_PHOTOS)
        return "" if self.image is not None else self.title or self.tr("The camera is starting")

    @property
    def title(self) -> str:
        """How the camera stands."""
        return {
            CameraState.NOT_CONFIGURED: self.tr("No camera is set up"),
            CameraState.STARTING: self.tr("The camera is starting"),
            CameraState.READY: "",
            CameraState.ABSENT: self.tr("There is no camera"),
            CameraState.TAKEN: self.tr("Another program uses the camera"),
        }[self.state]

    @property
    def advice(self) -> str:
        """What to do about it; the return needs no photo."""
        return {
            CameraState.ABSENT: self.tr(
                "Plug it in: it starts by itself.\nThe return can be closed without a photo."
            ),
            CameraState.TAKEN: self.tr(
                "Close that program: the camera starts by itself.\n"
                "The return can be closed without a photo."
            ),
        }.get(self.state, "")

    # -- what is done

    def take(self) -> None:
        """Keep the picture of this moment."""
        if self.is_busy:
            return
        if self.why_off:
            self._say(self.why_off)
            return
        frame, self.is_busy, self.said = self.image, True, ""
        self._counter.background.run(lambda: jpeg_of(frame), self._made, self._not_made)
        self.changed.emit()

    def throw_away(self, place: int) -> None:
        """Throw the how many-eth photo (from 0) away; none there is no error."""
        if 0 <= place < len(self.taken):
            self.said = ""
            self._held.throw_away(self._line, self.taken[place].photo_id)

    def scanned(self, code: ScannedCode) -> None:
        """Refuse a code; what the camera itself saw on the goods was no scan."""
        if code.source is not ScanSource.CAMERA:
            self.said = refuse_scan(self._counter)
            self.changed.emit()

    def close(self) -> None:
        """Go back to the return, with the photo that is being made; what was taken stays."""
        if self.is_busy:
            self._is_leaving = True
        else:
            self._navigator.close(self)

    # -- inside

    def _made(self, jpeg: bytes) -> None:
        self.is_busy = False
        if self._held.add(self._return_id, self._line, jpeg):
            self._counter.devices.sounds.play(Sound.ACCEPTED)
        if self._is_leaving:
            self.close()
        self.changed.emit()

    def _not_made(self, _error: Exception) -> None:
        self.is_busy = self._is_leaving = False
        self._say(self.tr("That picture cannot be kept: take another one"))

    def _say(self, text: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.said = text
        self.changed.emit()

    def _watch(self) -> None:
        """Ask for frames while the panel is seen, however it ends."""
        if self._feed is not None:
            self._feed.watch(on=self._navigator.panel is self)

    def _take_frame(self, image: object, _sightings: tuple[Sighting, ...]) -> None:
        was_empty, self.image = self.image is None, image
        if self.state is not CameraState.READY:
            self._take_state(CameraState.READY)
        elif was_empty:
            self.changed.emit()
        self.framed.emit()

    def _take_state(self, state: CameraState) -> None:
        self.state = state
        if state is not CameraState.READY:
            self.image = None
        self.changed.emit()
