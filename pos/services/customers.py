"""Customers at the till: found here first, made and changed also without the hub.

What is recorded of them in the journal names nobody (`pos.domain.customer_content`); the record
itself is kept beside it, and sent beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from pos.domain.collection import Order
from pos.domain.customer import (
    LONGEST_NOTE,
    Consent,
    ConsentKind,
    Customer,
    CustomerNote,
    ImpossibleCustomer,
    normal_card,
    normal_email,
    normal_name,
    with_consent,
    with_note,
    without_note,
)
from pos.domain.customer_content import beside_text, saved_body
from pos.domain.customer_glance import (
    MOST_ARTICLES,
    MOST_PURCHASES,
    Glance,
    GlancedArticle,
    GlancedPurchase,
    KnownCustomer,
    PurchaseKind,
)
from pos.domain.customer_merging import changed_fields, dated
from pos.domain.customer_search import MOST_FOUND, read_query
from pos.domain.free_text import checked_text
from pos.domain.journal import FactKind
from pos.domain.mail_address import NotAMailAddress
from pos.domain.phone import NoPhone, normal_phone
from pos.domain.sale import Sale
from pos.services.ports import Records
from pos.services.ticket_customer import NoSuchCustomer
from pos.services.workstation import SignOn, Workstation

__all__ = ["NoSuchCustomer"]  # what screens need to know of too


class WrongField(ValueError):
    """What was typed into one field cannot be; `field` names it, nothing repeats it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """What was typed of a customer, as it was typed; empty texts are nothing.

    `birthday` is ``MM-DD`` or ``YYYY-MM-DD``.
    """

    name: str
    phone: str = ""
    email: str = ""
    member_card: str = ""
    birthday: str = ""
    language: str = ""
    preferences: tuple[tuple[str, str], ...] = ()


# -- finding


def find(station: Workstation, text: str) -> tuple[KnownCustomer, ...]:
    """Return whom a text may mean among those this till knows, the likeliest first."""
    query = read_query(text, station.country)
    if query.is_empty:
        return ()
    with station.store.reading() as records:
        return records.customers.find(query, limit=MOST_FOUND)


def by_card(station: Workstation, card: str) -> KnownCustomer | None:
    """Return whose card was scanned, None when this till does not know."""
    with station.store.reading() as records:
        return records.customers.by_card(card)


def known(station: Workstation, customer_id: str) -> KnownCustomer | None:
    """Return a customer by id, one that was merged by the record it went on as."""
    with station.store.reading() as records:
        return records.customers.get(customer_id)


def keep_found(station: Workstation, told: Iterable[Customer]) -> tuple[KnownCustomer, ...]:
    """Keep what the hub just told, with what was changed here upon it; those that live on.

    Raises:
        StoreUnavailable: Nothing was kept.
    """
    now_ms = station.clock.now_ms()
    with station.store.transaction() as records:
        heard = [records.customers.hear(customer, at_ms=now_ms) for customer in told]
    return tuple(one for one in heard if one is not None)


# -- what is known beside the record


def keep_glance(station: Workstation, customer_id: str, glance: Glance) -> None:
    """Keep what the hub said of purchases and credit, to be shown without it.

    Raises:
        StoreUnavailable: Nothing was kept.
    """
    with station.store.transaction() as records:
        records.customers.keep_glance(customer_id, glance)


def glance_of(station: Workstation, customer_id: str) -> Glance:
    """Return what is known here of a customer's purchases, credit and points, latest first.

    `as_of_ms` is 0 when the hub never said anything: then it is this till's own sales.
    """
    with station.store.reading() as records:
        told = records.customers.glance(customer_id) or Glance()
        own = records.customers.sales_of(customer_id, limit=MOST_PURCHASES)
    named = {purchase.reference for purchase in told.purchases}
    ours = [_glanced(sale) for sale in own if sale.sale_id not in named]
    purchases = sorted((*ours, *told.purchases), key=lambda one: -one.at_ms)
    return replace(told, purchases=tuple(purchases[:MOST_PURCHASES]))


