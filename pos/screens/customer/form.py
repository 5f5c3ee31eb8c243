"""The record of a customer while it is written: new, or the one on the ticket."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal

from pos.domain.customer import ConsentKind, Customer
from pos.domain.customer_glance import KnownCustomer
from pos.domain.phone import shown_phone
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.customer import words
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.services import customers
from pos.services.customers import CustomerDraft, NoSuchCustomer, WrongField

FIELDS = ("name", "phone", "email", "member_card", "birthday", "note")
# Those that are asked at the counter; the others are asked for on the web.
ASKED = (ConsentKind.RECEIPT_BY_EMAIL, ConsentKind.SUGGESTIONS, ConsentKind.MARKETING_EMAIL)
TEXT_VERSION = "1"
_BIRTHDAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}))?")
_LETTER = re.compile(r"[^\W\d_]")


class CustomerFormViewModel(QObject):
    """What stands in the fields; `saved` carries the id of the record that was written.

    `twin` is somebody who has the phone, address or card of a new record already: `found`
    carries their id when the cashier takes them instead. `taken_off` and `other_wanted` are the
    ways away from the ticket.
    """

    changed = Signal()
    saved = Signal(str)
    found = Signal(str)
    taken_off = Signal()
    other_wanted = Signal()

    refuses_scans = True

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        known: KnownCustomer | None,
        *,
        typed: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._customer = known.customer if known else None
        self.by_touch = navigator.touched
        self.wrong: dict[str, str] = {}
        self.twin: Customer | None = None
        self.values = _values(self._customer) if self._customer else _guessed(typed)
        held = self._customer
        self.agreed = {kind: held is not None and held.agrees(kind) for kind in ASKED}

    @property
    def is_new(self) -> bool:
        return self._customer is None

    @property
    def title(self) -> str:
        return self.tr("New customer") if self._customer is None else self._customer.name

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth knowing already, the latest first."""
        held = self._customer.notes if self._customer else ()
        return tuple(note.text for note in reversed(held))

    @property
    def twin_words(self) -> str:
        """Who has what was typed already; empty for nobody."""
        if self.twin is None:
            return ""
        text = self.tr("{name} has that already: {ways}")
        return text.format(name=self.twin.name, ways=words.reached_by(self.twin))

    @property
    def can_save(self) -> bool:
        return bool(self.values["name"].strip())

    def write(self, field: str, text: str) -> None:
        """Take what stands in a field."""
        self.values[field] = text
        self.wrong.pop(field, None)
        self.twin = None
        self.changed.emit()

    def toggle(self, kind: ConsentKind) -> None:
        """Note that the customer agrees to something, or does not."""
        self.agreed[kind] = not self.agreed[kind]
        self.changed.emit()

    def save(self) -> None:
        """Write the record; what cannot be is marked and nothing is recorded."""
        if not self.can_save:
            return
        draft = self._draft()
        if draft is None:
            return
        if self.is_new and self.twin is None and self._find_twin(draft):
            return
        try:
            customer = attempt(self._counter, self._navigator, lambda: self._write(draft))
        except WrongField as error:
            self._mark(error.field)
            return
        except NoSuchCustomer:
            self._navigator.close(self)
            return
        if customer is not None:
            self._counter.devices.link.nudge()
            self._navigator.close(self)
            self.saved.emit(customer.customer_id)

    def take_twin(self) -> None:
        """Take who has it already instead of making a second record."""
        if self.twin is not None:
            found = self.twin.customer_id
            self._navigator.close(self)
            self.found.emit(found)

    def take_off(self) -> None:
        """Make the ticket nobody's."""
        self._navigator.close(self)
        self.taken_off.emit()

    def take_another(self) -> None:
        """Look for somebody else."""
        self._navigator.close(self)
        self.other_wanted.emit()

    def close(self) -> None:
        """Close without writing anything."""
        self._navigator.close(self)

    def _draft(self) -> CustomerDraft | None:
        birthday = _birthday(self.values["birthday"])
        if birthday is None:
            self._mark("birthday")
            return None
        held = self._customer
        return CustomerDraft(
            self.values["name"],
            self.values["phone"],
            self.values["email"],
            self.values["member_card"],
            birthday,
            held.language if held else wording.locale().partition("_")[0],
            held.preferences if held else (),
        )

    def _write(self, draft: CustomerDraft) -> Customer:
        sign_on, version = self._counter.sign_on, self._text_version
        if self._customer is None:
            given = [(kind, version) for kind in ASKED if self.agreed[kind]]
            made = customers.create(sign_on, draft, given)
        else:
            made = customers.edit(sign_on, self._customer.customer_id, draft)
            for kind in ASKED:
                if made.agrees(kind) != self.agreed[kind]:
                    made = customers.set_consent(
                        sign_on,
                        made.customer_id,
                        kind,
                        is_given=self.agreed[kind],
                        text_version=version,
                    )
        if self.values["note"].strip():
            made = customers.write_note(sign_on, made.customer_id, self.values["note"])
        return made

    @property
    def _text_version(self) -> str:
        return f"{self._counter.station.country.lower()}-{TEXT_VERSION}"

    def _find_twin(self, draft: CustomerDraft) -> bool:
        twins = customers.twins(self._counter.station, draft)
        self.twin = twins[0].customer if twins else None
        if self.twin is not None:
            self._counter.devices.sounds.play(Sound.REFUSED)
            self.changed.emit()
        return self.twin is not None

    def _mark(self, field: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.wrong[field] = {
            "name": self.tr("up to 200 letters"),
            "phone": self.tr("no such number"),
            "email": self.tr("no address"),
            "member_card": self.tr("no card number"),
            "birthday": self.tr("day-month"),
        }.get(field, self.tr("too long"))
        self.changed.emit()


def _values(customer: Customer) -> dict[str, str]:
    return {
        "name": customer.name,
        "phone": shown_phone(customer.phones[0]) if customer.phones else "",
        "email": customer.emails[0] if customer.emails else "",
        "member_card": customer.member_card,
        "birthday": "-".join(reversed(customer.birthday.split("-"))),
        "note": "",
    }


def _guessed(typed: str) -> dict[str, str]:
    """Return the fields of a new record with what was looked for in the one it fits."""
    values = dict.fromkeys(FIELDS, "")
    if "@" in typed:
        values["email"] = typed
    elif typed and not _LETTER.search(typed):
        values["phone"] = typed
    elif any(char.isdigit() for char in typed):
        values["member_card"] = typed
    else:
        values["name"] = typed
    return values


def _birthday(text: str) -> str | None:
    """Return day and month as they are kept, empty for none, None for what is neither."""
    if not text.strip():
        return ""
    found = _BIRTHDAY.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = found.groups()
    return f"{year + '-' if year else ''}{int(month):02d}-{int(day):02d}"
