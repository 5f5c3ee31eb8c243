"""What facts about customers do at the hub, and sales and returns that name one."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection

from pos.domain.customer import Customer
from pos.domain.customer_content import UnreadableCustomer, read_beside
from sync.hub.customers import merging, records
from sync.hub.intake.effects import Act, Effects, Origin, Reader
from sync.wire.v1.customers import CustomerMerged, CustomerSaved
from sync.wire.v1.push import Op

UNREADABLE = "customer_unreadable"
FORGOTTEN = "customer_forgotten"


def seen(customer_id: str, origin: Origin) -> Act:
    """Return what follows from a sale or return of somebody: their shop knows them."""

    def act(connection: Connection) -> None:
        record = records.current(connection, customer_id)
        if record is None or record.is_live:
            known = record.customer_id if record else customer_id
            records.see(connection, origin.shop, known, origin.now_ms)

    return act


def _saved(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    said = CustomerSaved.model_validate_json(body)
    if not op.beside_json:  # a till restored from its facts has no more than the fact
        return ""
    try:
        told = read_beside(_beside(op.beside_json), said.commitment)
    except UnreadableCustomer:
        return UNREADABLE
    if told.customer_id != said.customer_id:
        return UNREADABLE
    effects.act(_kept(op, told, origin, effects))
    return ""


def _kept(op: Op, told: Customer, origin: Origin, effects: Effects) -> Act:
    def act(connection: Connection) -> None:
        if records.take_in(connection, told, origin.shop, origin.now_ms) is None:
            effects.note_exception(op.op_id, FORGOTTEN)

    return act


def _beside(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableCustomer("no JSON") from error


def _merged(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    said = CustomerMerged.model_validate_json(body)

    def act(connection: Connection) -> None:
        try:
            merging.merge(connection, said.customer_id, said.other_id, origin.now_ms)
        except records.NoSuchCustomer:
            effects.note_exception(op.op_id, FORGOTTEN)

    effects.act(act)
    return ""


READERS: Mapping[str, Reader] = {"customer.saved": _saved, "customer.merged": _merged}
AGGREGATES: Mapping[str, str] = {}
