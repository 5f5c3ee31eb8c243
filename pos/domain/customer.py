"""A customer as shops and web know them: who they are, how to reach them, what they agreed to."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field, replace
from enum import Enum

from pos.domain.fields import IDENTIFIER
from pos.domain.free_text import one_line
from pos.domain.mail_address import NotAMailAddress, check_mail_address
from pos.domain.phone import is_normal_phone

LONGEST_NAME = 200
MOST_PHONES = 5
MOST_EMAILS = 5
MOST_NOTES = 50
MOST_PREFERENCES = 20
LONGEST_NOTE = 160
LONGEST_WORD = 60
LATEST_MS = 253_402_300_799_999  # the end of the year 9999
_CARD = re.compile(r"[A-Z0-9][A-Z0-9-]{2,39}")
_BIRTHDAY = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})")
_ANY_LEAP_YEAR = 2000


class ImpossibleCustomer(ValueError):
    """A record that cannot be of a customer; the message names the field and repeats nothing."""


class ConsentKind(Enum):
    """What a customer can agree to; the values are stored and sent."""

    RECEIPT_BY_EMAIL = "receipt_by_email"
    SUGGESTIONS = "suggestions"
    MARKETING_EMAIL = "marketing_email"
    MARKETING_SMS = "marketing_sms"
    MARKETING_POST = "marketing_post"


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody agreed to something, or took it back.

    `at_ms` is UTC, Unix milliseconds; `text_version` names the text that was read out or shown;
    `till` is where, `proof` by what it can be shown (a receipt's number, the id of the act).
    """

    kind: ConsentKind
    is_given: bool
    at_ms: int
    text_version: str
    till: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class CustomerNote:
    """What somebody of the staff wrote about a customer; `at_ms` is UTC, Unix milliseconds."""

    text: str
    at_ms: int
    staff_id: str


