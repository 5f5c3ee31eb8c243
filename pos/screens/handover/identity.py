"""The question who collects an order, and what that person shows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.collection import IdentityMethod, Order
from pos.domain.collection_events import Identity
from pos.screens.handover import words
from pos.screens.navigator import Navigator
from pos.screens.text_entry.view_model import TextEntryViewModel

SOMEBODY = "somebody"
CODE, CARD = "code", "card"
_MOST_NAMED = 3
_LAST = 4
_LONGEST = 40


class IdentityViewModel(QObject):
    """Who comes, by what, and the signs that prove it; `shown` carries identity and proof.

    Of a document only the last four signs are asked for.
    """

    changed = Signal()
    shown = Signal(object, str)  # Identity, proof

    refuses_scans = True

    def __init__(self, navigator: Navigator, order: Order, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._navigator, self._order = navigator, order
        self._name = ""
        self.person, self.way = self.people[0][0], self.ways[0][0]
        self.text = ""

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Whom the order names, by id, and somebody else."""
        named = [("customer", self._order.customer_name or self.tr("The customer"))]
        for place, who in enumerate(self._order.collectors[:_MOST_NAMED]):
            word = f"{who.name} ({who.relation})" if who.relation else who.name
            named.append((str(place), word))
        return (*named, (SOMEBODY, self._name or self.tr("Somebody else…")))

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """What can be shown: documents, the code, the card where the order has one."""
        documents = [(kind, words.document(kind)) for kind in words.DOCUMENTS]
        card = [(CARD, self.tr("Member card"))] if self._order.member_card else []
        return (*documents, (CODE, self.tr("Code")), *card)

    @property
    def asked(self) -> str:
        """What is to be typed."""
        if self.way == CODE:
            return self.tr("The code of the message, such as {code}").format(code="K7M4")
        if self.way == CARD:
            return self.tr("The number of the card")
        return self.tr("The last four signs of the document")

    @property
    def longest(self) -> int:
        return _LONGEST if self.way == CARD else _LAST

    @property
    def can_confirm(self) -> bool:
        signs = len(self.text.strip())
        return signs > 0 if self.way == CARD else signs == _LAST

    def choose_person(self, person: str) -> None:
        """Choose who comes; somebody whom the order does not name is asked for the name."""
        self.person = person
        if person == SOMEBODY:
            entry = TextEntryViewModel(self._navigator, self.tr("Who collects it?"), self._name)
            entry.written.connect(self._take_name)
            self._navigator.open(entry)
        self.changed.emit()

    def choose_way(self, way: str) -> None:
        """Choose what is shown."""
        self.way, self.text = way, ""
        self.changed.emit()

    def write(self, text: str) -> None:
        """Take what stands in the field."""
        self.text = text[: self.longest]
        self.changed.emit()

    def confirm(self) -> None:
        """Hand it over and close."""
        if not self.can_confirm:
            return
        identity, proof = self._identity(), self.text.strip()
        self._navigator.close(self)
        self.shown.emit(identity, proof)

    def close(self) -> None:
        """Take the question back."""
        self._navigator.close(self)

    def _identity(self) -> Identity:
        name, relation = self._who()
        if self.way == CODE:
            return Identity(IdentityMethod.SHORT_CODE, name, relation)
        if self.way == CARD:
            return Identity(IdentityMethod.MEMBER_CARD, name, relation)
        return Identity(IdentityMethod.DOCUMENT, name, relation, self.way, self.text.strip())

    def _who(self) -> tuple[str, str]:
        if self.person == "customer":
            return self._order.customer_name, ""
        if self.person == SOMEBODY:
            return self._name or self.tr("Somebody else"), ""
        named = self._order.collectors[int(self.person)]
        return named.name, named.relation

    def _take_name(self, name: str) -> None:
        self._name = name
        self.changed.emit()
