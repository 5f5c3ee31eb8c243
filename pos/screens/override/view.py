"""The panel that asks for an authorisation: what, why, who, PIN, what is recorded."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.staff import Approved, StaffMember
from pos.screens import wording
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.question import Chips, QuestionPanel
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.labels import PinDots
from pos.widgets.text import IconView, Text

_OTHER = "\0other"
_TILE_HEIGHT, _NARROW_TILE_HEIGHT = 104, 86


class OverridePanel(QuestionPanel):
    """Fills the right region until the question is answered or taken back."""

    def __init__(self, view_model: OverrideViewModel, parent: QWidget | None = None) -> None:
        keypad = Keypad(Mode.PIN, closing_kind=Kind.ACCENT, closing_style="title")
        super().__init__(icon="lock", keypad=keypad, parent=parent)
        self.view_model = view_model
        self._keypad = keypad
        self._build()
        self._bind()
        self._write()
        self._redraw()

    def typed(self, signs: str) -> None:
        self.view_model.press(signs)

    def erased(self) -> None:
        self.view_model.erase()

    def lay_out(self, *, narrow: bool) -> None:
        for label in (self._why_label, self._who_label, self._record_row):
            label.setVisible(not narrow)
        self._why_label.setVisible(not narrow and bool(self.view_model.request.reasons))
        for key in (*self._tiles.values(), self.remote):
            key.setFixedHeight(_NARROW_TILE_HEIGHT if narrow else _TILE_HEIGHT)
        for member, _ in self.view_model.approvers:
            initials = "" if narrow else wording.initials(member.name)
            self._tiles[member.staff_id].set_initials(initials)
        self._dots.setFixedWidth(232 if narrow else 16_777_215)
        self._dots.setMaximumWidth(232 if narrow else 16_777_215)
        self._dots.setMinimumWidth(200)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self._title = Text("", "heading")
        self._subtitle = Text("", "body", "text-muted", wrap=True)
        self._amount = Text("", "amount", keeps=True)
        self._why_label, self._who_label = Text("", "strong"), Text("", "strong")
        self._reasons = Chips()
        self._reasons.setVisible(bool(self.view_model.request.reasons))
        self._tiles = {
            member.staff_id: self._build_tile(member) for member, _ in self.view_model.approvers
        }
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self._amount)
        people = QHBoxLayout()
        people.setSpacing(8)
        for tile in self._tiles.values():
            people.addWidget(tile, 1)
        self.remote = Key(icon="phone", face=Face.STACK)
        self.remote.setFixedHeight(_TILE_HEIGHT)
        for _ in range(3 - len(self._tiles)):
            people.addWidget(QWidget(), 1)
        people.addWidget(self.remote, 1)
        self.body.addLayout(head)
        self.body.addSpacing(8)
        self.body.addWidget(self._why_label)
        self.body.addSpacing(4)
        self.body.addWidget(self._reasons)
        self.body.addSpacing(8)
        self.body.addWidget(self._who_label)
        self.body.addSpacing(4)
        self.body.addLayout(people)
        self.body.addStretch(1)
        self._build_aside()

    def _build_aside(self) -> None:
        self._ask = Text("", "strong", wrap=True)
        self._or_scan = Text("", "meta", "text-muted", wrap=True, line=17)
        self._dots = PinDots(boxed=True)
        expanding = QSizePolicy.Policy.Expanding
        self._dots.setSizePolicy(expanding, expanding)
        self._record = Text("", "meta", "text-muted", wrap=True, line=18)
        self._record_row = QWidget()
        row = QHBoxLayout(self._record_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconView("note", 18))
        row.addWidget(self._record, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._ask)
        words.addWidget(self._or_scan)
        self.aside.setSpacing(10)
        self.aside.addLayout(words)
        self.aside.addWidget(self._dots, 1)
        self.aside.addWidget(self._record_row)

    def _build_tile(self, member: StaffMember) -> Key:
        key = Key(member.name, face=Face.STACK, initials=wording.initials(member.name))
        key.setFixedHeight(_TILE_HEIGHT)
        key.clicked.connect(lambda: self.view_model.choose(member.staff_id))
        return key

    def _bind(self) -> None:
        self.closed.connect(self.view_model.cancel)
        self.accepted.connect(self.view_model.submit)
        self._keypad.accepted.connect(self.view_model.submit)
        self._keypad.third_pressed.connect(self.view_model.choose_next)
        self._reasons.chosen.connect(self._on_reason)
        self.remote.clicked.connect(self.view_model.ask_remotely)
        self.view_model.changed.connect(self._redraw)

    def _on_reason(self, reason: str) -> None:
        if reason == _OTHER:
            self.view_model.write_reason()
        else:
            self.view_model.choose_reason(reason)

    def _write(self) -> None:
        self.bar.set_words(self.tr("An authorisation is needed"), self.tr("Cancel"))
        self._why_label.set_text(self.tr("Reason"))
        self._who_label.set_text(self.tr("Who authorises it?"))
        self._keypad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Somebody else"),
            closing=self.tr("Authorise"),
            closing_cap=self.tr("Enter"),
        )
        self._keypad.closing.set_second(self.tr("and back"))

    def _redraw(self) -> None:
        model = self.view_model
        request = model.request
        self._title.set_text(request.title)
        self._subtitle.set_text(request.subtitle)
        self._amount.set_text(wording.money(request.amount) if request.amount else "")
        options = [(reason, reason) for reason in request.reasons or ()]
        if model.may_write_reason:
            options.append((_OTHER, model.written_reason or self.tr("Another…")))
        self._reasons.set_options(options)
        self._reasons.choose(_OTHER if model.written_reason else model.reason)
        for member, decision in model.approvers:
            tile = self._tiles[member.staff_id]
            tile.set_second(wording.role(member.role))
            tile.set_chosen(member == model.approver)
            if not isinstance(decision, Approved):
                tile.set_off(model.why_not(decision))
        self._redraw_remote()
        self._redraw_pin()

    def _redraw_remote(self) -> None:
        model = self.view_model
        self.remote.set_word(*model.remote_words)
        self.remote.set_chosen(model.remote.is_under_way)
        if model.why_not_remote:
            self.remote.set_off(model.why_not_remote)
        else:
            self.remote.set_on()

    def _redraw_pin(self) -> None:
        model = self.view_model
        self._dots.set_count(model.pin_length)
        asker, approver = wording.first_name(model.requester), model.approver
        name = wording.first_name(approver) if approver else ""
        self._ask.set_text(
            model.message or (self.tr("{name}, key in your PIN").format(name=name) if name else "")
        )
        self._ask.set_tone("amber-text" if model.message else "text")
        recorded = self.tr("In the journal: {asker} asks, {name} authorises.").format(
            asker=asker, name=name
        )
        narrow = self.is_narrow
        self._or_scan.set_text(recorded if narrow else self.tr("or scan your badge"))
        asked = self.tr("A manager has been asked. The PIN is still good here.")
        self._record.set_text(asked if model.remote.is_under_way else recorded if name else "")
        closing = self._keypad.closing
        closing.set_busy(self.tr("Checking…") if model.is_busy else "")
        if model.can_submit or model.is_busy:
            closing.set_on()
        else:
            closing.set_off(self.tr("PIN of {name}").format(name=name) if name else "")