@dataclass(frozen=True, slots=True)
class Customer:
    """One record of a customer.

    `phones` are E.164, `emails` lower case, `birthday` is ``MM-DD`` or ``YYYY-MM-DD``,
    `since_ms` is UTC, Unix milliseconds, 0 when unknown. `version` is the hub's, 0 while it has
    not heard of the record. `dropped_notes` are the time and the writer of notes that were taken
    out, so that who has not heard of it does not bring them back. `changed` says when each field
    was changed last: by it two edits that did not know of each other are made one
    (`customer_merging`). A record that was merged into another, or erased, says so and nothing
    else.

    Raises:
        ImpossibleCustomer: A field that cannot be.
    """

    customer_id: str
    version: int
    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    member_card: str = ""
    language: str = ""
    birthday: str = ""
    notes: tuple[CustomerNote, ...] = ()
    dropped_notes: tuple[tuple[int, str], ...] = ()
    preferences: tuple[tuple[str, str], ...] = ()
    consents: tuple[Consent, ...] = ()
    tax_number: str = ""
    since_ms: int = 0
    home_shop: str = ""
    tier: str = ""
    merged_into: str = ""
    is_erased: bool = False
    changed: tuple[tuple[str, int], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        _require(IDENTIFIER.fullmatch(self.customer_id) is not None, "customer_id")
        _require(self.is_live or not (self.name or self.phones or self.emails), "name of nobody")
        _check_name(self)
        _check_ways(self)
        _require(not self.member_card or is_card(self.member_card), "member_card")
        _require(not self.birthday or is_birthday(self.birthday), "birthday")
        _require(len(self.notes) <= MOST_NOTES, "notes")
        _require(all(0 < len(note.text) <= LONGEST_NOTE for note in self.notes), "notes")
        _require(len(self.dropped_notes) <= MOST_NOTES, "dropped_notes")
        keys = [key for key, _ in self.preferences]
        _require(len(set(keys)) == len(keys) <= MOST_PREFERENCES, "preferences")
        kinds = [consent.kind for consent in self.consents]
        _require(len(set(kinds)) == len(kinds), "consents")

    @property
    def is_live(self) -> bool:
        """False for a record that is only still there to say where the customer went."""
        return not self.merged_into and not self.is_erased

    @property
    def initials(self) -> str:
        """Return what a receipt calls the customer: ``C. O. R.``."""
        words = [word for word in self.name.split() if word[0].isalnum()]
        return " ".join(f"{word[0].upper()}." for word in words[:4])

    def consent(self, kind: ConsentKind) -> Consent | None:
        """Return what was last said about one kind, None when it never was."""
        return next((one for one in self.consents if one.kind is kind), None)

    def agrees(self, kind: ConsentKind) -> bool:
        """True only when the last word was a yes."""
        said = self.consent(kind)
        return said is not None and said.is_given


def erased(customer: Customer) -> Customer:
    """Return what stays of a record when its customer asked to be forgotten: that it was."""
    return Customer(customer.customer_id, customer.version, "", is_erased=True)


def merged(customer: Customer, into: str) -> Customer:
    """Return what stays of a record whose customer is another record's from now on."""
    _require(into != customer.customer_id, "merged_into")
    return Customer(customer.customer_id, customer.version, "", merged_into=into)


def with_consent(customer: Customer, consent: Consent) -> Customer:
    """Return the record with the last word about one kind.

    It is later than what is known, whatever the clock of whoever says it.
    """
    before = customer.consent(consent.kind)
    if before is not None and before != consent:
        consent = replace(consent, at_ms=later(consent.at_ms, before.at_ms))
    others = (one for one in customer.consents if one.kind is not consent.kind)
    said = sorted((*others, consent), key=lambda one: one.kind.value)
    return replace(customer, consents=tuple(said))


def with_note(customer: Customer, note: CustomerNote) -> Customer:
    """Return the record with one more note, the oldest left out when there are too many."""
    return replace(customer, notes=(*customer.notes, note)[-MOST_NOTES:])


def without_note(customer: Customer, note: CustomerNote) -> Customer:
    """Return the record without a note, at every till that has it too."""
    dropped = sorted({*customer.dropped_notes, (note.at_ms, note.staff_id)})
    notes = tuple(one for one in customer.notes if one != note)
    return replace(customer, notes=notes, dropped_notes=tuple(dropped[-MOST_NOTES:]))


def later(now_ms: int, than_ms: int) -> int:
    """Return now, or just after what is known when a clock is behind (UTC ms)."""
    return min(max(now_ms, than_ms + 1), LATEST_MS)


def normal_name(text: str) -> str:
    """Return a name as it is kept.

    Raises:
        ImpossibleCustomer: Empty, or of more than 200 characters.
    """
    name = one_line(text[: LONGEST_NAME * 4])
    _require(0 < len(name) <= LONGEST_NAME, "name")
    return name


def normal_email(text: str) -> str:
    """Return a mail address as it is kept: checked, lower case.

    Raises:
        NotAMailAddress: It is none.
    """
    return check_mail_address(text).lower()


def normal_card(text: str) -> str:
    """Return the number of a member card as it is kept: upper case, without spaces.

    Raises:
        ImpossibleCustomer: It cannot be one.
    """
    card = "".join(text.split()).upper()
    _require(is_card(card), "member_card")
    return card


def is_card(text: str) -> bool:
    """True for the number of a member card as it is kept."""
    return _CARD.fullmatch(text) is not None


def is_birthday(text: str) -> bool:
    """True for ``MM-DD`` and ``YYYY-MM-DD`` of a day that there is."""
    found = _BIRTHDAY.fullmatch(text)
    if found is None or not text.isascii():
        return False
    try:
        datetime.date(int(found[1] or _ANY_LEAP_YEAR), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return True


def _check_name(customer: Customer) -> None:
    if customer.is_live:
        _require(customer.name == normal_name(customer.name), "name")


def _check_ways(customer: Customer) -> None:
    """Phones and addresses are in their one written form, each there once."""
    phones, emails = customer.phones, customer.emails
    _require(len(set(phones)) == len(phones) <= MOST_PHONES, "phones")
    _require(len(set(emails)) == len(emails) <= MOST_EMAILS, "emails")
    _require(all(map(is_normal_phone, phones)), "phones")
    _require(all(map(_is_normal_email, emails)), "emails")


def _is_normal_email(text: str) -> bool:
    try:
        return normal_email(text) == text
    except NotAMailAddress:
        return False


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise ImpossibleCustomer(what)
