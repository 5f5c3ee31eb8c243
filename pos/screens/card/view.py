"""The card panel: one face per stage of the attempt."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from pos.screens.card.parts import CodeFace, StoryFace, WaitFace
from pos.screens.card.view_model import CardViewModel, Stage
from pos.screens.question import Chips, QuestionPanel

_CHARGED, _NOT_CHARGED = "charged", "not charged"


class CardPanel(QWidget):
    """Fills the right region until the outcome is known."""

    def __init__(self, view_model: CardViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._shown: Stage | None = None
        self._build()
        self._bind()
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self._outcome = Chips(height=72)
        self.wait, self.read_off = WaitFace(), CodeFace()
        self.resolving = CodeFace(self._outcome)
        self.unknown, self.ended = StoryFace(), StoryFace()
        self.ended.other.hide()
        self._faces: dict[Stage, QuestionPanel | StoryFace] = {
            Stage.WAITING: self.wait,
            Stage.READ_OFF: self.read_off,
            Stage.UNKNOWN: self.unknown,
            Stage.RESOLVING: self.resolving,
            Stage.NOT_TAKEN: self.ended,
        }
        self._stack = QStackedLayout(self)
        for face in self._faces.values():
            self._stack.addWidget(face)

    def _bind(self) -> None:
        model = self.view_model
        for face in self._faces.values():
            face.closed.connect(model.back)
        for code in (self.read_off, self.resolving):
            code.signs.connect(model.type)
            code.took_back.connect(model.erase)
        for signal in (self.read_off.accepted, self.read_off.pad.accepted):
            signal.connect(lambda: model.read_off(was_approved=True))
        self.read_off.pad.third_pressed.connect(lambda: model.read_off(was_approved=False))
        for signal in (self.resolving.accepted, self.resolving.pad.accepted):
            signal.connect(model.resolve)
        self.resolving.pad.third_pressed.connect(lambda: model.say_charged(not model.was_charged))
        self._outcome.chosen.connect(lambda option: model.say_charged(option == _CHARGED))
        self.unknown.other.clicked.connect(model.ask_again)
        self.unknown.closing.clicked.connect(model.call_somebody)
        self.ended.closing.clicked.connect(model.close)
        model.changed.connect(self._redraw)

    def _redraw(self) -> None:
        stage = self.view_model.stage
        {
            Stage.WAITING: self._redraw_wait,
            Stage.READ_OFF: self._redraw_read_off,
            Stage.UNKNOWN: self._redraw_unknown,
            Stage.RESOLVING: self._redraw_resolving,
            Stage.NOT_TAKEN: self._redraw_ended,
        }[stage]()
        if stage is not self._shown:
            self._shown = stage
            face = self._faces[stage]
            self._stack.setCurrentWidget(face)
            self.setFocusProxy(face)
            if self.isVisible():
                face.setFocus()

    def _redraw_wait(self) -> None:
        model = self.view_model
        self.wait.bar.set_words(self.tr("Card payment"), self.tr("Break off"))
        self.wait.amount.set_text(model.amount_text)
        if model.is_aborting:
            self.wait.said.set_text(self.tr("Breaking off…"))
            self.wait.bar.close_key.set_off()
        else:
            self.wait.said.set_text(self.tr("The terminal is waiting for the card"))
            self.wait.bar.close_key.set_on()
        self.wait.hint.set_text(
            self.tr("The payment is noted. The sale is recorded when the terminal approves it.")
        )

    def _redraw_read_off(self) -> None:
        model, face = self.view_model, self.read_off
        face.bar.set_words(self.tr("Card payment"), self.tr("Break off"))
        face.said.set_text(self.tr("Key this amount on the terminal"))
        face.amount.set_text(model.amount_text)
        face.hint.set_text(self.tr("Then say here what the terminal shows."))
        face.pad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Declined"),
            closing=self.tr("Approved"),
            closing_cap=self.tr("Enter"),
        )
        face.pad.closing.set_second(self.tr("{amount} by card").format(amount=model.amount_text))
        self._write_code(face)

    def _redraw_resolving(self) -> None:
        model, face = self.view_model, self.resolving
        face.bar.set_words(self.tr("What does the terminal's slip say?"), self.tr("Back"))
        face.said.set_text(self.tr("Card, without answer since {time}").format(time=model.since))
        face.amount.set_text(model.amount_text)
        face.hint.set_text(
            self.tr("Look at the last receipt of the terminal, or its list of operations.")
        )
        self._outcome.set_options(
            [(_CHARGED, self.tr("It was charged")), (_NOT_CHARGED, self.tr("It was not charged"))]
        )
        self._outcome.choose(_CHARGED if model.was_charged else _NOT_CHARGED)
        face.pad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Change answer"),
            closing=self.tr("Record"),
            closing_cap=self.tr("Enter"),
        )
        face.pad.closing.set_second(
            self.tr("as charged") if model.was_charged else self.tr("as not charged")
        )
        self._write_code(face)

    def _write_code(self, face: CodeFace) -> None:
        face.label.set_text(self.tr("Authorisation code"))
        face.code.set_words("card", "", self.view_model.authorisation)
        face.optional.set_text(self.tr("From the terminal's receipt; may stay empty."))

    def _redraw_unknown(self) -> None:
        model, face = self.view_model, self.unknown
        face.banner.set_text(self.tr("We do not know whether the card was charged"))
        happened, safe, todo = face.answers
        happened.set_words(
            self.tr("What happened"),
            self.tr(
                "The terminal stopped answering after it was asked for {amount}. The customer "
                "may have paid or not."
            ).format(amount=model.amount_text),
        )
        safe.set_words(
            self.tr("Is the money safe?"),
            self.tr(
                "Yes. The attempt is saved (no. {number}) and will not be charged twice. There "
                "is no sale yet: do not hand over the goods."
            ).format(number=model.short_id),
        )
        todo.set_words(
            self.tr("What to do"),
            self.tr(
                "Do not pass the card again and take no cash. The till keeps asking the "
                "terminal. If it does not answer in two minutes, call a shift lead, who looks "
                "at the terminal and decides."
            ),
        )
        asking = self.tr("Asking the terminal… %n times so far", "", model.times_asked)
        soon = self.tr("The terminal is asked again in a moment")
        face.set_foot(asking if model.times_asked else soon)
        face.other.set_word(self.tr("Ask now"), self.tr("the terminal, not the card"))
        face.closing.set_word(self.tr("Call a shift lead"), self.tr("Enter"))

    def _redraw_ended(self) -> None:
        model, face = self.view_model, self.ended
        face.banner.set_text(model.reason_text)
        happened, safe, todo = face.answers
        happened.set_words(
            self.tr("What happened"),
            self.tr("{amount} were asked for, and the card was not charged.").format(
                amount=model.amount_text
            ),
        )
        safe.set_words(
            self.tr("Is the money safe?"),
            self.tr("Yes. Nothing was taken; the ticket is still to be paid."),
        )
        todo.set_words(self.tr("What to do"), model.advice_text)
        face.set_foot("")
        face.closing.set_word(self.tr("Back to the payment"), self.tr("Enter"))
