"""A customer's record as it travels beside its fact, and what the fact says of it.

The journal holds no personal data: ``customer.saved`` names the record, which fields changed,
and a commitment to what they are. The content goes to the hub beside the fact and is erased
without touching the chain; the salt, erased with it, keeps a short content from being guessed.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from pos.domain.customer import (
    LATEST_MS,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_WORD,
    MOST_EMAILS,
    MOST_NOTES,
    MOST_PHONES,
    MOST_PREFERENCES,
    Consent,
    ConsentKind,
    Customer,
    CustomerNote,
    ImpossibleCustomer,
)
from pos.domain.customer_merging import DATED_FIELDS
from pos.domain.fields import IDENTIFIER, Fields
from pos.domain.journal import Json, NotCanonical, canonical_json

LARGEST_CONTENT = 30 * 1024
_ID_OR_EMPTY = re.compile(rf"(?:{IDENTIFIER.pattern})?")
_SALT = re.compile(r"[0-9a-f]{32}")
_LONGEST_ADDRESS = 254


class UnreadableCustomer(ValueError):
    """Something of the content is missing or cannot be; the record is not taken in."""


class CustomerFields(Fields):
    """One object of a record."""

    refusal = UnreadableCustomer

    def moment(self, name: str) -> int:
        return self.number(name, 0, LATEST_MS)

    def reference(self, name: str) -> str:
        return self.text(name, _ID_OR_EMPTY)

    def parts_if_any(self, name: str, most: int) -> list[CustomerFields]:
        return self.parts(name, most) if name in self._values else []

    def texts(self, name: str, most: int, longest: int) -> tuple[str, ...]:
        rows = self.rows(name, most)
        if not all(isinstance(row, str) and len(row) <= longest for row in rows):
            self.refuse(name)
        return tuple(str(row) for row in rows)

    def parts(self, name: str, most: int) -> list[CustomerFields]:
        return [CustomerFields(row) for row in self.rows(name, most)]


def customer_body(customer: Customer) -> dict[str, Json]:
    """Return the record as JSON: times in ms."""
    return {
        "customer_id": customer.customer_id,
        "version": customer.version,
        "name": customer.name,
        "phones": list(customer.phones),
        "emails": list(customer.emails),
        "member_card": customer.member_card,
        "language": customer.language,
        "birthday": customer.birthday,
        "notes": [
            {"text": note.text, "at_ms": note.at_ms, "staff_id": note.staff_id}
            for note in customer.notes
        ],
        "dropped_notes": [
            {"at_ms": at_ms, "staff_id": staff_id} for at_ms, staff_id in customer.dropped_notes
        ],
        "preferences": [{"key": key, "value": value} for key, value in customer.preferences],
        "consents": [consent_body(consent) for consent in customer.consents],
        "tax_number": customer.tax_number,
        "since_ms": customer.since_ms,
        "home_shop": customer.home_shop,
        "tier": customer.tier,
        "merged_into": customer.merged_into,
        "is_erased": customer.is_erased,
        "changed": [{"field": name, "at_ms": at_ms} for name, at_ms in customer.changed],
    }


def read_customer(content: object) -> Customer:
    """Return the record that `customer_body` wrote.

    Raises:
        UnreadableCustomer: Something is missing or cannot be.
    """
    said = CustomerFields(content)
    return said.possible(
        lambda: Customer(
            customer_id=said.text("customer_id", IDENTIFIER),
            version=said.number("version", 0, 2**53),
            name=said.words("name", LONGEST_NAME),
            phones=said.texts("phones", MOST_PHONES, _LONGEST_ADDRESS),
            emails=said.texts("emails", MOST_EMAILS, _LONGEST_ADDRESS),
            member_card=said.words("member_card", LONGEST_WORD),
            language=said.words("language", LONGEST_WORD),
            birthday=said.words("birthday", LONGEST_WORD),
            notes=tuple(_read_note(row) for row in said.parts("notes", MOST_NOTES)),
            dropped_notes=_read_dropped(said),
            preferences=_read_preferences(said),
            consents=tuple(_read_consent(row) for row in said.parts("consents", len(ConsentKind))),
            tax_number=said.words("tax_number", LONGEST_WORD),
            since_ms=said.moment("since_ms"),
            home_shop=said.reference("home_shop"),
            tier=said.words("tier", LONGEST_WORD),
            merged_into=said.reference("merged_into"),
            is_erased=said.flag("is_erased"),
            changed=_read_changed(said),
        )
    )


def commitment(salt: str, content: Json) -> str:
    """Return what a fact says of a content (hex) that is not in it.

    `salt` is 32 hex digits of chance, made for this fact alone.
    """
    return hashlib.sha256(f"{salt}\n{canonical_json(content)}".encode()).hexdigest()


def is_salt(text: str) -> bool:
    """True for what can be the salt of a commitment."""
    return _SALT.fullmatch(text) is not None


def consent_body(consent: Consent) -> dict[str, Json]:
    """Return a consent as JSON."""
    return {
        "kind": consent.kind.value,
        "is_given": consent.is_given,
        "at_ms": consent.at_ms,
        "text_version": consent.text_version,
        "till": consent.till,
        "proof": consent.proof,
    }


def saved_body(
    customer: Customer, salt: str, *, is_new: bool, fields: tuple[str, ...], staff_id: str
) -> dict[str, Json]:
    """Return the body of the fact ``customer.saved``, which holds nothing personal.

    `fields` names what changed (`changed_fields`). The consents are all that the record has:
    that somebody agreed, to which text and when, must be provable after an erasure too.
    """
    return {
        "customer_id": customer.customer_id,
        "commitment": commitment(salt, customer_body(customer)),
        "is_new": is_new,
        "fields": list(fields),
        "consents": [
            {name: said for name, said in consent_body(one).items() if name in _SAID_OF_CONSENT}
            for one in customer.consents
        ],
        "staff_id": staff_id,
    }


def beside_text(customer: Customer, salt: str) -> str:
    """Return what travels beside the fact: canonical JSON of salt and content.

    Raises:
        ImpossibleCustomer: It is larger than a message may carry, by its notes most likely.
    """
    text = canonical_json({"salt": salt, "content": customer_body(customer)})
    if len(text.encode()) > LARGEST_CONTENT:
        raise ImpossibleCustomer("size")
    return text


def read_beside(content: object, said_commitment: str) -> Customer:
    """Return the record that came beside a fact, if it is the one that the fact names.

    Raises:
        UnreadableCustomer: It is not, or cannot be read.
    """
    beside = CustomerFields(content)
    record: Any = beside.maybe("content")
    try:
        if commitment(beside.text("salt", _SALT), record) != said_commitment:
            beside.refuse("commitment")
    except (NotCanonical, UnicodeEncodeError, RecursionError) as error:
        raise UnreadableCustomer("content") from error
    return read_customer(record)


_SAID_OF_CONSENT = frozenset({"kind", "is_given", "at_ms", "text_version"})


def _read_note(said: CustomerFields) -> CustomerNote:
    text = said.words("text", LONGEST_NOTE)
    return CustomerNote(text, said.moment("at_ms"), said.reference("staff_id"))


def _read_dropped(said: CustomerFields) -> tuple[tuple[int, str], ...]:
    rows = said.parts_if_any("dropped_notes", MOST_NOTES)
    return tuple(sorted({(row.moment("at_ms"), row.reference("staff_id")) for row in rows}))


def _read_preferences(said: CustomerFields) -> tuple[tuple[str, str], ...]:
    rows = said.parts("preferences", MOST_PREFERENCES)
    return tuple(
        (row.words("key", LONGEST_WORD), row.words("value", LONGEST_WORD)) for row in rows
    )


def _read_consent(said: CustomerFields) -> Consent:
    return Consent(
        kind=said.choice("kind", ConsentKind),
        is_given=said.flag("is_given"),
        at_ms=said.moment("at_ms"),
        text_version=said.words("text_version", LONGEST_WORD),
        till=said.reference("till"),
        proof=said.words("proof", LONGEST_WORD * 2),
    )


def _read_changed(said: CustomerFields) -> tuple[tuple[str, int], ...]:
    times: dict[str, int] = {}
    for row in said.parts("changed", len(DATED_FIELDS)):
        times[row.choice("field", _dated_field)] = row.moment("at_ms")
    return tuple(sorted(times.items()))


def _dated_field(name: str) -> str:
    if name not in DATED_FIELDS:
        raise ValueError(name)
    return name