def waiting_here(station: Workstation, customer: Customer) -> tuple[Order, ...]:
    """Return the open orders of this shop that are the customer's, the oldest first."""
    with station.store.reading() as records:
        return tuple(o for o in records.orders.open() if _is_of(o, customer, station.country))


def _glanced(sale: Sale) -> GlancedPurchase:
    lines = sale.sold_lines
    return GlancedPurchase(
        PurchaseKind.SALE, sale.sale_id, str(sale.number), sale.shop, "", "shop",
        sale.completed_at_ms, sale.total, len(lines),
        tuple(
            GlancedArticle(line.sku, line.name, line.quantity_thousandths)
            for line in lines[:MOST_ARTICLES]
        ),
    )  # fmt: skip


def _is_of(order: Order, customer: Customer, country: str) -> bool:
    """An order names its customer; older ones are known by phone, address or card."""
    if order.customer_id:
        return order.customer_id == customer.customer_id
    if order.member_card and order.member_card == customer.member_card:
        return True
    return _phone(order.phone, country) in customer.phones or (
        order.email.lower() in customer.emails
    )


def _phone(text: str, country: str) -> str:
    try:
        return normal_phone(text, country)
    except NoPhone:
        return ""


# -- making and changing


def twins(station: Workstation, draft: CustomerDraft) -> tuple[KnownCustomer, ...]:
    """Return who has the phone, address or card already that was typed of a new customer."""
    found: dict[str, KnownCustomer] = {}
    for text in (draft.phone, draft.email, draft.member_card):
        for one in find(station, text) if text.strip() else ():
            held = (*one.customer.phones, *one.customer.emails, one.customer.member_card)
            wanted = (
                _phone(text, station.country), text.strip().lower(), text.strip().upper(),
            )  # fmt: skip
            if set(wanted) & set(filter(None, held)):
                found[one.customer.customer_id] = one
    return tuple(found.values())


def create(
    sign_on: SignOn, draft: CustomerDraft, agreed: Iterable[tuple[ConsentKind, str]] = ()
) -> Customer:
    """Make a record; `agreed` are consents with the version of the text that was shown.

    Raises:
        WrongField: Something typed cannot be.
        StoreUnavailable: Nothing was recorded.
    """
    station = sign_on.station
    now_ms = station.clock.now_ms()
    empty = Customer(
        station.ids.new(), 0, normal_or_wrong("name", lambda: normal_name(draft.name)),
        since_ms=now_ms, home_shop=station.shop,
    )  # fmt: skip
    customer = _filled(station, empty, draft)
    op_id = station.ids.new()
    for kind, text_version in agreed:
        customer = with_consent(customer, _consent(station, kind, text_version, op_id))
    with station.store.transaction() as records:
        return _save(sign_on, records, None, customer, op_id)


def edit(sign_on: SignOn, customer_id: str, draft: CustomerDraft) -> Customer:
    """Write what was typed into a record; a second phone or address it has stays.

    Raises:
        NoSuchCustomer: The record is gone by now.
        WrongField: Something typed cannot be.
        StoreUnavailable: Nothing was recorded.
    """
    return _changed(sign_on, customer_id, lambda now: _filled(sign_on.station, now, draft))


def write_note(sign_on: SignOn, customer_id: str, text: str) -> Customer:
    """Note what is worth knowing of a customer; an empty text changes nothing.

    Raises:
        NoSuchCustomer: The record is gone by now.
        LooksLikeCardNumber: The text may hold the number of a payment card.
    """
    said = checked_text(text, LONGEST_NOTE)
    now_ms = sign_on.station.clock.now_ms()
    note = CustomerNote(said, now_ms, sign_on.operator.staff_id)
    return _changed(sign_on, customer_id, lambda now: with_note(now, note) if said else now)


