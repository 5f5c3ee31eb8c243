"""Who may collect an order, by the least that proves it."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.collection import IdentityMethod, Order
from pos.domain.collection_events import Identity
from pos.domain.free_text import checked_text, one_line
from pos.domain.handover import HandoverDraft
from pos.domain.handover_rules import CodeTrouble, code_trouble
from pos.domain.pickup_code import PickupCode
from pos.services.on_counter import OnCounter, change
from pos.services.workstation import SignOn

MAX_NAME = 80


class CodeRefused(Exception):
    """The pickup code is of no use; `trouble` says why, `order` is what is known of it."""

    def __init__(self, trouble: CodeTrouble, order: Order | None) -> None:
        super().__init__(trouble.value)
        self.trouble, self.order = trouble, order


class WrongProof(Exception):
    """What was shown is not this order's code or card, or too little of a document."""


def order_of_code(sign_on: SignOn, code: PickupCode) -> Order:
    """Return the order a pickup code is for.

    Raises:
        CodeRefused: Forged, another shop's, too old, or its order is gone or not known here.
    """
    with sign_on.station.store.reading() as records:
        return _believed(sign_on, records.orders.by_serial(code.serial), code)


def identify_by_code(
    sign_on: SignOn, order_id: str, code: PickupCode, name: str = ""
) -> OnCounter:
    """Take a signed code as proof that its bearer may collect.

    Raises:
        CodeRefused: It is not believed, or another order's.
    """

    def shown(order: Order, draft: HandoverDraft) -> HandoverDraft:
        if code.serial != order.serial:
            raise CodeRefused(CodeTrouble.UNKNOWN, None)
        _believed(sign_on, order, code)
        who = Identity(IdentityMethod.SIGNED_CODE, name or order.customer_name)
        return replace(draft, identity=who)

    return change(sign_on, order_id, shown)


def identify(sign_on: SignOn, order_id: str, identity: Identity, proof: str = "") -> OnCounter:
    """Note who collects by another proof: the short code, a document, a member card.

    Args:
        identity: Of a document only its kind and the last four signs.
        proof: What was typed or scanned of a code or card.

    Raises:
        WrongProof: Not this order's code or card, or too little of a document.
        LooksLikeCardNumber: A name may hold the number of a card.
    """
    cleaned = replace(
        identity,
        name=checked_text(identity.name, MAX_NAME),
        relation=checked_text(identity.relation, MAX_NAME),
        last4=one_line(identity.last4).upper(),
    )

    def shown(order: Order, draft: HandoverDraft) -> HandoverDraft:
        _check_proof(order, cleaned, one_line(proof).upper())
        return replace(draft, identity=cleaned)

    return change(sign_on, order_id, shown)


def forget_identity(sign_on: SignOn, order_id: str) -> OnCounter:
    """Begin anew with who collects."""
    return change(sign_on, order_id, lambda _, draft: replace(draft, identity=None))


def _believed(sign_on: SignOn, order: Order | None, code: PickupCode) -> Order:
    station = sign_on.station
    trouble = code_trouble(
        code,
        order,
        shop=station.shop,
        is_signed=station.pickup_keys.is_signed(code),
        now_ms=station.clock.now_ms(),
    )
    if trouble is not None or order is None:
        known = order if trouble is not CodeTrouble.UNKNOWN else None  # it may be another's
        raise CodeRefused(trouble or CodeTrouble.UNKNOWN, known)
    return order


def _check_proof(order: Order, identity: Identity, proof: str) -> None:
    wanted = {
        IdentityMethod.SHORT_CODE: order.short_code.upper(),
        IdentityMethod.MEMBER_CARD: order.member_card.upper(),
    }
    match identity.method:
        case IdentityMethod.DOCUMENT:
            is_proved = bool(identity.document) and _is_last_four(identity.last4)
        case IdentityMethod.SIGNED_CODE:
            is_proved = False  # only `identify_by_code` looks at the signature
        case method:
            is_proved = bool(proof) and proof == wanted[method]
    if not is_proved:
        raise WrongProof(identity.method.value)


def _is_last_four(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isalnum()
