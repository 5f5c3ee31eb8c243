"""One record of what two tills, the web and the office changed without knowing of each other."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.customer import (
    MOST_EMAILS,
    MOST_NOTES,
    MOST_PHONES,
    MOST_PREFERENCES,
    Consent,
    Customer,
    CustomerNote,
    erased,
    later,
    merged,
)

# What is taken whole from whoever changed it last.
DATED_FIELDS = (
    "name", "phones", "emails", "member_card", "language", "birthday", "preferences",
    "tax_number", "home_shop", "tier",
)  # fmt: skip
FIELDS = (*DATED_FIELDS, "notes", "consents")


def changed_fields(before: Customer | None, after: Customer) -> tuple[str, ...]:
    """Return the names of what is not as it was; of a new record, of what it holds."""
    if before is None:
        return tuple(name for name in FIELDS if getattr(after, name))
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def dated(before: Customer | None, after: Customer, now_ms: int) -> Customer:
    """Return `after` with the time at which each field that differs was changed.

    Whoever edits what they see changes it later than that, whatever their clock says.
    """
    times = dict(before.changed if before else ())
    for name in changed_fields(before, after):
        if name in DATED_FIELDS:
            times[name] = later(now_ms, times.get(name, -1))
    return replace(after, changed=tuple(sorted(times.items())))


def united(one: Customer, other: Customer) -> Customer:
    """Return the one record of two versions of it, the same whichever is named first.

    Each field is as it was changed last, of each kind of consent the last word counts, notes
    are kept from both. What was erased stays erased, and after that what was merged.

    Raises:
        ValueError: They are of two customers.
    """
    if one.customer_id != other.customer_id:
        raise ValueError("versions of two customers")
    version = max(one.version, other.version)
    if one.is_erased or other.is_erased:
        return replace(erased(one), version=version)
    if one.merged_into or other.merged_into:
        into = max(one.merged_into, other.merged_into)
        return replace(merged(one, into), version=version)
    return replace(
        _newest_fields(one, other),
        version=version,
        notes=_notes(one, other),
        dropped_notes=_dropped(one, other),
        consents=_consents(one, other),
        since_ms=min(filter(None, (one.since_ms, other.since_ms)), default=0),
    )


def joined(kept: Customer, other: Customer, now_ms: int) -> Customer:
    """Return the record that stays of two of the same person, holding what only one knew.

    Nothing of `kept` is lost but what there is no room for; a field that only `other` has is
    taken from there.
    """
    fill = {
        name: getattr(other, name)
        for name in ("member_card", "language", "birthday", "tax_number", "home_shop", "tier")
        if not getattr(kept, name)
    }
    preferences = dict(other.preferences) | dict(kept.preferences)
    after = replace(
        kept,
        **fill,
        phones=tuple(dict.fromkeys((*kept.phones, *other.phones)))[:MOST_PHONES],
        emails=tuple(dict.fromkeys((*kept.emails, *other.emails)))[:MOST_EMAILS],
        preferences=tuple(sorted(preferences.items())[:MOST_PREFERENCES]),
        notes=_notes(kept, other),
        dropped_notes=_dropped(kept, other),
        consents=_consents(kept, other),
        since_ms=min(filter(None, (kept.since_ms, other.since_ms)), default=0),
    )
    return dated(kept, after, now_ms)


def _newest_fields(one: Customer, other: Customer) -> Customer:
    times, others = dict(one.changed), dict(other.changed)
    newer = {
        name: getattr(other, name)
        for name in DATED_FIELDS
        if _rank(other, name, others) > _rank(one, name, times)
    }
    last = {name: max(times.get(name, 0), others.get(name, 0)) for name in times | others}
    return replace(one, **newer, changed=tuple(sorted(last.items())))


def _rank(customer: Customer, name: str, times: dict[str, int]) -> tuple[int, str]:
    """Order two values of a field: by time; of one time, by what is written."""
    return times.get(name, 0), repr(getattr(customer, name))


def _notes(one: Customer, other: Customer) -> tuple[CustomerNote, ...]:
    dropped = {*one.dropped_notes, *other.dropped_notes}
    both = {note for note in (*one.notes, *other.notes) if _key(note) not in dropped}
    return tuple(sorted(both, key=lambda note: (note.at_ms, note.staff_id, note.text)))[
        -MOST_NOTES:
    ]


def _dropped(one: Customer, other: Customer) -> tuple[tuple[int, str], ...]:
    return tuple(sorted({*one.dropped_notes, *other.dropped_notes})[-MOST_NOTES:])


def _key(note: CustomerNote) -> tuple[int, str]:
    return note.at_ms, note.staff_id


def _consents(one: Customer, other: Customer) -> tuple[Consent, ...]:
    """Of one time a no counts before a yes."""
    last: dict[str, Consent] = {}
    for said in (*one.consents, *other.consents):
        kind = said.kind.value
        if kind not in last or _weight(said) > _weight(last[kind]):
            last[kind] = said
    return tuple(last[kind] for kind in sorted(last))


def _weight(said: Consent) -> tuple[int, bool, str, str, str]:
    return said.at_ms, not said.is_given, said.text_version, said.till, said.proof