def drop_note(sign_on: SignOn, customer_id: str, note: CustomerNote) -> Customer:
    """Take a note out of the record.

    Raises:
        NoSuchCustomer: The record is gone by now.
    """
    return _changed(sign_on, customer_id, lambda now: without_note(now, note))


def set_consent(
    sign_on: SignOn, customer_id: str, kind: ConsentKind, *, is_given: bool, text_version: str
) -> Customer:
    """Record that a customer agrees to something, or does not any more.

    Raises:
        NoSuchCustomer: The record is gone by now.
        StoreUnavailable: Nothing was recorded.
    """
    station, op_id = sign_on.station, sign_on.station.ids.new()
    said = _consent(station, kind, text_version, op_id, is_given=is_given)
    return _changed(sign_on, customer_id, lambda now: with_consent(now, said), op_id)


def normal_or_wrong(field: str, make: Callable[[], str]) -> str:
    """Return a value in its one written form.

    Raises:
        WrongField: It cannot be.
    """
    try:
        return make()
    except (ImpossibleCustomer, NoPhone, NotAMailAddress) as error:
        raise WrongField(field) from error


def _changed(
    sign_on: SignOn, customer_id: str, change: Callable[[Customer], Customer], op_id: str = ""
) -> Customer:
    with sign_on.station.store.transaction() as records:
        stored = records.customers.get(customer_id)
        if stored is None:
            raise NoSuchCustomer(customer_id)
        return _save(sign_on, records, stored.customer, change(stored.customer), op_id)


def _save(
    sign_on: SignOn, records: Records, before: Customer | None, after: Customer, op_id: str = ""
) -> Customer:
    """Record a change and what it is beside it; one that changes nothing is none."""
    fields = changed_fields(before, after)
    if before is not None and not fields:
        return before
    station = sign_on.station
    now_ms, salt, op_id = station.clock.now_ms(), station.salt(), op_id or station.ids.new()
    customer = dated(before, after, now_ms)
    beside = normal_or_wrong("notes", lambda: beside_text(customer, salt))
    body = saved_body(
        customer, salt, is_new=before is None, fields=fields,
        staff_id=sign_on.operator.staff_id,
    )  # fmt: skip
    sign_on.record(records, FactKind.CUSTOMER_SAVED, body, at_ms=now_ms, op_id=op_id)
    records.customers.save(customer, op_id=op_id, beside=beside, at_ms=now_ms)
    return customer


def _filled(station: Workstation, customer: Customer, draft: CustomerDraft) -> Customer:
    phone, email = draft.phone.strip(), draft.email.strip()
    phones = _first(
        customer.phones,
        phone and normal_or_wrong("phone", lambda: normal_phone(phone, station.country)),
    )
    emails = _first(
        customer.emails, email and normal_or_wrong("email", lambda: normal_email(email))
    )
    card = draft.member_card.strip()
    name = normal_or_wrong("name", lambda: normal_name(draft.name))
    try:
        return replace(
            customer,
            name=name,
            phones=phones,
            emails=emails,
            member_card=card and normal_or_wrong("member_card", lambda: normal_card(card)),
            birthday=draft.birthday.strip(),
            language=draft.language,
            preferences=tuple(sorted(draft.preferences)),
        )
    except ImpossibleCustomer as error:
        raise WrongField(str(error)) from error


def _first(held: tuple[str, ...], typed: str) -> tuple[str, ...]:
    """Return the ways to reach somebody with the first as it was typed, the others behind it."""
    others = tuple(one for one in held[1:] if one != typed)
    return (typed, *others) if typed else others


def _consent(
    station: Workstation,
    kind: ConsentKind,
    text_version: str,
    op_id: str,
    *,
    is_given: bool = True,
) -> Consent:
    at_ms = station.clock.now_ms()
    return Consent(kind, is_given, at_ms, text_version, station.till, op_id)
