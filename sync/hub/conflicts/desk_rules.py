"""Which resolutions an item of the desk can have, and what each of them does."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from sync.wire.v1.desk import ItemKind, Resolution


class Effect(Enum):
    """What happens at the hub when an item is resolved, besides that it is resolved."""

    NOTHING = "nothing"
    TAKE_IN_FORK = "take in fork"  # the facts kept beside the chain become facts that count
    TAKE_IN_AND_STOP = "take in and stop"  # the same, and the copy is told to sell no more
    RETRY = "retry"  # what waits or was parked is applied once more
    KEEP_ASIDE = "keep aside"  # what was parked stays so, and holds up nothing
    SEND_AGAIN = "send again"  # the till is asked for the day again
    CARD_CHARGED = "card charged"
    CARD_NOT_CHARGED = "card not charged"
    REFUND_PAID_BACK = "refund paid back"
    REFUND_NOT_PAID_BACK = "refund not paid back"
    REFUND_AGAIN = "refund again"  # the payment provider is asked once more
    TAKE_FROM_CARD = "take from card"  # what a gift card lacked is taken off it now


# The first is the one that is offered as the ordinary way out. Every pair that is not here is
# refused: it would promise something that nothing carries out.
EFFECTS: Mapping[tuple[ItemKind, Resolution], Effect] = {
    (ItemKind.TILL_CLONED, Resolution.NEW_EPOCH): Effect.TAKE_IN_FORK,
    (ItemKind.TILL_CLONED, Resolution.STOP_COPY): Effect.TAKE_IN_AND_STOP,
    (ItemKind.TICKET_RESUMED_TWICE, Resolution.BOTH_STAND): Effect.NOTHING,
    (ItemKind.TICKET_RESUMED_TWICE, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.DIGEST_DIFFERS, Resolution.SEND_AGAIN): Effect.SEND_AGAIN,
    (ItemKind.DIGEST_DIFFERS, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.FACT_PARKED, Resolution.APPLY_AGAIN): Effect.RETRY,
    (ItemKind.FACT_PARKED, Resolution.KEEP_ASIDE): Effect.KEEP_ASIDE,
    (ItemKind.FACT_UNREADABLE, Resolution.APPLY_AGAIN): Effect.RETRY,
    (ItemKind.FACT_UNREADABLE, Resolution.KEEP_ASIDE): Effect.KEEP_ASIDE,
    (ItemKind.TOTALS_DIFFER, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.UNKNOWN_PRODUCT, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.PRICE_OUT_OF_BAND, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.CARD_OUTCOME_UNKNOWN, Resolution.CHARGED): Effect.CARD_CHARGED,
    (ItemKind.CARD_OUTCOME_UNKNOWN, Resolution.NOT_CHARGED): Effect.CARD_NOT_CHARGED,
    (ItemKind.CARD_REFUND_UNKNOWN, Resolution.PAID_BACK): Effect.REFUND_PAID_BACK,
    (ItemKind.CARD_REFUND_UNKNOWN, Resolution.NOT_PAID_BACK): Effect.REFUND_NOT_PAID_BACK,
    (ItemKind.PRINT_UNKNOWN, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.HANDED_OVER_TWICE, Resolution.BOTH_STAND): Effect.NOTHING,
    (ItemKind.HANDED_OVER_TWICE, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.HANDED_OVER_CANCELLED, Resolution.BOTH_STAND): Effect.NOTHING,
    (ItemKind.HANDED_OVER_CANCELLED, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.HANDED_OVER_ELSEWHERE, Resolution.BOTH_STAND): Effect.NOTHING,
    (ItemKind.HANDED_OVER_ELSEWHERE, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.PARCEL_TROUBLE, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.ORDER_FACT_REFUSED, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.REFUND_REFUSED, Resolution.REFUND_AGAIN): Effect.REFUND_AGAIN,
    (ItemKind.REFUND_REFUSED, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.GOODS_NOT_PAID, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.COUPON_USED_TWICE, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.GIFT_CARD_OVERDRAWN, Resolution.APPLY_AGAIN): Effect.TAKE_FROM_CARD,
    (ItemKind.GIFT_CARD_OVERDRAWN, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.RETURNED_TWICE, Resolution.BOTH_STAND): Effect.NOTHING,
    (ItemKind.RETURNED_TWICE, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.REFUND_ABOVE_PAID, Resolution.BOTH_STAND): Effect.NOTHING,
    (ItemKind.REFUND_ABOVE_PAID, Resolution.SEEN): Effect.NOTHING,
    (ItemKind.APPROVAL_NEVER_GIVEN, Resolution.SEEN): Effect.NOTHING,
}

# Decided on the hub's pages only, where somebody proves by a PIN who decides: what a till that
# makes up approvals says of people is worth nothing.
ONLY_AT_THE_HUB = frozenset({ItemKind.APPROVAL_NEVER_GIVEN})

# After these the same thing found again is open again: it was tried, and in vain.
ONCE_MORE = frozenset(
    {Effect.RETRY, Effect.SEND_AGAIN, Effect.REFUND_AGAIN, Effect.TAKE_FROM_CARD}
)


def effect_of(kind: ItemKind, resolution: Resolution) -> Effect | None:
    """Return what `resolution` does to an item of `kind`, None when it cannot be chosen."""
    return EFFECTS.get((kind, resolution))


def resolutions_of(kind: ItemKind) -> tuple[Resolution, ...]:
    """Return what can be chosen, the ordinary way out first."""
    return tuple(resolution for of, resolution in EFFECTS if of is kind)
