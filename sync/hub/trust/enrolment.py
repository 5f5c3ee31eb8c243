"""Makes tills known: gives out single-use codes, takes a till's key in, tells it the hub's."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, select

from sync.hub.admin import (
    NotKnown,
    NotPossible,
    check_shop,
    get_setting,
    put_shop,
    shop_setting,
)
from sync.hub.agreement.epochs import highest_epoch
from sync.hub.bulk import insert_rows, upsert_rows
from sync.hub.database import begin
from sync.hub.tables import enrolment_code, shop, till
from sync.hub.trust.keys import CA, HubIdentity, read_value
from sync.wire.v1.enrolment import (
    CODE_ALPHABET,
    CODE_LENGTH,
    Enrolled,
    EnrolmentRequest,
    answer_proof,
    code_id_of,
    proof_key_of,
    request_proof,
)

CODE_LIVES_MS = 15 * 60 * 1000
MAX_TILL_NUMBER = 999
COUNTRY_OF_CURRENCY = {"GBP": "GB", "MXN": "MX"}
DEFAULT_COUNTRY = "ES"

WRONG_CODE, CODE_USED, CODE_EXPIRED = "wrong_code", "code_used", "code_expired"
OTHER_TILL = "other_till"

# Asked for every request: putting the statement together takes longer than running it.
_ENROLLED = select(till.c.till, till.c.shop, till.c.public_key, till.c.revoked_at_ms).where(
    till.c.till == bindparam("till_id")
)


class EnrolmentRefused(Exception):
    """The code is not good for that; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class EnrolledTill:
    """What a request is judged by."""

    till: str
    shop: str
    public_key: str
    revoked_at_ms: int


def issue_code(
    engine: Engine,
    shop_code: str,
    number: int,
    now_ms: int,
    random_bytes: Callable[[int], bytes],
    *,
    currency: str = "",
) -> str:
    """Return a code that makes one till known, within `CODE_LIVES_MS`.

    Args:
        number: Of the till in the shop. One that is known already gets a new key, and the
            machine that had the number before is a stranger from then on.
        random_bytes: Fit for keys (`secrets.token_bytes`).
        currency: Adds the shop, selling in that currency, when there is none of that code.

    Raises:
        NotKnown: There is no such shop.
        NotPossible: The number.
    """
    if not 1 <= number <= MAX_TILL_NUMBER:
        raise NotPossible(f"till number {number}: 1 to {MAX_TILL_NUMBER}")
    with begin(engine) as connection:
        if currency:
            _add_shop(connection, shop_code, currency, now_ms)
        check_shop(connection, shop_code)
        while True:
            code = "".join(CODE_ALPHABET[each % 32] for each in random_bytes(CODE_LENGTH))
            code_id = code_id_of(code)
            row = (
                code_id, proof_key_of(code).hex(), shop_code, number,
                now_ms, now_ms + CODE_LIVES_MS, 0, "", 0,
            )  # fmt: skip
            if _find_code(connection, code_id) is None:
                insert_rows(connection, enrolment_code, [row])
                return code


def enrol(
    connection: Connection, hub: HubIdentity, request: EnrolmentRequest, now_ms: int
) -> Enrolled:
    """Take in a till's key; the same request again, its answer lost, gives the same answer.

    Raises:
        EnrolmentRefused: Nothing was changed. Whoever does not hold the code learns nothing of
            it, not even whether it is one.
    """
    found = _find_code(connection, request.code_id)
    proof_key = bytes.fromhex(found.proof_key) if found else b""
    expected = request_proof(
        proof_key, code_id=request.code_id, public_key=request.public_key, nonce=request.nonce
    )
    if not hmac.compare_digest(expected, request.proof) or found is None:
        raise EnrolmentRefused(WRONG_CODE)
    if now_ms >= found.expires_at_ms:
        raise EnrolmentRefused(CODE_EXPIRED)
    till_id = f"{found.shop}-{found.number}"
    if request.till not in {"", till_id}:
        raise EnrolmentRefused(OTHER_TILL)
    if not found.used_at_ms:
        epoch = _take_in(connection, till_id, found, request, now_ms)
    elif found.used_by == request.public_key:
        epoch = found.epoch
    else:
        raise EnrolmentRefused(CODE_USED)
    return _answer(connection, hub, request, proof_key, till_id, epoch, now_ms)


def enrolled_till(connection: Connection, till_id: str) -> EnrolledTill | None:
    """Return a till that has a key, None for any other."""
    row = connection.execute(_ENROLLED, {"till_id": till_id}).one_or_none()
    return EnrolledTill(*row) if row is not None and row.public_key else None


def revoke(engine: Engine, till_id: str, now_ms: int) -> None:
    """Let a till sync no more, from its next request on; 0 lets it again.

    Raises:
        NotKnown: There is no such till.
    """
    change = till.update().where(till.c.till == till_id).values(revoked_at_ms=now_ms)
    with begin(engine) as connection:
        if connection.execute(change).rowcount != 1:
            raise NotKnown(f"no till {till_id}")


def _take_in(
    connection: Connection, till_id: str, found: Row[Any], request: EnrolmentRequest, now_ms: int
) -> int:
    """Use the code up, make the till known, and return its epoch."""
    known = connection.execute(select(till).where(till.c.till == till_id)).one_or_none()
    is_moved = known is not None and known.public_key not in {"", request.public_key}
    epoch = max(1, highest_epoch(connection, till_id) + is_moved)
    name = request.name or (known.name if known else str(found.number))
    row = (
        till_id, found.shop, found.number, name, request.app_version, now_ms, now_ms,
        request.public_key, 0, "",
    )  # fmt: skip
    upsert_rows(
        connection,
        till,
        [row],
        "(till) DO UPDATE SET name = excluded.name, app_version = excluded.app_version, "
        "last_seen_at_ms = excluded.last_seen_at_ms, public_key = excluded.public_key, "
        "revoked_at_ms = 0",
    )
    connection.execute(
        enrolment_code.update()
        .where(enrolment_code.c.code_id == found.code_id)
        .values(used_at_ms=now_ms, used_by=request.public_key, epoch=epoch)
    )
    return epoch


def _answer(
    connection: Connection,
    hub: HubIdentity,
    request: EnrolmentRequest,
    proof_key: bytes,
    till_id: str,
    epoch: int,
    now_ms: int,
) -> Enrolled:
    said = Enrolled(
        till=till_id,
        hub_id=hub.hub_id,
        hub_key=hub.key.public,
        ca=read_value(connection, CA),
        epoch=epoch,
        shop=get_setting(connection, till_id.rpartition("-")[0], "shop"),
        hub_time_ms=now_ms,
        proof="0" * 64,
    )
    proof = answer_proof(proof_key, public_key=request.public_key, nonce=request.nonce, said=said)
    return said.model_copy(update={"proof": proof})


def _find_code(connection: Connection, code_id: str) -> Row[Any] | None:
    """Return a code, held until the transaction ends: it is used once, also by two at a time."""
    wanted = select(enrolment_code).where(enrolment_code.c.code_id == code_id)
    return connection.execute(wanted.with_for_update()).one_or_none()


def _add_shop(connection: Connection, code: str, currency: str, now_ms: int) -> None:
    if connection.scalar(select(shop.c.code).where(shop.c.code == code)) is None:
        country = COUNTRY_OF_CURRENCY.get(currency, DEFAULT_COUNTRY)
        details = shop_setting(code, name=code, currency=currency, country=country)
        put_shop(connection, details, now_ms)
